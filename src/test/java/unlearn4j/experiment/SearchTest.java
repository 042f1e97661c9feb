package unlearn4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import unlearn4j.core.Check;
import unlearn4j.core.Refusal;
import unlearn4j.data.Dataset;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.fisher.Mlp;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;
import unlearn4j.umig.Umig;
import unlearn4j.unlearn.Fiun;
import unlearn4j.unlearn.FiunConfig;

class SearchTest {
    private static final Dataset DATA = TinyImages.dataset(6, 20, 4);

    @Test
    void theHighestIsChosenAllAreRecordedAndTheGraphIsAsItWas() {
        Umig umig = Umig.incremental(DATA)
                .first(4)
                .step(1)
                .models(2)
                .model(new Mlp(12, 8))
                .training(TrainingConfig.DEFAULT.epochs(4).batchSize(16))
                .train();
        List<Weights> before = weights(umig);
        Search<Double> search = Search.over(
                List.of(1e30, 1.0, 0.5),
                Search.accuracyDifference(
                        gamma -> Fiun.on(umig).config(FiunConfig.paper().gamma(gamma)), Labels.of(1), DATA.test()));

        assertThat(weights(umig)).isEqualTo(before);
        assertThat(search.tried().stringColumn("configuration").asList()).containsExactly("1.0E30", "1.0", "0.5");
        StringColumn failures = search.tried().stringColumn("failure");
        assertThat(failures.get(0)).startsWith("gamma (1.0E30) selects no parameter");
        assertThat(failures.get(1)).isEmpty();
        DoubleColumn criterion = search.tried().doubleColumn("criterion");
        assertThat(criterion.isMissing(0)).isTrue();
        assertThat(search.chosen()).isEqualTo(criterion.get(1) >= criterion.get(2) ? 1.0 : 0.5);
    }

    private static List<Weights> weights(Umig umig) {
        return umig.nodes().stream().map(node -> node.model().weights()).toList();
    }

    @Test
    void whereAllRefuseTheFirstReasonIsGivenAndABugEndsTheSearch() {
        assertThatThrownBy(() -> Search.over(List.of(1, 2), number -> {
                    throw Refusal.of("not %d", number);
                }))
                .isInstanceOf(Refusal.class)
                .hasMessage("none of 2 configurations could be measured, the first failed: not 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Search.over(List.of(1, 2), number -> {
                    throw Check.refusal("a wrong shape (%d)", number);
                }))
                .withMessage("a wrong shape (1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Search.over(List.<Integer>of(), number -> 0))
                .withMessage("configurations must not be empty");
    }
}
