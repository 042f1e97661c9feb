package unlearn4j.train;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import unlearn4j.data.ImageShape;
import unlearn4j.data.Images;
import unlearn4j.data.Normalisation;
import unlearn4j.model.ResNet;

/** What {@code fixture.py} had PyTorch write, and the images that it asked its networks about. */
public final class TorchFixture {
    /** Where that is. */
    public static final Path FOLDER = Path.of("src/test/resources/torch");
    /** The network of {@code resnet.safetensors}. */
    public static final ResNet RESNET = new ResNet("narrow", List.of(1, 1, 1, 1), List.of(4, 6, 8, 10), true);
    /** How its networks saw pixels. */
    public static final Normalisation SEEN =
            new Normalisation(new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.25f, 0.25f, 0.25f});

    private TorchFixture() {}

    /** Returns the images, to the byte. */
    public static Images images() {
        ImageShape shape = new ImageShape(3, 32, 32);
        byte[] pixels = new byte[6 * shape.bytes()];
        for (long at = 0; at < pixels.length; at++) {
            pixels[(int) at] = (byte) ((at * at * 31 + at * 17) / 16 % 256);
        }
        List<String> names =
                IntStream.range(0, 5).mapToObj(label -> "class " + label).toList();
        return Images.of(
                "fixture", shape, pixels, IntStream.range(0, 6).map(i -> i % 5).toArray(), names);
    }
}
