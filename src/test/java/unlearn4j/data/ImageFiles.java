package unlearn4j.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Writes files of images and of arrays, right ones and wrong ones. */
public final class ImageFiles {
    private ImageFiles() {}

    /** Returns an image file of one colour. */
    static byte[] image(String format, int type, int height, int width, int... pixel) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int i = 0; i < height * width; i++) {
            image.getRaster().setPixel(i % width, i / width, pixel);
        }
        return encoded(format, image);
    }

    static byte[] encoded(String format, BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("Java writes no " + format + " of that kind");
        }
        return out.toByteArray();
    }

    /** Returns a JPEG of noise, which takes many bytes. */
    static byte[] noise(int side) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < side * side; i++) {
            image.setRGB(i % side, i / side, random.nextInt(1 << 24));
        }
        return encoded("jpg", image);
    }

    /** Returns a grey PNG of 4×4. */
    static byte[] grey(int value) throws IOException {
        return image("png", BufferedImage.TYPE_BYTE_GRAY, 4, 4, value);
    }

    static byte[] colour(int red, int green, int blue) throws IOException {
        return image("png", BufferedImage.TYPE_INT_RGB, 4, 4, red, green, blue);
    }

    /** Writes a file, and the folders above it. */
    public static void put(Path folder, String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    /** Writes images: a cat is dark, a dog is light, as many of each. */
    public static Path classes(Path folder, int each) throws IOException {
        for (int i = 0; i < each; i++) {
            put(folder, "cat/" + i + ".png", grey(i));
            put(folder, "dog/" + i + ".png", grey(200 + i));
        }
        return folder;
    }

    /** Returns a chunk of a PNG file. */
    static byte[] chunk(String type, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(StandardCharsets.US_ASCII));
        crc.update(content);
        return ByteBuffer.allocate(content.length + 12)
                .putInt(content.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .putInt((int) crc.getValue())
                .array();
    }

    /** Returns a PNG whose header states a size, and whose content is nothing. */
    static byte[] pngThatStates(int width, int height) throws IOException {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(grey(0), 0, 8);
        out.write(chunk("IHDR", header));
        out.write(chunk("IDAT", deflated(new byte[100])));
        out.write(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] out = new byte[bytes.length + 100];
        int length = deflater.deflate(out);
        deflater.end();
        return java.util.Arrays.copyOf(out, length);
    }

    /** Returns an {@code .npy} file of version 1 with that header and content. */
    static byte[] npy(String header, byte[] content) {
        byte[] words = (header + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(10 + words.length + content.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) words.length)
                .put(words)
                .put(content)
                .array();
    }

    public static byte[] npy(String type, String shape, byte[] content) {
        return npy("{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }", content);
    }

    /** Writes an {@code .npz} file of those arrays. */
    static Path npz(Path file, Map<String, byte[]> arrays) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                zip.write(array.getValue());
            }
        }
        return file;
    }
}
