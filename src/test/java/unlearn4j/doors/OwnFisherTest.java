package unlearn4j.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.fisher.Fisher;
import unlearn4j.fisher.FisherEstimator;
import unlearn4j.fisher.Merge;
import unlearn4j.fisher.Mlp;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Outputs;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;
import unlearn4j.unlearn.Fiun;
import unlearn4j.unlearn.FiunConfig;

/** An estimator and a merging function of somebody's own, written as in a notebook. */
class OwnFisherTest {
    private static final AtomicInteger ESTIMATED = new AtomicInteger();

    /** How often a class is said, whatever the images are: the same for each feature. */
    private record Said(double power) implements FisherEstimator {
        @Override
        public Fisher of(Classifier model, Images images) {
            ESTIMATED.incrementAndGet();
            Outputs said = Evaluator.logits(model, images).softmax(1);
            int features = model.spec().features();
            float[] weight = new float[model.classes() * features];
            float[] bias = new float[model.classes()];
            for (int k = 0; k < bias.length; k++) {
                bias[k] = (float) Math.pow(said.mean(k), power);
                Arrays.fill(weight, k * features, (k + 1) * features, bias[k]);
            }
            return new Fisher(model.classes(), features, weight, bias);
        }
    }

    private static Umig graph() {
        Images images = TinyImages.of(4, 20, 4);
        return Umig.of()
                .add(new ModelNode("w_s", Classifier.create(new Mlp(12, 8), images, 1), images.slice(0, 40)))
                .add(new ModelNode("w_j", Classifier.create(new Mlp(12, 8), images, 2), images.slice(40, 80)))
                .inherit("w_j", "w_s");
    }

    @Test
    void anEstimatorOfOnesOwnIsWhatFiunUnlearnsWith() {
        Umig umig = graph();
        float[] before = umig.node("w_s").model().head().weight();
        Fiun.on(umig).config(FiunConfig.paper().fisher(new Said(2)).gamma(0)).forget(Labels.of(1));
        float[] after = umig.node("w_s").model().head().weight();
        for (int k = 0; k < 4; k++) {
            // All of a class's weights have one ratio, so they are scaled alike.
            float factor = after[8 * k] / before[8 * k];
            assertThat(factor).isBetween(0f, 0.1f + 1e-6f);
            for (int j = 0; j < 8; j++) {
                assertThat(after[8 * k + j]).isCloseTo(factor * before[8 * k + j], within(1e-6f));
            }
        }
    }

    @Test
    void equalEstimatorsShareWhatTheyEstimated() {
        Umig umig = graph();
        int before = ESTIMATED.get();
        Fiun asked = Fiun.on(umig).config(FiunConfig.paper().fisher(new Said(2)).gamma(0));
        asked.forget(Labels.of(1)).undo();
        // Two model FIMs and the unlearning FIM of the discovery node.
        assertThat(ESTIMATED.get() - before).isEqualTo(3);
        Fiun.on(umig)
                .config(FiunConfig.paper().fisher(new Said(2)).gamma(0).eta(0.5))
                .forget(Labels.of(1))
                .undo();
        // The graph was changed and put back meanwhile: its model FIMs are kept by the bits of its heads.
        assertThat(ESTIMATED.get() - before).isEqualTo(4);
    }

    @Test
    void anEstimatorOfTheHeadLooksAtNoOtherLayer() {
        FisherEstimator own = new Said(2);
        assertThat(own.layers()).isEqualTo(1);
        assertThat(own.layers(1)).isSameAs(own);
        assertThatThrownBy(() -> FiunConfig.paper().fisher(own).layers(4))
                .hasMessage("layers (4) must be the 1 that Said[power=2.0] looks at: override layers(int) for others");
    }

    private record Nothing() implements FisherEstimator {
        @Override
        public Fisher of(Classifier model, Images images) {
            return null;
        }
    }

    @Test
    void whatAnEstimatorOrAMergingFunctionForgetsToReturnIsSaidInOneLine() {
        FiunConfig paper = FiunConfig.paper();
        assertThatThrownBy(() ->
                        Fiun.on(graph()).config(paper.fisher(new Nothing())).forget(Labels.of(1)))
                .hasMessage("Fisher information of w_s must be given, not null");
        assertThatThrownBy(
                        () -> Fiun.on(graph()).config(paper.merge(fims -> null)).forget(Labels.of(1)))
                .hasMessage("merged Fisher information of w_s must not be empty");
    }

    @Test
    void aMergingFunctionOfOnesOwnIsALine() {
        Merge minimum = fims ->
                List.of(fims.stream().reduce((a, b) -> a.combined(b, Math::min)).orElseThrow());
        Fisher one = new Fisher(1, 2, new float[] {1, 4}, new float[] {2});
        Fisher two = new Fisher(1, 2, new float[] {3, 0}, new float[] {4});
        Fisher merged =
                FiunConfig.paper().merge(minimum).merge().of(List.of(one, two)).get(0);
        assertThat(merged.weight()).containsExactly(1, 0);
        assertThat(merged.bias()).containsExactly(2);
    }
}
