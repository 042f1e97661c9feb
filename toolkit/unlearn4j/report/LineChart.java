package unlearn4j.report;

import java.util.List;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import unlearn4j.core.Check;

/** A chart of lines that knows their intervals. */
final class LineChart extends XYChart implements Intervals {
    private final List<Curve> curves;

    LineChart(XYChartBuilder builder, List<Curve> curves) {
        super(builder);
        this.curves = List.copyOf(curves);
    }

    @Override
    public double[] low(String series) {
        return ends(series, Curve::low);
    }

    @Override
    public double[] high(String series) {
        return ends(series, Curve::high);
    }

    private double[] ends(String series, Function<Curve, double[]> ends) {
        Check.given("series", series);
        return curves.stream()
                .filter(one -> one.name().equals(series))
                .findFirst()
                .map(ends)
                .orElse(new double[0]);
    }
}
