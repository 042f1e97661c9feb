package unlearn4j.fisher;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import unlearn4j.model.ModelSpec;

/**
 * Two hidden layers under the head: small enough for its gradients to be written down.
 *
 * @param first units of the first hidden layer
 * @param features units of the second
 */
public record Mlp(int first, int features) implements ModelSpec {
    @Override
    public String name() {
        return "MLP";
    }

    @Override
    public Block body(int height, int width) {
        return new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(first).build())
                .add(Activation.reluBlock())
                .add(Linear.builder().setUnits(features).build())
                .add(Activation.reluBlock());
    }
}
