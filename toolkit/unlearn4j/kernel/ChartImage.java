package unlearn4j.kernel;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;

/** A chart as an image for a cell. */
final class ChartImage {
    /** Image pixels for each of the chart's: crisp on a dense screen too. */
    private static final int DENSITY = 2;

    private ChartImage() {
    }

    /** Returns a PNG of twice the chart's width and height; a cell shows it at the chart's own size. */
    static byte[] png(Chart<?, ?> chart) {
        BufferedImage image = new BufferedImage(
                DENSITY * chart.getWidth(), DENSITY * chart.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(DENSITY, DENSITY);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return png.toByteArray();
    }
}
