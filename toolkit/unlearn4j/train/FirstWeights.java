package unlearn4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.SplittableRandom;
import unlearn4j.core.Check;
import unlearn4j.core.Refusal;
import unlearn4j.core.Seed;

/** What a network's weights are before it is trained or given others. */
final class FirstWeights {
    private FirstWeights() {}

    /**
     * Draws them from a seed: He et al. 2015, uniform, for the body; half that for the head; no biases.
     *
     * @param blocks the body and the head
     * @throws Refusal if the body is a TorchScript
     */
    static void random(Block[] blocks, long seed) {
        Refusal.unless(
                !(blocks[0] instanceof ScriptBody),
                "a TorchScript body can't be initialised anew: it says no more than the weights that it was saved with;"
                        + " train it anew in Python, and load that beside it");
        SplittableRandom random = Seed.of(seed).random();
        for (int i = 0; i < blocks.length; i++) {
            double gain = i == 0 ? 6 : 3;
            blocks[i].setInitializer((m, s, t) -> uniform(m, s, t, gain, random), Parameter.Type.WEIGHT);
            blocks[i].setInitializer((m, s, t) -> m.zeros(s, t), Parameter.Type.BIAS);
        }
    }

    /**
     * Makes them zeros, and no more of them than that.
     *
     * @param name the network's name, for the message
     * @param most how many numbers the network may have
     */
    static void zeros(Block[] blocks, String name, long most) {
        long[] left = {most};
        Initializer zeros = (manager, size, type) -> {
            left[0] -= size.size();
            Check.that(
                    left[0] >= 0,
                    "%s has more than the %d numbers that there are for it: it is another network's description",
                    name,
                    most);
            return manager.zeros(size, type);
        };
        for (Block block : blocks) {
            for (Parameter.Type type : Parameter.Type.values()) {
                block.setInitializer(zeros, type);
            }
        }
    }

    /** Uniform in ±√(gain / inputs of a unit). */
    private static NDArray uniform(
            NDManager manager, Shape shape, DataType type, double gain, SplittableRandom random) {
        Check.that(type == DataType.FLOAT32, "weights of type %s must be 32-bit floats", type);
        Check.that(
                shape.size() < Integer.MAX_VALUE - 8,
                "a layer of %d weights is larger than an array can be: make the network narrower, or the images smaller",
                shape.size());
        double bound = Math.sqrt(gain / (shape.size() / (double) shape.get(0)));
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        return manager.create(values, shape);
    }
}
