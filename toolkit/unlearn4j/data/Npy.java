package unlearn4j.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An array of numbers as NumPy writes it, format versions 1 to 3. What is no plain array, Python objects and records, is
 * refused and never unpickled; sizes are checked against the file's before memory is taken.
 *
 * @param kind {@code u}, {@code i} or {@code f}: unsigned and signed whole numbers, floating point
 * @param bytes bytes a number
 * @param shape its sizes, the outermost first
 * @param data its numbers, one after another, in their order of bytes
 */
record Npy(char kind, int bytes, int[] shape, ByteBuffer data) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int PICKLE = 0x80;
    private static final int LONGEST_HEADER = 1 << 16;
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([<>|=])([uif])([1248])'");
    private static final Pattern OBJECTS = Pattern.compile("'descr'\\s*:\\s*'\\|?O");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d\\s,]{0,200})\\)");

    /**
     * Reads an array.
     *
     * @param in a file's bytes, from its first
     * @param size how many there are
     * @throws IOException if it is none, with what is wrong in a few words
     */
    static Npy read(InputStream in, long size) throws IOException {
        byte[] start = in.readNBytes(8);
        if (start.length > 0 && (start[0] & 0xff) == PICKLE) {
            throw new IOException("it is a pickle, which is a program and is never run: save it by np.savez");
        }
        if (start.length < 8 || !Arrays.equals(MAGIC, Arrays.copyOf(start, MAGIC.length))) {
            throw new IOException("it does not begin as NumPy's arrays do");
        }
        if (start[6] < 1 || start[6] > 3) {
            throw new IOException("it is of format version " + start[6] + ", versions 1 to 3 are read");
        }
        int wide = start[6] == 1 ? 2 : 4;
        byte[] length = Arrays.copyOf(exactly(in, wide), 4);
        int header = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (header < 0 || header > LONGEST_HEADER) {
            throw new IOException("its header states a length of " + Integer.toUnsignedString(header));
        }
        String words = new String(exactly(in, header), StandardCharsets.UTF_8);
        return array(words, in, size - 8 - wide - header);
    }

    private static Npy array(String header, InputStream in, long left) throws IOException {
        if (OBJECTS.matcher(header).find()) {
            throw new IOException(
                    "it holds Python objects, which are pickled and never read: save numbers, .astype(np.uint8)");
        }
        Matcher descr = found(DESCR, header, "it holds neither whole numbers nor floating point of 1 to 8 bytes");
        Matcher fortran = found(FORTRAN, header, "its header does not say fortran_order");
        Matcher stated = found(SHAPE, header, "its header has no shape");
        int[] shape = shape(stated.group(1));
        if (fortran.group(1).equals("True") && shape.length > 1) {
            throw new IOException("it lies in Fortran's order: save np.ascontiguousarray(x)");
        }
        int bytes = Integer.parseInt(descr.group(3));
        double all = bytes;
        for (int size : shape) {
            all *= size;
        }
        if (all != left) {
            throw new IOException(String.format(
                    java.util.Locale.ROOT,
                    "it has %d bytes of numbers where its shape %s takes %.0f",
                    left,
                    by(shape),
                    all));
        }
        if (all > Integer.MAX_VALUE - 8) {
            throw new IOException("it has more than 2 GB: take it apart");
        }
        ByteOrder order = descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer data = ByteBuffer.wrap(exactly(in, (int) left)).order(order);
        return new Npy(descr.group(2).charAt(0), bytes, shape, data);
    }

    private static Matcher found(Pattern pattern, String header, String otherwise) throws IOException {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new IOException(otherwise);
        }
        return matcher;
    }

    private static int[] shape(String words) throws IOException {
        try {
            return Arrays.stream(words.split(","))
                    .map(String::strip)
                    .filter(word -> !word.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new IOException("its shape (" + words + ") is no shape", e);
        }
    }

    private static byte[] exactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new IOException("it ends before its time");
        }
        return bytes;
    }

    /** Returns a whole number, by its place among all; one above Java's largest comes out negative. */
    long whole(int at) {
        int place = at * bytes;
        boolean signed = kind == 'i';
        return switch (bytes) {
            case 1 -> signed ? data.get(place) : data.get(place) & 0xffL;
            case 2 -> signed ? data.getShort(place) : data.getShort(place) & 0xffffL;
            case 4 -> signed ? data.getInt(place) : data.getInt(place) & 0xffffffffL;
            default -> data.getLong(place);
        };
    }

    /** Returns a number of floating point of 4 or 8 bytes, by its place among all. */
    double real(int at) {
        return bytes == 4 ? data.getFloat(at * 4) : data.getDouble(at * 8);
    }

    private static String by(int[] shape) {
        return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining("×", "(", ")"));
    }

    @Override
    public String toString() {
        return (kind == 'f' ? "float" : kind == 'u' ? "uint" : "int") + 8 * bytes + by(shape);
    }
}
