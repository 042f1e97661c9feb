package unlearn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DatasetsTest {
    private static final Dataset SAMPLE = Datasets.fashionMnistSample();

    @Test
    void theSampleHasSixHundredAndAHundredImagesOfEachOfTenClasses() {
        assertThat(SAMPLE.shape()).isEqualTo(new ImageShape(1, 28, 28));
        assertThat(SAMPLE.train().counts()).hasSize(10).containsOnly(600);
        assertThat(SAMPLE.test().counts()).hasSize(10).containsOnly(100);
        assertThat(SAMPLE.train().labelNames())
                .containsExactly(
                        "T-shirt/top",
                        "Trouser",
                        "Pullover",
                        "Dress",
                        "Coat",
                        "Sandal",
                        "Shirt",
                        "Sneaker",
                        "Bag",
                        "Ankle boot");
        assertThat(SAMPLE)
                .hasToString("Fashion-MNIST sample: 6,000 training and 1,000 test images of 1×28×28, 10 classes");
    }

    @Test
    void theSampleNamesItsFourFilesByTheirHashes() {
        assertThat(SAMPLE.sha256()).hasSize(4).allSatisfy((file, sha256) -> assertThat(sha256)
                .matches("[0-9a-f]{64}"));
        assertThat(SAMPLE.sha256().values()).doesNotHaveDuplicates();
    }

    @Test
    void theSampleIsTheFirstOfEachClassOfTheFullSet() throws IOException {
        Optional<Path> found = fullSet();
        assumeThat(found).as("the full Fashion-MNIST, from Debian or a mirror").isPresent();
        assertSampled(found.get(), "train", SAMPLE.train(), 600);
        assertSampled(found.get(), "t10k", SAMPLE.test(), 100);
    }

    private static Optional<Path> fullSet() {
        String mirror = Objects.requireNonNullElse(System.getenv("UNLEARN4J_MIRROR"), "");
        return Stream.of(
                        Path.of("/usr/share/datasets/fashion-mnist"),
                        Path.of(mirror.contains("://") ? "" : mirror).resolve("fashion-mnist"))
                .filter(folder -> Files.exists(folder.resolve("train-images-idx3-ubyte.gz")))
                .findFirst();
    }

    private static void assertSampled(Path folder, String part, Images sample, int each) throws IOException {
        try (InputStream pixels = Files.newInputStream(folder.resolve(part + "-images-idx3-ubyte.gz"));
                InputStream labels = Files.newInputStream(folder.resolve(part + "-labels-idx1-ubyte.gz"))) {
            Images full = Images.of(
                    "full",
                    sample.shape(),
                    IdxReader.images(part, pixels).pixels(),
                    IdxReader.labels(part, labels),
                    sample.labelNames());
            int[] taken = new int[full.classes()];
            int position = 0;
            for (int i = 0; i < full.size(); i++) {
                if (taken[full.label(i)]++ < each) {
                    assertThat(sample.label(position)).isEqualTo(full.label(i));
                    assertThat(Arrays.equals(pixels(sample, position++), pixels(full, i)))
                            .as("image %d", i)
                            .isTrue();
                }
            }
            assertThat(position).isEqualTo(sample.size());
        }
    }

    private static byte[] pixels(Images images, int position) {
        byte[] pixels = new byte[images.shape().bytes()];
        images.copy(position, pixels, 0);
        return pixels;
    }
}
