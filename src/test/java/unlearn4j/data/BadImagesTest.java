package unlearn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static unlearn4j.data.ImageFiles.classes;
import static unlearn4j.data.ImageFiles.colour;
import static unlearn4j.data.ImageFiles.grey;
import static unlearn4j.data.ImageFiles.image;
import static unlearn4j.data.ImageFiles.npy;
import static unlearn4j.data.ImageFiles.npz;
import static unlearn4j.data.ImageFiles.pngThatStates;
import static unlearn4j.data.ImageFiles.put;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.Fuzz;
import unlearn4j.OneLine;

/** Images and arrays that are not what they should be are refused, each in one line that says why and how to go on. */
class BadImagesTest {
    private static final String OBJECTS =
            "k05VTVBZAQB2AHsnZGVzY3InOiAnfE8nLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAqABJWUAAAAAAAAAIwWbnVtcHkuX2NvcmUubXVsdGlhcnJheZSMDF9yZWNvbnN0cnVjdJSTlIwFbnVtcHmUjAduZGFycmF5lJOUSwCFlEMBYpSHlFKUKEsBSwKFlGgDjAVkdHlwZZSTlIwCTziUiYiHlFKUKEsDjAF8lE5OTkr/////Sv////9LP3SUYoldlCh9lIwBYZRLAXNOZXSUYi4=";

    @TempDir
    private Path folder;

    /** Makes something wrong in a new folder, and reads it. */
    private interface Wrong {
        void in(Path folder) throws IOException;
    }

    private static Arguments bad(String what, String says, Wrong wrong) {
        return Arguments.of(what, says, wrong);
    }

    /** An image among right ones. */
    private static Arguments file(String what, String says, byte[] bytes) {
        return bad(what, "1 of 21 files of pets can't be read as images: cat/x.png (" + says, folder -> {
            put(classes(folder, 10), "cat/x.png", bytes);
            Datasets.folder(folder);
        });
    }

    static List<Arguments> files() throws IOException {
        byte[] png = grey(1);
        byte[] jpeg = ImageFiles.noise(64);
        byte[] flipped = png.clone();
        flipped[45] ^= 1;
        return List.of(
                file("an empty file", "it is empty)", new byte[0]),
                file("a text", "it is neither PNG nor JPEG)", "hello".getBytes(StandardCharsets.UTF_8)),
                file("a GIF", "it is neither PNG nor JPEG)", image("gif", BufferedImage.TYPE_BYTE_GRAY, 4, 4, 1)),
                file("a PNG cut off", "it ends before its time)", Arrays.copyOf(png, png.length - 20)),
                file("a PNG with a bit flipped", "it is damaged, a checksum is wrong)", flipped),
                file("a JPEG cut off", "it ends before its time)", Arrays.copyOf(jpeg, jpeg.length * 2 / 3)),
                file("a JPEG of nothing", "it is damaged)", Arrays.copyOf(jpeg, 20)),
                file("a PNG bomb", "it states 65500×65500 pixels", pngThatStates(65_500, 65_500)),
                file("a PNG of no size", "it states 0×7 pixels", pngThatStates(0, 7)),
                file("a PNG of less than no size", "it states 4294967295×7 pixels", pngThatStates(-1, 7)),
                file("a JPEG bomb", "it states 65500×65500 pixels", statingJpeg(jpeg, 65_500)),
                file("CMYK", "it is CMYK or the like, save it as RGB)", cmyk(true)),
                file("four components", "it is CMYK or the like, save it as RGB)", cmyk(false)),
                file(
                        "16 bits",
                        "it has 16 bits a sample, save it with 8)",
                        image("png", BufferedImage.TYPE_USHORT_GRAY, 4, 4, 1000)),
                file(
                        "transparency",
                        "it has transparent pixels, save it without transparency)",
                        image("png", BufferedImage.TYPE_INT_ARGB, 4, 4, 1, 2, 3, 128)));
    }

