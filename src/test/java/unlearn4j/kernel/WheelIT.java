package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unlearn4j.report.Results;

/** The kernel in one file, installed into a virtual environment that has JupyterLab and nothing else of ours. */
class WheelIT {
    private static final Path TOUR = Path.of("notebooks/00-tour.ipynb");
    private static final String SYSTEM = "/usr/bin:/bin";

    @TempDir
    private static Path folder;

    private static Path wheel;
    private static Path python;

    /** JupyterLab is lent by a path file: to install it again would take as long as all the rest. */
    @BeforeAll
    static void installTheWheel() throws Exception {
        Kernel.assertInstalled();
        List<String> said =
                said(new ProcessBuilder("kernel-setup/wheel")).lines().toList();
        wheel = Path.of(said.get(said.size() - 1));
        Path environment = Path.of("target/wheel-environment").toAbsolutePath();
        python = environment.resolve("bin/python");
        said(new ProcessBuilder(
                Kernel.PYTHON.toString(), "-m", "venv", "--clear", "--without-pip", environment.toString()));
        Files.writeString(
                sitePackages(environment).resolve("lent.pth"),
                sitePackages(Kernel.ROOT.resolve(".venv")).toString());
        said(new ProcessBuilder(
                Kernel.PYTHON.toString(),
                "-m",
                "pip",
                "--python",
                python.toString(),
                "install",
                "--no-index",
                wheel.toString()));
    }

    @Test
    void itsNameSaysTheVersionOfThePom() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String version = pom.substring(pom.indexOf("<version>") + "<version>".length(), pom.indexOf("</version>"));
        assertThat(wheel.getFileName().toString())
                .startsWith("unlearn4j_kernel-" + version.replace("-SNAPSHOT", ".dev0") + "-py3-none-")
                .endsWith(".whl");
    }

    /** Side by side, each with a home of its own, so that PyTorch's library comes out of the wheel. */
    @Test
    void theTourRunsOnEachJavaWithNothingElse() throws Exception {
        Map<Path, Process> tours = new LinkedHashMap<>();
        for (Path java : Kernel.javas()) {
            Path home = Files.createTempDirectory(folder, "home");
            Files.copy(TOUR, home.resolve("tour.ipynb"));
            ProcessBuilder tour = execute(home);
            tour.environment().put("PATH", SYSTEM);
            tour.environment().put("JAVA_HOME", java.getParent().getParent().toString());
            tours.put(home, tour.start());
        }
        for (Map.Entry<Path, Process> tour : tours.entrySet()) {
            Process process = tour.getValue();
            String said = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as(said).isZero();
            assertThat(Files.readString(tour.getKey().resolve("executed.ipynb")))
                    .contains("image/png", "text/html");
            assertThat(Results.read(tour.getKey().resolve("results/tour/smoke"))
                            .rows()
                            .list())
                    .isNotEmpty();
        }
    }

    @Test
    void withoutJavaTheNotebookSaysWhatIsMissing() throws Exception {
        Path home = Files.createTempDirectory(folder, "home");
        Files.copy(TOUR, home.resolve("tour.ipynb"));
        ProcessBuilder tour = execute(home);
        tour.environment().put("PATH", home.toString());
        Process process = tour.start();

        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isNotZero();
        assertThat(said).contains("CellExecutionError", "\nJava 17 or newer is missing: ");
    }

    private static ProcessBuilder execute(Path home) {
        ProcessBuilder builder = new ProcessBuilder(
                        python.toString(),
                        "-m",
                        "nbconvert",
                        "--execute",
                        "--to=notebook",
                        "--output=executed",
                        "tour.ipynb")
                .directory(home.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("HOME", home.toString(), "UNLEARN4J_SCALE", "SMOKE"));
        return builder;
    }

    private static Path sitePackages(Path environment) throws IOException {
        try (Stream<Path> versions = Files.list(environment.resolve("lib"))) {
            return versions.filter(name -> name.getFileName().toString().startsWith("python3"))
                    .map(name -> name.resolve("site-packages"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String said(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as("%s%n%s", builder.command(), said).isZero();
        return said;
    }
}
