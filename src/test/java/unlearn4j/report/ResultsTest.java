package unlearn4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.Graphics2D;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.RunRecord;
import unlearn4j.core.Scale;

class ResultsTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    @TempDir
    private Path root;

    @Test
    void aResultHoldsRowsRecordAndEachPictureTwice() {
        Result result = results()
                .chart("accuracy", Charts.lines("t", "x", "y", Curve.of("a", 1, 2)))
                .picture("umig", picture())
                .write();

        assertThat(result.folder()).isEqualTo(root.resolve("tour").resolve("quick"));
        assertThat(result.files())
                .containsExactly("accuracy.png", "accuracy.svg", "record.json", "rows.csv", "umig.png", "umig.svg");
        assertThat(result.folder().resolve("accuracy.png")).isNotEmptyFile();
        assertThat(result.folder().resolve("umig.svg"))
                .content()
                .startsWith("<svg ")
                .contains(">base</text>");
        assertThat(result)
                .hasToString(result.folder()
                        + ": accuracy.png, accuracy.svg, record.json, rows.csv (3 rows), umig.png, umig.svg");
        assertThat(names(root.resolve("tour"))).containsExactly("quick");
    }

    @Test
    void theRecordSaysWhatMadeTheNumbers() throws Exception {
        Instant before = Instant.now();
        results().write();

        JsonObject record = JsonParser.parseString(Files.readString(root.resolve("tour/quick/record.json")))
                .getAsJsonObject();
        assertThat(record.get("experiment").getAsString()).isEqualTo("tour");
        assertThat(record.get("scale").getAsString()).isEqualTo("QUICK");
        assertThat(record.get("seeds").toString()).isEqualTo("[7,8]");
        assertThat(record.getAsJsonObject("data").get("train-images.gz").getAsString())
                .isEqualTo(HASH);
        assertThat(record.getAsJsonObject("configuration").get("hdus.lambda").getAsString())
                .isEqualTo("0.5");
        assertThat(record.getAsJsonObject("versions").keySet())
                .containsExactly("djl", "java", "os", "pytorch", "pytorch threads", "tablesaw", "unlearn4j", "xchart");
        assertThat(record.getAsJsonObject("versions").get("pytorch").getAsString())
                .matches("\\d+\\.\\d+\\.\\d+");
        assertThat(record.getAsJsonObject("versions").get("tablesaw").getAsString())
                .matches("\\d+\\.\\d+\\.\\d+");
        assertThat(record.get("device").getAsString()).matches(".+, \\d+ threads");
        assertThat(record.get("commit").getAsString()).matches("([0-9a-f]{40}(-dirty)?)|unknown");
        assertThat(Instant.parse(record.get("started").getAsString())).isBetween(before.minusSeconds(1), Instant.now());
        assertThat(record.get("seconds").getAsDouble()).isBetween(0.0, 600.0);
    }

    @Test
    void aResultIsReadBackAsItWasWritten() {
        RunRecord written = results().write().record();

        Result read = Results.read(root.resolve("tour/quick"));

        assertThat(read.record()).isEqualTo(written);
        assertThat(read.rows().columnNames()).containsExactly("client", "images", "accuracy", "published", "forgotten");
        assertThat(read.rows().stringColumn("client").asList()).containsExactly("client-1", "a, \"b\"\nc", "λ");
        assertThat(read.rows().intColumn("images").asList()).containsExactly(1200, -1, 0);
        assertThat(read.rows().doubleColumn("accuracy").asList()).containsExactly(80.0, 1.0 / 3, 1e-12);
        assertThat(read.rows().doubleColumn("published").isMissing(1)).isTrue();
        assertThat(read.rows().booleanColumn("forgotten").asList()).containsExactly(true, false, false);
    }

    @Test
    void aLaterResultReplacesTheEarlierAsAWhole() {
        results().picture("old", picture()).write();

        Result later = Results.of("tour", Scale.QUICK)
                .in(root)
                .seed(9)
                .rows(rows().first(1))
                .write();

        assertThat(later.files()).containsExactly("record.json", "rows.csv");
        assertThat(Results.read(later.folder()).record().seeds()).containsExactly(9L);
        assertThat(names(root.resolve("tour"))).containsExactly("quick");
    }

    @Test
    void aPictureThatFailsLeavesTheEarlierResultAsItWas() {
        Result earlier = results().picture("umig", picture()).write();

        assertThatThrownBy(() -> results()
                        .seed(9)
                        .picture("a", picture())
                        .picture("b", new Broken())
                        .write())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cannot be drawn");

        assertThat(names(root.resolve("tour"))).containsExactly("quick");
        Result read = Results.read(earlier.folder());
        assertThat(read.record()).isEqualTo(earlier.record());
        assertThat(read.files()).isEqualTo(earlier.files());
    }

    @Test
    void aFirstResultThatFailsLeavesNothingThatLooksLikeOne() {
        assertThatThrownBy(() -> results().picture("b", new Broken()).write()).hasMessage("cannot be drawn");

        assertThat(names(root.resolve("tour"))).isEmpty();
    }

    @Test
    void anInterruptNeitherLosesNorHalvesAResult() {
        Result result;
        try {
            Thread.currentThread().interrupt();
            result = results().picture("umig", picture()).write();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(result.files()).containsExactly("record.json", "rows.csv", "umig.png", "umig.svg");
        assertThat(Results.read(result.folder()).record()).isEqualTo(result.record());
        assertThat(names(root.resolve("tour"))).containsExactly("quick");
    }

    @Test
    void aFolderThatIsNoResultIsNotReplaced() throws Exception {
        Path precious = Files.createDirectories(root.resolve("tour/quick")).resolve("thesis.tex");
        Files.writeString(precious, "years of work");

        refused(
                precious.getParent() + " is there and holds no record.json, so it is no earlier result: move it out of"
                        + " the way",
                () -> results().write());
        assertThat(precious).hasContent("years of work");
    }

    @Test
    void aRootThatIsAFileIsRefusedOnOneLine() throws Exception {
        Path file = Files.writeString(root.resolve("file"), "");

        assertThatThrownBy(() -> results().in(file).write())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("the results can't be written to " + file)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[1]"})
    void aDamagedRecordIsSaidInOneLine(String json) throws Exception {
        Path file = results().write().folder().resolve("record.json");
        Files.writeString(file, json);

        refused(
                file + " is no run's record, or a damaged one: write the result anew",
                () -> Results.read(file.getParent()));
    }

    @Test
    void whatIsWrongIsSaidInOneLine() {
        Results results = results().picture("umig", picture());
        String rule = "must be letters, digits, dots, dashes and underscores, first a letter or a digit";

        refused("experiment name (a/b) " + rule, () -> Results.of("a/b", Scale.QUICK));
        refused("experiment name (..) " + rule, () -> Results.of("..", Scale.QUICK));
        refused("scale must be given, not null", () -> Results.of("a", null));
        refused("picture name (../umig) " + rule, () -> results.picture("../umig", picture()));
        refused("picture name () " + rule, () -> results.picture("", picture()));
        refused("picture UMIG is given twice", () -> results.picture("UMIG", picture()));
        refused("chart must be given, not null", () -> results.chart("a", null));
        refused("seed 7 is given twice", () -> results.seed(7));
        refused("setting hdus.lambda is given twice", () -> results.configuration("hdus.lambda", 0.9));
        refused("setting tau must be given, not null", () -> results.configuration("tau", null));
        refused("data file train-images.gz is given twice", () -> results.data(Map.of("train-images.gz", HASH)));
        refused(
                "data file b: its SHA-256 (abc) must have 64 hexadecimal digits",
                () -> results.data(Map.of("b", "abc")));
        refused("rows are given twice: append the second table to the first", () -> results.rows(rows()));
        refused("rows (empty) must hold a row", () -> Results.of("a", Scale.QUICK)
                .rows(Table.create("empty", IntColumn.create("n"))));
        refused("results of a have no rows: give what was measured by .rows(table)", () -> Results.of("a", Scale.QUICK)
                .in(root)
                .seed(1)
                .picture("umig", picture())
                .write());
        refused(
                "results of a have no seed: say what they ran with by .seed(7)",
                () -> Results.of("a", Scale.QUICK).in(root).rows(rows()).write());
        refused(root + " is no result: it has no record.json and rows.csv", () -> Results.read(root));
        assertThat(names(root)).isEmpty();
    }

    @Test
    void tidyRowsHoldEachNumberThatIsThere() {
        Table table = Table.create(
                "t",
                StringColumn.create("node", "a", "b"),
                DoubleColumn.create("AD_f", 12.5, Double.NaN),
                IntColumn.create("seeds", 3, 2));
        Table tidy = Tables.tidy("part 1", table, "node");

        assertThat(tidy.columnNames()).containsExactly("part", "subject", "measure", "value");
        assertThat(tidy.stringColumn("part").unique().asList()).containsExactly("part 1");
        assertThat(tidy.stringColumn("subject").asList()).containsExactly("a", "a", "b");
        assertThat(tidy.stringColumn("measure").asList()).containsExactly("AD_f", "seeds", "seeds");
        assertThat(tidy.doubleColumn("value").asList()).containsExactly(12.5, 3.0, 2.0);
        refused("t has no column client, but [node, AD_f, seeds]", () -> Tables.tidy("part 1", table, "client"));
    }

    private Results results() {
        return Results.of("tour", Scale.QUICK)
                .in(root)
                .seed(7)
                .seed(8)
                .data(Map.of("train-images.gz", HASH))
                .configuration("hdus.lambda", 0.5)
                .rows(rows());
    }

    private static Table rows() {
        return Table.create(
                "rows",
                StringColumn.create("client", "client-1", "a, \"b\"\nc", "λ"),
                IntColumn.create("images", new int[] {1200, -1, 0}),
                DoubleColumn.create("accuracy", 80.0, 1.0 / 3, 1e-12),
                DoubleColumn.create("published", 81.5, Double.NaN, 3.0),
                BooleanColumn.create("forgotten", true, false, false));
    }

    private static Picture picture() {
        return GraphPicture.of(List.of(new GraphPicture.Node("base", unlearn4j.umig.Role.DISCOVERY, "")), List.of());
    }

    private static final class Broken implements Picture {
        @Override
        public int width() {
            return 10;
        }

        @Override
        public int height() {
            return 10;
        }

        @Override
        public void paint(Graphics2D graphics) {
            throw new IllegalStateException("cannot be drawn");
        }
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refused(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
