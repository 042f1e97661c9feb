package unlearn4j.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which code this is: what a record or a receipt names as having made it. */
public final class Build {
    private static final String UNKNOWN = "unknown";

    private Build() {}

    /** Returns the git commit that the toolkit was built from, with {@code -dirty} behind it where files had changed. */
    public static String commit() {
        Properties git = properties("/unlearn4j/git.properties");
        String commit = git.getProperty("git.commit.id.full", UNKNOWN);
        return Boolean.parseBoolean(git.getProperty("git.dirty")) ? commit + "-dirty" : commit;
    }

    /** Returns the toolkit's version; {@code "unknown"} where its classes don't come from a jar. */
    public static String version() {
        return version("unlearn4j", "unlearn4j");
    }

    /** Returns a library's version, from the description that Maven puts into each jar; {@code "unknown"} without one. */
    public static String version(String group, String artifact) {
        Check.given("group", group);
        Check.given("artifact", artifact);
        return properties("/META-INF/maven/" + group + "/" + artifact + "/pom.properties")
                .getProperty("version", UNKNOWN);
    }

    private static Properties properties(String resource) {
        Properties properties = new Properties();
        try (InputStream in = Build.class.getResourceAsStream(resource)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    resource + " can't be read: the toolkit's jar is damaged, build it again", e);
        }
        return properties;
    }
}
