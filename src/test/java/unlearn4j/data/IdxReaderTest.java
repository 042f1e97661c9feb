package unlearn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxReaderTest {
    private static final int IMAGES = 0x803;
    private static final int LABELS = 0x801;

    /** An IDX file: its header's numbers, then its bytes. */
    private static byte[] file(int[] header, int... bytes) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(file))) {
            for (int number : header) {
                out.writeInt(number);
            }
            for (int value : bytes) {
                out.write(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    private static int[] header(int... numbers) {
        return numbers;
    }

    private static IdxReader.Pixels images(byte[] file) {
        return IdxReader.images("some.gz", new ByteArrayInputStream(file));
    }

    private static void refused(byte[] file, String... words) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> images(file))
                .withMessageStartingWith("some.gz ")
                .withMessageEndingWith("delete it and fetch it again")
                .satisfies(e -> assertThat(e.getMessage()).contains(words).doesNotContain("null", "\n"));
    }

    @Test
    void countsAndSizesAreThoseTheFileStates() {
        IdxReader.Pixels read = images(file(header(IMAGES, 2, 1, 3), 1, 2, 3, 253, 254, 255));
        assertThat(read.shape()).isEqualTo(new ImageShape(1, 1, 3));
        assertThat(read.pixels()).containsExactly(1, 2, 3, 253, 254, 255);
    }

    @Test
    void labelsAreReadUnsigned() {
        byte[] file = file(header(LABELS, 3), 0, 9, 255);
        assertThat(IdxReader.labels("some.gz", new ByteArrayInputStream(file))).containsExactly(0, 9, 255);
    }

    @Test
    void labelsInPlaceOfImagesAreNamed() {
        refused(file(header(LABELS, 3), 0, 9, 255), "0x801", "images", "0x803");
    }

    @Test
    void imagesInPlaceOfLabelsAreNamed() {
        byte[] file = file(header(IMAGES, 1, 1, 1), 5);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> IdxReader.labels("some.gz", new ByteArrayInputStream(file)))
                .withMessage(
                        "some.gz begins with 0x803 where IDX labels begin with 0x801: delete it and fetch it again");
    }

    @Test
    void missingPixelsAreCounted() {
        refused(file(header(IMAGES, 2, 1, 3), 1, 2, 3, 4), "ends after 4 of 6 bytes");
    }

    @Test
    void tooManyPixelsAreNoticed() {
        refused(file(header(IMAGES, 1, 1, 3), 1, 2, 3, 4), "goes on after the 3 bytes");
    }

    @Test
    void aHeaderCutShortIsNoticed() {
        refused(file(header()), "ends within its sizes");
        refused(file(header(IMAGES, 2)), "ends within its sizes");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aSizeBelowOneIsNamed(int size) {
        refused(file(header(IMAGES, 1, size, 3), 1, 2, 3), String.valueOf(size), "1 or more");
    }

    @Test
    void sizesBeyondAnyArrayAreRefusedBeforeAnythingIsReserved() {
        refused(file(header(IMAGES, 60_000, 28_000, 28_000), 1), "47040000000000 bytes");
        // Multiplied as integers, these two sizes are 0.
        refused(file(header(IMAGES, 1, 65_536, 65_536)), "4294967296 bytes");
        refused(file(header(IMAGES, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE)), "more than an array");
    }

    @Test
    void aFileCutAnywhereIsRefused() {
        byte[] whole = file(header(IMAGES, 2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
        for (int length = 0; length < whole.length; length++) {
            refused(Arrays.copyOf(whole, length), "cannot be read");
        }
    }

    @Test
    void aFileThatIsNoGzipIsRefused() {
        refused(new byte[100], "GZIP");
    }
}
