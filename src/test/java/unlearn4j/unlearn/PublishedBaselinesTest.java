package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import unlearn4j.core.Refusal;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.fisher.Mlp;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Gradients;
import unlearn4j.train.Schedule;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;

/** The baselines of paper B's published scripts, each beside its steps written out. A network without batch statistics. */
class PublishedBaselinesTest {
    private static final Labels ZERO = Labels.of(0);
    private static final TrainingConfig PLAIN = TrainingConfig.DEFAULT
            .epochs(1)
            .schedule(Schedule.CONSTANT)
            .momentum(0)
            .weightDecay(0)
            .clipNorm(1e9);

    private final Umig umig = SmallGraph.trained();

    /** Returns the gradient of the images' mean cross entropy: a backward pass that shares nothing with training. */
    private static List<float[]> gradient(Classifier model, Images images) {
        int[] all = IntStream.range(0, model.weights().copy().size()).toArray();
        List<float[]> gradient = new ArrayList<>();
        Gradients.forEachBatch(
                model,
                images,
                images.size(),
                all,
                (positions, logits) -> {
                    long[] labels =
                            Arrays.stream(positions).mapToLong(images::label).toArray();
                    NDArray own = logits.getManager().create(labels).oneHot(images.classes(), DataType.FLOAT32);
                    return logits.softmax(1).sub(own).div(positions.length);
                },
                gradients -> gradients.forEach(array -> gradient.add(array.toFloatArray())));
        return gradient;
    }

    private static List<float[]> plus(Weights weights, double factor, List<float[]> gradient) {
        List<float[]> sum = weights.copy();
        for (int i = 0; i < sum.size(); i++) {
            for (int l = 0; l < sum.get(i).length; l++) {
                sum.get(i)[l] += (float) (factor * gradient.get(i)[l]);
            }
        }
        return sum;
    }

    private static void assertClose(Weights weights, List<float[]> expected, float tolerance) {
        List<float[]> arrays = weights.copy();
        for (int i = 0; i < arrays.size(); i++) {
            assertThat(arrays.get(i)).containsExactly(expected.get(i), within(tolerance));
        }
    }

    /** One step at w_s, whose few images of label 0 are one batch; its heirs get 2 (g₁ − g₂), g₂ of the negative loss. */
    @Test
    void ascentIsTransferredToHeirsAsADifferenceOfGradients() {
        ModelNode root = umig.node("w_s");
        Classifier before = root.model().copy();
        List<float[]> ofAll = gradient(before, root.shard());
        List<float[]> ofForgotten = gradient(before, root.shard().only(ZERO));
        List<float[]> atHeir = plus(umig.node("w_h").model().weights(), 2, ofAll);

        UnlearningResult result = GradientAscent.published(umig).forget(ZERO);

        assertClose(root.model().weights(), plus(before.weights(), 8, ofForgotten), 1e-5f);
        assertClose(umig.node("w_h").model().weights(), plus(Weights.of(atHeir), 2, ofForgotten), 1e-5f);
        double waited = result.cumulativeSeconds().get(umig.node("w_h"));
        assertThat(waited).isGreaterThanOrEqualTo(result.cumulativeSeconds().get(root));
    }

    /** Steps of two images each, until fewer than 20 % are told, or all were shown once. */
    @Test
    void ascentStopsOnceFewerThanAFifthAreTold() {
        ModelNode root = umig.node("w_s");
        Images forgotten = root.shard().only(ZERO);
        assertThat(Evaluator.evaluate(root.model(), forgotten).accuracy()).isGreaterThan(20);
        UnlearningResult result = GradientAscent.published(umig)
                .training(PLAIN.batchSize(2).learningRate(0.5))
                .forget(ZERO);
        double left = result.evaluate().doubleColumn("AD_f").get(0);
        assertThat(left).isLessThan(20);
        result.undo();
        // Too slow to forget in one pass, and not asked to go round again.
        GradientAscent.published(umig)
                .training(PLAIN.batchSize(forgotten.size()).learningRate(1e-6))
                .forget(ZERO);
        assertThat(Evaluator.evaluate(root.model(), forgotten).accuracy()).isGreaterThan(20);
    }

