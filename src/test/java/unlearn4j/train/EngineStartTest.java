package unlearn4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import unlearn4j.data.TinyImages;
import unlearn4j.fisher.Mlp;

/** What OpenMP says of its settings, in a process that was started without any. GNU's, which Linux has, can be asked. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class EngineStartTest {
    /** Run in a process of its own: starts the engine as a user of the library does. */
    static final class Start {
        private Start() {}

        public static void main(String[] args) {
            Classifier.create(new Mlp(12, 8), TinyImages.dataset(2, 4, 1).train(), 1);
        }
    }

    private static String settings(Map<String, String> given) throws IOException, InterruptedException {
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dai.djl.offline=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Start.class.getName())
                .redirectErrorStream(true);
        java.environment().keySet().removeAll(List.of("OMP_WAIT_POLICY", "GOMP_SPINCOUNT"));
        java.environment().put("OMP_DISPLAY_ENV", "VERBOSE");
        java.environment().putAll(given);
        Process process = java.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void whoSetsNothingHasThreadsThatSleep() throws Exception {
        assertThat(settings(Map.of())).contains("OMP_WAIT_POLICY = 'PASSIVE'").contains("GOMP_SPINCOUNT = '2000'");
    }

    @Test
    void whatIsSetStays() throws Exception {
        assertThat(settings(Map.of("GOMP_SPINCOUNT", "77")))
                .contains("GOMP_SPINCOUNT = '77'")
                .doesNotContain("'2000'");
    }
}
