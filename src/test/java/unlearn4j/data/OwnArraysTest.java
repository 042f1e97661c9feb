package unlearn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static unlearn4j.data.ImageFiles.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images and labels in NumPy's arrays. */
class OwnArraysTest {
    /**
     * Written by NumPy 2.4.6's {@code savez_compressed}, as MedMNIST is: 4 training images of 2×3 with the pixels 0 to 23, one
     * for validation, and the last two again, 100 lighter, for test; labels are 0, 1, 0, 1, then 1, then 1, 0, in a column.
     */
    private static final String MEDMNIST =
            """
            UEsDBC0AAAAIAAAAIQBFgVML//////////8QABQAdHJhaW5faW1hZ2VzLm5weQEAEACYAAAAAAAAAGEAAAAAAAAAm+wX6hsQ
            ychQxlCtnpJanFykbqWgXlNqqK6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaJjoKRjoKxpo6CrUK5AEuBkYmZhZW
            NnYOTi5uHl4+fgFBIWERUTFxAFBLAwQtAAAACAAAACEAJ0WkFP//////////EAAUAHRyYWluX2xhYmVscy5ucHkBABAAhAAA
            AAAAAABKAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loF5Taqiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GiY6
            CoaaOgq1CmQDLgZGBkYAUEsDBC0AAAAIAAAAIQCdUziG//////////8OABQAdmFsX2ltYWdlcy5ucHkBABAAhgAAAAAAAABP
            AAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loF5Taqiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GoY6CkY6Csaa
            Ogq1CuQBLgZGJmYWVgBQSwMELQAAAAgAAAAhABpmgrD//////////w4AFAB2YWxfbGFiZWxzLm5weQEAEACBAAAAAAAAAEcA
            AAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgXlNqqK6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkahjoKhpo6CrUK
            ZAMuRgBQSwMELQAAAAgAAAAhADzbOo7//////////w8AFAB0ZXN0X2ltYWdlcy5ucHkBABAAjAAAAAAAAABUAAAAAAAAAJvs
            F+obEMnIUMZQrZ6SWpxcpG6loF5Taqiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CkBkrKmjUKtAHuAqKCwq
            LiktK6+orKoGAFBLAwQtAAAACAAAACEAVBaui///////////DwAUAHRlc3RfbGFiZWxzLm5weQEAEACCAAAAAAAAAEgAAAAA
            AAAAm+wX6hsQychQxlCtnpJanFykbqWgXlNqqK6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRjoKhpo6CrUKZAMu
            RgYAUEsBAi0DLQAAAAgAAAAhAEWBUwthAAAAmAAAABAAAAAAAAAAAAAAAIABAAAAAHRyYWluX2ltYWdlcy5ucHlQSwECLQMt
            AAAACAAAACEAJ0WkFEoAAACEAAAAEAAAAAAAAAAAAAAAgAGjAAAAdHJhaW5fbGFiZWxzLm5weVBLAQItAy0AAAAIAAAAIQCd
            UziGTwAAAIYAAAAOAAAAAAAAAAAAAACAAS8BAAB2YWxfaW1hZ2VzLm5weVBLAQItAy0AAAAIAAAAIQAaZoKwRwAAAIEAAAAO
            AAAAAAAAAAAAAACAAb4BAAB2YWxfbGFiZWxzLm5weVBLAQItAy0AAAAIAAAAIQA82zqOVAAAAIwAAAAPAAAAAAAAAAAAAACA
            AUUCAAB0ZXN0X2ltYWdlcy5ucHlQSwECLQMtAAAACAAAACEAVBaui0gAAACCAAAADwAAAAAAAAAAAAAAgAHaAgAAdGVzdF9s
            YWJlbHMubnB5UEsFBgAAAAAGAAYAbgEAAGMDAAAAAA==
            """;

    @TempDir
    private Path folder;

