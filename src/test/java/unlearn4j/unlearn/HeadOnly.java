package unlearn4j.unlearn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import unlearn4j.train.Head;

/** A file of {@code save_file({"fc.weight": …, "fc.bias": …}, …)}. */
final class HeadOnly {
    private static final String TENSOR = "\"fc.%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}";

    private HeadOnly() {}

    static void write(Path file, Head head) {
        int weights = Float.BYTES * head.weight().length;
        int all = weights + Float.BYTES * head.classes();
        String sides = "[" + head.classes() + "," + head.features() + "]";
        String header = "{" + tensor("weight", sides, 0, weights) + ","
                + tensor("bias", "[" + head.classes() + "]", weights, all) + "}";
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + text.length + all).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        bytes.asFloatBuffer().put(head.weight()).put(head.bias());
        try {
            Files.write(file, bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tensor(String name, String sides, int begin, int end) {
        return String.format(Locale.ROOT, TENSOR, name, sides, begin, end);
    }
}
