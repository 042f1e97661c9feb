package unlearn4j.umig;

import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;

/**
 * A model in the graph, trained on images of its own on top of what it inherits: paper B's n_j.
 *
 * @param name what it is called, {@code "w_g"} say
 * @param model the network w_j
 * @param shard the images that it was itself trained on; what its ancestors were trained on it inherits. An aggregated
 *     model was trained on none, {@code images.slice(0, 0)}
 */
public record ModelNode(String name, Classifier model, Images shard) {

    /** Makes a node; the images must fit the network. */
    public ModelNode {
        Check.that(name != null && !name.isBlank(), "name must be given, not blank");
        Check.given("model", model);
        Check.given("shard", shard);
        Check.that(
                shard.shape().equals(model.shape()) && shard.classes() == model.classes(),
                "%s of %s and %d classes does " + "not fit the model of %s, which takes %s and has %d classes",
                shard.name(),
                shard.shape(),
                shard.classes(),
                name,
                model.shape(),
                model.classes());
    }

    /** Checks that another can inherit from this one: their heads must be of one shape. */
    void checkHeir(ModelNode heir) {
        Check.that(
                model.classes() == heir.model.classes()
                        && model.spec().features() == heir.model.spec().features(),
                "%s cannot inherit from %s: its head is %d×%d, that of %s is %d×%d",
                heir,
                name,
                heir.model.classes(),
                heir.model.spec().features(),
                name,
                model.classes(),
                model.spec().features());
    }

    @Override
    public String toString() {
        return name;
    }
}
