package unlearn4j.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file, checked before anything is unpacked: Java's own reader looks at no checksum, and unpacks comments
 * whatever their size.
 *
 * @param width columns of pixels, as the file states
 * @param height rows of pixels, as the file states
 * @param depth bits a sample
 * @param colour the kind of colour, 0 for grey
 * @param pixels the file without all that is not pixels: comments, profiles, times
 */
record PngChunks(int width, int height, int depth, int colour, byte[] pixels) {
    private static final int SIGNATURE = 8;
    private static final int AROUND = 12;
    private static final Set<String> OF_PIXELS = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    /** Returns the chunks of a file that begins as PNG files do. */
    static PngChunks of(byte[] file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE);
        ByteArrayOutputStream pixels = new ByteArrayOutputStream(file.length);
        pixels.write(file, 0, SIGNATURE);
        String type = "";
        while (!type.equals("IEND")) {
            int from = in.position();
            if (in.remaining() < AROUND) {
                throw new IOException("it ends before its time");
            }
            int length = in.getInt();
            if (length < 0 || length > in.remaining() - 8) {
                throw new IOException("it ends before its time");
            }
            type = new String(file, from + 4, 4, StandardCharsets.ISO_8859_1);
            CRC32 crc = new CRC32();
            crc.update(file, from + 4, length + 4);
            if ((int) crc.getValue() != in.getInt(from + 8 + length)) {
                throw new IOException("it is damaged, a checksum is wrong");
            }
            if (type.equals("IHDR") != (from == SIGNATURE) || from == SIGNATURE && length < 13) {
                throw new IOException("it has no PNG header");
            }
            if (OF_PIXELS.contains(type)) {
                pixels.write(file, from, length + AROUND);
            }
            in.position(from + length + AROUND);
        }
        int header = SIGNATURE + 8;
        return new PngChunks(
                in.getInt(header), in.getInt(header + 4), file[header + 8], file[header + 9], pixels.toByteArray());
    }
}
