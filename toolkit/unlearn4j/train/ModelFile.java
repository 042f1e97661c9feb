package unlearn4j.train;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;
import unlearn4j.core.Check;
import unlearn4j.data.DataException;
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
    static final int HASH_AT = Long.BYTES + ModelHeader.BEGINNING.length();
    /** The longest header that readers of the format take, in bytes. */
    static final long LONGEST_HEADER = 100_000_000;
    /** Numbers read or written at a time; an array of bytes holds a quarter of what one of floats does. */
    private static final int CHUNK = 1 << 20;

    /** Makes a file's contents; the map is copied. */
    public ModelFile {
        Check.given("about", about);
        models = Collections.unmodifiableMap(new LinkedHashMap<>(Check.given("models", models)));
        models.forEach((name, model) -> Check.given("model " + Check.given("name of a model", name), model));
    }

    /**
     * Writes the file. One of that name is replaced when the new one is whole, and not before.
     *
     * @throws DataException if the file can't be written; then what was there is still there
     * @throws Interrupted if the thread is interrupted; then too
     */
    public void save(Path file) {
        Check.given("file", file);
        Map<String, Weights> weights = new LinkedHashMap<>();
        models.forEach((name, model) -> weights.put(name, model.weights()));
        String header = ModelHeader.of(about, models);
        MessageDigest digest = DigestUtils.getSha256Digest();
        String left = file + " is not written, what was there is still there";
        try {
            try (OutputStream hashed = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                write(hashed, header, weights, left);
            }
            String hash = HexFormat.of().formatHex(digest.digest());
            String finished =
                    ModelHeader.BEGINNING + hash + header.substring(ModelHeader.BEGINNING.length() + hash.length());
            try (Aside aside = new Aside(file)) {
                write(aside.out(), finished, weights, left);
                aside.replace();
            }
        } catch (IOException e) {
            throw new DataException(
                    file + " can't be written (" + reason(e) + "): choose a folder that exists, with room", e);
        }
    }

    private static void write(OutputStream out, String header, Map<String, Weights> weights, String left)
            throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        out.write(littleEndian(Long.BYTES).putLong(text.length).array());
        out.write(text);
        for (Weights model : weights.values()) {
            Interrupted.check(left);
            for (int i = 0; i < model.count(); i++) {
                float[] array = model.array(i);
                ByteBuffer bytes = littleEndian(Float.BYTES * Math.min(array.length, CHUNK));
                for (int from = 0; from < array.length; from += CHUNK) {
                    int count = Math.min(CHUNK, array.length - from);
                    bytes.asFloatBuffer().put(array, from, count);
                    out.write(bytes.array(), 0, Float.BYTES * count);
                }
            }
        }
    }

    /** Reads a file of networks whose descriptions come with the toolkit, as {@link #load(Path, List)} does. */
    public static ModelFile load(Path file) {
        return load(file, List.of());
    }

    /**
     * Reads a file that {@link #save} wrote. Nothing is made of it before its hash and its header are found right. No class
     * is loaded that a file names: descriptions of somebody's own are given.
     *
     * @param own descriptions that do not come with the toolkit, perhaps none; each belongs to the networks of its name and
     *     number of features
     * @throws DataException if there is no such file, or it is damaged, cut off or none of ours, or if it holds a network
     *     whose description was not given, or of other shapes than that description's
     * @throws Interrupted if the thread is interrupted
     */
    public static ModelFile load(Path file, List<ModelSpec> own) {
        Check.given("file", file);
        Check.given("own", own).forEach(spec -> Check.given("a description of own", spec));
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                throw new DataException(
                        file + " is a folder, or something else that is no file: name a file of models");
            }
            verify(file);
            return read(file, own);
        } catch (NoSuchFileException e) {
            throw new DataException("there is no file " + file, e);
        } catch (IOException e) {
            throw new DataException(file + " can't be read (" + reason(e) + ")", e);
        }
    }

    private static void verify(Path file) throws IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        try (DigestInputStream in =
                new DigestInputStream(new BufferedInputStream(Files.newInputStream(file)), digest)) {
            byte[] beginning = in.readNBytes(HASH_AT);
            if (beginning.length < HASH_AT
                    || !new String(beginning, Long.BYTES, ModelHeader.BEGINNING.length(), StandardCharsets.UTF_8)
                            .equals(ModelHeader.BEGINNING)) {
                throw new DataException(
                        file + " is no file of models that the toolkit saved, or its beginning is damaged");
            }
            in.on(false);
            String hash = new String(in.readNBytes(ModelHeader.NO_HASH.length()), StandardCharsets.UTF_8);
            in.on(true);
            digest.update(ModelHeader.NO_HASH.getBytes(StandardCharsets.UTF_8));
            in.transferTo(OutputStream.nullOutputStream());
            if (!hash.equals(HexFormat.of().formatHex(digest.digest()))) {
                throw new DataException(file
                        + " is damaged or cut off (its checksum is wrong): take a copy, or train and " + "save again");
            }
        }
    }

    private static ModelFile read(Path file, List<ModelSpec> own) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            long length =
                    littleEndian(Long.BYTES).put(in.readNBytes(Long.BYTES)).getLong(0);
            long rest = Files.size(file) - Long.BYTES - length;
            if (length < 0 || length > LONGEST_HEADER || rest < 0) {
                throw new DataException(file + " is no file of models: its header can't have " + length + " bytes");
            }
            String text = new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
            ModelHeader header = understood(file, () -> ModelHeader.parse(text, rest, own));
            Map<String, Classifier> models = new LinkedHashMap<>();
            for (ModelHeader.Described model : header.models()) {
                Interrupted.check(file + " is not loaded");
                ModelSpecJson.checkKnown(file, model.spec());
                Classifier made = understood(file, () -> {
                    Classifier blank = Classifier.blank(
                            model.spec(), model.shape(), model.classes(), model.normalisation(), model.numbers());
                    header.checkLayout(model, blank);
                    return blank;
                });
                made.load(weights(in, model.lengths()));
                models.put(model.name(), made);
            }
            return new ModelFile(header.about(), models);
        }
    }

    /** Returns what a reader makes of the file; whatever it stumbles over is the file's fault, said in one line. */
    static <T> T understood(Path file, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (DataException | Interrupted e) {
            throw e;
        } catch (RuntimeException e) {
            Throwable first = e;
            while (first.getCause() != null) {
                first = first.getCause();
            }
            String why = first instanceof IllegalArgumentException && first.getMessage() != null
                    ? first.getMessage().lines().findFirst().orElse("")
                    : "a value is missing or of another kind than expected";
            throw new DataException(file + " is of another version of the toolkit, or not right: " + why, e);
        }
    }

    private static Weights weights(DataInputStream in, List<Integer> lengths) throws IOException {
        List<float[]> arrays = new ArrayList<>();
        for (int length : lengths) {
            float[] array = new float[length];
            byte[] bytes = new byte[Math.multiplyExact(Float.BYTES, Math.min(length, CHUNK))];
            for (int from = 0; from < length; from += CHUNK) {
                int count = Math.min(CHUNK, length - from);
                in.readFully(bytes, 0, Float.BYTES * count);
                ByteBuffer.wrap(bytes)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(array, from, count);
            }
            arrays.add(array);
        }
        return new Weights(arrays);
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String reason(Exception e) {
        return e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getMessage().lines().findFirst().orElse("");
    }
}
