package unlearn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.fetch.Archive;

class TinyImageNetReaderTest {
    private static final int PLANE = 64 * 64;

    @TempDir
    private Path folder;

    private static byte[] jpeg(int type, int size, int colour) {
        BufferedImage image = new BufferedImage(size, size, type);
        int bands = image.getRaster().getNumBands();
        int[] pixel = bands == 1
                ? new int[] {colour & 0xff}
                : new int[] {colour >> 16 & 0xff, colour >> 8 & 0xff, colour & 0xff};
        for (int i = 0; i < size * size; i++) {
            image.getRaster().setPixel(i % size, i / size, pixel);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] colour(int rgb) {
        return jpeg(BufferedImage.TYPE_INT_RGB, 64, rgb);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("t/train/n01/images/n01_0.JPEG", colour(0xf01030));
        files.put("t/train/n01/n01_boxes.txt", text("n01_0.JPEG\t0\t0\t9\t9\n"));
        files.put("t/train/n02/images/n02_0.JPEG", jpeg(BufferedImage.TYPE_BYTE_GRAY, 64, 100));
        files.put("t/val/images/val_1.JPEG", colour(0x00ff00));
        files.put("t/val/images/val_0.JPEG", colour(0x0000ff));
        files.put("t/val/val_annotations.txt", text("val_0.JPEG\tn01\t0\t0\t9\t9\nval_1.JPEG\tn02\t0\t0\t9\t9\n"));
        files.put("t/test/images/test_0.JPEG", colour(0));
        files.put("t/wnids.txt", text("n02\nn01\n"));
        files.put("t/words.txt", text("n00\tthing\nn01\tgoldfish, Carassius auratus\nn02\ttench, Tinca tinca\n"));
        return files;
    }

    private Dataset read(Map<String, byte[]> files) throws IOException {
        Path file = folder.resolve("tiny.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> content : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(content.getKey()));
                zip.write(content.getValue());
                zip.closeEntry();
            }
        }
        return TinyImageNetReader.read("Tiny", Archive.of(file, 1_000_000), Map.of("tiny.zip", "abc"));
    }

    private static void assertImage(Images images, int position, int red, int green, int blue) {
        byte[] image = new byte[3 * PLANE];
        images.copy(position, image, 0);
        int[] expected = {red, green, blue};
        for (int channel = 0; channel < 3; channel++) {
            for (int i : new int[] {0, 1000, PLANE - 1}) {
                assertThat(image[channel * PLANE + i] & 0xff).isCloseTo(expected[channel], within(3));
            }
        }
    }

    @Test
    void imagesAreReadWithTheClassesOfTheirFoldersAndOfTheList() throws IOException {
        Dataset data = read(files());
        assertThat(data.shape()).isEqualTo(new ImageShape(3, 64, 64));
        assertThat(data.train().labelNames()).containsExactly("tench", "goldfish");
        assertThat(data.sha256()).containsExactly(Map.entry("tiny.zip", "abc"));
        assertThat(data.train().size()).isEqualTo(2);
        assertThat(data.train().label(0)).isEqualTo(1);
        assertThat(data.train().label(1)).isZero();
        assertImage(data.train(), 0, 0xf0, 0x10, 0x30);
        assertThat(data.test().size()).isEqualTo(2);
        assertThat(data.test().label(0)).isEqualTo(1);
        assertThat(data.test().label(1)).isZero();
        assertImage(data.test(), 0, 0, 0, 255);
        assertImage(data.test(), 1, 0, 255, 0);
    }

    @Test
    void aGreyImageGetsThreeEqualChannelsOfItsOwnValues() throws IOException {
        assertImage(read(files()).train(), 1, 100, 100, 100);
    }

    @Test
    void classesThatShareTheirFirstWordAreCalledByAllTheirWords() throws IOException {
        Map<String, byte[]> files = files();
        files.put("t/words.txt", text("n01\tcrane\nn02\tcrane, bird\n"));
        assertThat(read(files).train().labelNames()).containsExactly("crane, bird", "crane");
    }

    @Test
    void anInterruptStopsTheReading() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> TinyImageNetReader.read("Tiny", Archive.of(write(), 1_000_000), Map.of()))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private Path write() throws IOException {
        boolean interrupted = Thread.interrupted();
        read(files());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return folder.resolve("tiny.zip");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void anArchiveThatIsNotTheDataSetIsRefusedInOneLine(String reason, Consumer<Map<String, byte[]>> change) {
        Map<String, byte[]> files = files();
        change.accept(files);
        assertThatThrownBy(() -> read(files))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(folder.resolve("tiny.zip") + " is not the data set (" + reason)
                .hasMessageEndingWith("): delete it and fetch it again")
                .message()
                .doesNotContain("\n");
    }

    static Stream<Arguments> anArchiveThatIsNotTheDataSetIsRefusedInOneLine() {
        return Stream.of(
                bad("wnids.txt is missing in it", files -> files.remove("t/wnids.txt")),
                bad("words.txt is missing in it", files -> files.remove("t/words.txt")),
                bad("val_annotations.txt is missing in it", files -> files.remove("t/val/val_annotations.txt")),
                bad("words.txt does not name the class n02", files -> files.put("t/words.txt", text("n01\tx\n"))),
                bad(
                        "the class n01 of t/train/n01/images/n01_0.JPEG is not in wnids.txt",
                        files -> files.put("t/wnids.txt", text("n02\n"))),
                bad(
                        "val_annotations.txt names val_0.JPEG, which is missing",
                        files -> files.remove("t/val/images/val_0.JPEG")),
                bad(
                        "val_annotations.txt does not name val_2.JPEG",
                        files -> files.put("t/val/images/val_2.JPEG", colour(0))),
                bad("it has no training images", files -> files.keySet().removeIf(name -> name.contains("train"))),
                bad(
                        "t/train/n01/images/n01_0.JPEG is 3×32×32, it must be 3×64×64",
                        files -> files.put("t/train/n01/images/n01_0.JPEG", jpeg(BufferedImage.TYPE_INT_RGB, 32, 0))),
                bad(
                        "t/val/images/val_1.JPEG is no JPEG image that Java can read: ",
                        files -> files.compute("t/val/images/val_1.JPEG", (name, all) -> Arrays.copyOf(all, 100))),
                bad(
                        "t/val/images/val_1.JPEG is no JPEG image that Java can read: ",
                        files -> files.put("t/val/images/val_1.JPEG", text("no image"))));
    }

    private static Arguments bad(String reason, Consumer<Map<String, byte[]>> change) {
        return Arguments.of(reason, change);
    }
}
