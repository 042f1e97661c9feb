package unlearn4j.unlearn;

import unlearn4j.audit.Forgetting;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Schedule;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Role;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * Distillation: a fresh student learns what each node says of its training data without what is to be forgotten, and takes
 * its place (paper B, §5.1). Of what is forgotten it learns no more than the node's other answers betray.
 */
public final class Distill extends TrainedMethod<Distill> {
    private static final TrainingConfig PUBLISHED = TrainingConfig.DEFAULT
            .epochs(100)
            .schedule(Schedule.CONSTANT)
            .momentum(0)
            .weightDecay(0)
            .clipNorm(Double.MAX_VALUE);

    private static final double RATE_AT_DISCOVERY = 0.01;
    private static final double IMITATION = 0.8;
    private static final double FORGOTTEN = 10;
    private static final double RETAINED = 80;

    private double temperature = 3;
    private boolean published;

    private Distill(Umig umig) {
        super(umig, TrainingConfig.DEFAULT);
    }

    /** Begins with {@link TrainingConfig#DEFAULT} and T = 3. */
    public static Distill on(Umig umig) {
        return new Distill(umig);
    }

    /**
     * Begins with distillation as it is in the scripts that paper B's authors published: T = 2, 0.8 of the distillation's loss
     * and 0.2 of the labels' cross entropy, 100 epochs without momentum or weight decay, in batches of 64. The scripts
     * average the former over a batch's images and classes, so that it counts a K-th of what Eq. 1 would give it. A
     * discovery node's student learns at a rate of 0.01, to the end; an heir's at the configuration's, 0.1 for ResNet18, and until
     * an epoch after which its accuracy is below 10 % on what is to be forgotten and above 80 % on the rest. The first epoch is
     * in training mode, all others as in use, for measuring leaves the scripts' network so.
     */
    public static Distill published(Umig umig) {
        return on(umig).training(PUBLISHED).temperature(2).changed(copy -> copy.published = true);
    }

    /** Sets T, what teacher's and student's logits are divided by, above 0. */
    public Distill temperature(double value) {
        Check.positive("temperature", value);
        return changed(copy -> copy.temperature = value);
    }

    @Override
    protected Images shown(ModelNode node, UnlearningGraph unlearning) {
        return unlearning.division(node, data()).retained();
    }

    @Override
    protected Classifier start(ModelNode node, long seed) {
        return Classifier.create(node.model().spec(), node.shard(), seed);
    }

    @Override
    protected Training prepare(
            ModelNode node, UnlearningGraph unlearning, Classifier start, Images shown, TrainingConfig config) {
        if (!published) {
            return Training.distilling(node.model(), start, shown, temperature, config);
        }
        boolean discovery = unlearning.role(node) == Role.DISCOVERY;
        Images forgotten = unlearning.division(node, data()).forgotten();
        TrainingConfig own = discovery ? config.learningRate(RATE_AT_DISCOVERY) : config;
        return Training.distilling(node.model(), start, shown, temperature, own)
                .withLabels(IMITATION / start.classes(), 1 - IMITATION)
                .until(Integer.MAX_VALUE, () -> !discovery && isEnough(Forgetting.of(start, shown, forgotten)))
                .inUseOnceMeasured();
    }

    private static boolean isEnough(Forgetting now) {
        return now.forgotten() < FORGOTTEN && now.retained() > RETAINED;
    }
}
