package unlearn4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategoryChart;
import tech.tablesaw.api.Table;
import unlearn4j.core.Scale;
import unlearn4j.data.Dataset;
import unlearn4j.data.Datasets;
import unlearn4j.experiment.Comparison;
import unlearn4j.experiment.Paper;
import unlearn4j.experiment.Reproduction;
import unlearn4j.model.ResNet;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.Umig;
import unlearn4j.unlearn.HeadMask;

/** Table 10 in the small, from its graph to its charts. */
class ReproducedTest {
    private static Reproduction.Reproduced measured;

    @BeforeAll
    static void reproduce() {
        Dataset data = Datasets.fashionMnistSample().sample(40, 10, 7);
        Comparison methods = Comparison.of()
                .method("HeadMask", HeadMask::on)
                .called("w_0", "w_g")
                .called("w_1", "w_a");
        measured = Reproduction.of(Paper.FIUN.table(10), methods, (network, seed) -> Umig.incremental(data)
                        .first(6)
                        .models(2)
                        .model(network.model())
                        .training(network.training())
                        .seed(seed)
                        .train())
                .labels(List.of(1, 2))
                .network(
                        "ResNet18",
                        ResNet.SMALL,
                        TrainingConfig.DEFAULT.epochs(1).batchSize(16))
                .run(Scale.SMOKE);
    }

    @Test
    void eachNumberStandsBesideThatOfItsNetworkInThePapersTable() {
        Table printed = Paper.FIUN.table(10);
        double published = printed.where(printed.stringColumn("model")
                        .isEqualTo("ResNet18")
                        .and(printed.stringColumn("metric").isEqualTo("AD_r"))
                        .and(printed.stringColumn("approach").isEqualTo("original"))
                        .and(printed.stringColumn("node").isEqualTo("w_a"))
                        .and(printed.numberColumn("setting_value").isEqualTo(2)))
                .numberColumn("value")
                .getDouble(0);
        Table beside = measured.beside("AD_r").get(0);
        assertThat(beside.name()).isEqualTo("AD_r, ResNet18 (here: ResNet8)");
        assertThat(beside.stringColumn("node").asList()).containsExactly("w_g", "w_a", "w_g", "w_a");
        assertThat(beside.doubleColumn("published original").get(3)).isEqualTo(published);
        assertThat(measured.measurements().list())
                .allSatisfy(one -> assertThat(one.text("model")).isEqualTo("ResNet18"));
    }

    @Test
    void itsChartsShowTheLargestRequest() {
        Map<String, CategoryChart> charts = Figures.reproduced(measured);
        assertThat(charts).containsOnlyKeys("AD_r-ResNet18", "AD_f-ResNet18");
        CategoryChart forgotten = charts.get("AD_f-ResNet18");
        assertThat(forgotten.getTitle()).isEqualTo("AD_f, ResNet8, 2 to forget");
        assertThat(forgotten.getSeriesMap().get("HeadMask").getXData()).isEqualTo(List.of("w_g", "w_a"));
        assertThat(forgotten.getSeriesMap().get("HeadMask").getYData())
                .allSatisfy(value -> assertThat(value.doubleValue()).isZero());
    }
}
