package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import unlearn4j.AllWeights;
import unlearn4j.data.Labels;
import unlearn4j.fisher.FisherEstimator;
import unlearn4j.fisher.Merge;
import unlearn4j.train.Weights;
import unlearn4j.umig.Umig;

/** Trials of FIUn beside FIUn itself. */
class FiunTrialsTest {
    private static final Labels LABELS = Labels.of(1, 3);

    private final Umig umig = SmallGraph.trained();

    @Test
    void aTrialSaysWhatARunWouldMeasureAndChangesNothing() {
        List<FiunConfig> configs = List.of(
                FiunConfig.paper(),
                FiunConfig.tempered(),
                FiunConfig.tempered().gamma(0.5).eta(0.7),
                FiunConfig.paper().merge(Merge.NONE),
                FiunConfig.paper().fisher(FisherEstimator.batchMean(7)));
        Map<String, Weights> before = AllWeights.of(umig);
        Table trials = FiunTrials.of(umig, LABELS).table(configs);
        assertThat(AllWeights.of(umig)).isEqualTo(before);

        for (int i = 0; i < configs.size(); i++) {
            UnlearningResult result = Fiun.on(umig).config(configs.get(i)).forget(LABELS);
            Table run = result.evaluate();
            result.undo();
            for (int node = 0; node < 4; node++) {
                int row = 4 * i
                        + trials.inRange(4 * i, 4 * i + 4)
                                .stringColumn("node")
                                .asList()
                                .indexOf(run.stringColumn("node").get(node));
                for (String column : List.of("AD_r before", "AD_r", "AD_f before", "AD_f")) {
                    assertThat(trials.doubleColumn(column).get(row))
                            .isEqualTo(run.doubleColumn(column).get(node));
                }
                assertThat(trials.doubleColumn("Δ_acc, points").get(row))
                        .isEqualTo(run.doubleColumn("AD_r").get(node)
                                - run.doubleColumn("AD_f").get(node));
            }
        }
    }

    @Test
    void ratiosAboveGammaAreTheParametersThatAreScaled() {
        FiunConfig config = FiunConfig.tempered();
        FiunTrials trials = FiunTrials.of(umig, LABELS);
        Table tried = trials.table(List.of(config, config.gamma(1.3)));
        DoubleColumn scaled =
                tried.where(tried.stringColumn("node").isEqualTo("w_h")).doubleColumn("scaled %");
        long between = Arrays.stream(trials.logRatios("w_h", config, Labels.range(0, 6)))
                .filter(ratio -> ratio > 0 && ratio <= Math.log10(1.3))
                .count();
        assertThat(between).isPositive();
        assertThat(scaled.get(0) - scaled.get(1)).isCloseTo(100.0 * between / (6 * 9), within(1e-9));
    }

    @Test
    void trialsNoticeThatANodeWasChanged() {
        FiunTrials trials = FiunTrials.of(umig, LABELS);
        UnlearningResult result = Fiun.on(umig).forget(LABELS);
        assertThatThrownBy(() -> trials.table(List.of(FiunConfig.paper())))
                .hasMessage("w_s was changed since these trials began: undo that, or begin others");
        result.undo();
        assertThat(trials.table(List.of(FiunConfig.paper())).rowCount()).isEqualTo(4);
    }

    @Test
    void whatCannotBeTriedIsSaidInALine() {
        FiunTrials ofLabel5 = FiunTrials.of(umig, Labels.of(5));
        assertThatThrownBy(() -> ofLabel5.table(List.of(FiunConfig.paper().layers(2))))
                .hasMessage("layers (2) must be 1: trials keep the features that the head sees, use Fiun for more");
        assertThatThrownBy(() -> ofLabel5.logRatios("w_s", FiunConfig.paper(), Labels.of(5)))
                .hasMessage("w_s has nothing to forget of labels 5, these have: [w_f, w_h]");
        assertThatThrownBy(() -> FiunTrials.of(umig, LABELS)
                        .logRatios("w_h", FiunConfig.paper().merge(Merge.NONE), LABELS))
                .hasMessage("w_h has 2 ratios of each parameter with Merge.NONE: choose another merge");
        assertThatThrownBy(() -> FiunTrials.of(umig, Labels.range(0, 4)))
                .hasMessage("w_s knows no labels but 0–3: there is nothing to measure AD_r on");
    }
}
