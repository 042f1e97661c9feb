package unlearn4j.report;

import java.util.List;
import java.util.function.Function;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import unlearn4j.core.Check;

/** A chart of bars that knows their intervals. */
final class BarChart extends CategoryChart implements Intervals {
    private final List<Bars> bars;

    BarChart(CategoryChartBuilder builder, List<Bars> bars) {
        super(builder);
        this.bars = List.copyOf(bars);
    }

    @Override
    public double[] low(String series) {
        return ends(series, Bars::low);
    }

    @Override
    public double[] high(String series) {
        return ends(series, Bars::high);
    }

    private double[] ends(String series, Function<Bars, double[]> ends) {
        Check.given("series", series);
        return bars.stream()
                .filter(one -> one.name().equals(series))
                .findFirst()
                .map(ends)
                .orElse(new double[0]);
    }
}
