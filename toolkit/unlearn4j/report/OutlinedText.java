package unlearn4j.report;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.DoubleStream;

/**
 * The texts of a chart. XChart fills the outlines of its letters, and so a page would have pictures of words; the fonts
 * made here remember what was laid out in them, and a filled outline is known for the text that it is.
 */
final class OutlinedText {
    /** How far the points of one outline may lie apart, in pixels: they were rounded to floats. */
    private static final double SAME = 1e-2;

    private final Map<Laid, double[]> outlines = new ConcurrentHashMap<>();

    private record Laid(String text, Font font, FontRenderContext context) {
        double[] outline() {
            return points(new TextLayout(text, font, context).getOutline(null));
        }
    }

    /** Returns a font as that one which remembers. */
    Font font(Font plain) {
        return new Remembering(plain, this);
    }

    /** Draws a shape as text where it is the outline of one, turned or not. Returns whether it is. */
    static boolean draw(Graphics2D graphics, Shape shape) {
        if (!(graphics.getFont() instanceof Remembering font)) {
            return false;
        }
        double[] points = points(shape);
        for (Map.Entry<Laid, double[]> one : font.chart.outlines.entrySet()) {
            double[] outline = one.getValue();
            if (outline.length == points.length && points.length > 0) {
                double turn = turn(outline, points);
                if (!Double.isNaN(turn)) {
                    AffineTransform before = graphics.getTransform();
                    graphics.rotate(turn);
                    graphics.setFont(one.getKey().font());
                    graphics.drawString(one.getKey().text(), 0f, 0f);
                    graphics.setFont(font);
                    graphics.setTransform(before);
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns the angle, in radians, by which points are others turned round the origin; NaN where they are not. */
    private static double turn(double[] from, double[] to) {
        int far = 0;
        for (int i = 0; i < from.length; i += 2) {
            far = Math.hypot(from[i], from[i + 1]) > Math.hypot(from[far], from[far + 1]) ? i : far;
        }
        double turn = Math.atan2(to[far + 1], to[far]) - Math.atan2(from[far + 1], from[far]);
        for (int i = 0; i < from.length; i += 2) {
            double x = from[i] * Math.cos(turn) - from[i + 1] * Math.sin(turn) - to[i];
            double y = from[i] * Math.sin(turn) + from[i + 1] * Math.cos(turn) - to[i + 1];
            if (Math.hypot(x, y) > SAME) {
                return Double.NaN;
            }
        }
        return turn;
    }

    private static double[] points(Shape shape) {
        DoubleStream.Builder points = DoubleStream.builder();
        double[] segment = new double[6];
        for (PathIterator path = shape.getPathIterator(null); !path.isDone(); path.next()) {
            int numbers =
                    switch (path.currentSegment(segment)) {
                        case PathIterator.SEG_CLOSE -> 0;
                        case PathIterator.SEG_QUADTO -> 4;
                        case PathIterator.SEG_CUBICTO -> 6;
                        default -> 2;
                    };
            for (int i = 0; i < numbers; i++) {
                points.add(segment[i]);
            }
        }
        return points.build().toArray();
    }

    /** Java's layout of a text asks its font for the metrics of the line: there the text is seen. */
    private static final class Remembering extends Font {
        private static final long serialVersionUID = 1;

        private final transient OutlinedText chart;
        private final Font plain;

        Remembering(Font plain, OutlinedText chart) {
            super(plain);
            this.chart = chart;
            this.plain = plain;
        }

        @Override
        public Font deriveFont(float size) {
            return new Remembering(plain.deriveFont(size), chart);
        }

        @Override
        public LineMetrics getLineMetrics(char[] chars, int from, int to, FontRenderContext context) {
            chart.outlines.computeIfAbsent(new Laid(new String(chars, from, to - from), plain, context), Laid::outline);
            return super.getLineMetrics(chars, from, to, context);
        }
    }
}
