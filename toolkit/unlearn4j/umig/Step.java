package unlearn4j.umig;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.TrainingConfig;

/**
 * A model in the making, one of a {@link TrainingPlan}: what it begins with and how it is trained on what.
 *
 * @param name its name
 * @param model its network
 * @param parents what it begins with: the names of earlier steps and how much each counts, above 0; none for fresh weights
 * @param images what it is then trained on, 2 or more; empty if it is only an average
 * @param shard what a node of this step is said to have been trained on itself
 * @param training how; its seed is replaced by one of the step's own, drawn from the plan's
 * @param headOnly whether the body is frozen, as in transfer learning (paper B, §5.2)
 * @param node whether it is a node of the graph; if not, its model is given up once no later step begins with it
 */
public record Step(
        String name,
        ModelSpec model,
        Map<String, Double> parents,
        Images images,
        Images shard,
        TrainingConfig training,
        boolean headOnly,
        boolean node) {

    /** Makes a step; a single image is not enough to train on. */
    public Step {
        Check.that(name != null && !name.isEmpty(), "name must be given, not empty");
        Check.given("model", model);
        Check.allGiven("parents", parents).forEach((parent, share) -> Check.positive("share of " + parent, share));
        // Their order is that in which they are added up.
        parents = Collections.unmodifiableMap(new LinkedHashMap<>(parents));
        Check.given("shard", shard);
        Check.given("training", training);
        Check.that(
                Check.given("images", images).size() != 1,
                "%s has 1 image, which is not enough to train on, 2 are: have fewer models, or more images",
                name);
    }

    /** Returns the same step, trained on those images; on none, where a single one is left. */
    Step images(Images kept, Images keptShard) {
        return new Step(
                name, model, parents, kept.size() < 2 ? kept.slice(0, 0) : kept, keptShard, training, headOnly, node);
    }

    /** Returns the same step with that shard. */
    Step shard(Images own) {
        return new Step(name, model, parents, images, own, training, headOnly, node);
    }

    /** Returns the same step, trained so. */
    Step training(TrainingConfig config) {
        return new Step(name, model, parents, images, shard, config, headOnly, node);
    }

    /** Returns the same step, trained with a frozen body or as a whole. */
    Step headOnly(boolean frozen) {
        return new Step(name, model, parents, images, shard, training, frozen, node);
    }

    /** Returns the same step, which is no node. */
    Step hidden() {
        return new Step(name, model, parents, images, shard, training, headOnly, false);
    }

    /** Returns how many images its training shows the network, each epoch's counted. */
    long shown() {
        return (long) images.size() * training.epochs();
    }
}
