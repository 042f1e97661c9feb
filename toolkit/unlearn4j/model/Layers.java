package unlearn4j.model;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import unlearn4j.core.Check;

/** The layers that several networks are made of. */
final class Layers {
    private Layers() {}

    /** Refuses images that a network would shrink to nothing. */
    static void checkSize(String network, int height, int width, int least) {
        Check.that(
                height >= least && width >= least,
                "images of %d×%d are too small for %s: %d×%d is the least",
                height,
                width,
                network,
                least,
                least);
    }

    /** A k×k convolution that keeps the size at stride 1. */
    static Conv2d convolution(int filters, int kernel, int stride, boolean bias) {
        return convolution(filters, kernel, stride, 1, bias);
    }

    private static Conv2d convolution(int filters, int kernel, int stride, int groups, boolean bias) {
        return Conv2d.builder()
                .setKernelShape(new Shape(kernel, kernel))
                .setFilters(filters)
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(kernel / 2, kernel / 2))
                .optGroups(groups)
                .optBias(bias)
                .build();
    }

    /** A convolution without bias and its batch normalisation. */
    static SequentialBlock normalised(int filters, int kernel, int stride) {
        return new SequentialBlock()
                .add(convolution(filters, kernel, stride, false))
                .add(BatchNorm.builder().build());
    }

    /** A 3×3 convolution of each channel by itself, without bias, and its batch normalisation. */
    static SequentialBlock depthwise(int channels, int stride) {
        return new SequentialBlock()
                .add(convolution(channels, 3, stride, channels, false))
                .add(BatchNorm.builder().build());
    }

    /** {@link #normalised} and a ReLU. */
    static SequentialBlock activated(int filters, int kernel, int stride) {
        return normalised(filters, kernel, stride).add(Activation.reluBlock());
    }

    /** The beginning of networks for ImageNet: a 7×7 convolution with stride 2, 3×3 max-pooling with stride 2. */
    static Block imageNetStem(int filters) {
        return activated(filters, 7, 2).add(Pool.maxPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1)));
    }

    /** The sum of two blocks' outputs. */
    static Block sum(Block one, Block other) {
        return new ParallelBlock(
                ends -> new NDList(
                        ends.get(0).singletonOrThrow().add(ends.get(1).singletonOrThrow())),
                List.of(one, other));
    }

    /** A block's input and its output, one behind the other along the channels. */
    static Block beside(Block block) {
        return new ParallelBlock(
                ends -> new NDList(
                        ends.get(0).singletonOrThrow().concat(ends.get(1).singletonOrThrow(), 1)),
                List.of(Blocks.identityBlock(), block));
    }
}
