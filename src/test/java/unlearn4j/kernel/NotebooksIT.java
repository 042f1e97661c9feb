package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.core.Scale;
import unlearn4j.report.Result;
import unlearn4j.report.Results;

/**
 * Every notebook under {@code notebooks/}, at SMOKE. A notebook without a chart or a table says so in its metadata, as
 * {@code "unlearn4j": {"chart": false, "table": false}}; one that writes results names them, as {@code "experiment"}; and one
 * with {@code "needs": "spark"} runs where Spark is installed.
 */
class NotebooksIT {
    private static final Path FOLDER = Path.of("notebooks");
    private static final Path SOLUTIONS = FOLDER.resolve("solutions");
    private static final int LONGEST_CELL = 20;
    private static final String CHART = "jp-RenderedImage";
    private static final String TABLE = "<table>";
    private static final Pattern BODY = Pattern.compile("<tbody>(<tr>.*?)</tbody>", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("<tr>(<td.*?)</tr>");
    private static final Pattern CELL = Pattern.compile("<td[^>]*>(.*?)</td>");
    private static final String STDERR = "data-mime-type=\"application/vnd.jupyter.stderr\"";

    static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".ipynb"))
                    .filter(file -> !file.toString().contains(".ipynb_checkpoints"))
                    .filter(file -> !file.startsWith(FOLDER.resolve("results")))
                    .filter(file -> !file.startsWith(SOLUTIONS))
                    .sorted()
                    .toList();
            assertThat(found).as("notebooks").isNotEmpty();
            return found;
        }
    }

    /** The solutions too, which SolutionsTest runs. */
    static List<Path> withSolutions() throws IOException {
        return Stream.concat(notebooks().stream(), Ipynb.in(SOLUTIONS.toString()).stream())
                .toList();
    }

    @BeforeAll
    static void assertInstalled() {
        Kernel.assertInstalled();
    }

    @ParameterizedTest
    @MethodSource("withSolutions")
    void isCommittedWithoutOutputsForOurKernel(Path notebook) throws IOException {
        JsonObject content = read(notebook);

        assertThat(content.getAsJsonObject("metadata")
                        .getAsJsonObject("kernelspec")
                        .get("name")
                        .getAsString())
                .isEqualTo("unlearn4j");
        assertThat(StreamSupport.stream(content.getAsJsonArray("cells").spliterator(), false)
                        .map(JsonElement::getAsJsonObject)
                        .filter(cell -> cell.get("cell_type").getAsString().equals("code")))
                .allSatisfy(cell -> {
                    assertThat(cell.getAsJsonArray("outputs")).isEmpty();
                    assertThat(cell.get("execution_count").isJsonNull()).isTrue();
                });
    }

    /** A reader sees a cell whole, and plumbing belongs to the toolkit. */
    @ParameterizedTest
    @MethodSource("withSolutions")
    void noCellIsLong(Path notebook) throws IOException {
        assertThat(StreamSupport.stream(read(notebook).getAsJsonArray("cells").spliterator(), false)
                        .map(JsonElement::getAsJsonObject)
                        .filter(cell -> cell.get("cell_type").getAsString().equals("code"))
                        .map(cell -> StreamSupport.stream(
                                        cell.getAsJsonArray("source").spliterator(), false)
                                .filter(line -> !line.getAsString().isBlank())
                                .count()))
                .allMatch(lines -> lines <= LONGEST_CELL, "at most " + LONGEST_CELL + " lines");
    }

    /** Two at once, with a thread each: their networks are too small to have any use for two threads. */
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource("notebooks")
    void runsFromItsFirstCellToItsLast(Path notebook) throws Exception {
        JsonObject metadata = read(notebook).getAsJsonObject("metadata");
        JsonObject expected = metadata.has("unlearn4j") ? metadata.getAsJsonObject("unlearn4j") : new JsonObject();
        assumeTrue(
                !expected.has("needs") || Files.exists(Path.of(".venv/share/jupyter/kernels/unlearn4j/spark")),
                "Spark isn't installed: kernel-setup/install --spark");
        Path executed = Path.of("target/notebooks").resolve(notebook.getFileName());
        Path html = executed.resolveSibling(notebook.getFileName().toString().replace(".ipynb", ".html"));
        Path results = expected.has("experiment")
                ? notebook.resolveSibling("results")
                        .resolve(expected.get("experiment").getAsString())
                        .resolve("smoke")
                        .resolve("latest")
                : null;
        Path earlier = results != null && Files.exists(results) ? results.toRealPath() : null;
        byte[] before = Files.readAllBytes(notebook);

        run(notebook, html);

        String shown = Files.readString(html);
        assertThat(shown.contains(CHART)).as("a chart").isEqualTo(isExpected(expected, "chart"));
        assertThat(shown.contains(TABLE)).as("a table").isEqualTo(isExpected(expected, "table"));
        assertThat(tablesOfNamesAlone(shown))
                .as("tables with nothing but names")
                .isEmpty();
        assertThat(shown).as("standard error").doesNotContain(STDERR);
        assertThat(notebook).as("the notebook's own file").hasBinaryContent(before);
        assertThat(cellsWithOutputs(executed))
                .as("the notebook beside the HTML")
                .isPositive();
        if (results != null) {
            assertThat(results.toRealPath()).isNotEqualTo(earlier);
            // Reading checks the one form that all notebooks' rows have.
            Result result = Results.read(results);
            assertThat(result.rows().list()).isNotEmpty().allSatisfy(row -> assertThat(row.scale())
                    .isEqualTo(Scale.SMOKE));
            assertThat(result.record().scale()).isEqualTo(Scale.SMOKE);
        }
    }

    private static long cellsWithOutputs(Path notebook) throws IOException {
        return StreamSupport.stream(read(notebook).getAsJsonArray("cells").spliterator(), false)
                .map(cell -> cell.getAsJsonObject().getAsJsonArray("outputs"))
                .filter(outputs -> outputs != null && !outputs.isEmpty())
                .count();
    }

    /** Returns the tables with nothing after the second column: columns of unlike lengths put together make such. */
    private static List<String> tablesOfNamesAlone(String html) {
        return BODY.matcher(html)
                .results()
                .map(body -> body.group(1))
                .filter(body -> ROW.matcher(body).results().allMatch(row -> isOfNamesAlone(row.group(1))))
                .toList();
    }

    private static boolean isOfNamesAlone(String row) {
        List<String> cells =
                CELL.matcher(row).results().map(cell -> cell.group(1)).toList();
        return cells.size() > 3 && cells.stream().skip(2).allMatch(String::isBlank);
    }

    private static void run(Path notebook, Path html) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("kernel-setup/run", notebook.toString(), "--html", html.toString())
                .redirectErrorStream(true);
        builder.environment().put("UNLEARN4J_SCALE", "SMOKE");
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static boolean isExpected(JsonObject expected, String what) {
        return !expected.has(what) || expected.get(what).getAsBoolean();
    }

    private static JsonObject read(Path json) throws IOException {
        return JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    }
}
