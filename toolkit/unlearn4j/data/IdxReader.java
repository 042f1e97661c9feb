package unlearn4j.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Reads the IDX format of MNIST and its kin: a magic number, the sizes as big-endian integers, then bytes. The counts
 * are those the file states.
 */
final class IdxReader {
    private static final int IMAGES = 0x803;
    private static final int LABELS = 0x801;

    private IdxReader() {}

    /**
     * Images as read.
     *
     * @param shape an image's shape, of one channel
     * @param pixels the images one after another
     */
    record Pixels(ImageShape shape, byte[] pixels) {}

    /**
     * Reads images.
     *
     * @param file the file's name, for messages
     * @param gzip the file's bytes; closed afterwards
     * @throws DataException if they are not IDX images, or end too soon
     */
    static Pixels images(String file, InputStream gzip) {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(gzip, 1 << 16))) {
            magic(file, in, IMAGES);
            int count = size(file, in);
            int height = size(file, in);
            int width = size(file, in);
            byte[] pixels = bytes(file, in, (double) count * height * width);
            return new Pixels(new ImageShape(1, height, width), pixels);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Reads labels, as {@link #images} reads images. */
    static int[] labels(String file, InputStream gzip) {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(gzip, 1 << 16))) {
            magic(file, in, LABELS);
            byte[] bytes = bytes(file, in, size(file, in));
            int[] labels = new int[bytes.length];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = bytes[i] & 0xff;
            }
            return labels;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static void magic(String file, DataInputStream in, int expected) throws IOException {
        int magic = in.readInt();
        if (magic != expected) {
            throw new DataException(String.format(
                    "%s begins with 0x%x where IDX %s begin with 0x%x: delete it and fetch " + "it again",
                    file, magic, expected == IMAGES ? "images" : "labels", expected));
        }
    }

    private static int size(String file, DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size < 1) {
            throw new DataException(
                    file + " states a size of " + size + ", it must be 1 or more: delete it and fetch it " + "again");
        }
        return size;
    }

    /** Reads the bytes stated; their count is a double because three sizes multiplied may not fit a long. */
    private static byte[] bytes(String file, DataInputStream in, double stated) throws IOException {
        if (stated > Integer.MAX_VALUE - 8) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s states %.0f bytes, more than an array can hold: " + "delete it and fetch it again",
                    file,
                    stated));
        }
        int count = (int) stated;
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("ends after " + bytes.length + " of " + count + " bytes");
        }
        if (in.read() >= 0) {
            throw new DataException(
                    file + " goes on after the " + count + " bytes it states: delete it and fetch it again");
        }
        return bytes;
    }

    private static DataException unreadable(String file, IOException e) {
        // Too short for its sizes, a file ends with an exception that says nothing.
        String why = e.getMessage() == null ? "it ends within its sizes" : e.getMessage();
        return new DataException(file + " cannot be read (" + why + "): delete it and fetch it again", e);
    }
}
