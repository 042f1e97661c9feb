package unlearn4j.unlearn;

import java.util.Map;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * Fine-tuning: each node is trained on, from its own weights, on the images that reached it without those to forget, in the
 * hope that it forgets what it does not see. Nodes go one after another, as in paper B's comparison.
 */
public final class FineTune extends TrainedMethod<FineTune> {
    /** Three epochs at a rate of 0.05 on one cycle. */
    public static final TrainingConfig TRAINING =
            TrainingConfig.DEFAULT.epochs(3).learningRate(0.05);

    private FineTune(Umig umig) {
        super(umig, TRAINING);
    }

    /** Begins with {@link #TRAINING}. */
    public static FineTune on(Umig umig) {
        return new FineTune(umig);
    }

    @Override
    FineTune self() {
        return this;
    }

    @Override
    Images shown(UnlearningGraph unlearning, Images reached) {
        return unlearning.retained(reached);
    }

    @Override
    Classifier start(ModelNode node, Map<ModelNode, Classifier> parents, Seed seed) {
        return node.model().copy();
    }

    @Override
    Training prepare(
            UnlearningGraph unlearning, ModelNode node, Classifier start, Images shown, TrainingConfig config) {
        return Training.of(start, shown, config);
    }
}
