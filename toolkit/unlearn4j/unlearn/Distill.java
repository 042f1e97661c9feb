package unlearn4j.unlearn;

import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * Distillation: a fresh student learns what each node says of its training data without what is to be forgotten, and takes
 * its place (paper B, §5.1). Of what is forgotten it learns no more than the node's other answers betray.
 */
public final class Distill extends TrainedMethod<Distill> {
    private double temperature = 3;

    private Distill(Umig umig) {
        super(umig, TrainingConfig.DEFAULT);
    }

    /** Begins with {@link TrainingConfig#DEFAULT} and T = 3. */
    public static Distill on(Umig umig) {
        return new Distill(umig);
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
        return Training.distilling(node.model(), start, shown, temperature, config);
    }
}
