package unlearn4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Scale;

class MeasurementsTest {
    private static Measurement measured(long seed, String approach, double value) {
        return Measurement.of("AD_r", value, "%")
                .about("approach", approach)
                .about("overlap %", 60)
                .at("w_g")
                .seed(seed);
    }

    private static final Measurements ALL = Measurements.of(
            measured(1, "FIUn", 90),
            measured(2, "FIUn", 80),
            measured(1, "mask", 70),
            Measurement.of("claims", 3, "").about("part", "by hand"));

    @Test
    void theTableHasTheSubjectsFirstAndThenTheColumnsThatAllHave() {
        Table table = ALL.table();
        assertThat(table.columnNames())
                .containsExactly(
                        "approach",
                        "overlap %",
                        "part",
                        "where",
                        "seed",
                        "scale",
                        "metric",
                        "value",
                        "unit",
                        "published",
                        "doubt");
        assertThat(table.stringColumn("scale").get(0)).isEqualTo(Scale.current().name());
        assertThat(table.longColumn("seed").isMissing(3))
                .as("no chance, no seed")
                .isTrue();
    }

    @Test
    void whatTheTableSaysCanBeReadBack() {
        Measurements doubted = ALL.and(Measurements.of(measured(3, "FIUn", 1.25).published(2, "less sure")));
        assertThat(Measurements.read(doubted.table()).list()).isEqualTo(doubted.list());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measurements.read(Table.create("mine", StringColumn.create("node"))))
                .withMessageContaining("must end with [where, seed, scale");
    }

    @Test
    void numbersOfASubjectComeBackFromAFileAsTheyWere() {
        Measurements all = Measurements.of(
                Measurement.of("x", 1, "").about("T", 1),
                Measurement.of("x", 1, "").about("T", 0.5));
        Table written = Table.create("file");
        all.table()
                .columns()
                .forEach(column -> written.addColumns(StringColumn.create(
                        column.name(), column.asStringColumn().asList())));
        assertThat(written.stringColumn("T").asList()).containsExactly("1.0", "0.5");
        assertThat(Measurements.read(written).list()).isEqualTo(all.list());
    }

    @Test
    void aSubjectCanBeWorkedOutFromTheOthers() {
        Measurements line =
                ALL.where("metric", "AD_r").about("line", one -> one.metric() + " of " + one.text("approach"));
        assertThat(line.list())
                .extracting(one -> one.text("line"))
                .containsExactly("AD_r of FIUn", "AD_r of FIUn", "AD_r of mask");
    }

    @Test
    void aRunsSeedIsThatOfAllItsMeasurements() {
        assertThat(ALL.seed(7).list()).extracting(Measurement::seed).containsOnly(OptionalLong.of(7));
    }

    @Test
    void aMetricsNumbersAreSummedUpAndThoseOfAnotherAreNot() {
        assertThat(ALL.summary("AD_r").getAverage()).isEqualTo(80);
        assertThat(ALL.summary("AD_r").getMin()).isEqualTo(70);
        assertThat(ALL.summary("AD_r").getMax()).isEqualTo(90);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ALL.summary("loss"))
                .withMessage("nothing was measured of loss: the metrics are [AD_r, claims]");
    }

    @Test
    void aMetricIsLaidOutByTheMeanOverSeeds() {
        Table beside = ALL.beside("AD_r", "approach", "overlap %", "where");
        assertThat(beside.columnNames()).containsExactly("overlap %", "where", "FIUn", "mask");
        assertThat(beside.doubleColumn("FIUn").get(0)).isEqualTo(85);
        assertThat(beside.numberColumn("overlap %").getDouble(0)).isEqualTo(60);
        assertThat(beside.name()).isEqualTo("AD_r, %");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ALL.beside("loss", "approach", "where"))
                .withMessage("nothing was measured of loss: the metrics are [AD_r, claims]");
    }

    @Test
    void whatAPaperPrintsStandsBesideWhatItIsAboutAndADoubtWithIt() {
        Table printed = Table.create(
                "printed",
                StringColumn.create("approach", "fiun", "mask"),
                IntColumn.create("setting_value", 60, 60),
                DoubleColumn.create("value", 88, Double.NaN),
                StringColumn.create("doubt", "", "illegible"));
        Measurements beside = ALL.where("metric", "AD_r")
                .published(printed, Map.of("setting_value", "overlap %", "approach", "approach"));
        assertThat(beside.list()).extracting(Measurement::published).containsOnly(Double.NaN);
        assertThat(beside.list()).extracting(Measurement::doubt).containsExactly("", "", "illegible");
        Measurements ours = beside.published(printed.first(1), Map.of("setting_value", "overlap %"));
        assertThat(ours.list()).extracting(Measurement::published).containsOnly(88.0);
        assertThat(ours.beside("AD_r", "approach", "where").columnNames())
                .containsExactly("where", "published FIUn", "FIUn", "published mask", "mask");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ALL.published(printed, Map.of("setting_value", "overlap %")))
                .withMessageContaining("printed has several rows with [setting_value] [60]");
    }

    @Test
    void numbersOfATableAreTakenWithTheirUnitsAndMissingOnesAreNot() {
        Table table = Table.create(
                "service",
                StringColumn.create("client", "client-1", "client-2"),
                IntColumn.create("seed", 4, 4),
                DoubleColumn.create("λ", 0.5, 0.75),
                DoubleColumn.create("accuracy %", 91, Double.NaN),
                DoubleColumn.create("area lost, points × s", 3, 4));
        Measurements taken = Measurements.of(table, "client", "λ");
        assertThat(taken.list())
                .extracting(Measurement::metric, Measurement::unit, Measurement::value, Measurement::where)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("accuracy", "%", 91.0, "client-1"),
                        org.assertj.core.groups.Tuple.tuple("area lost", "points × s", 3.0, "client-1"),
                        org.assertj.core.groups.Tuple.tuple("area lost", "points × s", 4.0, "client-2"));
        assertThat(taken.list().get(2).subject()).isEqualTo(Map.of("part", "service", "λ", "0.75"));
        assertThat(taken.list()).allMatch(one -> one.seed().getAsLong() == 4);
    }

    @Test
    void aSeedCountsOnceHoweverMuchWasMeasuredWithIt() {
        Measurements uneven = Measurements.of(List.of(
                measured(1, "FIUn", 90), measured(1, "FIUn", 70), measured(1, "FIUn", 80), measured(2, "FIUn", 60)));
        Table spread = uneven.spread("AD_r", "approach");
        assertThat(spread.doubleColumn("mean").get(0)).isEqualTo(70);
        assertThat(spread.doubleColumn("sd").get(0)).isCloseTo(Math.sqrt(200), within(1e-9));
        // √200 / √2 is 10; t for one degree of freedom is 12.7062: 70 ± 127, of which no percentage has more than this.
        assertThat(spread.doubleColumn("from").get(0)).isZero();
        assertThat(spread.doubleColumn("to").get(0)).isEqualTo(100);
    }

    @Test
    void anExperimentIsRunOnceForEachSeed() {
        Measurements twice =
                Measurements.overSeeds(Scale.current(), seed -> Measurements.of(Measurement.of("x", seed, "")));
        assertThat(twice.list()).hasSize(Scale.current().seeds());
        assertThat(twice.list().get(0).seed()).hasValue(1);
    }

    @Test
    void whatIsNoNumberIsRefusedAndASubjectCannotTakeAnothersColumn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measurement.of("AD_r", Double.NaN, "%"))
                .withMessage("AD_r (NaN) must be a finite number: leave out what was not measured");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measurement.of("AD_r", 1, "%").about("seed", 3))
                .withMessageContaining("a subject can't be named seed");
    }
}
