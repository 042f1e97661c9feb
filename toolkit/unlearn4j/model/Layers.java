package unlearn4j.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;

/** The layers that several networks are made of. */
final class Layers {
    private Layers() {
    }

    /** A k×k convolution that keeps the size at stride 1. */
    static Conv2d convolution(int filters, int kernel, int stride, boolean bias) {
        return Conv2d.builder()
                .setKernelShape(new Shape(kernel, kernel))
                .setFilters(filters)
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(kernel / 2, kernel / 2))
                .optBias(bias)
                .build();
    }

    /** A convolution without bias and its batch normalisation. */
    static SequentialBlock normalised(int filters, int kernel, int stride) {
        return new SequentialBlock()
                .add(convolution(filters, kernel, stride, false))
                .add(BatchNorm.builder().build());
    }

    /** {@link #normalised} and a ReLU. */
    static Block activated(int filters, int kernel, int stride) {
        return normalised(filters, kernel, stride).add(Activation.reluBlock());
    }
}
