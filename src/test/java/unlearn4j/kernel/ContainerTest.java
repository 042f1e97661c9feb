package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the container's files name is there; no image is built here. */
class ContainerTest {
    private static final Path DOCKERFILE = Path.of("kernel-setup/Dockerfile");

    private static String dockerfile() throws IOException {
        return Files.readString(DOCKERFILE);
    }

    @Test
    void theKernelIsInstalledAsEverywhereAndBySomebodyWhoIsNotRoot() throws IOException {
        assertThat(dockerfile().lines().filter(line -> line.matches("(USER|COPY|RUN kernel|CMD) ?.*")))
                .satisfiesExactly(
                        user -> assertThat(user).isEqualTo("USER 1000"),
                        copy -> assertThat(copy).isEqualTo("COPY --chown=reader:reader . ."),
                        install -> assertThat(install).startsWith("RUN kernel-setup/install "),
                        start -> assertThat(start).contains("\"lab\"", "--ServerApp.root_dir=notebooks"));
        assertThat(Path.of("kernel-setup/install")).isExecutable();
    }

    /** JupyterLab asks for a token unless it is told not to. */
    @Test
    void nothingTurnsTheTokenOff() throws IOException {
        assertThat(dockerfile()).doesNotContain("token=", "password", "disable_check_xsrf", "--allow-root");
    }

    @Test
    void theDevContainerIsMadeOfTheSameFile() throws IOException {
        Path file = Path.of(".devcontainer/devcontainer.json");
        JsonObject container = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        JsonObject build = container.getAsJsonObject("build");
        assertThat(file.resolveSibling(build.get("dockerfile").getAsString()).normalize())
                .isEqualTo(DOCKERFILE);
        assertThat(file.resolveSibling(build.get("context").getAsString()).normalize())
                .isEqualTo(Path.of(""));
        assertThat(dockerfile()).contains("useradd", container.get("remoteUser").getAsString() + "\n");
        assertThat(Path.of(container.get("postCreateCommand").getAsString())).isExecutable();
    }
}
