package unlearn4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knowm.xchart.XYChart;
import unlearn4j.core.RunRecord;
import unlearn4j.core.Scale;
import unlearn4j.experiment.Measurement;
import unlearn4j.experiment.Measurements;
import unlearn4j.train.Interrupted;

@Tag("slow")
class ResultsTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    @TempDir
    private Path root;

    @Test
    void aChartIsKeptUnderItsTitleAndALaterOneTakesItsPlace() {
        Results results = results();
        results.kept(Charts.lines("AD_r, γ = 0.5 (tempered)", "x", "y", Curve.of("a", 1, 2)));
        XYChart later = Charts.lines("AD_r, γ = 0.5 (tempered)", "x", "y", Curve.of("a", 1, 2));

        assertThat(results.kept(later)).isSameAs(later);
        assertThat(results.write().files())
                .containsExactly(
                        "AD_r-0.5-tempered.pdf",
                        "AD_r-0.5-tempered.png",
                        "AD_r-0.5-tempered.svg",
                        "record.json",
                        "rows.csv");
        refused("chart must be given, not null", () -> results().kept(null));
    }

    @Test
    void aResultHoldsRowsRecordAndEachPictureInThreeForms() throws IOException {
        Result result = results()
                .chart("accuracy", Charts.lines("t", "x", "y", Curve.of("a", 1, 2)))
                .picture("umig", picture())
                .write();

        assertThat(result.folder().getParent()).isEqualTo(root.resolve("tour").resolve("quick"));
        assertThat(result.files())
                .containsExactly(
                        "accuracy.pdf",
                        "accuracy.png",
                        "accuracy.svg",
                        "record.json",
                        "rows.csv",
                        "umig.pdf",
                        "umig.png",
                        "umig.svg");
        assertThat(result.folder().resolve("accuracy.png")).isNotEmptyFile();
        assertThat(Files.readString(result.folder().resolve("umig.svg")))
                .contains("tour, scale QUICK, seeds 7, 8, commit ");
        assertThat(result.folder().resolve("umig.svg"))
                .content()
                .startsWith("<svg ")
                .contains(">base</text>");
        assertThat(result)
                .hasToString(
                        result.folder()
                                + ": accuracy.pdf, accuracy.png, accuracy.svg, record.json, rows.csv (3 rows), umig.pdf, umig.png, umig.svg");
        assertThat(runs()).containsExactly(result.folder().getFileName().toString());
        assertThat(names(result.folder())).isEqualTo(result.files());
    }

    @Test
    void theRecordSaysWhatMadeTheNumbers() throws Exception {
        Instant before = Instant.now();
        results().write();

        JsonObject record = JsonParser.parseString(Files.readString(root.resolve("tour/quick/latest/record.json")))
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
        assertThat(read.rows().list()).isEqualTo(rows().list());
    }

    @Test
    void aCopyHasTheRowsTheRecordThePicturesAsPngAndWhatIsAdded() {
        Result result = results()
                .chart("accuracy", Charts.lines("t", "x", "y", Curve.of("a", 1, 2)))
                .write();

        Path copy = result.copy(root.resolve("elsewhere"), Map.of("made-by.txt", "us"));

        assertThat(copy.getParent()).isEqualTo(root.resolve("elsewhere/tour/quick"));
        assertThat(names(copy)).containsExactly("accuracy.png", "made-by.txt", "record.json", "rows.csv");
        Result read = Results.read(root.resolve("elsewhere/tour/quick"));
        assertThat(read.record()).isEqualTo(result.record());
        assertThat(read.rows().list()).isEqualTo(rows().list());
        assertThat(copy.resolve("made-by.txt")).hasContent("us");
    }

    @Test
    void aLaterResultLeavesTheEarlierAsItWas() {
        Result earlier = results().picture("old", picture()).write();

        Result later = Results.of("tour", Scale.QUICK)
                .in(root)
                .seed(9)
                .data(Map.of("another data set.gz", HASH))
                .rows(Measurements.of(rows().list().get(0)))
                .write();

        assertThat(later.files()).containsExactly("record.json", "rows.csv");
        assertThat(Results.read(later.folder()).record().seeds()).containsExactly(9L, 7L);
        assertThat(Results.read(root.resolve("tour/quick")).folder()).isEqualTo(later.folder());
        assertThat(Results.read(root.resolve("tour/quick/latest")).record()).isEqualTo(later.record());
        assertThat(Results.read(earlier.folder()).record()).isEqualTo(earlier.record());
        assertThat(Results.read(earlier.folder()).files()).isEqualTo(earlier.files());
        assertThat(runs())
                .containsExactly(
                        earlier.folder().getFileName().toString(),
                        later.folder().getFileName().toString());
    }

    @Test
    void aPictureThatFailsLeavesNothingBehind() {
        Result earlier = results().picture("umig", picture()).write();

        assertThatThrownBy(() -> results()
                        .seed(9)
                        .picture("a", picture())
                        .picture("b", new Broken())
                        .write())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cannot be drawn");

        assertThat(runs()).containsExactly(earlier.folder().getFileName().toString());
        assertThat(Results.read(root.resolve("tour/quick")).record()).isEqualTo(earlier.record());
    }

    @Test
    void aFirstResultThatFailsLeavesNothingThatLooksLikeOne() {
        assertThatThrownBy(() -> results().picture("b", new Broken()).write()).hasMessage("cannot be drawn");

        assertThat(names(root)).isEmpty();
    }

    /** Interrupts at once, then ever later until a write is through: each is heard, and the result is whole or not there. */
    @Test
    void anInterruptEndsTheCallAndHalvesNoResult() throws Exception {
        results().picture("umig", picture()).write();
        int through = 0;
        for (int delay = 0; through < 3; delay++) {
            int before = runs().size();
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicBoolean kept = new AtomicBoolean();
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch written = new CountDownLatch(1);
            AtomicBoolean interrupted = new AtomicBoolean();
            Thread writer = new Thread(() -> {
                begun.countDown();
                try {
                    results()
                            .picture("umig", picture())
                            .chart("c", Charts.lines("t", "x", "y", Curve.of("a", 1, 2)))
                            .write();
                } catch (Throwable e) {
                    thrown.set(e);
                }
                written.countDown();
                // The flag is looked at once the interrupt was sent, or one that comes late would seem to be lost.
                while (!interrupted.get()) {
                    Thread.onSpinWait();
                }
                kept.set(Thread.currentThread().isInterrupted());
            });
            writer.start();
            begun.await();
            boolean ended = written.await(1 + 2L * delay, TimeUnit.MILLISECONDS);
            writer.interrupt();
            interrupted.set(true);
            writer.join();
            if (ended) {
                through++;
            } else {
                String words = thrown.get() == null ? "nothing" : thrown.get().toString();
                // An interrupt can come after the last look at the flag; the flag is then still there.
                assertThat(kept).as(words).isTrue();
                if (thrown.get() != null) {
                    assertThat(thrown.get()).isInstanceOf(Interrupted.class);
                    assertThat(runs()).hasSize(before + (words.contains("is written, whole") ? 1 : 0));
                }
            }
            assertThat(runs())
                    .allSatisfy(run -> Results.read(root.resolve("tour/quick").resolve(run)));
            assertThat(delay).isLessThan(5000);
        }
    }

    @Test
    void aRootThatIsAFileIsRefusedOnOneLine() throws Exception {
        Path file = Files.writeString(root.resolve("file"), "");

        assertThatThrownBy(() -> results().in(file).write())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("the results can't be written to " + file)
                .hasMessageContaining("make room there, or choose another folder by .in(folder)")
                .hasMessageNotContaining("\n")
                .hasMessageNotContaining("Exception");
    }

    @Test
    void aDiskThatCannotBeWrittenIsSaidWithoutJavasNames() {
        // Nobody, not even root, makes files there.
        Path nowhere = Path.of("/proc/results");
        assumeThat(Path.of("/proc")).isDirectory();

        assertThatThrownBy(() -> results().in(nowhere).write())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageMatching(
                        "the results can't be written to /proc/results/tour/quick \\(/proc/results: .*\\): .*")
                .hasMessageNotContaining("Exception");
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

    /** A reader changes a line and runs the cells below again: the first of them made the results, and isn't among them. */
    @Test
    void whatIsGivenAgainAfterAWritingTakesThePlaceOfWhatItWas() {
        Results results = results().picture("umig", picture());
        Result first = results.write();

        Result second = results.seed(7)
                .data(Map.of("train-images.gz", HASH))
                .configuration("hdus.lambda", 0.9)
                .picture("umig", picture())
                .rows(Measurements.of(Measurement.of("accuracy", 1, "%").seed(8)))
                .write();

        assertThat(second.folder()).isNotEqualTo(first.folder());
        assertThat(first.record().configuration()).containsEntry("hdus.lambda", "0.5");
        assertThat(second.record().configuration()).containsEntry("hdus.lambda", "0.9");
        assertThat(second.record().seeds()).containsExactly(7L, 8L);
        assertThat(Results.read(second.folder()).rows().list()).hasSize(1);
        refused("seed 7 is given twice", () -> results.seed(7).seed(7));
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
        refused("rows are given twice: put them together with .and(others)", () -> results.rows(rows()));
        refused("rows must hold a measurement", () -> Results.of("a", Scale.QUICK)
                .rows(Measurements.of()));
        refused("results of a have no rows: give what was measured by .rows(measurements)", () -> Results.of(
                        "a", Scale.QUICK)
                .in(root)
                .seed(1)
                .picture("umig", picture())
                .write());
        refused("results of a have no seed: say what they ran with by .seed(7)", () -> Results.of("a", Scale.QUICK)
                .in(root)
                .rows(rows().where("where", "λ"))
                .write());
        refused(root + " is no result: it has no record.json and rows.csv", () -> Results.read(root));
        assertThat(names(root)).isEmpty();
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

    private static Measurements rows() {
        return Measurements.of(
                Measurement.of("accuracy", 80, "%")
                        .at("client-1")
                        .about("images", 1200)
                        .seed(7),
                Measurement.of("accuracy", 1.0 / 3, "%").at("a, \"b\"\nc").published(0.5, "less sure"),
                Measurement.of("accuracy", 1e-12, "").at("λ").about("images", -1));
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

    /** The runs, by name, oldest first. */
    private List<String> runs() {
        List<String> all = names(root.resolve("tour/quick"));
        assertThat(all).contains(".lock", "latest");
        return all.stream()
                .filter(name -> !name.equals(".lock") && !name.equals("latest"))
                .peek(name -> assertThat(name).matches("\\d{8}-\\d{6}-\\d{3}"))
                .toList();
    }

    private static void refused(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
