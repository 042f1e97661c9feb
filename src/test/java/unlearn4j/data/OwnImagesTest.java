package unlearn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static unlearn4j.data.ImageFiles.classes;
import static unlearn4j.data.ImageFiles.colour;
import static unlearn4j.data.ImageFiles.grey;
import static unlearn4j.data.ImageFiles.image;
import static unlearn4j.data.ImageFiles.put;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unlearn4j.core.Screen;
import unlearn4j.core.TextScreen;

/** Folders and lists of images of one's own. */
class OwnImagesTest {
    @TempDir
    private Path folder;

    private static byte[] pixels(Images images, int position) {
        byte[] pixels = new byte[images.shape().bytes()];
        images.copy(position, pixels, 0);
        return pixels;
    }

    private static byte[] png(Images images, int position) throws IOException {
        ImageShape shape = images.shape();
        BufferedImage image = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, shape.width(), shape.height(), pixels(images, position));
        return ImageFiles.encoded("png", image);
    }

    @Test
    void imagesAreBitForBitThoseThatWereWritten() throws IOException {
        Dataset sample = Datasets.fashionMnistSample().sample(60, 30, 1);
        for (Images half : List.of(sample.train(), sample.test())) {
            for (int i = 0; i < half.size(); i++) {
                String part = half == sample.train() ? "train" : "test";
                put(folder, part + "/" + half.label(i) + "/" + String.format("%03d.png", i), png(half, i));
            }
        }

        Dataset read = Datasets.folder(folder);

        assertThat(read.shape()).isEqualTo(sample.shape());
        for (int label = 0; label < 10; label++) {
            Labels one = Labels.of(label);
            Images written = sample.train().only(one);
            Images there = read.train().only(one);
            assertThat(there.size()).isEqualTo(written.size()).isEqualTo(6);
            for (int i = 0; i < written.size(); i++) {
                assertThat(pixels(there, i)).isEqualTo(pixels(written, i));
            }
            assertThat(pixels(read.test().only(one), 0))
                    .isEqualTo(pixels(sample.test().only(one), 0));
        }
        assertThat(read.train().labelNames()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(read.test().normalisation()).isSameAs(read.train().normalisation());
    }

    @Test
    void aFifthOfEachClassIsForTestAndTheSeedSaysWhich() throws IOException {
        Dataset data = Datasets.folder(classes(folder, 10));
        assertThat(data.train().counts()).containsExactly(8, 8);
        assertThat(data.test().counts()).containsExactly(2, 2);
        assertThat(data.test().labelNames()).containsExactly("cat", "dog");

        ReadingConfig half = ReadingConfig.DEFAULT.test(0.5, 1);
        Dataset other = Datasets.folder(folder, half);
        assertThat(other.test().counts()).containsExactly(5, 5);
        assertThat(Datasets.folder(folder, half).test().sha256())
                .isEqualTo(other.test().sha256());
        assertThat(Datasets.folder(folder, half.test(0.5, 2)).test().sha256())
                .isNotEqualTo(other.test().sha256());
    }

    @Test
    void imagesForValidationAreTestImagesWhereThereAreNoOthers() throws IOException {
        classes(folder.resolve("train"), 2);
        classes(folder.resolve("val"), 3);
        assertThat(Datasets.folder(folder).test().size()).isEqualTo(6);
        classes(folder.resolve("test"), 1);
        assertThat(Datasets.folder(folder).test().size()).isEqualTo(2);
    }

    @Test
    void theHashIsOfTheContentWhateverTheOrderAndThePlace() throws IOException {
        Path one = folder.resolve("a/pets");
        Path two = folder.resolve("b/pets");
        classes(one, 6);
        for (int i = 5; i >= 0; i--) {
            put(two, "dog/" + i + ".png", grey(200 + i));
            put(two, "cat/" + i + ".png", grey(i));
        }
        put(two, ".DS_Store", new byte[5]);
        Dataset read = Datasets.folder(one);
        assertThat(Datasets.folder(two).sha256()).isEqualTo(read.sha256());
        assertThat(Datasets.folder(two).train().sha256()).isEqualTo(read.train().sha256());

        put(two, "cat/0.png", grey(99));
        assertThat(Datasets.folder(two).sha256()).isNotEqualTo(read.sha256());
    }

    @Test
    void foldersThatAreNumbersAreInTheOrderOfTheirNumbers() throws IOException {
        for (int label : List.of(0, 1, 2, 10)) {
            put(folder, label + "/a.png", grey(label));
            put(folder, label + "/b.png", grey(label));
        }
        Images train =
                Datasets.folder(folder, ReadingConfig.DEFAULT.test(0.5, 1)).train();
        assertThat(train.labelNames()).containsExactly("0", "1", "2", "10");
    }

    @Test
    void sizesAndKindsAreMadeOne() throws IOException {
        put(folder, "a/1.png", image("png", BufferedImage.TYPE_BYTE_GRAY, 8, 6, 100));
        put(folder, "a/2.jpg", image("jpg", BufferedImage.TYPE_INT_RGB, 9, 9, 90, 90, 90));
        put(folder, "b/1.png", colour(10, 20, 30));
        put(folder, "b/2.png", image("png", BufferedImage.TYPE_INT_ARGB, 4, 4, 1, 2, 3, 255));
        ReadingConfig config = ReadingConfig.DEFAULT.test(0.5, 1);

        Dataset grey = Datasets.folder(folder, config.size(4, 3).grey());
        Dataset colour = Datasets.folder(folder, config.size(4, 3).colour());

        assertThat(grey.shape()).isEqualTo(new ImageShape(1, 4, 3));
        assertThat(colour.shape()).isEqualTo(new ImageShape(3, 4, 3));
        // One of the two is for training, the other for test: 100 and 90.
        int sum = pixels(grey.train().only(Labels.of(0)), 0)[5]
                + pixels(grey.test().only(Labels.of(0)), 0)[5];
        assertThat(sum).isEqualTo(190);
    }

    @Test
    void aPictureMadeSmallerIsTheMeanOfEachArea() {
        Picture picture = new Picture(1, 2, 3, new byte[] {0, 100, (byte) 200, 0, 100, (byte) 200});
        assertThat(picture.scaled(1, 1).pixels()).containsExactly(100);
        // A pixel covers one and a half of the old ones.
        assertThat(picture.scaled(2, 2).pixels()).containsExactly(33, (byte) 167, 33, (byte) 167);
        assertThat(picture.scaled(2, 6).pixels()).startsWith(0, 0, 100, 100, (byte) 200, (byte) 200);
        assertThat(picture.scaled(2, 3)).isSameAs(picture);
        assertThat(picture.colour().grey().pixels()).isEqualTo(picture.pixels());
        assertThat(new Picture(3, 1, 1, new byte[] {(byte) 255, 0, 0}).grey().pixels())
                .containsExactly(76);
    }

    @Test
    void palettesAndFewBitsAreTheColoursThatTheyStandFor() throws IOException {
        BufferedImage palette = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_INDEXED);
        palette.setRGB(1, 1, 0x3366cc);
        Picture read = PictureReader.read(ImageFiles.encoded("png", palette));
        assertThat(read.channels()).isEqualTo(3);
        assertThat(new byte[] {read.pixels()[5], read.pixels()[21], read.pixels()[37]})
                .containsExactly(0x33, 0x66, 0xcc);

        BufferedImage bits = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_BINARY);
        bits.setRGB(2, 0, 0xffffff);
        Picture two = PictureReader.read(ImageFiles.encoded("png", bits));
        assertThat(two.grey().pixels()).startsWith(0, 0, 255, 0);
    }

    @Test
    void commentsOfAnImageAreNotUnpacked() throws IOException {
        byte[] plain = grey(7);
        byte[] bomb = ImageFiles.chunk("zTXt", new byte[] {'a', 0, 0, 1, 2, 3});
        byte[] file = new byte[plain.length + bomb.length];
        int behindHeader = 33;
        System.arraycopy(plain, 0, file, 0, behindHeader);
        System.arraycopy(bomb, 0, file, behindHeader, bomb.length);
        System.arraycopy(plain, behindHeader, file, behindHeader + bomb.length, plain.length - behindHeader);
        assertThat(PictureReader.read(file).pixels()).containsOnly(7);
    }

    @Test
    void aListGivesWhatAFolderGives() throws IOException {
        classes(folder.resolve("train"), 3);
        classes(folder.resolve("test"), 2);
        StringBuilder csv = new StringBuilder("\uFEFFlabel,path,split\n");
        for (String part : List.of("test", "train")) {
            for (String label : List.of("dog", "cat")) {
                for (int i = part.equals("test") ? 1 : 2; i >= 0; i--) {
                    csv.append(String.format("%s,%s/%s/%d.png,%s%n", label, part, label, i, part));
                }
            }
        }
        Path file = Files.writeString(folder.resolve("pets.csv"), csv);

        Dataset listed = Datasets.list(file);
        Files.delete(file);
        Dataset read = Datasets.folder(folder);

        assertThat(listed.train().sha256()).isEqualTo(read.train().sha256());
        assertThat(listed.test().sha256()).isEqualTo(read.test().sha256());
        assertThat(listed.sha256().values())
                .containsExactlyElementsOf(read.sha256().values());
    }

    @Test
    void whatIsLeftOutIsCountedAndTheRestIsRead() throws IOException {
        classes(folder, 10);
        put(folder, "cat/3.png", new byte[] {1, 2, 3});
        put(folder, "cat/notes.txt", new byte[3]);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Screen before = Screen.current();
        Screen.use(new TextScreen(new PrintStream(said, true, StandardCharsets.UTF_8)));
        try {
            Dataset read = Datasets.folder(folder, ReadingConfig.DEFAULT.leavingOut());
            assertThat(read.train().size() + read.test().size()).isEqualTo(19);
        } finally {
            Screen.use(before);
        }
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("2 of 21 files of " + folder.getFileName()
                        + " left out: cat/3.png (it is neither PNG nor JPEG)");
    }

    @Test
    void badFilesAreCountedAndTheFirstFiveNamed() throws IOException {
        classes(folder, 10);
        for (int i = 10; i < 27; i++) {
            put(folder, "cat/" + i + ".png", new byte[] {1, 2, 3});
        }
        assertThatThrownBy(() -> Datasets.folder(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("17 of 37 files of " + folder.getFileName())
                .hasMessageContaining("cat/10.png (it is neither PNG nor JPEG), cat/11.png")
                .hasMessageContaining(", and 12 more")
                .hasMessageContaining("leavingOut()");
    }

    @Test
    void recordsNameOwnImagesAndFindThemInThisProcess() throws IOException {
        Dataset read = Datasets.folder(classes(folder, 10));
        Dataset.Part part = read.train().part().orElseThrow();
        assertThat(part.dataset()).startsWith(folder.getFileName() + " ");
        assertThat(Datasets.named(part.dataset()).train().sha256())
                .isEqualTo(read.train().sha256());
        Dataset small = Datasets.folder(folder, ReadingConfig.DEFAULT.size(2, 2));
        assertThat(small.train().part()).isNotEqualTo(read.train().part());

        put(folder, "cat/0.png", grey(77));
        assertThatThrownBy(() -> Datasets.named(part.dataset()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("was changed since it was read");
    }

    @Test
    void anInterruptEndsTheReading() throws IOException {
        classes(folder, 2);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> Datasets.folder(folder, ReadingConfig.DEFAULT.leavingOut()))
                    .isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
