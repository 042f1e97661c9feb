package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import unlearn4j.core.Refusal;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.fisher.Fisher;
import unlearn4j.fisher.FisherEstimator;
import unlearn4j.train.Classifier;
import unlearn4j.train.Features;
import unlearn4j.train.Head;
import unlearn4j.train.Schedule;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Request;
import unlearn4j.umig.Umig;

/** What Eq. 3 and 4 leave open: with or without what is to be forgotten in D, and at which weights. */
class FiunReadingsTest {
    private static final Labels ONE = Labels.of(1);

    private final Umig umig = SmallGraph.trained();
    private final FiunConfig paper = FiunConfig.paper();

    private Head updated(String name, FiunConfig config, Fisher unlearning, Images data) {
        ModelNode node = umig.node(name);
        Fisher model = config.fisher().of(node.model(), data);
        return FiunUpdate.of(name, node.model().head(), unlearning, model, config)
                .head();
    }

    /** Label 1 is discovered at w_s, which w_j and w_h inherit from; w_f never had it. */
    @ParameterizedTest
    @EnumSource
    void fIsOfANodesDataWithOrWithoutWhatIsToBeForgotten(ModelData data) {
        FiunConfig config = paper.modelData(data);
        ModelNode root = umig.node("w_s");
        ModelNode heir = umig.node("w_j");
        Fisher unlearning = paper.fisher().of(root.model(), root.shard().only(ONE));
        boolean withoutAtRoot = data == ModelData.RETAINED;
        boolean withoutAtHeir = data != ModelData.ALL;
        Head atRoot =
                updated("w_s", paper, unlearning, withoutAtRoot ? root.shard().without(ONE) : root.shard());
        Head atHeir =
                updated("w_j", paper, unlearning, withoutAtHeir ? heir.shard().without(ONE) : heir.shard());

        UnlearningResult result = Fiun.on(umig).config(config).forget(ONE);

        assertThat(root.model().head().sameAs(atRoot)).isTrue();
        assertThat(heir.model().head().sameAs(atHeir)).isTrue();
        result.undo();
        PublishedFims published = PublishedFims.of(umig, config);
        published.publish(ONE);
        published.owner("w_j").catchUp();
        assertThat(heir.model().head().sameAs(atHeir)).as("its owner's").isTrue();
    }

    /** Takes far longer where label 1 is missing. */
    private record SlowWithoutOne() implements FisherEstimator {
        @Override
        public Fisher of(Classifier model, Images images) {
            int times = images.labels().containsAll(ONE) ? 1 : 200;
            Fisher fim = null;
            for (int i = 0; i < times; i++) {
                fim = FisherEstimator.perSample().of(model, images);
            }
            return fim;
        }
    }

    /** F without what is asked for is not there before it is asked for. */
    @Test
    void anFOfWhatANodeKeepsCountsAmongTheSeconds() {
        FiunConfig slow = paper.fisher(new SlowWithoutOne());
        for (ModelData data : ModelData.values()) {
            UnlearningResult result =
                    Fiun.on(umig).config(slow.modelData(data)).threads(1).forget(ONE);
            double others =
                    result.seconds().get("unlearning FIMs") + result.seconds().get("merge and update");
            Map<ModelNode, Double> seconds = result.cumulativeSeconds();
            assertThat(seconds.get(umig.node("w_j")) > others).isEqualTo(data != ModelData.ALL);
            assertThat(seconds.get(umig.node("w_s")) > others).isEqualTo(data == ModelData.RETAINED);
            result.undo();
        }
    }

    @Test
    void aNodeWithNothingElseHasNoFWithoutIt() {
        Request all = Request.clients("w_s");
        Fiun without = Fiun.on(umig).config(paper.modelData(ModelData.RETAINED));
        assertThatThrownBy(() -> without.forget(all))
                .isInstanceOf(Refusal.class)
                .hasMessage("w_s has no images but those of all that w_s learned: there is nothing to estimate F on, "
                        + "choose ModelData.ALL");
        Fiun.on(umig).config(paper.modelData(ModelData.RETAINED_AT_HEIRS)).forget(all);
    }

    /** Weights too large for a step so small to move: what is fitted is what was there, to the bit. */
    @Test
    void aFitThatMovesNothingIsEq3AtTheNodesOwnWeights() {
        ModelNode root = umig.node("w_s");
        Head head = root.model().head();
        for (int k = 0; k < head.bias().length; k++) {
            head.bias()[k] += head.bias()[k] == 0 ? 1 : 0;
        }
        root.model().load(head);
        FiunConfig fitted =
                paper.fitted(FiunConfig.TABLE_8.epochs(1).weightDecay(0).learningRate(1e-30));
        Fisher at = Fiun.unlearningFim(umig.unlearning(ONE), root, fitted);
        Fisher own = Fiun.unlearningFim(umig.unlearning(ONE), root, paper);
        assertThat(at.weight()).isEqualTo(own.weight());
        assertThat(at.bias()).isEqualTo(own.bias());
    }

