package unlearn4j.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Stream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.internal.chartpart.Annotation;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;

/** An interval upon a chart. XChart's own bars of error are as long upwards as downwards, an interval cut at 100 % is not. */
final class Whisker extends Annotation {
    private static final int HALF = 4;

    private final double x;
    private final double low;
    private final double high;
    private final Color colour;

    private final double aside;

    private Whisker(double x, double aside, double low, double high, Color colour) {
        super(false);
        this.x = x;
        this.aside = aside;
        this.low = low;
        this.high = high;
        this.colour = colour;
    }

    /**
     * Adds one where there is an interval, as far as the axis goes.
     *
     * @param aside how far beside its place it stands, in pixels
     */
    static void add(
            Chart<? extends AxesChartStyler, ?> chart, double x, double aside, double low, double high, Color colour) {
        if (!Double.isNaN(low)) {
            chart.addAnnotation(
                    new Whisker(x, aside, within(chart.getStyler(), low), within(chart.getStyler(), high), colour));
        }
    }

    static double within(AxesChartStyler styler, double value) {
        return styler.getYAxisMax() == null
                ? value
                : Math.max(styler.getYAxisMin(), Math.min(styler.getYAxisMax(), value));
    }

    /** Makes room for whiskers where the axis' ends are not settled. */
    static void room(AxesChartStyler styler, Stream<double[]> values, Stream<double[]> whiskers) {
        List<double[]> bounds = whiskers.filter(Bounds::any).toList();
        if (styler.getYAxisMax() == null && !bounds.isEmpty()) {
            DoubleSummaryStatistics ends = Stream.concat(values, bounds.stream())
                    .flatMapToDouble(Arrays::stream)
                    .filter(value -> !Double.isNaN(value))
                    .summaryStatistics();
            styler.setYAxisMin(ends.getMin());
            styler.setYAxisMax(ends.getMax());
        }
    }

    @Override
    public void paint(Graphics2D graphics) {
        double middle = getXAxisScreenValue(x) + aside;
        int bottom = getYAxisScreenValue(low);
        int top = getYAxisScreenValue(high);
        Path2D path = new Path2D.Double(new Line2D.Double(middle, bottom, middle, top));
        path.append(new Line2D.Double(middle - HALF, bottom, middle + HALF, bottom), false);
        path.append(new Line2D.Double(middle - HALF, top, middle + HALF, top), false);
        if (chart instanceof CategoryChart) {
            // To be seen on a dark bar too.
            graphics.setColor(Color.WHITE);
            graphics.setStroke(new BasicStroke(3));
            graphics.draw(path);
        }
        graphics.setColor(colour);
        graphics.setStroke(new BasicStroke(1.5f));
        graphics.draw(path);
    }
}
