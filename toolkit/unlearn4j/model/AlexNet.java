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
import unlearn4j.core.Refusal;

/**
 * AlexNet (Krizhevsky et al. 2012) for images of 32×32 and 64×64, as small-image versions of it have it: 3×3
 * convolutions, the first with stride 2 from 64 pixels on, two hidden layers of {@link #width} units with dropout
 * before the head. Paper B's has a head of 4096 features (§6.1).
 *
 * <p>Its published scripts have it with larger steps, {@link #PUBLISHED}: the first convolution with stride 2 whatever the
 * images, and 3×3 max-pooling with stride 2 for 2×2, so that 32×32 pixels are one after the fifth convolution.
 *
 * @param name the network's name
 * @param filters filters of each of the five convolutions
 * @param width units of each hidden layer, which is also J
 * @param dropout the share of features dropped in training, in [0, 1)
 * @param published whether it has the larger steps of paper B's scripts
 */
public record AlexNet(String name, List<Integer> filters, int width, float dropout, boolean published)
        implements ModelSpec {
    private static final List<Integer> FILTERS = List.of(64, 192, 384, 256, 256);

    /** Paper B's AlexNet (its tables' name) for small images: 4096 features. */
    public static final AlexNet SPEC = new AlexNet("AlexNet", 4096, 0.5f);
    /** Paper B's AlexNet at a quarter of its width: 1024 features. */
    public static final AlexNet SLIM = new AlexNet("AlexNet slim", List.of(16, 48, 96, 64, 64), 1024, 0.5f, false);
    /** Paper B's AlexNet as its published scripts have it: 4096 features. */
    public static final AlexNet PUBLISHED = new AlexNet("AlexNet published", FILTERS, 4096, 0.5f, true);

    /** Makes a description; there must be five convolutions. */
    public AlexNet {
        Check.given("name", name);
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
        this(name, FILTERS, width, dropout, false);
    }

    @Override
    public int features() {
        return width;
    }

    @Override
    public Block body(int height, int width) {
        int least = published ? 29 : 16;
        Layers.checkSize(name, height, width, least);
        int stride = published || height >= 64 ? 2 : 1;
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

    private Block halved() {
        return Pool.maxPool2dBlock(published ? new Shape(3, 3) : new Shape(2, 2), new Shape(2, 2));
    }

    private Block hidden() {
        return new SequentialBlock()
                .add(Dropout.builder().optRate(dropout).build())
                .add(Linear.builder().setUnits(width).build())
                .add(Activation.reluBlock());
    }

    @Override
    public List<String> torchLayers() {
        throw Refusal.of(
                "%s has 3×3 convolutions, PyTorch's AlexNet begins with 11×11 and 5×5: it is another network", name);
    }

    @Override
    public String toString() {
        return name;
    }
}