    @Test
    void aGradientOfAnotherNetworkIsNotTransferred() {
        Images shard = umig.node("w_h").shard();
        umig.add(new ModelNode("w_x", Classifier.create(new Mlp(10, 8), shard, 1), shard))
                .inherit("w_x", "w_s");
        GradientAscent published = GradientAscent.published(umig);
        assertThatThrownBy(() -> published.forget(ZERO))
                .isInstanceOf(Refusal.class)
                .hasMessage("w_x is of another network than the node that it inherits from, MLP: gradients can't be "
                        + "transferred");
    }

    /** Batches in the training's own order, one by one, each epoch left when fewer than 80 % are told. */
    @Test
    void fineTuningLeavesAnEpochOnceFewerThanFourFifthsAreTold() {
        ModelNode node = umig.node("w_s");
        Images rest = node.shard().without(ZERO);
        Images forgotten = node.shard().only(ZERO);
        TrainingConfig config = PLAIN.epochs(4).batchSize(5).learningRate(0.3);
        Seed seed = Seed.of(3).child("w_s").child("training");
        Classifier tuned = node.model().copy();
        int steps = 0;
        for (int epoch = 0; epoch < 4; epoch++) {
            int[] order = seed.child("epoch").child(epoch).child("order").permutation(rest.size());
            for (int from = 0; from < rest.size(); from += 5) {
                int[] batch = Arrays.copyOfRange(order, from, Math.min(from + 5, rest.size()));
                tuned.load(Weights.of(plus(tuned.weights(), -0.3, gradient(tuned, rest.at(batch)))));
                steps++;
                if (Evaluator.evaluate(tuned, forgotten).accuracy() < 80) {
                    break;
                }
            }
        }
        assertThat(steps).as("of %d images", rest.size()).isBetween(4, 4 * rest.size() / 5 - 1);

        FineTune.published(umig).training(config).seed(3).forget(ZERO);

        assertClose(node.model().weights(), tuned.weights().copy(), 1e-4f);
    }

    /** The student at the root learns slowly and to the end, that of an heir stops at the first epoch that does. */
    @Test
    void distillationMixesWhatTheTeacherSaysAndTheLabels() {
        ModelNode root = umig.node("w_s");
        ModelNode heir = umig.node("w_h");
        TrainingConfig config = PLAIN.epochs(100).batchSize(4).learningRate(0.5);
        Classifier atRoot = student(root, config.learningRate(0.01));
        Images rest = heir.shard().without(ZERO);
        int[] epochs = {0};
        Classifier atHeir = fresh(heir);
        mixed(heir, atHeir, rest, config)
                .until(Integer.MAX_VALUE, () -> {
                    epochs[0]++;
                    return Evaluator.evaluate(atHeir, heir.shard().only(ZERO)).accuracy() < 10
                            && Evaluator.evaluate(atHeir, rest).accuracy() > 80;
                })
                .run();

        Distill.published(umig).training(config).seed(3).forget(ZERO);

        assertClose(root.model().weights(), atRoot.weights().copy(), 1e-3f);
        assertClose(heir.model().weights(), atHeir.weights().copy(), 1e-3f);
        assertThat(epochs[0]).isBetween(2, 99);
    }

    private static Classifier fresh(ModelNode node) {
        long seed = Seed.of(3).child(node.name()).child("weights").value();
        return Classifier.create(node.model().spec(), node.shard(), seed);
    }

    /** 0.8 of the divergence averaged over the classes too, 6 of them, and 0.2 of the cross entropy. */
    private static Training mixed(ModelNode node, Classifier student, Images rest, TrainingConfig config) {
        long seed = Seed.of(3).child(node.name()).child("training").value();
        return Training.distilling(node.model(), student, rest, 2, config.seed(seed))
                .withLabels(0.8 / 6, 0.2);
    }

    private static Classifier student(ModelNode node, TrainingConfig config) {
        return mixed(node, fresh(node), node.shard().without(ZERO), config).run();
    }
}
