/**
 * Descriptions of networks. A {@link unlearn4j.model.ModelSpec} builds the body of a network, images to features; the
 * head, a linear layer from features to logits, is the same for all and is what FIUn works on. The papers' networks are
 * constants:
 *
 * <pre>{@code
 * var chain = Umig.incremental(data).model(ResNet.IMAGENET);               // as paper B's scripts have it
 * var network = Hdus.over(Clients.of(data)).mainModels(ResNet.LARGE, ResNet.MEDIUM, ResNet.SMALL);   // paper A's
 * var shallow = new ResNet("ResNet10", List.of(1, 1, 1, 1), List.of(64, 128, 256, 512));
 * }</pre>
 */
package unlearn4j.model;
