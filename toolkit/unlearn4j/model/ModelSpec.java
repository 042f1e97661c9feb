package unlearn4j.model;

import ai.djl.nn.Block;

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
}