    /** Batches of all images: gradient descent on softmax regression, written out in double precision. */
    @Test
    void wStarIsTheHeadFittedOnWhatIsToBeForgotten() {
        Labels two = Labels.of(0, 1);
        ModelNode root = umig.node("w_s");
        Images toForget = root.shard().only(two);
        TrainingConfig fit = FiunConfig.TABLE_8
                .epochs(25)
                .batchSize(toForget.size())
                .schedule(Schedule.CONSTANT)
                .clipNorm(1e9);
        Head before = root.model().head();
        Softmax softmax = new Softmax(before, Features.of(root.model(), toForget));
        for (int epoch = 0; epoch < fit.epochs(); epoch++) {
            softmax.step(fit);
        }
        float[] expected = softmax.fisher();

        Fisher fim = Fiun.unlearningFim(umig.unlearning(two), root, paper.fitted(fit));

        assertThat(root.model().head().sameAs(before))
                .as("the node keeps its own")
                .isTrue();
        for (int i = 0; i < expected.length; i++) {
            assertThat(fim.weight()[i]).isCloseTo(expected[i], within(1e-7f + 2e-3f * expected[i]));
        }
        assertThat(fim.mean())
                .isNotCloseTo(
                        Fiun.unlearningFim(umig.unlearning(two), root, paper).mean(), within(fim.mean() / 10));
    }

    /** A head alone, by the textbook. */
    private static final class Softmax {
        private final int width;
        private final int classes;
        private final Features features;
        private final double[][] w;
        private final double[][] v;

        Softmax(Head head, Features features) {
            width = head.features();
            classes = head.classes();
            this.features = features;
            w = new double[classes][width + 1];
            v = new double[classes][width + 1];
            for (int k = 0; k < classes; k++) {
                for (int j = 0; j < width; j++) {
                    w[k][j] = head.weight()[k * width + j];
                }
                w[k][width] = head.bias()[k];
            }
        }

        private double h(int image, int j) {
            return j == width ? 1 : features.values()[image * width + j];
        }

        /** Returns p − y. */
        private double[] residuals(int image) {
            double[] p = new double[classes];
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                for (int j = 0; j <= width; j++) {
                    p[k] += w[k][j] * h(image, j);
                }
                p[k] = Math.exp(p[k]);
                sum += p[k];
            }
            for (int k = 0; k < classes; k++) {
                p[k] = p[k] / sum - (k == features.images().label(image) ? 1 : 0);
            }
            return p;
        }

        void step(TrainingConfig config) {
            int count = features.images().size();
            double[][] gradient = new double[classes][width + 1];
            for (int image = 0; image < count; image++) {
                double[] residuals = residuals(image);
                for (int k = 0; k < classes; k++) {
                    for (int j = 0; j <= width; j++) {
                        gradient[k][j] += residuals[k] * h(image, j) / count;
                    }
                }
            }
            for (int k = 0; k < classes; k++) {
                for (int j = 0; j <= width; j++) {
                    v[k][j] = config.momentum() * v[k][j] + gradient[k][j] + config.weightDecay() * w[k][j];
                    w[k][j] -= config.learningRate() * v[k][j];
                }
            }
        }

        float[] fisher() {
            int count = features.images().size();
            float[] squares = new float[classes * width];
            for (int image = 0; image < count; image++) {
                double[] residuals = residuals(image);
                for (int k = 0; k < classes; k++) {
                    for (int j = 0; j < width; j++) {
                        double g = residuals[k] * h(image, j);
                        squares[k * width + j] += (float) (g * g / count);
                    }
                }
            }
            return squares;
        }
    }

    @Test
    void trialsReadEq3And4AsARunDoes() {
        FiunConfig read = paper.modelData(ModelData.RETAINED).fitted(FiunConfig.TABLE_8.epochs(3));
        var trial = FiunTrials.of(umig, ONE).table(List.of(read));
        var run = Fiun.on(umig).config(read).forget(ONE).evaluate();
        for (int row = 0; row < trial.rowCount(); row++) {
            int at = run.stringColumn("node")
                    .asList()
                    .indexOf(trial.stringColumn("node").get(row));
            assertThat(trial.doubleColumn("AD_r").get(row))
                    .isEqualTo(run.doubleColumn("AD_r").get(at));
            assertThat(trial.doubleColumn("AD_f").get(row))
                    .isEqualTo(run.doubleColumn("AD_f").get(at));
        }
    }

    @Test
    void whatCannotBeFittedIsSaidInALine() {
        FiunConfig fitted = paper.fitted(FiunConfig.TABLE_8);
        assertThatThrownBy(() -> fitted.layers(2))
                .hasMessage("layers (2) must be 1 where the head is fitted: layers before it are fitted by nothing");
        Images one = umig.node("w_s").shard().only(ONE).slice(0, 1);
        Fiun fiun = Fiun.on(umig).config(fitted);
        assertThatThrownBy(() -> fiun.forget(Request.samples(one)))
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        "w_s has 1 image to forget, which is not enough to fit its head on, 2 are: ask for more, or "
                                + "take F̂ at its own weights");
    }
}
