package unlearn4j.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import unlearn4j.core.Check;

/** What can paint itself, and so becomes a PNG, an SVG or a PDF. Needs no display. */
public interface Picture {
    /** The size, in CSS pixels, above which an image has one pixel for each of them, not four. */
    int LARGE = 8_000_000;
    /** The size, in CSS pixels, above which there is no image: it would take 400 MB. */
    int LARGEST = 100_000_000;

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
        Check.that(
                (long) width() * height() <= LARGEST,
                "a picture of %d × %d pixels is more than an image can hold: write it as SVG or PDF",
                width(),
                height());
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

    /** Returns the picture with a line of small words below it: at which scale it was made, say. */
    default Picture stamped(String words) {
        return new Stamped(this, Check.given("words", words));
    }

    /**
     * Returns {@link #image} as the bytes of a PNG file.
     *
     * @throws unlearn4j.train.Interrupted if the thread is interrupted
     */
    default byte[] png() {
        return Drawing.apart(() -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            // The stream of its own keeps ImageIO from going through a temporary file.
            try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
                ImageIO.write(image(), "png", out);
            }
            return bytes.toByteArray();
        });
    }

    /**
     * Returns the picture as an {@code <svg>} element, which is an SVG file and can as well stand within a page. Its text
     * is text, a chart's too; a character that XML can't hold is shown as �.
     *
     * @throws unlearn4j.train.Interrupted if the thread is interrupted
     */
    default String svg() {
        return Drawing.apart(() -> Svg.of(this));
    }

    /**
     * Returns the picture as the bytes of a PDF file: one page of its size, 3/4 of a point for each CSS pixel, its text as
     * text in an embedded font. The same picture gives the same bytes.
     *
     * @throws unlearn4j.train.Interrupted if the thread is interrupted
     */
    default byte[] pdf() {
        return Drawing.apart(() -> Pdf.of(this));
    }
}
