package unlearn4j.model;

import ai.djl.nn.Block;
import java.util.List;
import unlearn4j.core.Refusal;

/**
 * The description of a network: a body that turns images into features, under a linear head. Descriptions are values;
 * weights belong to {@code unlearn4j.train.Classifier}.
 */
public interface ModelSpec {

    /** Returns the network's name, {@code "ResNet18"} say. */
    String name();

    /** Returns J, the number of features that the body gives to the head. */
    int features();

    /**
     * Builds a new body, without weights.
     *
     * @param height an image's height in pixels
     * @param width an image's width in pixels
     * @return a block from (N, channels, height, width) to (N, J)
     * @throws IllegalArgumentException if images of that size are too small for the network
     */
    Block body(int height, int width);

    /**
     * Returns what PyTorch calls the network's layers: one name for each layer that has weights, a normalisation being a layer
     * of its own, in their order and the head's last; {@code ["conv1", "bn1", "layer1.0.conv1", …, "fc"]}. A description of
     * one's own that says them can be read from PyTorch, and written for it.
     *
     * @throws Refusal if nobody has said them, or PyTorch's network of that name is another one
     */
    default List<String> torchLayers() {
        throw Refusal.of("%s has no names in PyTorch: let its description say torchLayers(), as ResNet does", name());
    }
}
