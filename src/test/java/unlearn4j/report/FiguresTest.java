package unlearn4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.Partition;
import unlearn4j.data.TinyImages;

class FiguresTest {
    private static final Table RUNS = Table.create(
            "runs",
            StringColumn.create("way", "logits", "logits", "probabilities", "logits", "probabilities"),
            DoubleColumn.create("lambda", 0.5, 0, 0, 0.5, 5.0 / 6),
            DoubleColumn.create("accuracy %", 60, 70, 71, 64, 80));

    @Test
    void barsAreMeansOfTheirCategorysRowsAndMissingWhereNothingIsKnown() {
        Table runs = RUNS.copy().addColumns(DoubleColumn.create("gain", 2, 4, Double.NaN, 6, Double.NaN));
        CategoryChart chart = Figures.bars("title", "%", runs, "way", "accuracy %", "gain");
        assertThat(chart.getSeriesMap().get("accuracy %").getXData()).isEqualTo(List.of("logits", "probabilities"));
        assertThat(chart.getSeriesMap().get("accuracy %").getYData())
                .extracting(Number::doubleValue)
                .containsExactly((60 + 70 + 64) / 3.0, 75.5);
        assertThat(chart.getSeriesMap().get("gain").getYData())
                .satisfiesExactly(value -> assertThat(value.doubleValue()).isEqualTo(4.0), value -> assertThat(value)
                        .isNull());
        assertThat(chart.getXAxisTitle()).isEqualTo("way (no bar: missing)");
    }

    @Test
    void barsOfNumbersStandInTheOrderOfTheTable() {
        Table shares =
                Table.create(DoubleColumn.create("overlap %", 60, 0, 60), DoubleColumn.create("AD_r", 80, 70, 90));
        CategoryChart chart = Figures.bars("title", "%", shares, "overlap %", "AD_r");
        assertThat(chart.getSeriesMap().get("AD_r").getXData()).isEqualTo(List.of("60", "0"));
        assertThat(chart.getSeriesMap().get("AD_r").getYData())
                .extracting(Number::doubleValue)
                .containsExactly(85.0, 70.0);
    }

    @Test
    void barsOfNoColumnInParticularAreOfAllNumbersButTheCategories() {
        CategoryChart chart = Figures.bars("title", "%", RUNS, "lambda");
        assertThat(chart.getSeriesMap()).containsOnlyKeys("accuracy %");
        assertThat(Figures.bars("title", "%", RUNS, "way").getSeriesMap()).containsOnlyKeys("lambda", "accuracy %");
    }

    @Test
    void linesAreMeansInTheOrderOfTheirPlaces() {
        XYChart chart = Figures.lines("title", "accuracy, %", RUNS, "lambda", "accuracy %", "way");
        assertThat(chart.getSeriesMap()).containsOnlyKeys("logits", "probabilities");
        assertThat(chart.getSeriesMap().get("logits").getXData()).containsExactly(0, 0.5);
        assertThat(chart.getSeriesMap().get("logits").getYData()).containsExactly(70, 62);
    }

    @Test
    void heatCellsAreMeansNamedByTheirSettings() {
        Table square = RUNS.dropRows(4);
        square.append(Table.create(
                StringColumn.create("way", "probabilities"),
                DoubleColumn.create("lambda", 0.5),
                DoubleColumn.create("accuracy %", 75.0)));
        HeatMapChart chart = Figures.heat("title", square, "way", "lambda", "accuracy %");
        assertThat(chart.getHeatMapSeries().getXData()).isEqualTo(List.of("0.5", "0"));
        assertThat(chart.getHeatMapSeries().getHeatData())
                .anySatisfy(cell -> assertThat(cell).containsExactly(0, 1, 62.0));
    }

    @Test
    void aHistogramSharesOutEachSampleOverTheSameBins() {
        Map<String, double[]> samples = new LinkedHashMap<>();
        samples.put("few", new double[] {0, 4});
        samples.put("many", new double[] {1, 1, 1, 2.05});
        XYChart chart = Figures.histogram("title", "log10 F̂/F", 2, samples);
        double[] few = chart.getSeriesMap().get("few").getYData();
        double[] many = chart.getSeriesMap().get("many").getYData();
        // Forty bins from 0 to 4, each with its two ends; the largest number is in the last.
        assertThat(few).hasSize(80);
        assertThat(new double[] {few[0], few[1], few[2], few[78], few[79]}).containsExactly(50, 50, 0, 50, 50);
        assertThat(new double[] {many[20], many[40], many[19]}).containsExactly(75, 25, 0);
        assertThat(chart.getSeriesMap().get("few").getXData())
                .startsWith(0, 0.1, 0.1)
                .endsWith(4);
    }

