package unlearn4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Processes that are killed while they work, {@code -Dunlearn4j.kills=100} of them for more. */
public final class Killed {
    public static final int KILLS = Integer.getInteger("unlearn4j.kills", 5);

    private static final Random RANDOM = new Random(Long.getLong("unlearn4j.seed", 11));

    private Killed() {}

    /** What is to be so after each kill. */
    public interface Check {
        void check() throws IOException;
    }

    /**
     * Kills processes that each say when they begin, up to so many milliseconds later.
     *
     * @param main what they run
     * @param within the most milliseconds
     * @param whole what is to be so after each
     */
    public static void again(Class<?> main, int within, Check whole, String... arguments) throws Exception {
        again(KILLS, main, within, whole, arguments);
    }

    /** Kills that many of them. */
    public static void again(int kills, Class<?> main, int within, Check whole, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true", "-Dai.djl.offline=true", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        int midway = 0;
        for (int i = 0; i < kills; i++) {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.getInputStream().read()).as("its first word").isEqualTo('b');
            midway += process.waitFor(RANDOM.nextInt(within), TimeUnit.MILLISECONDS) ? 0 : 1;
            process.destroyForcibly().waitFor();
            whole.check();
        }
        System.out.printf("%s: %d killed, %d of them at work%n", main.getName(), kills, midway);
        assertThat(midway).as("killed at work").isPositive();
    }

    /** Returns the names of all that is in a folder. */
    public static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
