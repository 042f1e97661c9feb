package unlearn4j.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import unlearn4j.core.Check;

/**
 * AlexNet (Krizhevsky et al. 2012) for images of 32×32 and 64×64, as small-image versions of it have it: 3×3
 * convolutions, the first with stride 2 from 64 pixels on, two hidden layers of {@link #width} units with dropout
 * before the head. Paper B's has a head of 4096 features (§6.1).
 *
 * @param name the network's name
 * @param filters filters of each of the five convolutions
 * @param width units of each hidden layer, which is also J
 * @param dropout the share of features dropped in training, in [0, 1)
 */
public record AlexNet(String name, List<Integer> filters, int width, float dropout) implements ModelSpec {
    private static final List<Integer> FILTERS = List.of(64, 192, 384, 256, 256);

    /** Paper B's AlexNet: 4096 features. */
    public static final AlexNet SPEC = new AlexNet("AlexNet", 4096, 0.5f);
    /** Paper B's AlexNet at a quarter of its width: 1024 features. */
    public static final AlexNet SLIM = new AlexNet("AlexNet slim", List.of(16, 48, 96, 64, 64), 1024, 0.5f);

    /** Makes a description; there must be five convolutions. */
    public AlexNet {
        filters = List.copyOf(Check.notEmpty("filters", filters));
        Check.that(filters.size() == FILTERS.size(), "filters %s must name %d convolutions", filters, FILTERS.size());
        filters.forEach(count -> Check.positive("filters of a convolution", count));
        Check.positive("width", width);
        Check.in("dropout", dropout, 0, 1);
    }

    /**
     * Makes a description with 64, 192, 384, 256 and 256 filters.
     *
     * @param name the network's name
     * @param width units of each hidden layer, which is also J
     * @param dropout the share of features dropped in training, in [0, 1)
     */
    public AlexNet(String name, int width, float dropout) {
        this(name, FILTERS, width, dropout);
    }

    @Override
    public int features() {
        return width;
    }

    @Override
    public Block body(int height, int width) {
        Check.that(
                height >= 16 && width >= 16,
                "images of %d×%d are too small for %s: 16×16 is the least",
                height,
                width,
                name);
        int stride = height >= 64 ? 2 : 1;
        return new SequentialBlock()
                .add(convolution(filters.get(0), stride))
                .add(halved())
                .add(convolution(filters.get(1), 1))
                .add(halved())
                .add(convolution(filters.get(2), 1))
                .add(convolution(filters.get(3), 1))
                .add(convolution(filters.get(4), 1))
                .add(halved())
                .add(Blocks.batchFlattenBlock())
                .add(hidden())
                .add(hidden());
    }

    private static Block convolution(int filters, int stride) {
        return new SequentialBlock()
                .add(Layers.convolution(filters, 3, stride, true))
                .add(Activation.reluBlock());
    }

    private static Block halved() {
        return Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2));
    }

    private Block hidden() {
        return new SequentialBlock()
                .add(Dropout.builder().optRate(dropout).build())
                .add(Linear.builder().setUnits(width).build())
                .add(Activation.reluBlock());
    }

    @Override
    public String toString() {
        return name;
    }
}