    /** Returns a JPEG whose header states another size. */
    private static byte[] statingJpeg(byte[] jpeg, int side) {
        byte[] stating = jpeg.clone();
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != 0xc0) {
            at += 2 + (jpeg[at + 2] & 0xff) * 256 + (jpeg[at + 3] & 0xff);
        }
        ByteBuffer.wrap(stating).putShort(at + 5, (short) side).putShort(at + 7, (short) side);
        return stating;
    }

    /** Returns a JPEG of four components, with or without the mark by which Adobe's programs say that they are CMYK. */
    private static byte[] cmyk(boolean marked) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, null);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream to = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(to);
            writer.write(new IIOImage(raster, null, null));
        } finally {
            writer.dispose();
        }
        byte[] plain = out.toByteArray();
        byte[] mark = {-1, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        return marked
                ? ByteBuffer.allocate(plain.length + mark.length)
                        .put(plain, 0, 2)
                        .put(mark)
                        .put(plain, 2, plain.length - 2)
                        .array()
                : plain;
    }

    static List<Arguments> folders() {
        return List.of(
                bad("no folder", "is not there: Datasets.folder reads a folder", f -> Datasets.folder(f.resolve("no"))),
                bad("a file", "is no folder: Datasets.folder reads", f -> {
                    put(f, "a.png", grey(1));
                    Datasets.folder(f.resolve("a.png"));
                }),
                bad("one class", "it has 1 folders of classes, at least 2", f -> {
                    put(f, "cat/1.png", grey(1));
                    Datasets.folder(f);
                }),
                bad("an empty class", "its class eel is empty: give it images, or remove it", f -> {
                    Files.createDirectories(classes(f, 3).resolve("eel"));
                    Datasets.folder(f);
                }),
                bad("a name in two cases", "its classes Cat and cat differ in nothing but case", f -> {
                    put(classes(f, 3), "Cat/1.png", grey(1));
                    Datasets.folder(f);
                }),
                bad("two sizes", "cat/0.png is 4×4 and cat/x.png is 5×6: bring them to one size", f -> {
                    put(classes(f, 3), "cat/x.png", image("png", BufferedImage.TYPE_BYTE_GRAY, 5, 6, 1));
                    Datasets.folder(f);
                }),
                bad("colour among grey", "cat/0.png is grey and dog/x.png is colour: make them one", f -> {
                    put(classes(f, 3), "dog/x.png", colour(1, 2, 3));
                    Datasets.folder(f);
                }),
                bad("a loop of links", "its folder eel is a link that leads back to it: remove the link", f -> {
                    Files.createSymbolicLink(classes(f, 3).resolve("eel"), f);
                    Datasets.folder(f);
                }),
                bad("a link to itself", "cat/x.png (it is a link that leads nowhere)", f -> {
                    Path link = classes(f, 3).resolve("cat/x.png");
                    Files.createSymbolicLink(link, link);
                    Datasets.folder(f);
                }),
                bad("a folder in a class", "cat/more (it is a folder within a class)", f -> {
                    put(classes(f, 3), "cat/more/1.png", grey(1));
                    Datasets.folder(f);
                }),
                bad("an image in no class", "x.png (it lies in no class's folder)", f -> {
                    put(classes(f, 3), "x.png", grey(1));
                    Datasets.folder(f);
                }),
                bad("a class of test alone", "its class test/eel has no folder in train", f -> {
                    classes(f.resolve("train"), 3);
                    put(f, "test/eel/1.png", grey(1));
                    Datasets.folder(f);
                }),
                bad("train, test and a class", "it has train and test, and beside them [eel]", f -> {
                    classes(f.resolve("train"), 3);
                    classes(f.resolve("test"), 3);
                    put(f, "eel/1.png", grey(1));
                    Datasets.folder(f);
                }),
                bad("all left out", "has no test images", f -> {
                    put(f, "cat/1.png", new byte[3]);
                    put(f, "dog/1.png", new byte[3]);
                    Datasets.folder(f, ReadingConfig.DEFAULT.leavingOut());
                }),
                bad("a class left out", "the class cat has no training images", f -> {
                    put(f, "cat/1.png", new byte[3]);
                    for (int i = 0; i < 9; i++) {
                        put(f, "dog/" + i + ".png", grey(i));
                    }
                    Datasets.folder(f, ReadingConfig.DEFAULT.leavingOut());
                }),
                bad("larger than networks take", "cat/0.png: an image of 1×70000×2 is larger than networks", f -> {
                    put(f, "cat/0.png", image("png", BufferedImage.TYPE_BYTE_GRAY, 70_000, 2, 1));
                    put(f, "dog/0.png", image("png", BufferedImage.TYPE_BYTE_GRAY, 70_000, 2, 1));
                    Datasets.folder(f);
                }));
    }

    private static Arguments list(String what, String says, String csv) {
        return bad(what, says, folder -> {
            put(classes(folder.resolve("in"), 3), "pets.csv", csv.getBytes(StandardCharsets.UTF_8));
            put(folder, "out.png", grey(1));
            Datasets.list(folder.resolve("in/pets.csv"));
        });
    }

    static List<Arguments> lists() {
        String good = "path,label\ncat/0.png,cat\ncat/1.png,cat\ncat/2.png,cat\ndog/0.png,dog\ndog/1.png,dog\n";
        return List.of(
                list("an empty list", "it has the columns []", ""),
                list("semicolons", "it has the columns [path;label], it needs path and label", "path;label\na;b\n"),
                list("one label", "it has 1 labels, at least 2", "path,label\ncat/0.png,cat\n"),
                list("a label in two cases", "its labels Dog and dog differ in nothing", good + "dog/2.png,Dog\n"),
                list("no label", "line 7: its label is missing", good + "dog/2.png,\n"),
                list("a path out", "line 7: path ../out.png leads out of the CSV's folder", good + "../out.png,dog\n"),
                list("a path from the root", "line 7: path /etc/hosts leads out", good + "/etc/hosts,dog\n"),
                list("a path twice", "line 7: ./dog/0.png is in line 5 already", good + "./dog/0.png,dog\n"),
                list("a file that is not there", "dog/9.png (it is not there)", good + "dog/9.png,dog\n"),
                list("a folder", "1 of 6 files of pets.csv can't be read as images: dog (it is no", good + "dog,dog\n"),
                list("a short line", "is no CSV with as many words in each line", good + "dog/2.png,dog,more,words\n"),
                list(
                        "another split",
                        "line 3: split often is none of train, test, val",
                        "path,label,split\ncat/0.png,cat,train\ndog/0.png,dog,often\n"),
                bad("no list", "can't be read", f -> Datasets.list(f.resolve("no.csv"))),
                bad("bytes", "is no text in UTF-8", f -> {
                    put(f, "a.csv", new byte[] {(byte) 0xff, (byte) 0xfe, 0});
                    Datasets.list(f.resolve("a.csv"));
                }));
    }

    private static Arguments arrays(String what, String says, String name, byte[] array) {
        return bad(what, says, folder -> {
            Map<String, byte[]> arrays = new TreeMap<>();
            arrays.put("train_images", npy("|u1", "4, 2, 2", new byte[16]));
            arrays.put("train_labels", npy("|u1", "4,", new byte[] {0, 1, 0, 1}));
            arrays.put("test_images", npy("|u1", "2, 2, 2", new byte[8]));
            arrays.put("test_labels", npy("|u1", "2,", new byte[] {0, 1}));
            arrays.put(name, array);
            Datasets.arrays(npz(folder.resolve("a.npz"), arrays));
        });
    }

    private static Arguments images(String what, String says, byte[] array) {
        return arrays(what, says, "train_images", array);
    }

    private static Arguments labels(String what, String says, byte[] array) {
        return arrays(what, says, "train_labels", array);
    }

    static List<Arguments> arrays() {
        byte[] objects = Base64.getDecoder().decode(OBJECTS);
        byte[] sixteen = new byte[16];
        return List.of(
                images("objects", "array train_images: it holds Python objects, which are pickled and never", objects),
                labels("labels that are objects", "array train_labels: it holds Python objects", objects),
                images("a pickle", "it is a pickle, which is a program and is never run", new byte[] {(byte) 0x80, 4, 1
                }),
                images("no array", "it does not begin as NumPy's arrays do", new byte[99]),
                images("nothing", "it does not begin as NumPy's arrays do", new byte[0]),
                images(
                        "records",
                        "it holds neither whole numbers",
                        npy("{'descr': [('a', '<u1')], 'shape': (4,)}", sixteen)),
                images("words", "it holds neither whole numbers", npy("<U4", "4", sixteen)),
                images("complex numbers", "it holds neither whole numbers", npy("<c8", "2", sixteen)),
                images(
                        "less than it states",
                        "it has 16 bytes of numbers where its shape (4×2×3)",
                        npy("|u1", "4, 2, 3", sixteen)),
                images(
                        "an array bomb",
                        "its shape (2000000000×2000000000×4)",
                        npy("|u1", "2000000000, 2000000000, 4", sixteen)),
                images("a shape below 0", "its header has no shape", npy("|u1", "-4, 2, 2", sixteen)),
                images("a shape beyond", "is no shape", npy("|u1", "4, 2, 99999999999", sixteen)),
                images(
                        "Fortran's order",
                        "it lies in Fortran's order: save np.ascontiguousarray(x)",
                        npy("{'descr': '|u1', 'fortran_order': True, 'shape': (4, 2, 2), }", sixteen)),
                images(
                        "channels first",
                        "has channels first: save x.transpose(0, 2, 3, 1)",
                        npy("|u1", "4, 3, 2, 2", new byte[48])),
                images(
                        "four channels",
                        "uint8(1×2×2×4) has 4 channels, 1 or 3 are read",
                        npy("|u1", "1, 2, 2, 4", sixteen)),
                images("vectors", "uint8(4×4) are no images: N×height×width", npy("|u1", "4, 4", sixteen)),
                images(
                        "16 bits",
                        "uint16(4×2×1) is no array of bytes: save x.astype(np.uint8)",
                        npy("<u2", "4, 2, 1", sixteen)),
                images("no images", "uint8(0×2×2) holds no images", npy("|u1", "0, 2, 2", new byte[0])),
                images("floats beyond 1", "is no byte / 255: save np.round", npy("<f4", "4, 1, 1", new byte[] {
                    0, 0, 0, 64, 0, 0, 0, 64, 0, 0, 0, 64, 0, 0, 0, 64
                })),
                images("NaN", "pixel NaN of float32", npy("<f4", "4, 1, 1", new byte[] {
                    -1, -1, -1, 127, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
                })),
                labels(
                        "fewer labels",
                        "uint8(4×2×2) and labels uint8(3) are not as many",
                        npy("|u1", "3", new byte[3])),
                labels(
                        "one-hot labels",
                        "uint8(4×2) are no labels: one whole number an image",
                        npy("|u1", "4, 2", new byte[8])),
                labels(
                        "labels of floats",
                        "float32(4) are no labels: save y.astype(np.int64)",
                        npy("<f4", "4", sixteen)),
                labels("labels below 0", "label 1 is -1, it must be 0 or more", npy("|i1", "4", new byte[] {0, -1, 0, 1
                })),
                labels("labels from 1 on", "no image has the label 2, though one has 7", npy("|u1", "4", new byte[] {
                    0, 7, 7, 1
                })),
                labels("a label of test alone", "the class 1 has no training images", npy("|u1", "4", new byte[4])),
                arrays(
                        "test images of another size",
                        "image 0 is 2×2 and image 0 is 4×1",
                        "test_images",
                        npy("|u1", "2, 4, 1", new byte[8])),
                bad(
                        "other names",
                        "it has the arrays [arr_0], it needs train_images and train_labels, or x_train",
                        f -> Datasets.arrays(npz(f.resolve("a.npz"), Map.of("arr_0", sixteen)))),
                bad(
                        "no labels",
                        "it has x_train and no y_train",
                        f -> Datasets.arrays(
                                npz(f.resolve("a.npz"), Map.of("x_train", npy("|u1", "4, 2, 2", sixteen))))),
                bad("one label", "all images have one label, at least 2", f -> {
                    put(f, "x.npy", npy("|u1", "4, 2, 2", sixteen));
                    put(f, "y.npy", npy("|u1", "4", new byte[4]));
                    Datasets.arrays(f.resolve("x.npy"), f.resolve("y.npy"), ReadingConfig.DEFAULT);
                }),
                bad("labels of a pair that are objects", "(y.npy: it holds Python objects", f -> {
                    put(f, "x.npy", npy("|u1", "4, 2, 2", sixteen));
                    put(f, "y.npy", objects);
                    Datasets.arrays(f.resolve("x.npy"), f.resolve("y.npy"), ReadingConfig.DEFAULT);
                }),
                bad("one array", "it is one array, its labels are missing", f -> {
                    put(f, "a.npy", npy("|u1", "4, 2, 2", sixteen));
                    Datasets.arrays(f.resolve("a.npy"));
                }),
                bad(
                        "a zip bomb",
                        "array train_images: it unpacks to 95 MB, more than 200 times",
                        f -> Datasets.arrays(bomb(f))),
                bad("a zip cut off", "can't be read as images and labels", f -> {
                    byte[] all = Files.readAllBytes(bomb(f));
                    Files.write(f.resolve("cut.npz"), Arrays.copyOf(all, all.length / 2));
                    Datasets.arrays(f.resolve("cut.npz"));
                }),
                bad("no file", "no such file", f -> Datasets.arrays(f.resolve("no.npz"))));
    }

    /** Returns a file of 100 kB with an array of 100 MB. */
    private static Path bomb(Path folder) throws IOException {
        Path file = folder.resolve("bomb.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("train_images.npy"));
            zip.write(npy("|u1", "100, 1000, 1000", new byte[0]));
            for (int i = 0; i < 100; i++) {
                zip.write(new byte[1_000_000]);
            }
            zip.putNextEntry(new ZipEntry("train_labels.npy"));
            zip.write(npy("|u1", "100", new byte[100]));
        }
        return file;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"files", "folders", "lists", "arrays"})
    void isRefusedInOneLine(String what, String says, Wrong wrong) {
        Throwable error = catchThrowable(() -> wrong.in(Files.createDirectories(folder.resolve("pets"))));

        assertThat(error).as(what).isInstanceOf(DataException.class).hasMessageContaining(says);
        assertThat(OneLine.is(error)).as(error.getMessage()).isTrue();
    }

    @Test
    void whatUnpacksToGigabytesIsRefusedBeforeMemoryIsTaken() throws IOException {
        for (byte[] bomb : List.of(pngThatStates(30_000, 30_000), statingJpeg(ImageFiles.noise(64), 30_000))) {
            assertThat(Fuzz.read(bomb.length, () -> picture(bomb))).isEmpty();
        }
        Path file = bomb(folder);
        assertThat(Fuzz.read(Files.size(file), () -> Datasets.arrays(file))).isEmpty();
    }

    @Property(tries = 300)
    void arraysThatWentWrong(@ForAll long seed) {
        byte[] file = Fuzz.bytes(npy("<i2", "4, 2, 2", new byte[32]), seed);
        Fuzz.read(file.length, () -> read(file));
    }

    @Property(tries = 150)
    void filesOfArraysThatWentWrong(@ForAll long seed) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        Path file = npz(
                folder.resolve("a.npz"),
                Map.of(
                        "x_train", npy("|u1", "8, 2, 2", new byte[32]),
                        "y_train", npy("|u1", "8", new byte[] {0, 1, 0, 1, 0, 1, 0, 1})));
        try {
            Files.write(file, Fuzz.bytes(Files.readAllBytes(file), seed));
            Fuzz.read(Files.size(file), () -> Datasets.arrays(file));
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
    }

    private static Npy read(byte[] file) {
        try {
            return Npy.read(new ByteArrayInputStream(file), file.length);
        } catch (IOException e) {
            throw new DataException("array: " + e.getMessage(), e);
        }
    }

    @Property(tries = 200)
    void picturesThatWentWrong(@ForAll long seed) throws IOException {
        byte[] right = seed % 2 == 0 ? colour(1, 2, 3) : image("jpg", BufferedImage.TYPE_INT_RGB, 8, 8, 10, 200, 30);
        byte[] file = Fuzz.bytes(right, seed);
        Fuzz.read(file.length, () -> picture(file));
    }

    private static Picture picture(byte[] file) {
        try {
            return PictureReader.read(file);
        } catch (IOException e) {
            throw new DataException("picture: " + e.getMessage(), e);
        }
    }
}
