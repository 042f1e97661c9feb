package unlearn4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import unlearn4j.core.Check;
import unlearn4j.data.ImageShape;
import unlearn4j.data.Images;

/** Gathers images into tensors, a batch at a time, through one buffer. */
final class Batch {
    /** How far augmentation moves an image at most, in pixels, as is usual for CIFAR (He et al. 2016, §4.2). */
    private static final int PADDING = 4;

    private final Images images;
    private final byte[] bytes;
    private final ByteBuffer buffer;

    Batch(Images images, int size) {
        this.images = images;
        long length = (long) size * images.shape().bytes();
        Check.that(
                length < Integer.MAX_VALUE - 8,
                "a batch of %d images of %s is larger than an array can be: take smaller batches",
                size,
                images.shape());
        bytes = new byte[(int) length];
        buffer = ByteBuffer.allocateDirect(bytes.length);
    }

    /** Returns the images at those positions: (N, channels, height, width), floats from 0 to 255. */
    NDArray pixels(NDManager manager, int[] positions) {
        for (int i = 0; i < positions.length; i++) {
            images.copy(positions[i], bytes, i * images.shape().bytes());
        }
        return tensor(manager, positions.length);
    }

    /** Returns the images at those positions, each moved by up to 4 pixels and flipped at random. */
    NDArray augmented(NDManager manager, int[] positions, SplittableRandom random) {
        ImageShape shape = images.shape();
        byte[] one = new byte[shape.bytes()];
        for (int i = 0; i < positions.length; i++) {
            images.copy(positions[i], one, 0);
            move(
                    one,
                    bytes,
                    i * shape.bytes(),
                    shape,
                    random.nextInt(2 * PADDING + 1) - PADDING,
                    random.nextInt(2 * PADDING + 1) - PADDING,
                    random.nextBoolean());
        }
        return tensor(manager, positions.length);
    }

    /** Copies an image down by {@code down} and right by {@code right} pixels; what comes in from outside is black. */
    static void move(byte[] from, byte[] to, int offset, ImageShape shape, int down, int right, boolean flip) {
        int height = shape.height();
        int width = shape.width();
        for (int plane = 0; plane < shape.channels(); plane++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int fromY = y - down;
                    int fromX = (flip ? width - 1 - x : x) - right;
                    boolean inside = fromY >= 0 && fromY < height && fromX >= 0 && fromX < width;
                    to[offset + (plane * height + y) * width + x] =
                            inside ? from[(plane * height + fromY) * width + fromX] : 0;
                }
            }
        }
    }

    /** Returns of how many of the images at those positions the logits, (N, K), say the right label. */
    long correct(NDManager scope, NDArray logits, int[] positions) {
        long[] labels = Arrays.stream(positions).mapToLong(images::label).toArray();
        return logits.argMax(1)
                .eq(scope.create(labels))
                .toType(DataType.INT64, false)
                .sum()
                .getLong();
    }

    private NDArray tensor(NDManager manager, int count) {
        ImageShape shape = images.shape();
        int length = count * shape.bytes();
        Check.that(length <= bytes.length, "a batch of %d images does not fit the buffer", count);
        buffer.clear().put(bytes, 0, length).flip();
        Shape batch = new Shape(count, shape.channels(), shape.height(), shape.width());
        // The tensor of bytes is a view of the buffer; that of floats is not, so the buffer can be filled again.
        try (NDArray stored = manager.create(buffer, batch, DataType.UINT8)) {
            return stored.toType(DataType.FLOAT32, true);
        }
    }
}
