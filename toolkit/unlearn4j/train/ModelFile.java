package unlearn4j.train;

import ai.djl.ndarray.types.Shape;
import ai.djl.util.Pair;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import unlearn4j.core.Check;
import unlearn4j.data.DataException;
import unlearn4j.data.ImageShape;
import unlearn4j.data.Normalisation;
import unlearn4j.model.ModelSpec;

/**
 * Networks in one file, in the safetensors format: eight bytes with the length of a JSON header, little-endian, the header,
 * then the numbers as little-endian 32-bit floats. Any reader of that format reads the tensors, named
 * {@code "<network>/<place>.<parameter>"}. The header's {@code __metadata__} has the networks' descriptions, what the
 * caller has to say, and, as its first entry, the SHA-256 of the whole file with 64 zeros in the hash's place.
 *
 * @param about what the caller has to say of them, any text
 * @param models the networks by name
 */
public record ModelFile(String about, Map<String, Classifier> models) {
    private static final String FORMAT = "unlearn4j models 1";
    private static final String BEGINNING = "{\"__metadata__\":{\"sha256\":\"";
    private static final String NO_HASH = "0".repeat(64);
    private static final int HASH_AT = Long.BYTES + BEGINNING.length();
    private static final Gson JSON = new GsonBuilder()
            .disableHtmlEscaping()
            .registerTypeHierarchyAdapter(ModelSpec.class, new ModelSpecJson())
            .create();

    /** A network's description: all but its numbers. */
    private record Described(
            String name,
            ModelSpec spec,
            ImageShape shape,
            int classes,
            Normalisation normalisation,
            List<Integer> lengths) {}

    /** Makes a file's contents; the map is copied. */
    public ModelFile {
        Check.given("about", about);
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    }

