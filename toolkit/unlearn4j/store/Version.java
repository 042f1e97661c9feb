package unlearn4j.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** By which version of the toolkit something was entered. */
final class Version {
    private static final String UNKNOWN = "unknown";
    private static final String OF = read("/META-INF/maven/unlearn4j/unlearn4j/pom.properties", "version") + " "
            + read("/unlearn4j/git.properties", "git.commit.id.full");

    private Version() {}

    /** Returns the version and the commit; unknown where classes don't come from a jar. */
    static String of() {
        return OF;
    }

    private static String read(String resource, String name) {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream(resource)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            return UNKNOWN;
        }
        return properties.getProperty(name, UNKNOWN);
    }
}