    private static byte[] bytes(int from, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (from + i);
        }
        return bytes;
    }

    private static byte[] pixels(Images images) {
        int each = images.shape().bytes();
        byte[] pixels = new byte[images.size() * each];
        for (int i = 0; i < images.size(); i++) {
            images.copy(i, pixels, i * each);
        }
        return pixels;
    }

    @Test
    void whatNumpyWroteIsRead() throws IOException {
        Path file = folder.resolve("some.npz");
        Files.write(file, Base64.getMimeDecoder().decode(MEDMNIST));

        Dataset read = Datasets.arrays(file);

        assertThat(read).hasToString("some.npz: 4 training and 2 test images of 1×2×3, 2 classes");
        assertThat(pixels(read.train())).isEqualTo(bytes(0, 24));
        assertThat(pixels(read.test())).isEqualTo(bytes(112, 12));
        assertThat(read.train().label(1)).isEqualTo(1);
        assertThat(read.test().label(0)).isEqualTo(1);
        assertThat(read.sha256()).containsEntry("some.npz", DigestUtils.sha256Hex(Files.readAllBytes(file)));
    }

    @Test
    void kerasNamesAndAFolderOfFilesAreRead() throws IOException {
        byte[] images = npy("|u1", "4, 1, 2, 3", bytes(0, 24));
        byte[] labels = npy("|i1", "4,", new byte[] {0, 1, 0, 1});
        Path npz = ImageFiles.npz(
                folder.resolve("k.npz"),
                Map.of("x_train", images, "y_train", labels, "x_val", images, "y_val", labels));
        ImageFiles.put(folder, "k/x_train.npy", images);
        ImageFiles.put(folder, "k/y_train.npy", labels);
        ImageFiles.put(folder, "k/x_test.npy", images);
        ImageFiles.put(folder, "k/y_test.npy", labels);

        Dataset read = Datasets.arrays(npz);

        assertThat(read.shape()).isEqualTo(new ImageShape(3, 1, 2));
        // The channels lie side by side in NumPy's array, one behind another here.
        assertThat(pixels(read.train())).startsWith(0, 3, 1, 4, 2, 5, 6, 9);
        assertThat(read.test().size()).isEqualTo(4);
        assertThat(Datasets.arrays(folder.resolve("k")).test().sha256())
                .isEqualTo(read.test().sha256());
    }

    @ParameterizedTest
    @CsvSource({
        "|u1, 1", "|i1, 1", "<u2, 2", ">u2, 2", "<i2, 2", "<i4, 4", ">i4, 4", "<u4, 4", "<i8, 8", ">i8, 8", "<u8, 8"
    })
    void labelsAreWholeNumbersOfAnyType(String type, int size) throws IOException {
        ByteBuffer labels = ByteBuffer.allocate(4 * size)
                .order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        labels.put(type.startsWith(">") ? 2 * size - 1 : size, (byte) 1);
        labels.put(type.startsWith(">") ? 4 * size - 1 : 3 * size, (byte) 1);
        ImageFiles.put(folder, "x.npy", npy("|u1", "4, 2, 3", bytes(0, 24)));
        ImageFiles.put(folder, "y.npy", npy(type, "4,1", labels.array()));

        Dataset read = Datasets.arrays(
                folder.resolve("x.npy"),
                folder.resolve("y.npy"),
                ReadingConfig.DEFAULT.test(0.5, 1).size(1, 1));

        assertThat(read.train().counts()).containsExactly(1, 1);
        assertThat(read.test().counts()).containsExactly(1, 1);
        assertThat(read.shape()).isEqualTo(new ImageShape(1, 1, 1));
    }

    @ParameterizedTest
    @CsvSource({"<f4", ">f8"})
    void floatingPointThatIsBytesBy255IsThoseBytes(String type) throws IOException {
        boolean doubles = type.endsWith("8");
        ByteBuffer values = ByteBuffer.allocate(256 * (doubles ? 8 : 4))
                .order(doubles ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 256; i++) {
            if (doubles) {
                values.putDouble(i / 255.0);
            } else {
                values.putFloat(i / 255f);
            }
        }
        byte[] images = npy(type, "4, 8, 8", values.array());
        byte[] labels = npy("|u1", "4", new byte[] {0, 1, 0, 1});
        Path npz = ImageFiles.npz(
                folder.resolve("f.npz"),
                Map.of("train_images", images, "train_labels", labels, "test_images", images, "test_labels", labels));
        assertThat(pixels(Datasets.arrays(npz).train())).isEqualTo(bytes(0, 256));
    }
}