    @Test
    void aHistogramsAxisReachesItsThresholdAndEndsOnRoundNumbers() {
        double[] x = Figures.histogram("title", "x", 0, Map.of("one", new double[] {-6.8, -1.2}))
                .getSeriesMap()
                .get("one")
                .getXData();
        assertThat(x).startsWith(-7).endsWith(0);
    }

    @Test
    void numbersThatAreAllOneHaveABinOfTheirOwn() {
        XYChart chart = Figures.histogram("title", "x", 7, Map.of("one", new double[] {7, 7}));
        assertThat(chart.getSeriesMap().get("one").getYData()).containsOnly(0, 100);
    }

    @Test
    void classesThatNobodyHasAreLeftOut() {
        Images images = TinyImages.of(5, 4, 1);
        HeatMapChart chart = Figures.partition(Partition.labelsOf(images, List.of(Labels.of(1), Labels.of(1, 3)), 1));
        assertThat(chart.getHeatMapSeries().getXData())
                .isEqualTo(
                        List.of(images.labelNames().get(1), images.labelNames().get(3)));
        assertThat(chart.getHeatMapSeries().getHeatData())
                .anySatisfy(cell -> assertThat(cell).containsExactly(1, 0, 4.0));
    }

    @Test
    void whatIsNotInTheTableIsNamed() {
        assertThatThrownBy(() -> Figures.lines("title", "%", RUNS, "T", "accuracy %", "way"))
                .hasMessageContaining("no column T");
        assertThatThrownBy(() -> Figures.heat("title", RUNS, "way", "lambda", "accuracy %"))
                .hasMessageContaining("row logits, column 0.833");
        assertThatThrownBy(() -> Figures.histogram("title", "x", 0, Map.of("none", new double[0])))
                .hasMessage("sample none must have a number");
        assertThatThrownBy(() -> Figures.histogram("title", "x", 0, Map.of("log", new double[] {1, Double.NaN})))
                .hasMessage("sample log: NaN must be a finite number");
    }

    @Test
    void severalSeedsGiveBarsAndLinesTheirIntervals() {
        Table seeds = Table.create(
                StringColumn.create("way", "a", "a", "a", "a", "b", "b"),
                DoubleColumn.create("x", 1, 1, 1, 1, 1, 1),
                DoubleColumn.create("value", 10, 30, 20, 40, 5, 5),
                LongColumn.create("seed", 1, 1, 2, 2, 1, 1));

        Mean mean =
                Mean.of(seeds, "value", "way", row -> "value", "value").get("a").get("value");

        // Two runs of 20 and 30: Student's t with one degree of freedom, 12.706 standard errors of 5.
        assertThat(mean.value()).isEqualTo(25);
        assertThat(mean.low()).isCloseTo(25 - 63.53, within(0.01));
        assertThat(mean.high()).isCloseTo(25 + 63.53, within(0.01));
        assertThat(Mean.of(seeds, "value", "way", row -> "value", "value")
                        .get("b")
                        .get("value")
                        .low())
                .isNaN();
        CategoryChart bars = Figures.bars("title", "%", seeds, "way", "value");
        XYChart lines = Figures.lines("title", "points", seeds, "x", "value", "way");
        assertThat(bars.getXAxisTitle()).isEqualTo("way (whiskers: 95 % interval)");
        assertThat(lines.getXAxisTitle()).isEqualTo("x (whiskers: 95 % interval)");
        assertThat(lines.getStyler().getYAxisMax()).isCloseTo(88.53, within(0.01));
        assertThat(Figures.bars("title", "%", seeds.rejectColumns("seed"), "way", "value")
                        .getXAxisTitle())
                .isEqualTo("way");
    }

    @Test
    void aSpreadsMeanHasTheIntervalBesideIt() {
        Table spread = Table.create(
                StringColumn.create("way", "a", "b"),
                DoubleColumn.create("mean", 50, 60),
                DoubleColumn.create("from", 40, Double.NaN),
                DoubleColumn.create("to", 90, Double.NaN));
        assertThat(Mean.of(spread, "mean", "way", row -> "mean", "mean")
                        .get("a")
                        .get("mean"))
                .isEqualTo(new Mean(50, 40, 90));
        assertThat(Figures.bars("title", "%", spread, "way", "mean").getXAxisTitle())
                .contains("whiskers");
    }
}
