package unlearn4j.unlearn;

import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * Distillation: a fresh student learns what each node says of the images that reached it without those to forget, and takes
 * its place. Of what is forgotten it learns no more than the node's other answers betray. Nodes go one after another, as in
 * paper B's comparison.
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
        mayChange();
        temperature = Check.positive("temperature", value);
        return this;
    }

    @Override
    Distill self() {
        return this;
    }

    @Override
    Images shown(UnlearningGraph unlearning, Images reached) {
        return unlearning.retained(reached);
    }

    @Override
    Classifier start(ModelNode node, Map<ModelNode, Classifier> parents, Seed seed) {
        return Classifier.create(node.model().spec(), node.shard(), seed.value());
    }

    @Override
    Training prepare(
            UnlearningGraph unlearning, ModelNode node, Classifier start, Images shown, TrainingConfig config) {
        return Training.distilling(node.model(), start, shown, temperature, config);
    }
}
