package unlearn4j.train;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import unlearn4j.core.Check;
import unlearn4j.core.Reason;
import unlearn4j.data.DataException;

/**
 * A saved network's file of which the head alone is read, and given a successor, while the body stays on disk. The head's
 * numbers are the last of the file, see {@link ModelFile}.
 */
public final class HeadFile {
    private final Path file;
    private final String header;
    private final ModelHeader.Described network;
    private final Head head;

    private HeadFile(Path file, String header, ModelHeader.Described network, Head head) {
        this.file = file;
        this.header = header;
        this.network = network;
        this.head = head;
    }

    /**
     * Reads the header and the head. The body is not looked at, so neither is the file's own hash.
     *
     * @throws DataException if there is no such file, or it is none that {@link Classifier#save} wrote
     */
    public static HeadFile read(Path file) {
        if (!Files.exists(Check.given("file", file))) {
            throw new DataException("there is no file " + file);
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] beginning = new byte[ModelFile.HASH_AT];
            in.readFully(beginning);
            long length =
                    ByteBuffer.wrap(beginning).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
            long rest = in.length() - Long.BYTES - length;
            if (length < ModelFile.HASH_AT || length > ModelFile.LONGEST_HEADER || rest < 0) {
                throw new DataException(file + " is no file of models: its header can't have " + length + " bytes");
            }
            byte[] text = new byte[(int) length];
            in.seek(Long.BYTES);
            in.readFully(text);
            String header = new String(text, StandardCharsets.UTF_8);
            return ModelFile.understood(file, () -> read(file, in, header, rest));
        } catch (IOException e) {
            throw new DataException(
                    file + " can't be read (" + Reason.of(e) + "): it is no file of models, or cut off", e);
        }
    }

    private static HeadFile read(Path file, RandomAccessFile in, String header, long rest) {
        Check.that(header.startsWith(ModelHeader.BEGINNING), "its header is not one of the toolkit's");
        List<ModelHeader.Described> networks =
                ModelHeader.parse(header, rest, List.of()).models();
        Check.that(networks.size() == 1, "it holds %d networks, not one", networks.size());
        ModelHeader.Described network = networks.get(0);
        int classes = network.classes();
        int features = network.spec().features();
        List<Integer> lengths = network.lengths();
        List<Integer> last = lengths.subList(Math.max(0, lengths.size() - 2), lengths.size());
        Check.that(
                last.equals(List.of(classes * features, classes)), "it ends with no head of %d×%d", classes, features);
        try {
            byte[] bytes = new byte[Float.BYTES * classes * (features + 1)];
            in.seek(in.length() - bytes.length);
            in.readFully(bytes);
            ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            float[] weight = new float[classes * features];
            float[] bias = new float[classes];
            numbers.asFloatBuffer().get(weight).get(bias);
            return new HeadFile(file, header, network, new Head(classes, features, weight, bias));
        } catch (IOException e) {
            throw new DataException(file + " can't be read (" + Reason.of(e) + ")", e);
        }
    }

    /** Returns the head. */
    public Head head() {
        return head;
    }

    /** Returns whether another file's network is the same but for its weights: description, images, classes. */
    public boolean sameNetwork(HeadFile other) {
        Check.given("other", other);
        return network.spec().equals(other.network.spec())
                && network.shape().equals(other.network.shape())
                && network.classes() == other.network.classes()
                && Arrays.equals(
                        network.normalisation().mean(),
                        other.network.normalisation().mean())
                && Arrays.equals(
                        network.normalisation().deviation(),
                        other.network.normalisation().deviation());
    }

    /**
     * Writes the same network with another head, as {@link Classifier#save} would. The body goes from file to file in
     * pieces.
     *
     * @param replacement a head of the same shape
     * @param out where to; it is not closed
     * @throws DataException if the file can't be read any more, or {@code out} not written to
     */
    public void write(Head replacement, OutputStream out) {
        Check.given("replacement", replacement);
        Check.given("out", out);
        Check.that(
                replacement.classes() == head.classes() && replacement.features() == head.features(),
                "a head of %d×%d does not fit %s, whose head is %d×%d",
                replacement.classes(),
                replacement.features(),
                file,
                head.classes(),
                head.features());
        int hashEnd = ModelHeader.BEGINNING.length() + ModelHeader.NO_HASH.length();
        String rest = header.substring(hashEnd);
        MessageDigest digest = DigestUtils.getSha256Digest();
        try {
            OutputStream hashed = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
            write(ModelHeader.BEGINNING + ModelHeader.NO_HASH + rest, replacement, hashed);
            write(ModelHeader.BEGINNING + HexFormat.of().formatHex(digest.digest()) + rest, replacement, out);
        } catch (IOException e) {
            throw new DataException(file + " can't be written with another head (" + Reason.of(e) + ")", e);
        }
    }

    private void write(String text, Head replacement, OutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bytes.length)
                .array());
        out.write(bytes);
        long start = Long.BYTES + (long) bytes.length;
        long body = Files.size(file) - start - Float.BYTES * (long) head.classes() * (head.features() + 1);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.skipNBytes(start);
            byte[] piece = new byte[1 << 16];
            DataInputStream data = new DataInputStream(in);
            for (long left = body; left > 0; left -= piece.length) {
                int count = (int) Math.min(left, piece.length);
                data.readFully(piece, 0, count);
                out.write(piece, 0, count);
            }
        }
        ByteBuffer numbers = ByteBuffer.allocate(Float.BYTES * head.classes() * (head.features() + 1))
                .order(ByteOrder.LITTLE_ENDIAN);
        numbers.asFloatBuffer().put(replacement.weight()).put(replacement.bias());
        out.write(numbers.array());
    }

    @Override
    public String toString() {
        return head + " of " + file.getFileName();
    }
}
