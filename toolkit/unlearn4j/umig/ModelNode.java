package unlearn4j.umig;

import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;

/**
 * A model in the graph, trained on images of its own on top of what it inherits: paper B's n_j.
 *
 * @param name what it is called, {@code "w_g"} say
 * @param model the network w_j
 * @param shard the images that it was itself trained on; what its ancestors were trained on it inherits
 */
public record ModelNode(String name, Classifier model, Images shard) {

    /** Makes a node; the images must fit the network. */
    public ModelNode {
        Check.that(name != null && !name.isBlank(), "name must be given, not blank");
        Check.given("model", model).checkFits(Check.given("shard", shard));
    }

    @Override
    public String toString() {
        return name;
    }
}
