package unlearn4j.data;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Images small enough to train on within a test. */
public final class TinyImages {
    private TinyImages() {}

    /** Returns grey images, {@code each} of every class; classes come in turn and differ in brightness. */
    public static Images of(int classes, int each, int side) {
        ImageShape shape = new ImageShape(1, side, side);
        int[] labels = IntStream.range(0, classes * each).map(i -> i % classes).toArray();
        byte[] pixels = new byte[labels.length * shape.bytes()];
        SplittableRandom random = new SplittableRandom(classes);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (labels[i / shape.bytes()] * 200 / classes + random.nextInt(50));
        }
        List<String> names =
                IntStream.range(0, classes).mapToObj(label -> "class " + label).toList();
        return Images.of("tiny", shape, pixels, labels, names);
    }

    /** Returns one black image for {@code classes} classes: what a network of that shape can be made for. */
    public static Images black(ImageShape shape, int classes) {
        List<String> names =
                IntStream.range(0, classes).mapToObj(label -> "class " + label).toList();
        return Images.of("black", shape, new byte[shape.bytes()], new int[1], names);
    }

    /** Returns a data set of {@code each} training images of every class, and half as many test images. */
    public static Dataset dataset(int classes, int each, int side) {
        return new Dataset("tiny", of(classes, each, side), of(classes, each / 2, side), new TreeMap<>());
    }
}
