package unlearn4j.unlearn;

import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Schedule;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * Gradient ascent: each node, from its own weights, makes its loss on the images to forget large. A stop rule, asked every
 * few steps, keeps that from wrecking the network: it ends when AD_f has fallen to chance, or when AD_r has fallen by more
 * than so many points, and then the network is as it was when the rule was last asked. Both are measured on at most 500
 * images. Nodes go one after another, as in paper B's comparison.
 */
public final class GradientAscent extends TrainedMethod<GradientAscent> {
    /** At most twenty epochs over the images to forget at a constant rate of 0.001, without weight decay. */
    public static final TrainingConfig TRAINING = TrainingConfig.DEFAULT
            .epochs(20)
            .learningRate(0.001)
            .schedule(Schedule.CONSTANT)
            .weightDecay(0);

    private static final int MEASURED = 500;

    private double mayFall = 5;
    private double forgottenAt = Double.NaN;
    private int stepsBetweenChecks = 2;

    private GradientAscent(Umig umig) {
        super(umig, TRAINING);
    }

    /** Begins with {@link #TRAINING}, a fall of AD_r by 5 points at most, and two steps between checks. */
    public static GradientAscent on(Umig umig) {
        return new GradientAscent(umig);
    }

    /** Sets by how many points AD_r may fall, 0 or more. */
    public GradientAscent mayFall(double points) {
        mayChange();
        mayFall = Check.notNegative("points", points);
        return this;
    }

    /**
     * Sets the AD_f in percent at which enough is forgotten: chance to begin with, 100 / the number of labels that the node
     * knows. For single samples that is too low: a network that never saw them has its test accuracy on them.
     */
    public GradientAscent forgottenAt(double percent) {
        mayChange();
        forgottenAt = Check.in("percent", percent, 0, 100);
        return this;
    }

    /** Sets how many steps pass between two checks. */
    public GradientAscent checkEvery(int steps) {
        mayChange();
        stepsBetweenChecks = Check.positive("steps", steps);
        return this;
    }

    @Override
    GradientAscent self() {
        return this;
    }

    @Override
    Images shown(UnlearningGraph unlearning, Images reached) {
        return unlearning.forgotten(reached);
    }

    @Override
    Classifier start(ModelNode node, Map<ModelNode, Classifier> parents, Seed seed) {
        return node.model().copy();
    }

    @Override
    Training prepare(
            UnlearningGraph unlearning, ModelNode node, Classifier start, Images shown, TrainingConfig config) {
        Images reached = umig.reached(node);
        Images retained = sample(unlearning.retained(reached), config.seed());
        Images forgotten = sample(shown, config.seed());
        double enough = Double.isNaN(forgottenAt) ? 100.0 / reached.labels().size() : forgottenAt;
        double least = retained.isEmpty() ? 0 : accuracy(start, retained) - mayFall;
        return Training.ascending(start, shown, config)
                .until(stepsBetweenChecks, new StopRule(start, forgotten, enough, retained, least)::asked);
    }

    private static Images sample(Images images, Seed seed) {
        return images.size() <= MEASURED
                ? images
                : images.balanced(MEASURED, seed.child("measured").value());
    }

    private static double accuracy(Classifier model, Images images) {
        return Evaluator.evaluate(model, images).accuracy();
    }

    /** When to stop, and what to go back to. */
    private static final class StopRule {
        private final Classifier model;
        private final Images forgotten;
        private final double enough;
        private final Images retained;
        private final double least;
        private Weights sound;

        StopRule(Classifier model, Images forgotten, double enough, Images retained, double least) {
            this.model = model;
            this.forgotten = forgotten;
            this.enough = enough;
            this.retained = retained;
            this.least = least;
            sound = model.weights();
        }

        boolean asked() {
            if (!retained.isEmpty() && accuracy(model, retained) < least) {
                model.load(sound);
                return true;
            }
            sound = model.weights();
            return accuracy(model, forgotten) <= enough;
        }
    }
}
