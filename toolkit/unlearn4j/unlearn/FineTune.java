package unlearn4j.unlearn;

import unlearn4j.audit.Forgetting;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Schedule;
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

    private static final TrainingConfig PUBLISHED = TrainingConfig.DEFAULT
            .epochs(100)
            .learningRate(0.03)
            .schedule(Schedule.CONSTANT)
            .momentum(0)
            .weightDecay(0)
            .clipNorm(Double.MAX_VALUE);

    /** The accuracy on what is to be forgotten, in percent, below which the published scripts leave an epoch. */
    private static final double LEAVE = 80;

    private boolean published;

    private FineTune(Umig umig) {
        super(umig, TRAINING);
    }

    /** Begins with {@link #TRAINING}. */
    public static FineTune on(Umig umig) {
        return new FineTune(umig);
    }

    /**
     * Begins with fine-tuning as it is in the scripts that paper B's authors published: 100 epochs at a rate of 0.03 without
     * momentum or weight decay, in batches of 64. Each epoch is left at the first step after which the accuracy on the
     * images to forget is below 80 %, so that from then on an epoch is one step; the first step is in training mode, all
     * others as in use, for measuring leaves the scripts' network so.
     */
    public static FineTune published(Umig umig) {
        return on(umig).training(PUBLISHED).changed(copy -> copy.published = true);
    }

    @Override
    protected Images shown(ModelNode node, UnlearningGraph unlearning) {
        return unlearning.division(node, data()).retained();
    }

    @Override
    protected Training prepare(
            ModelNode node, UnlearningGraph unlearning, Classifier start, Images shown, TrainingConfig config) {
        Training training = Training.of(start, shown, config);
        Images forgotten = unlearning.division(node, data()).forgotten();
        Images none = forgotten.slice(0, 0);
        return published
                ? training.leavingEpochs(
                                () -> Forgetting.of(start, none, forgotten).forgotten() < LEAVE)
                        .inUseOnceMeasured()
                : training;
    }
}