    /**
     * Writes the file. One of that name is replaced when the new one is whole, and not before.
     *
     * @throws IllegalArgumentException if a network's description is not one of the toolkit's
     * @throws DataException if the file can't be written; then what was there is still there
     * @throws Interrupted if the thread is interrupted; then too
     */
    public void save(Path file) {
        Check.given("file", file);
        Map<String, Weights> weights = new LinkedHashMap<>();
        models.forEach((name, model) -> weights.put(name, model.weights()));
        String header = header();
        MessageDigest digest = sha256();
        Path target = file.toAbsolutePath();
        Path written = target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID());
        String left = file + " is not written, what was there is still there";
        try {
            try (OutputStream hashed = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                write(hashed, header, weights, left);
            }
            String hash = HexFormat.of().formatHex(digest.digest());
            String finished = BEGINNING + hash + header.substring(BEGINNING.length() + hash.length());
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(written))) {
                write(out, finished, weights, left);
            }
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DataException(
                    file + " can't be written (" + reason(e) + "): choose a folder that exists, with room", e);
        } finally {
            delete(written);
        }
    }

    private String header() {
        List<Described> described = new ArrayList<>();
        JsonObject tensors = new JsonObject();
        long offset = 0;
        for (Map.Entry<String, Classifier> entry : models.entrySet()) {
            Classifier model = entry.getValue();
            List<Integer> lengths = new ArrayList<>();
            for (Pair<String, Shape> parameter : model.layout()) {
                long bytes = Float.BYTES * parameter.getValue().size();
                JsonObject tensor = new JsonObject();
                tensor.addProperty("dtype", "F32");
                tensor.add("shape", JSON.toJsonTree(parameter.getValue().getShape()));
                tensor.add("data_offsets", JSON.toJsonTree(new long[] {offset, offset + bytes}));
                tensors.add(entry.getKey() + "/" + lengths.size() + "." + parameter.getKey(), tensor);
                lengths.add(Math.toIntExact(parameter.getValue().size()));
                offset += bytes;
            }
            described.add(new Described(
                    entry.getKey(), model.spec(), model.shape(), model.classes(), model.normalisation(), lengths));
        }
        JsonObject metadata = new JsonObject();
        metadata.addProperty("sha256", NO_HASH);
        metadata.addProperty("format", FORMAT);
        metadata.addProperty("models", JSON.toJson(described));
        metadata.addProperty("about", about);
        JsonObject header = new JsonObject();
        header.add("__metadata__", metadata);
        tensors.entrySet().forEach(tensor -> header.add(tensor.getKey(), tensor.getValue()));
        // Spaces at the end let the numbers begin at a multiple of eight, as other writers of the format have it.
        String text = JSON.toJson(header);
        return text + " ".repeat(-text.getBytes(StandardCharsets.UTF_8).length & 7);
    }

    private static void write(OutputStream out, String header, Map<String, Weights> weights, String left)
            throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        out.write(littleEndian(Long.BYTES).putLong(text.length).array());
        out.write(text);
        for (Weights model : weights.values()) {
            Interrupted.check(left);
            for (int i = 0; i < model.count(); i++) {
                ByteBuffer bytes = littleEndian(Float.BYTES * model.array(i).length);
                bytes.asFloatBuffer().put(model.array(i));
                out.write(bytes.array());
            }
        }
    }

    /**
     * Reads a file that {@link #save} wrote. Nothing is made of it before its hash is found right.
     *
     * @throws DataException if there is no such file, or it is damaged, cut off or none of ours
     * @throws Interrupted if the thread is interrupted
     */
    public static ModelFile load(Path file) {
        Check.given("file", file);
        try {
            verify(file);
            return read(file);
        } catch (NoSuchFileException e) {
            throw new DataException("there is no file " + file, e);
        } catch (IOException e) {
            throw new DataException(file + " can't be read (" + reason(e) + ")", e);
        } catch (JsonParseException e) {
            throw new DataException(file + " is of another version of the toolkit (" + reason(e) + ")", e);
        }
    }

    private static void verify(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (DigestInputStream in =
                new DigestInputStream(new BufferedInputStream(Files.newInputStream(file)), digest)) {
            byte[] beginning = in.readNBytes(HASH_AT);
            if (beginning.length < HASH_AT
                    || !new String(beginning, Long.BYTES, BEGINNING.length(), StandardCharsets.UTF_8)
                            .equals(BEGINNING)) {
                throw new DataException(
                        file + " is no file of models that the toolkit saved, or its beginning is damaged");
            }
            in.on(false);
            String hash = new String(in.readNBytes(NO_HASH.length()), StandardCharsets.UTF_8);
            in.on(true);
            digest.update(NO_HASH.getBytes(StandardCharsets.UTF_8));
            in.transferTo(OutputStream.nullOutputStream());
            if (!hash.equals(HexFormat.of().formatHex(digest.digest()))) {
                throw new DataException(file
                        + " is damaged or cut off (its checksum is wrong): take a copy, or train and " + "save again");
            }
        }
    }

    private static ModelFile read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            int length = Math.toIntExact(
                    littleEndian(Long.BYTES).put(in.readNBytes(Long.BYTES)).getLong(0));
            String header = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            JsonObject metadata =
                    JsonParser.parseString(header).getAsJsonObject().getAsJsonObject("__metadata__");
            String format = metadata.get("format").getAsString();
            if (!format.equals(FORMAT)) {
                throw new JsonParseException("its format is \"" + format + "\", this one's \"" + FORMAT + "\"");
            }
            Map<String, Classifier> models = new LinkedHashMap<>();
            for (Described model : JSON.fromJson(metadata.get("models").getAsString(), Described[].class)) {
                Interrupted.check(file + " is not loaded");
                List<float[]> arrays = new ArrayList<>();
                for (int size : model.lengths) {
                    float[] array = new float[size];
                    littleEndian(Float.BYTES * size)
                            .put(in.readNBytes(Float.BYTES * size))
                            .flip()
                            .asFloatBuffer()
                            .get(array);
                    arrays.add(array);
                }
                models.put(
                        model.name,
                        Classifier.restore(
                                model.spec, model.shape, model.classes, model.normalisation, new Weights(arrays)));
            }
            return new ModelFile(metadata.get("about").getAsString(), models);
        }
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getMessage().lines().findFirst().orElse("");
    }

    private static void delete(Path written) {
        try {
            Files.deleteIfExists(written);
        } catch (IOException e) {
            // What went wrong before is what there is to say.
        }
    }
}
