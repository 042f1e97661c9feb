/**
 * Model descriptions. A {@link unlearn4j.model.ModelSpec} builds the body of a network, images to features; the head, a
 * linear layer from features to logits, is the same for all and is what FIUn works on. {@code unlearn4j.train} gives a
 * description weights.
 *
 * <pre>{@code
 * var paperAs = List.of(ResNet.SMALL, ResNet.MEDIUM, ResNet.LARGE);
 * var between = new ResNet("ResNet14", List.of(2, 2, 2));                  // blocks of each stage
 * between.features();                                                      // 64
 * }</pre>
 */
package unlearn4j.model;
