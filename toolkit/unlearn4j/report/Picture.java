package unlearn4j.report;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** What can paint itself, and so becomes a PNG or an SVG. Needs no display. */
public interface Picture {
    /** The size, in CSS pixels, above which an image has one pixel for each of them, not four. */
    int LARGE = 8_000_000;

    /** Returns the width that the picture is shown with, in CSS pixels. */
    int width();

    /** Returns the height that the picture is shown with, in CSS pixels. */
    int height();

    /** Paints the picture onto the rectangle from (0, 0) to ({@link #width}, {@link #height}). */
    void paint(Graphics2D graphics);

    /**
     * Returns the picture on white, with two pixels along each side for each CSS pixel, so that it is crisp in print
     * and on a fine screen; with one where the picture is larger than {@value #LARGE} CSS pixels.
     */
    default BufferedImage image() {
        int pixels = (long) width() * height() > LARGE ? 1 : 2;
        BufferedImage image = new BufferedImage(pixels * width(), pixels * height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.scale(pixels, pixels);
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
            paint(graphics);
        } finally {
            graphics.dispose();
        }
        return image;
    }

    /** Returns {@link #image} as the bytes of a PNG file. */
    default byte[] png() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // The stream of its own keeps ImageIO from going through a temporary file.
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image(), "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Returns the picture as an {@code <svg>} element, which is an SVG file and can as well stand within a page.
     */
    default String svg() {
        VectorGraphics2D graphics = new VectorGraphics2D();
        paint(graphics);
        PageSize size = new PageSize(0, 0, width(), height());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            new SVGProcessor().getDocument(graphics.getCommands(), size).writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String document = bytes.toString(StandardCharsets.UTF_8);
        // The library writes a document type, which no page can hold; leaves 12 px out, which is not a browser's
        // default; and names one font, which not every machine has.
        String element = "<svg font-size=\"12px\" " + document.substring(document.indexOf("<svg") + 5);
        return Svg.FONT.matcher(element).replaceAll("$0,Verdana,sans-serif");
    }

    /** Keeps the pattern from being made for each picture. */
    final class Svg {
        private static final Pattern FONT = Pattern.compile("font-family:(&quot;.*?&quot;|[\\w ]+)");

        private Svg() {}
    }
}
