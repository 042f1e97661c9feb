package unlearn4j.unlearn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import unlearn4j.umig.Role;
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

    private static final TrainingConfig PUBLISHED =
            TRAINING.epochs(1).learningRate(8).momentum(0).clipNorm(Double.MAX_VALUE);

    private static final int MEASURED = 500;

    private double mayFall = 5;
    private double forgottenAt = Double.NaN;
    private int stepsBetweenChecks = 2;
    private boolean published;
    private Map<ModelNode, PublishedAscent> ascents = new LinkedHashMap<>();

    private GradientAscent(Umig umig) {
        super(umig, TRAINING);
    }

    /** Begins with {@link #TRAINING}, a fall of AD_r by 5 points at most, and two steps between checks. */
    public static GradientAscent on(Umig umig) {
        return new GradientAscent(umig);
    }

    /**
     * Begins with gradient ascent as it is in the scripts that paper B's authors published. Discovery nodes alone ascend:
     * at a rate of 8, without momentum, at most once over the images to forget, in batches of 64, until their accuracy is
     * below 20 %, whatever becomes of the rest; in training mode for the first step, then as in use, for measuring leaves
     * the scripts' network so. A node that inherits gets 2 (g₁ − g₂) added to its weights, from each discovery node that it
     * traces back to: g₁ is the gradient of the cross entropy of a batch of all images, taken before, and g₂ that of the
     * last step, of the negative cross entropy. {@link #mayFall}, {@link #forgottenAt} and {@link #checkEvery} have no part in it.
     */
    public static GradientAscent published(Umig umig) {
        return on(umig).training(PUBLISHED).changed(copy -> copy.published = true);
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
    void begin() {
        super.begin();
        ascents = new LinkedHashMap<>();
    }

    private boolean isGiven(ModelNode node, UnlearningGraph unlearning) {
        return published && unlearning.role(node) != Role.DISCOVERY;
    }

    @Override
    protected Images shown(ModelNode node, UnlearningGraph unlearning) {
        if (isGiven(node, unlearning)) {
            return node.shard().slice(0, 0);
        }
        return unlearning.division(node, data()).forgotten();
    }

    @Override
    protected Training prepare(
            ModelNode node, UnlearningGraph unlearning, Classifier start, Images shown, TrainingConfig config) {
        if (published) {
            PublishedAscent ascent = new PublishedAscent(start, unlearning.data(node, data()), shown, config);
            ascents.put(node, ascent);
            return Training.ascending(start, shown, config)
                    .until(1, ascent::isEnough)
                    .inUseOnceMeasured();
        }
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

    @Override
    List<ModelNode> awaited(ModelNode node, UnlearningGraph unlearning) {
        return isGiven(node, unlearning) ? unlearning.sources().get(node) : List.of();
    }

    @Override
    Weights made(ModelNode node, UnlearningGraph unlearning, Weights trained) {
        Weights made = trained;
        for (ModelNode root : awaited(node, unlearning)) {
            // A discovery node with one image to forget, too few to train on, gives nothing.
            made = ascents.containsKey(root) ? ascents.get(root).transferred(made, node) : made;
        }
        return made;
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
