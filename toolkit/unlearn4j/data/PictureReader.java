package unlearn4j.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads PNG and JPEG, told apart by how they begin, not by their names. Samples are taken as they are stored: no colour
 * profile and no EXIF orientation is applied. A message says what is wrong in a few words, without the file's name.
 */
final class PictureReader {
    /** A picture of 45 million pixels in colour. */
    private static final long LARGEST = 1L << 27;

    private static final String CMYK = "it is CMYK or the like, save it as RGB";
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

    private PictureReader() {}

    /** Returns the picture in a file's bytes, of 1 or 3 channels; of a larger one than fits says so before unpacking it. */
    static Picture read(byte[] file) throws IOException {
        if (begins(file, PNG)) {
            PngChunks png = PngChunks.of(file);
            checkSize(png.width(), png.height());
            if (png.depth() > 8) {
                throw new IOException("it has " + png.depth() + " bits a sample, save it with 8");
            }
            BufferedImage image = decoded("png", png.pixels());
            return picture(image, png.colour() == 0 || png.colour() == 4 ? 1 : 3);
        }
        if (begins(file, JPEG)) {
            BufferedImage image = decoded("jpeg", file);
            int bands = image.getRaster().getNumBands();
            if (bands != 1 && bands != 3) {
                throw new IOException(CMYK);
            }
            return picture(image, bands);
        }
        throw new IOException(file.length == 0 ? "it is empty" : "it is neither PNG nor JPEG");
    }

    private static boolean begins(byte[] file, byte[] how) {
        return file.length >= how.length && Arrays.equals(file, 0, how.length, how, 0, how.length);
    }

    private static void checkSize(int width, int height) throws IOException {
        if (width < 1 || height < 1 || 3L * width * height > LARGEST) {
            throw new IOException(
                    "it states " + Integer.toUnsignedString(width) + "×" + Integer.toUnsignedString(height)
                            + " pixels, at most " + LARGEST / 3_000_000 + " million are read");
        }
    }

    private static BufferedImage decoded(String format, byte[] file) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
        boolean[] cutOff = new boolean[1];
        // Of a JPEG that ends too soon Java makes the rest up in grey, with a warning.
        IIOReadWarningListener warned = (from, warning) -> cutOff[0] |= warning.matches("(?i).*(premature|corrupt).*");
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            reader.addIIOReadWarningListener(warned);
            checkSize(reader.getWidth(0), reader.getHeight(0));
            BufferedImage image = reader.read(0);
            if (cutOff[0]) {
                throw new IOException("it ends before its time");
            }
            return image;
        } catch (RuntimeException e) {
            throw new IOException("it is damaged", e);
        } catch (javax.imageio.IIOException e) {
            throw new IOException("Unsupported Image Type".equals(e.getMessage()) ? CMYK : "it is damaged", e);
        } finally {
            reader.dispose();
        }
    }

    private static Picture picture(BufferedImage image, int channels) throws IOException {
        Raster raster = image.getRaster();
        ColorModel model = image.getColorModel();
        boolean alpha = !(model instanceof IndexColorModel) && model.hasAlpha();
        int bands = raster.getNumBands();
        boolean plain = model instanceof IndexColorModel || bands - (alpha ? 1 : 0) == channels;
        if (!plain || model.getComponentSize(0) > 8) {
            throw new IOException("it is of a kind that is not read, save it as grey or RGB with 8 bits");
        }
        int plane = raster.getWidth() * raster.getHeight();
        byte[] pixels = new byte[channels * plane];
        int[] row = new int[bands * raster.getWidth()];
        for (int y = 0, at = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, raster.getWidth(), 1, row);
            for (int x = 0; x < raster.getWidth(); x++, at++) {
                int opaque = alpha ? row[x * bands + bands - 1] : 255;
                for (int channel = 0; channel < channels; channel++) {
                    int sample = row[x * bands + (model instanceof IndexColorModel ? 0 : channel)];
                    if (model instanceof IndexColorModel palette) {
                        opaque = palette.getAlpha(sample);
                        sample = palette.getRGB(sample) >> 16 - 8 * channel;
                    } else {
                        sample = sample * 255 / ((1 << model.getComponentSize(channel)) - 1);
                    }
                    pixels[channel * plane + at] = (byte) sample;
                }
                if (opaque != 255) {
                    throw new IOException("it has transparent pixels, save it without transparency");
                }
            }
        }
        return new Picture(channels, raster.getHeight(), raster.getWidth(), pixels);
    }
}
