package unlearn4j.audit;

import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import java.util.List;
import java.util.stream.IntStream;
import unlearn4j.data.ImageShape;
import unlearn4j.data.Images;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.Classifier;

/**
 * A network whose features are the pixels themselves, normalised, so that a test writes down what it sees.
 *
 * @param features how many pixels
 */
record Pixels(int features) implements ModelSpec {
    @Override
    public String name() {
        return "pixels";
    }

    @Override
    public Block body(int height, int width) {
        return Blocks.batchFlattenBlock();
    }

    /** Returns images of one row of pixels, of {@code classes} classes. */
    static Images images(int classes, int[] labels, int[][] pixels) {
        byte[] bytes = new byte[labels.length * pixels[0].length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) pixels[i / pixels[0].length][i % pixels[0].length];
        }
        List<String> names =
                IntStream.range(0, classes).mapToObj(label -> "class " + label).toList();
        return Images.of("rows", new ImageShape(1, 1, pixels[0].length), bytes, labels, names);
    }

    static Classifier model(Images images) {
        return Classifier.create(new Pixels(images.shape().width()), images, 1);
    }
}
