package unlearn4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import unlearn4j.Fuzz;
import unlearn4j.fetch.Archive;

/** Files of images that went wrong are read as what they say, or refused in one line. */
class ReadersFuzzTest {
    private static final long UNPACKED = 1 << 20;

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    /** Half of the time what is packed is wrong, else the packed file. */
    private static byte[] gzipped(byte[] content, long seed) throws IOException {
        return new SplittableRandom(~seed).nextBoolean()
                ? gzip(Fuzz.bytes(content, seed))
                : Fuzz.bytes(gzip(content), seed);
    }

    @Property(tries = 300)
    void idxImages(@ForAll long seed) throws IOException {
        byte[] right = ByteBuffer.allocate(16 + 2 * 3 * 4)
                .putInt(0x803)
                .putInt(2)
                .putInt(3)
                .putInt(4)
                .array();
        byte[] file = gzipped(right, seed);
        Fuzz.read(file.length, () -> IdxReader.images("some.gz", new ByteArrayInputStream(file)))
                .ifPresent(read ->
                        assertThat(read.pixels().length % read.shape().bytes()).isZero());
    }

    @Property(tries = 300)
    void idxLabels(@ForAll long seed) throws IOException {
        byte[] right = ByteBuffer.allocate(8 + 5).putInt(0x801).putInt(5).array();
        byte[] file = gzipped(right, seed);
        Fuzz.read(file.length, () -> IdxReader.labels("some.gz", new ByteArrayInputStream(file)))
                .ifPresent(read -> assertThat(read).isNotEmpty());
    }

    private static void inFile(String name, byte[] bytes, ThrowingUse use) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        Path file = Files.write(folder.resolve(name), bytes);
        try {
            use.of(file);
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
    }

    private interface ThrowingUse {
        void of(Path file) throws IOException;
    }

    static byte[] tar(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (Map.Entry<String, byte[]> content : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(content.getKey());
                entry.setSize(content.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(content.getValue());
                tar.closeArchiveEntry();
            }
        }
        return out.toByteArray();
    }

    /** One of the files is wrong, or the archive. */
    private static Map<String, byte[]> withOneWrong(Map<String, byte[]> files, long seed) {
        List<String> names = List.copyOf(files.keySet());
        String chosen = names.get(new SplittableRandom(seed + 1).nextInt(names.size()));
        Map<String, byte[]> wrong = new LinkedHashMap<>(files);
        wrong.computeIfPresent(chosen, (name, right) -> Fuzz.bytes(right, seed));
        return wrong;
    }

    @Property(tries = 200)
    void cifar(@ForAll long seed) throws IOException {
        byte[] names = "cat\ndog\nfrog\n".getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("c/data_batch_1.bin", new byte[2 * 3073]);
        files.put("c/data_batch_2.bin", new byte[3073]);
        files.put("c/batches.meta.txt", names);
        files.put("c/test_batch.bin", new byte[3073]);
        byte[] packed = new SplittableRandom(~seed).nextBoolean()
                ? gzip(tar(withOneWrong(files, seed)))
                : gzipped(tar(files), seed);
        inFile("cifar.tar.gz", packed, file -> Fuzz.read(
                        packed.length,
                        () -> CifarReader.CIFAR_10.read("CIFAR", Archive.of(file, UNPACKED), Map.of("f", "a")))
                .ifPresent(read -> assertThat(read.shape()).isEqualTo(new ImageShape(3, 32, 32))));
    }

    private static byte[] jpeg() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "jpg", out);
        return out.toByteArray();
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> content : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(content.getKey()));
                zip.write(content.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    /** Seeds whose files were read to an error of another kind, before. */
    @Example
    void whatWasFoundBefore() throws IOException {
        for (long seed : new long[] {601857, 879022, 2027277}) {
            tinyImageNet(seed);
        }
    }

    @Property(tries = 200)
    void tinyImageNet(@ForAll long seed) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("t/train/n01/images/n01_0.JPEG", jpeg());
        files.put("t/train/n02/images/n02_0.JPEG", jpeg());
        files.put("t/val/images/val_0.JPEG", jpeg());
        files.put("t/val/val_annotations.txt", "val_0.JPEG\tn01\t0\t0\t9\t9\n".getBytes(StandardCharsets.UTF_8));
        files.put("t/wnids.txt", "n02\nn01\n".getBytes(StandardCharsets.UTF_8));
        files.put("t/words.txt", "n01\tgoldfish\nn02\ttench, Tinca\n".getBytes(StandardCharsets.UTF_8));
        byte[] packed = new SplittableRandom(~seed).nextInt(4) > 0
                ? zip(withOneWrong(files, seed))
                : Fuzz.bytes(zip(files), seed);
        inFile("tiny.zip", packed, file -> Fuzz.read(
                        packed.length,
                        () -> TinyImageNetReader.read("Tiny", Archive.of(file, UNPACKED), Map.of("f", "a")))
                .ifPresent(read -> assertThat(read.shape()).isEqualTo(new ImageShape(3, 64, 64))));
    }
}
