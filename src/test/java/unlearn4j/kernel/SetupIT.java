package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The scripts in {@code kernel-setup}. */
class SetupIT {

    @BeforeAll
    static void assertInstalled() {
        Kernel.assertInstalled();
    }

    @Test
    void everyShellScriptPassesShellcheck() throws Exception {
        List<String> command = new ArrayList<>(List.of("shellcheck", "-x", ".ci/run", "data-fetch/fetch"));
        try (Stream<Path> files = Files.list(Path.of("kernel-setup"))) {
            files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(name -> !name.contains(".") && !name.endsWith("Dockerfile"))
                    .forEach(command::add);
        }
        assertThat(command).contains("kernel-setup/install", "kernel-setup/run");

        succeeds(command.toArray(String[]::new));
    }

    @Test
    void installAndUninstallDoWhatTheySay() throws Exception {
        succeeds(Kernel.PYTHON.toString(), "-m", "unittest", "-v", "src/test/python/test_kernel_setup.py");
    }

    @Test
    void slidesHaveRoomForTheCode() throws Exception {
        succeeds(Kernel.PYTHON.toString(), "-m", "unittest", "-v", "src/test/python/test_slides.py");
    }

    @Test
    void installingAgainNeedsNeitherMavenNorPip() throws Exception {
        Path spec = Path.of(".venv/share/jupyter/kernels/unlearn4j/kernel.json");
        var before = Files.getLastModifiedTime(spec);
        succeeds("env", "PIP_NO_INDEX=1", "MAVEN_ARGS=--no-such-option", "kernel-setup/install");

        assertThat(Files.getLastModifiedTime(spec)).isEqualTo(before);
    }

    private static void succeeds(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor())
                .as("%s%n%s", Arrays.toString(command), said)
                .isZero();
    }
}
