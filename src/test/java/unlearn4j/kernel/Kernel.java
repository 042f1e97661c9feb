package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The installed kernel, run by one Java and driven over the real protocol. */
final class Kernel implements AutoCloseable {
    static final Path ROOT = Path.of("").toAbsolutePath();
    static final Path PYTHON = ROOT.resolve(".venv/bin/python");

    private static final Gson GSON = new Gson();

    private final Process driver;
    private final BufferedReader answers;
    private final BufferedWriter requests;

    /** What one cell has shown, and how long the request took. */
    record Cell(List<Output> outputs, double seconds) {

        Output only() {
            assertThat(outputs).hasSize(1);
            return outputs.get(0);
        }

        String text() {
            return only().text();
        }
    }

    /** One output: {@code kind} is the stream's name or the message's type, {@code data} goes by MIME type. */
    record Output(String kind, String text, Map<String, Object> data, String display) {
        /** What is there of that MIME type, as text. */
        String as(String type) {
            return data.get(type).toString();
        }
    }

    /** What was answered to a request that is no cell; nulls for what it doesn't have. */
    record Reply(String text, List<String> matches, List<String> cells) {}

    private record Load(double load) {}

    Kernel(Path java) throws IOException {
        assertInstalled();
        driver = new ProcessBuilder(PYTHON.toString(), "src/test/python/drive_kernel.py", java.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = driver.inputReader();
        requests = driver.outputWriter();
        assertThat(answers.readLine()).as("the kernel's start on %s", java).isNotNull();
    }

    static void assertInstalled() {
        assertThat(PYTHON.resolveSibling("../share/jupyter/kernels/unlearn4j/kernel.json"))
                .withFailMessage("the kernel is not installed: run kernel-setup/test")
                .exists();
    }

    /** Returns the Java that these tests run on, and Java 25 where it is installed. */
    static List<Path> javas() throws IOException {
        Path here = Path.of(System.getProperty("java.home"));
        Path system = Path.of("/usr/lib/jvm");
        try (Stream<Path> homes = Files.isDirectory(system) ? Files.list(system) : Stream.empty()) {
            Stream<Path> newer = System.getenv("JAVA25_HOME") != null
                    ? Stream.of(Path.of(System.getenv("JAVA25_HOME")))
                    : homes.filter(home -> home.getFileName().toString().contains("25"))
                            .limit(1);
            return Stream.concat(Stream.of(here), newer)
                    .map(home -> home.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .toList();
        }
    }

    /** Runs a cell to its end. */
    Cell run(String code) {
        return ask("execute", code, Cell.class);
    }

    /** Starts a cell and returns as soon as it has shown something. */
    Cell begin(String code) {
        return ask("begin", code, Cell.class);
    }

    /** Interrupts the cell that was begun and returns when the kernel says that it has ended. */
    Cell interrupt() {
        return ask("interrupt", null, Cell.class);
    }

    /** Returns what Tab shows at the end of the code, or null if there is no answer. */
    Reply complete(String code) {
        return ask("complete", code, Reply.class);
    }

    /** Returns what Shift-Tab shows at the end of the code, or null if there is no answer. */
    Reply inspect(String code) {
        return ask("inspect", code, Reply.class);
    }

    /** Returns the cells that were run and are like the pattern, or null if there is no answer. */
    Reply history(String pattern) {
        return ask("history", pattern, Reply.class);
    }

    /** Returns the load of the kernel's process in percent of one core, after at most ten seconds of calming down. */
    double load() {
        return ask("load", null, Load.class).load();
    }

    private <T> T ask(String to, String code, Class<T> answer) {
        try {
            requests.write(GSON.toJson(code == null ? Map.of("do", to) : Map.of("do", to, "code", code)));
            requests.newLine();
            requests.flush();
            String line = answers.readLine();
            assertThat(line).as("the kernel's answer to %s %s", to, code).isNotNull();
            return GSON.fromJson(line, answer);
        } catch (IOException failure) {
            throw new AssertionError("the kernel's driver has ended", failure);
        }
    }

    @Override
    public void close() throws IOException {
        requests.close();
        driver.onExit().join();
    }
}
