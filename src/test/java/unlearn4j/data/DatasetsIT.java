package unlearn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.fetch.FetchedFile;
import unlearn4j.fetch.Fetcher;
import unlearn4j.fetch.Source;
import unlearn4j.fetch.Sources;

class DatasetsIT {

    @BeforeEach
    void needsAMirror() {
        assumeTrue(
                !System.getenv().getOrDefault(Fetcher.MIRROR_VARIABLE, "").isBlank(),
                "the full data sets are not downloaded for a test: set UNLEARN4J_MIRROR to a mirror to run it");
    }

    /** How many images an entry of an archive holds, by its name and length. */
    private interface Count {
        long images(String entry, long length);
    }

    static Stream<Arguments> dataSets() {
        Count idx = (entry, length) -> entry.contains("images") ? (length - 16) / 784 : 0;
        return Stream.of(
                dataSet(Sources.MNIST, Datasets::mnist, new ImageShape(1, 28, 28), idx, "0", "9"),
                dataSet(
                        Sources.FASHION_MNIST,
                        Datasets::fashionMnist,
                        new ImageShape(1, 28, 28),
                        idx,
                        "T-shirt/top",
                        "Ankle boot"),
                dataSet(
                        Sources.CIFAR_10,
                        Datasets::cifar10,
                        new ImageShape(3, 32, 32),
                        (entry, length) -> entry.endsWith(".bin") ? length / 3073 : 0,
                        "airplane",
                        "truck"),
                dataSet(
                        Sources.CIFAR_100,
                        Datasets::cifar100,
                        new ImageShape(3, 32, 32),
                        (entry, length) -> entry.endsWith(".bin") ? length / 3074 : 0,
                        "apple",
                        "worm"),
                dataSet(
                        Sources.TINY_IMAGENET,
                        Datasets::tinyImageNet,
                        new ImageShape(3, 64, 64),
                        (entry, length) -> entry.matches(".*/(train|val)/.*JPEG") ? 1 : 0,
                        "goldfish",
                        "bullfrog"));
    }

    private static Arguments dataSet(
            Source source,
            Supplier<Dataset> dataset,
            ImageShape shape,
            Count count,
            String oneName,
            String anotherName) {
        return Arguments.of(source, dataset, shape, count, oneName, anotherName);
    }

    @ParameterizedTest
    @MethodSource("dataSets")
    void aDataSetLoadsWithAllItsClasses(
            Source source,
            Supplier<Dataset> factory,
            ImageShape shape,
            Count count,
            String oneName,
            String anotherName) {
        Dataset data = factory.get();
        int classes = source.equals(Sources.CIFAR_100) ? 100 : source.equals(Sources.TINY_IMAGENET) ? 200 : 10;
        assertThat(data.name()).isEqualTo(source.name());
        assertThat(data.shape()).isEqualTo(shape);
        assertThat(data.train().labelNames())
                .hasSize(classes)
                .doesNotHaveDuplicates()
                .contains(oneName, anotherName);
        assertThat(data.train().counts()).hasSize(classes).doesNotContain(0);
        assertThat(data.test().counts()).hasSize(classes).doesNotContain(0);
        assertThat((long) data.train().size() + data.test().size()).isEqualTo(packed(source, count));
        assertThat(data.train().size()).isBetween(1, source.trainRecords());
        assertThat(data.test().size()).isBetween(1, source.testRecords());
        assertThat(data.sha256()).hasSameSizeAs(source.files()).allSatisfy((file, sum) -> assertThat(sum)
                .matches("[0-9a-f]{64}"));
        assertThat(accuracyOfNearestMean(data))
                .as("labels belong to their images")
                .isGreaterThan(2.0 / classes);
        assertThat(factory.get()).as("read once").isSameAs(data);
    }

    /** Returns how many images the files hold, counted apart from the readers. */
    private static long packed(Source source, Count count) {
        AtomicLong images = new AtomicLong();
        for (FetchedFile file : Fetcher.fromEnvironment().fetch(source).files()) {
            file.archive()
                    .forEach((entry, in) ->
                            images.addAndGet(count.images(entry, in.transferTo(OutputStream.nullOutputStream()))));
        }
        return images.get();
    }

    /** Calls a test image what the nearest mean of a class's training images is; on 1,000 test images at most. */
    private static double accuracyOfNearestMean(Dataset data) {
        int bytes = data.shape().bytes();
        float[][] means = new float[data.classes()][bytes];
        int[] counts = data.train().counts();
        byte[] image = new byte[bytes];
        for (int i = 0; i < data.train().size(); i++) {
            data.train().copy(i, image, 0);
            float[] mean = means[data.train().label(i)];
            for (int at = 0; at < bytes; at++) {
                mean[at] += (float) (image[at] & 0xff) / counts[data.train().label(i)];
            }
        }
        int step = Math.max(1, data.test().size() / 1_000);
        int asked = 0;
        int right = 0;
        for (int i = 0; i < data.test().size(); i += step, asked++) {
            data.test().copy(i, image, 0);
            right += nearest(means, image) == data.test().label(i) ? 1 : 0;
        }
        return (double) right / asked;
    }

    private static int nearest(float[][] means, byte[] image) {
        int best = 0;
        float least = Float.POSITIVE_INFINITY;
        for (int label = 0; label < means.length; label++) {
            float distance = 0;
            for (int at = 0; at < image.length; at++) {
                float difference = means[label][at] - (image[at] & 0xff);
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                best = label;
            }
        }
        return best;
    }
}
