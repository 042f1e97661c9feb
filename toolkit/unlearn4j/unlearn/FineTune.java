package unlearn4j.unlearn;

import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * Fine-tuning: each node is trained on, from its own weights, on its training data without what is to be forgotten, in the
 * hope that it forgets what it does not see (paper B, §5.1).
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
    protected Images shown(ModelNode node, UnlearningGraph unlearning) {
        return unlearning.division(node, data()).retained();
    }

    @Override
    protected Training prepare(
            ModelNode node, UnlearningGraph unlearning, Classifier start, Images shown, TrainingConfig config) {
        return Training.of(start, shown, config);
    }
}
