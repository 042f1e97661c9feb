package unlearn4j.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import unlearn4j.core.Check;
import unlearn4j.data.DataException;
import unlearn4j.fisher.Fisher;

/**
 * The Fisher information of a head in a file of its own, as safetensors: {@code weight} of K×J and {@code bias} of K.
 *
 * @param of the SHA-256 of the model's file that it was estimated at
 * @param fisher the matrix
 */
record FimFile(String of, Fisher fisher) {
    private static final int LONGEST_HEADER = 1 << 16;

    void write(OutputStream out) throws IOException {
        int weights = Float.BYTES * fisher.weight().length;
        int numbers = weights + Float.BYTES * fisher.bias().length;
        JsonObject metadata = new JsonObject();
        metadata.addProperty("of", of);
        JsonObject header = new JsonObject();
        header.add("__metadata__", metadata);
        header.add("weight", tensor(0, weights, fisher.classes(), fisher.features()));
        header.add("bias", tensor(weights, numbers, fisher.classes()));
        String json = header.toString();
        byte[] text = (json + " ".repeat(-json.length() & 7)).getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(Long.BYTES + text.length + numbers).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        bytes.asFloatBuffer().put(fisher.weight()).put(fisher.bias());
        out.write(bytes.array());
    }

    private static JsonObject tensor(int from, int to, int... shape) {
        JsonObject tensor = new JsonObject();
        tensor.addProperty("dtype", "F32");
        JsonArray sides = new JsonArray();
        for (int side : shape) {
            sides.add(side);
        }
        tensor.add("shape", sides);
        JsonArray offsets = new JsonArray();
        offsets.add(from);
        offsets.add(to);
        tensor.add("data_offsets", offsets);
        return tensor;
    }

    /** Reads a file that {@link #write} wrote. */
    static FimFile read(Path file) throws IOException {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            long length = bytes.getLong();
            Check.that(length > 0 && length <= LONGEST_HEADER, "its header can't have %d bytes", length);
            byte[] text = new byte[(int) length];
            bytes.get(text);
            JsonObject header = JsonParser.parseString(new String(text, StandardCharsets.UTF_8))
                    .getAsJsonObject();
            JsonArray shape = header.getAsJsonObject("weight").getAsJsonArray("shape");
            int classes = shape.get(0).getAsInt();
            int features = shape.get(1).getAsInt();
            Check.that(
                    bytes.remaining() == Float.BYTES * (classes * (features + 1L)),
                    "%d bytes are no head of %d×%d",
                    bytes.remaining(),
                    classes,
                    features);
            float[] weight = new float[classes * features];
            float[] bias = new float[classes];
            bytes.asFloatBuffer().get(weight).get(bias);
            String of = header.getAsJsonObject("__metadata__").get("of").getAsString();
            return new FimFile(of, new Fisher(classes, features, weight, bias));
        } catch (NoSuchFileException e) {
            throw new DataException("there is no file " + file, e);
        } catch (RuntimeException e) {
            throw new DataException(file + " is no file of Fisher information, or damaged: delete it", e);
        }
    }
}
