package unlearn4j.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.data.DataException;
import unlearn4j.data.Images;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ResNet;

/** A file that isn't what it should be is one clear line, and no network. */
class TorchHostileTest {
    private static final Images IMAGES = TinyImages.of(3, 4, 16);
    private static final ResNet SPEC = new ResNet("Res4", List.of(1), List.of(4));
    private static final Classifier MODEL = Classifier.create(SPEC, IMAGES, 1);

    /** One tensor of four bytes. */
    private static final String GOOD = "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";

    @TempDir
    private Path folder;

    private byte[] written() {
        Path file = folder.resolve("good.safetensors");
        TorchWeights.save(MODEL, file);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The written file with a word of its header replaced, and the header's length with it. */
    private static byte[] edited(byte[] file, String word, String by) {
        int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String header = new String(file, 8, length, StandardCharsets.UTF_8);
        if (!header.contains(word)) {
            throw new IllegalArgumentException(word + " is not in " + header);
        }
        return file(header.replace(word, by), Arrays.copyOfRange(file, 8 + length, file.length));
    }

    private static byte[] file(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(data)
                .array();
    }

    private static byte[] only(String tensors) {
        return file("{" + tensors + "}", new byte[8]);
    }

    private static byte[] stating(byte[] file, long length) {
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        return file;
    }

    private static byte[] endingIn(byte[] file, int bits) {
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(file.length - 4, bits);
        return file;
    }

    private static Arguments bad(String what, String says, UnaryOperator<byte[]> file) {
        return Arguments.of(what, says, file);
    }

    private static Arguments tensor(String what, String says, String type, String shape, String offsets) {
        String header = "\"a\":{\"dtype\":" + type + ",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
        return bad(what, says, file -> only(header));
    }

    static Stream<Arguments> files() {
        return Stream.of(
                bad("empty", "it has 0 bytes", file -> new byte[0]),
                bad("seven bytes", "it has 7 bytes", file -> Arrays.copyOf(file, 7)),
                bad("a zip of a pickle", "never run; in Python safetensors.torch.save_file(", file -> {
                    return "PK\3\4archive/data.pkl".getBytes(StandardCharsets.ISO_8859_1);
                }),
                bad("an old pickle", "never run; in Python safetensors.torch.save_file(", file -> {
                    return new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10, 'l', -4, -100, 'F', -7};
                }),
                bad("a pickle of two bytes", "never run", file -> new byte[] {(byte) 0x80, 4}),
                bad("cut off in the header", "cut off", file -> Arrays.copyOf(file, 100)),
                bad("cut off in the numbers", "there are", file -> Arrays.copyOf(file, file.length - 4)),
                bad("longer", "follow the header", file -> Arrays.copyOf(file, file.length + 4)),
                bad("header longer than the file", "header has 9999999 bytes", file -> stating(file, 9_999_999)),
                bad("header of 2^63 bytes", "header has 9223372036854775808", file -> stating(file, Long.MIN_VALUE)),
                bad("header of 2^64−1 bytes", "header has 18446744073709551615", file -> stating(file, -1)),
                bad("header of nothing", "no JSON", file -> stating(file, 0)),
                bad("header that is a list", "no JSON", file -> file("[1, 2]", new byte[0])),
                bad("header cut in two", "no JSON", file -> file("{" + GOOD, new byte[4])),
                bad("header that goes on", "no JSON of tensors", file -> file("{" + GOOD + "}{}", new byte[4])),
                bad("deep header", "no JSON", file -> file("[".repeat(100_000), new byte[0])),
                bad("deep metadata", "no JSON", file -> file("{\"__metadata__\":" + "[".repeat(100_000), new byte[0])),
                bad("twice one name", "a is there twice", file -> only(GOOD + "," + GOOD)),
                bad("twice one entry", "second or unknown entry dtype", file -> {
                    return only(GOOD.replace("{", "{\"dtype\":\"F32\","));
                }),
                bad("an entry too many", "second or unknown entry code", file -> {
                    return only(GOOD.replace("{", "{\"code\":\"import os\","));
                }),
                bad("no entries", "a lacks a dtype", file -> only("\"a\":{}")),
                bad("a tensor that is a word", "no JSON", file -> only("\"a\":\"F32\"")),
                bad("overlap", "b begins at byte 0 where 4", file -> only(GOOD + "," + GOOD.replace("\"a\"", "\"b\""))),
                bad("a gap", "a begins at byte 4 where 0", file -> only(GOOD.replace("[0,4]", "[4,8]"))),
                tensor("beyond the end", "ends at byte 400, there are 8", "\"F32\"", "[100]", "[0,400]"),
                tensor("backwards", "lies from byte 4 to 0", "\"F32\"", "[1]", "[4,0]"),
                tensor("negative", "lies from byte -4 to 0", "\"F32\"", "[1]", "[-4,0]"),
                tensor("one offset", "two data_offsets", "\"F32\"", "[1]", "[0]"),
                tensor("offsets of 2^70", "no JSON", "\"F32\"", "[1]", "[0,1180591620717411303424]"),
                tensor("offsets that are words", "no JSON", "\"F32\"", "[1]", "[\"here\",\"there\"]"),
                tensor("unknown type", "unknown type PICKLE", "\"PICKLE\"", "[1]", "[0,4]"),
                tensor("type null", "no JSON", "null", "[1]", "[0,4]"),
                tensor("shape of more", "does not take the 4 bytes", "\"F32\"", "[2]", "[0,4]"),
                tensor("shape that overflows", "does not take", "\"F32\"", "[4294967296,4294967296]", "[0,8]"),
                tensor("negative side", "does not take", "\"F32\"", "[-1,-2]", "[0,8]"),
                tensor("half a number", "does not take the 3 bytes", "\"F32\"", "[1]", "[0,3]"),
                bad("no tensors", "missing conv1.weight, bn1.weight, bn1.bias, bn1.running_mean and", file -> {
                    return file("{}", new byte[0]);
                }),
                bad("a layer of another name", "missing fc.weight; unknown head.weight", file -> {
                    return edited(file, "fc.weight", "head.weight");
                }),
                bad("transposed head", "fc.weight has the shape [4, 3] where Res4 for 3 classes has [3, 4]", file -> {
                    return edited(file, "[3,4]", "[4,3]");
                }),
                bad("whole numbers", "fc.bias is of I32: save F32", file -> {
                    int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("\"fc.bias\"");
                    String entry = new String(file, at, 80, StandardCharsets.ISO_8859_1);
                    String own = entry.substring(0, entry.indexOf('}'));
                    return edited(file, own, own.replace("F32", "I32"));
                }),
                bad("NaN", "fc.bias has NaN at 2", file -> endingIn(file, 0x7fc00000)),
                bad("infinity", "fc.bias has -Infinity at 2", file -> endingIn(file, 0xff800000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void isRefusedInOneLine(String what, String says, UnaryOperator<byte[]> change) throws IOException {
        Path file = folder.resolve("bad.safetensors");
        Files.write(file, change.apply(written()));
        assertThatThrownBy(() -> TorchWeights.load(file, SPEC, IMAGES))
                .as(what)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bad.safetensors is not loaded: ")
                .hasMessageContaining(says)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> TorchWeights.load(folder.resolve("none"), SPEC, IMAGES))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("there is no file");
        assertThatThrownBy(() -> TorchWeights.load(folder, SPEC, IMAGES)).hasMessageStartingWith("there is no file");
    }
}
