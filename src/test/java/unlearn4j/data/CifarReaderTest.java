package unlearn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.fetch.Archive;

class CifarReaderTest {
    private static final int PIXELS = 3 * 32 * 32;

    @TempDir
    private Path folder;

    /** One record: its label bytes, then an image whose every byte is {@code value}, but its first two, 1 and 2. */
    private static byte[] record(int value, int... labels) {
        byte[] record = new byte[labels.length + PIXELS];
        Arrays.fill(record, (byte) value);
        for (int i = 0; i < labels.length; i++) {
            record[i] = (byte) labels[i];
        }
        record[labels.length] = 1;
        record[labels.length + 1] = 2;
        return record;
    }

    private static byte[] join(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> cifar10() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("c/readme.html", text("<html>"));
        files.put("c/data_batch_2.bin", record(30, 2));
        files.put("c/batches.meta.txt", text("cat\ndog\nfrog\n\n"));
        files.put("c/data_batch_1.bin", join(record(10, 0), record(200, 1)));
        files.put("c/test_batch.bin", record(40, 1));
        return files;
    }

    private Dataset read(CifarReader reader, Map<String, byte[]> files) throws IOException {
        Path file = folder.resolve("cifar.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(ReadersFuzzTest.tar(files));
        }
        return reader.read("CIFAR", Archive.of(file, 1_000_000), Map.of("cifar.tar.gz", "abc"));
    }

    @Test
    void cifar10IsReadBatchByBatch() throws IOException {
        Dataset data = read(CifarReader.CIFAR_10, cifar10());
        assertThat(data.shape()).isEqualTo(new ImageShape(3, 32, 32));
        assertThat(data.train().labelNames()).containsExactly("cat", "dog", "frog");
        assertThat(data.sha256()).containsExactly(Map.entry("cifar.tar.gz", "abc"));
        assertThat(data.train().size()).isEqualTo(3);
        assertThat(data.test().size()).isEqualTo(1);
        assertThat(data.test().label(0)).isEqualTo(1);
        for (int i = 0; i < 3; i++) {
            byte[] image = new byte[PIXELS];
            data.train().copy(i, image, 0);
            assertThat(data.train().label(i)).isEqualTo(i);
            assertThat(image).startsWith(1, 2, new int[] {10, 200, 30}[i]).endsWith(new int[] {10, 200, 30}[i]);
        }
    }

    @Test
    void cifar100IsReadWithItsFineLabels() throws IOException {
        Dataset data = read(
                CifarReader.CIFAR_100,
                Map.of(
                        "c/train.bin",
                        join(record(10, 9, 1), record(20, 8, 0)),
                        "c/test.bin",
                        record(30, 7, 1),
                        "c/fine_label_names.txt",
                        text("apple\nbear\n"),
                        "c/coarse_label_names.txt",
                        text("fruit\n")));
        assertThat(data.train().labelNames()).containsExactly("apple", "bear");
        assertThat(data.train().label(0)).isEqualTo(1);
        assertThat(data.train().label(1)).isZero();
        assertThat(data.test().label(0)).isEqualTo(1);
        byte[] image = new byte[PIXELS];
        data.train().copy(1, image, 0);
        assertThat(image).startsWith(1, 2, 20);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void anArchiveThatIsNotTheDataSetIsRefusedInOneLine(String reason, Consumer<Map<String, byte[]>> change) {
        Map<String, byte[]> files = cifar10();
        change.accept(files);
        assertThatThrownBy(() -> read(CifarReader.CIFAR_10, files))
                .isInstanceOf(DataException.class)
                .hasMessage(folder.resolve("cifar.tar.gz") + " is not the data set (" + reason
                        + "): delete it and fetch it again");
    }

    static Stream<Arguments> anArchiveThatIsNotTheDataSetIsRefusedInOneLine() {
        return Stream.of(
                bad(
                        "data_batch_2.bin has 3072 bytes, which is no whole number of records of 3073",
                        files -> files.put("c/data_batch_2.bin", Arrays.copyOf(record(1, 1), PIXELS))),
                bad(
                        "test_batch.bin has 0 bytes, which is no whole number of records of 3073",
                        files -> files.put("c/test_batch.bin", new byte[0])),
                bad(
                        "the label (3) of record 1 of data_batch_1.bin must be from 0 to 2",
                        files -> files.put("c/data_batch_1.bin", join(record(1, 1), record(1, 3)))),
                bad("test_batch.bin is missing in it", files -> files.remove("c/test_batch.bin")),
                bad("batches.meta.txt is missing in it", files -> files.remove("c/batches.meta.txt")),
                bad("it has no training records", files -> files.keySet()
                        .removeIf(name -> name.contains("data_batch"))));
    }

    private static Arguments bad(String reason, Consumer<Map<String, byte[]>> change) {
        return Arguments.of(reason, change);
    }
}
