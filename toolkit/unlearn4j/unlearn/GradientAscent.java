package unlearn4j.unlearn;

import unlearn4j.audit.Forgetting;
import unlearn4j.core.Check;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
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

    /** Sets by how many points AD_r may fall, 0 or more: a bound that is to be searched for like any other setting. */
    public GradientAscent mayFall(double points) {
        Check.notNegative("points", points);
        return changed(copy -> copy.mayFall = points);
    }

    /**
     * Sets the AD_f in percent at which enough is forgotten: chance to begin with, 100 / the number of labels of the node's
     * training data. For single samples that is too low: a network that never saw them has its test accuracy on them.
     */
    public GradientAscent forgottenAt(double percent) {
        Check.in("percent", percent, 0, 100);
        return changed(copy -> copy.forgottenAt = percent);
    }

    /** Sets how many steps pass between two checks. */
    public GradientAscent checkEvery(int steps) {
        Check.positive("steps", steps);
        return changed(copy -> copy.stepsBetweenChecks = steps);
    }

    @Override
    protected Images shown(ModelNode node, UnlearningGraph unlearning) {
        return unlearning.division(node, data()).forgotten();
    }

    @Override
    protected Training prepare(
            ModelNode node, UnlearningGraph unlearning, Classifier start, Images shown, TrainingConfig config) {
        Images retained = sample(unlearning.division(node, data()).retained(), config.seed());
        Images forgotten = sample(shown, config.seed());
        double enough = Double.isNaN(forgottenAt)
                ? 100.0
                        / unlearning
                                .data(node, data())
                                .labels()
                                .and(shown.labels())
                                .size()
                : forgottenAt;
        StopRule rule = new StopRule(start, retained, forgotten, enough, mayFall);
        return Training.ascending(start, shown, config).until(stepsBetweenChecks, rule::asked);
    }

    private static Images sample(Images images, Seed seed) {
        return images.size() <= MEASURED
                ? images
                : images.balanced(MEASURED, seed.child("measured").value());
    }

    /** When to stop, and what to go back to. */
    private static final class StopRule {
        private final Classifier model;
        private final Images retained;
        private final Images forgotten;
        private final double enough;
        private final double least;
        private Weights sound;

        StopRule(Classifier model, Images retained, Images forgotten, double enough, double mayFall) {
            this.model = model;
            this.retained = retained;
            this.forgotten = forgotten;
            this.enough = enough;
            least = Forgetting.of(model, retained, forgotten).retained() - mayFall;
            sound = model.weights();
        }

        boolean asked() {
            Forgetting now = Forgetting.of(model, retained, forgotten);
            if (now.retained() < least) {
                model.load(sound);
                return true;
            }
            sound = model.weights();
            return now.forgotten() <= enough;
        }
    }
}
