/**
 * Model descriptions. A {@link unlearn4j.model.ModelSpec} builds the body of a network, images to features; the head, a
 * linear layer from features to logits, is the same for all and is what FIUn works on.
 */
package unlearn4j.model;
