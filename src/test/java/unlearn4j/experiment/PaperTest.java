package unlearn4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static unlearn4j.WrongCall.wrong;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import unlearn4j.WrongCall;

/** The published tables, cells of them by hand, and measured numbers beside them. */
class PaperTest {

    /** The row whose text holds all of those words, the only one. */
    private static Row row(Table table, String... words) {
        List<String> all = List.of(words);
        List<Row> found = IntStream.range(0, table.rowCount())
                .mapToObj(table::row)
                .filter(row -> all.stream().allMatch(word -> table.columns().stream()
                        .anyMatch(column -> column.getString(row.getRowNumber()).equals(word))))
                .toList();
        assertThat(found).as("rows with %s", all).hasSize(1);
        return found.get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "HDUS, 1, 35",
        "HDUS, 2, 3",
        "HDUS, 3, 18",
        "HDUS, 4, 6",
        "HDUS, 5, 60",
        "FIUN, 1, 90",
        "FIUN, 2, 192",
        "FIUN, 3, 192",
        "FIUN, 4, 192",
        "FIUN, 5, 192",
        "FIUN, 6, 192",
        "FIUN, 7, 192",
        "FIUN, 8, 20",
        "FIUN, 9, 192",
        "FIUN, 10, 192",
        "FIUN, 11, 192",
        "FIUN, 12, 192",
        "FIUN, 13, 192",
        "FIUN, 14, 192"
    })
    void aTableHasItsRowsItsTitleAndItsDoubts(Paper paper, int number, int rows) {
        Table table = paper.table(number);

        assertThat(table.rowCount()).isEqualTo(rows);
        assertThat(table.name()).startsWith(paper + ", Table " + number + ": ");
        assertThat(table.stringColumn("doubt").size()).isEqualTo(rows);
        assertThat(paper.note(number)).hasSizeGreaterThan(10).endsWith(".");
        assertThat(paper.tables().rowCount()).isEqualTo(paper == Paper.HDUS ? 5 : 14);
    }

    @Test
    void cellsAreThoseOfThePaper() {
        Table ninth = Paper.FIUN.table(9);
        assertThat(ninth.columnNames())
                .containsExactly(
                        "framework",
                        "dataset",
                        "model",
                        "setting",
                        "setting_value",
                        "metric",
                        "approach",
                        "node",
                        "value",
                        "doubt");
        assertThat(row(ninth, "ResNet18", "4", "AD_r", "original", "w_g").getDouble("value"))
                .isEqualTo(99.99);
        assertThat(row(ninth, "AlexNet", "1", "seconds", "retrain", "w_g").getDouble("value"))
                .isEqualTo(29.70);
        assertThat(row(Paper.FIUN.table(10), "AlexNet", "10", "AD_f", "fiun", "w_g")
                        .getDouble("value"))
                .isEqualTo(18.88);
        assertThat(row(Paper.HDUS.table(5), "ResNet", "SISA-A", "homogeneous", "Cifar10")
                        .getDouble("value"))
                .isEqualTo(0.7408);
        assertThat(row(Paper.HDUS.table(5), "ResNet", "SISA-A", "homogeneous", "Cifar10")
                        .getDouble("deviation"))
                .isEqualTo(0.0167);
        assertThat(row(Paper.HDUS.table(4), "MobileNet-L").getDouble("value")).isEqualTo(8.665);
        assertThat(row(Paper.HDUS.table(3), "heterogeneous", "Cifar10", "small").getInt("clients"))
                .isEqualTo(1);
        assertThat(row(Paper.HDUS.table(2), "FMNIST").getInt("reference")).isEqualTo(10_000);
        assertThat(row(Paper.HDUS.table(1), "SISA", "client_wise_unlearning").getString("supported"))
                .isEqualTo("no");
        assertThat(row(Paper.FIUN.table(8), "FIUn", "η").getString("value")).isEqualTo("0.1");
    }

    @Test
    void numbersThatCannotBeReadAreMissingAndSayWhatTheyMightBe() {
        assertThat(IntStream.rangeClosed(1, 14)
                        .filter(number -> number != 8)
                        .map(number ->
                                Paper.FIUN.table(number).doubleColumn("value").countMissing())
                        .sum())
                .isEqualTo(9);
        Row lost = row(Paper.FIUN.table(10), "AlexNet", "10", "seconds", "retrain", "w_a");
        assertThat(lost.isMissing("value")).isTrue();
        assertThat(lost.getString("doubt")).startsWith("illegible").contains("38.32 or 36.32");
        assertThat(Paper.HDUS.table(4).doubleColumn("value").countMissing()).isEqualTo(3);
        assertThat(row(Paper.FIUN.table(14), "ResNet18", "0", "seconds", "retrain", "w_b")
                        .getString("doubt"))
                .startsWith("less sure");
        assertThat(row(Paper.FIUN.table(10), "AlexNet", "10", "seconds", "fiun", "w_a")
                        .getString("doubt"))
                .isEqualTo("a 0 of it may be an 8 or a 6");
        assertThat(Paper.FIUN.table(1).stringColumn("doubt").countMissing()).isEqualTo(90);
        assertThat(Paper.FIUN.note(10)).contains("the same 96 numbers");
    }

    /** Mean of FIUn's cells of some tables, in percent. */
    private static double mean(String metric, boolean single, int... tables) {
        return Arrays.stream(tables)
                .mapToObj(Paper.FIUN::table)
                .flatMapToDouble(table -> IntStream.range(0, table.rowCount())
                        .mapToObj(table::row)
                        .filter(row -> row.getString("approach").equals("fiun")
                                && row.getString("metric").equals(metric))
                        .filter(row -> row.getString("setting").equals("overlap")
                                || single == (row.getInt("setting_value") == 1))
                        .mapToDouble(row -> row.getDouble("value")))
                .average()
                .orElseThrow();
    }

    private static double recomputed(Paper paper, String claim) {
        return row(paper.claims(), claim).getNumber("recomputed");
    }

    @Test
    void claimsAreRecomputedFromTheTables() {
        assertThat(Paper.FIUN.claims().rowCount() + Paper.HDUS.claims().rowCount())
                .isEqualTo(21);
        assertThat(mean("AD_r", true, 4, 5, 9, 10))
                .isCloseTo(recomputed(Paper.FIUN, "Single label, CIFAR-100, AD_r in %"), within(0.005));
        assertThat(mean("AD_r", true, 2, 3, 11, 12))
                .isCloseTo(recomputed(Paper.FIUN, "Single label, TinyImageNet, AD_r in %"), within(0.005));
        assertThat(mean("AD_f", false, 4, 5, 9, 10))
                .isCloseTo(recomputed(Paper.FIUN, "Several labels, CIFAR-100, AD_f in %"), within(0.005));
        assertThat(mean("AD_r", false, 2, 3, 11, 12))
                .isCloseTo(recomputed(Paper.FIUN, "Several labels, TinyImageNet, AD_r in %"), within(0.005));
        assertThat(mean("AD_r", false, 6, 7, 13, 14))
                .isCloseTo(recomputed(Paper.FIUN, "Overlapping labels, AD_r in %"), within(0.005));
        Table fifth = Paper.HDUS.table(5);
        double lost = 0;
        for (Row row : fifth) {
            if (row.getString("framework").equals("HDUS")) {
                lost += (row.getString("setting").equals("homogeneous") ? 100 : -100) * row.getDouble("value") / 6;
            }
        }
        assertThat(lost)
                .isCloseTo(
                        recomputed(Paper.HDUS, "Points of accuracy lost by HDUS in the heterogeneous setting"),
                        within(0.005));
    }

    static Stream<WrongCall> wrongCalls() {
        return Stream.of(
                wrong("Paper.FIUN.table(15)", "table 15", "1 to 14", () -> Paper.FIUN.table(15)),
                wrong("Paper.HDUS.note(0)", "table 0", "1 to 5", () -> Paper.HDUS.note(0)));
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void aWrongCallIsRefusedInOneLine(WrongCall call) {
        call.assertRefused();
    }
}
