package unlearn4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TablesTest {
    private static final Table RUNS = Table.create(
            "runs",
            StringColumn.create("framework", "HDUS", "ISGD", "HDUS", "HDUS"),
            DoubleColumn.create("accuracy %", 80, 70, 82, 87));

    @Test
    void theSpreadOfThreeRunsIsThatWorkedOutByHand() {
        Table spread = Tables.spread(RUNS, "accuracy %", "framework");
        assertThat(spread.columnNames()).containsExactly("framework", "runs", "mean", "sd", "from", "to");
        assertThat(spread.stringColumn("framework").asList()).containsExactly("HDUS", "ISGD");
        assertThat(spread.doubleColumn("mean").get(0)).isEqualTo(83);
        // Squares 9 + 1 + 16 over 2 make 13; t for two degrees of freedom is 4.302653.
        assertThat(spread.doubleColumn("sd").get(0)).isCloseTo(Math.sqrt(13), within(1e-12));
        assertThat(spread.doubleColumn("to").get(0)).isCloseTo(83 + 4.302653 * Math.sqrt(13.0 / 3), within(1e-5));
        assertThat(spread.doubleColumn("from").get(0)).isCloseTo(83 - 4.302653 * Math.sqrt(13.0 / 3), within(1e-5));
    }

    @Test
    void oneRunHasNoSpread() {
        Table spread = Tables.spread(RUNS, "accuracy %", "framework");
        assertThat(spread.intColumn("runs").get(1)).isEqualTo(1);
        assertThat(spread.doubleColumn("mean").get(1)).isEqualTo(70);
        assertThat(spread.doubleColumn("sd").isMissing(1)).isTrue();
        assertThat(spread.doubleColumn("from").isMissing(1)).isTrue();
    }

    @Test
    void aSettingStandsInEachRow() {
        Table table = Tables.with(Tables.with(RUNS, "T", 3), "data", "MNIST");
        assertThat(table.columnNames()).containsExactly("data", "T", "framework", "accuracy %");
        assertThat(table.doubleColumn("T").asList()).containsExactly(3.0, 3.0, 3.0, 3.0);
        assertThat(table.stringColumn("data").asList()).containsExactly("MNIST", "MNIST", "MNIST", "MNIST");
        assertThat(RUNS.columnCount()).isEqualTo(2);
        assertThatThrownBy(() -> Tables.with(table, "T", 5)).hasMessageContaining("a column T already");
    }

    @Test
    void metricsStandSideBySideWithTheirUnitsAndTheMeanOverSeeds() {
        Measurements measured = Measurements.of(
                        Measurement.of("main", 70, "%").seed(1),
                        Measurement.of("main", 72, "%").seed(2),
                        Measurement.of("sent", 3, "MB").seed(1))
                .about("clients", 10)
                .and(Measurements.of(Measurement.of("main", 65, "%")).about("clients", 9));
        Table table = Tables.metrics(measured, "clients");
        assertThat(table.columnNames()).containsExactly("clients", "main %", "sent MB");
        assertThat(table.numberColumn("clients").asDoubleArray()).containsExactly(10, 9);
        assertThat(table.doubleColumn("main %").asDoubleArray()).containsExactly(71, 65);
        assertThat(table.doubleColumn("sent MB").get(0)).isEqualTo(3);
        assertThat(table.doubleColumn("sent MB").isMissing(1)).isTrue();
    }

    @Test
    void secondsOfLessThanAMillisecondCanBeTold() {
        Measurements measured =
                Measurements.of(Measurement.of("seconds", 0.00042, "s"), Measurement.of("longest", 0.00042, "s"));
        Table table = Tables.metrics(measured, "where");
        assertThat(table.columnNames()).containsExactly("where", "seconds", "longest s");
        assertThat(table.doubleColumn("seconds").getString(0)).isEqualTo("0.0004");
        assertThat(table.doubleColumn("longest s").getString(0)).isEqualTo("0.0004");
    }

    @Test
    void rowsAreChosenByWhatTheirColumnsSay() {
        Table table = Table.create(
                "printed",
                StringColumn.create("model", "ResNet18", "ResNet18", "AlexNet"),
                DoubleColumn.create("labels", 1, 2.5, Double.NaN),
                DoubleColumn.create("value", 7, 8, 9));
        assertThat(Tables.where(table, Map.of("model", "ResNet18", "labels", 1))
                        .doubleColumn("value")
                        .asDoubleArray())
                .containsExactly(7);
        assertThat(Tables.where(table, Map.of("labels", 2.5)).rowCount()).isEqualTo(1);
        assertThat(Tables.where(table, Map.of("labels", "")).rowCount()).isEqualTo(1);
        assertThat(Tables.where(table, Map.of("labels", 3)).isEmpty()).isTrue();
        assertThatThrownBy(() -> Tables.where(table, Map.of("network", "AlexNet")))
                .hasMessageContaining("printed has no column network");
    }

    @Test
    void aRuleSaysYesOrNoOfEachRowAndTheTableStaysAsItWas() {
        Table table = Table.create("t", DoubleColumn.create("value", 7, 9, Double.NaN));
        assertThat(Tables.judged(table, "more than 8", row -> row.getDouble("value") > 8)
                        .stringColumn("more than 8")
                        .asList())
                .containsExactly("no", "yes", "no");
        assertThat(table.columnCount()).isEqualTo(1);
    }

    @Test
    void whoIsAheadIsTakenFromTheSameSeedsDifferences() {
        Measurements measured = Measurements.of(
                accuracy("HDUS", 80, 1),
                accuracy("HDUS", 90, 2),
                accuracy("HDUS", 91, 3),
                accuracy("ISGD", 79, 1),
                accuracy("ISGD", 87, 2),
                accuracy("ISGD", 86, 3));
        Table ahead = Tables.ahead(measured, "accuracy", "framework", "HDUS", "dataset");
        assertThat(ahead.stringColumn("framework").asList()).containsExactly("ISGD");
        assertThat(ahead.stringColumn("dataset").asList()).containsExactly("MNIST");
        // 1, 3 and 5 points: squares 4 + 0 + 4 over 2 make 4.
        assertThat(ahead.doubleColumn("mean").get(0)).isCloseTo(3, within(1e-12));
        assertThat(ahead.doubleColumn("sd").get(0)).isCloseTo(2, within(1e-12));
        assertThatThrownBy(() -> Tables.ahead(measured, "accuracy", "framework", "DSGD", "dataset"))
                .hasMessageContaining("accuracy of DSGD was not measured where HDUS was");
    }

    @Test
    void whoseMeansDifferInTheirLastBitOnlyIsNotAhead() {
        Measurements measured = Measurements.of(
                accuracy("HDUS", 70.4, 1),
                accuracy("HDUS", 20.2, 1),
                accuracy("HDUS", 10, 1),
                accuracy("ISGD", 10, 1),
                accuracy("ISGD", 20.2, 1),
                accuracy("ISGD", 70.4, 1));
        Table ahead = Tables.ahead(measured, "accuracy", "framework", "HDUS", "dataset");
        assertThat(ahead.doubleColumn("mean").get(0)).isZero();
        assertThat(Verdicts.exceeds(ahead, "holds", 0).stringColumn("holds").get(0))
                .isEqualTo("no, one run");
    }

    @Test
    void allThatIsMeasuredOverSomeThingsComesInTheirOrder() {
        Measurements measured =
                Measurements.over(List.of(3, 1), t -> Measurements.of(Measurement.of("loss", 10 * t, ""))
                        .about("T", t));
        assertThat(measured.list()).extracting(Measurement::value).containsExactly(30.0, 10.0);
        assertThat(measured.list().get(1).text("T")).isEqualTo("1");
    }

    @Test
    void aRangeIsThatOfTheMeansOfEachSeed() {
        Measurements measured = Measurements.of(
                        accuracy("HDUS", 80, 1).about("T", 1).at("client-1"),
                        accuracy("HDUS", 90, 1).about("T", 1).at("client-2"),
                        accuracy("HDUS", 88, 1).about("T", 3),
                        accuracy("HDUS", 81, 1).about("T", 8),
                        accuracy("HDUS", 70, 2).about("T", 1),
                        accuracy("HDUS", 71, 2).about("T", 3))
                .and(Measurements.of(Measurement.of("fidelity", 10, "%")));
        Measurements ranges = Tables.range(measured, "accuracy", "T", "framework");
        // Seed 1 has means of 85, 88 and 81.
        assertThat(ranges.list()).extracting(Measurement::value).containsExactly(7.0, 1.0);
        assertThat(ranges.list().get(0).text("over")).isEqualTo("T");
        assertThat(ranges.list().get(0).text("framework")).isEqualTo("HDUS");
        assertThat(ranges.list().get(1).text("seed")).isEqualTo("2");
    }

    private static Measurement accuracy(String framework, double value, long seed) {
        return Measurement.of("accuracy", value, "%")
                .about("framework", framework)
                .about("dataset", "MNIST")
                .seed(seed);
    }

    @Test
    void aColumnThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Tables.spread(RUNS, "loss", "framework")).hasMessageContaining("no column loss");
        assertThatThrownBy(() -> Tables.spread(RUNS, "accuracy %", "client")).hasMessageContaining("no column client");
    }

    @Test
    void meansStandWhereTheirRowAndColumnMeetInTheOrderInWhichTheyCome() {
        Table table = Table.create(
                "tidy",
                StringColumn.create("way", "b", "b", "b", "a"),
                StringColumn.create("metric", "z", "z", "y", "z"),
                DoubleColumn.create("value", 1, 2, 5, Double.NaN));

        Table means = Tables.means(table, "way", "metric", "value");

        assertThat(means.columnNames()).containsExactly("way", "z", "y");
        assertThat(means.stringColumn("way").asList()).containsExactly("b", "a");
        assertThat(means.doubleColumn("z").asDoubleArray()).containsExactly(1.5, Double.NaN);
        assertThat(means.doubleColumn("y").asDoubleArray()).containsExactly(5, Double.NaN);
        assertThatThrownBy(() -> Tables.means(table, "way", "metrics", "value")).hasMessageContaining("metrics");
    }
}
