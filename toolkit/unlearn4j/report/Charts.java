package unlearn4j.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import unlearn4j.core.Check;

/**
 * The charts of the notebooks, in one style: on white, 760 × 380 CSS pixels, in colours that a colour-blind reader and
 * a grey print keep apart. A chart is an XChart chart: what is not right for a case can be changed on its styler.
 *
 * <p>An axis whose title holds a per cent sign goes from 0 to 100 where its values do; intervals are cut there.
 */
public final class Charts {
    /** A chart's width, in CSS pixels. */
    public static final int WIDTH = 760;
    /** A chart's height, in CSS pixels. */
    public static final int HEIGHT = 380;

    /**
     * The colours, in the order of their use: the first six, all but black and purple, from Okabe and Ito, "Color Universal
     * Design", 2008, and so chosen that the lightness L* of any two differs by 11 or more; of all ten, by 6. From the sixth
     * on some are too light for a line.
     */
    static final List<Color> COLOURS = List.of(
            new Color(0x0072B2),
            new Color(0xE69F00),
            new Color(0x222222),
            new Color(0x009E73),
            new Color(0x6A2C70),
            new Color(0xF0E442),
            new Color(0x9AD0F0),
            new Color(0x8F4A22),
            new Color(0xD981A8),
            new Color(0x003D3A));

    static final Color TEXT = new Color(0x222222);
    static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

    private static final int LINE_COLOURS = 5;
    private static final List<Marker> MARKERS = List.of(
            SeriesMarkers.CIRCLE,
            SeriesMarkers.SQUARE,
            SeriesMarkers.TRIANGLE_UP,
            SeriesMarkers.DIAMOND,
            SeriesMarkers.TRIANGLE_DOWN);
    private static final int MOST_CURVES = LINE_COLOURS * MARKERS.size();
    private static final int MOST_MARKERS = 25;
    private static final int MOST_BARS_WITH_DECIMALS = 10;
    private static final int MOST_BARS_WITH_VALUES = 16;
    private static final double BARS_SHARE = 0.8;
    private static final String WHISKERS = " (whiskers: 95 % interval)";

    private Charts() {}

    /**
     * Returns a line chart: training curves, an accuracy over rounds. Each curve has a colour and a marker of its own;
     * a long curve has its marker at a few of its points.
     *
     * @param curves 1 to 25 curves; their names differ
     */
    public static XYChart lines(String title, String xAxis, String yAxis, List<Curve> curves) {
        Check.notEmpty("curves", curves);
        Check.that(
                curves.size() <= MOST_CURVES,
                "%d curves are more than a reader can tell apart: give %d or fewer",
                curves.size(),
                MOST_CURVES);
        distinct("curve", curves.stream().map(Curve::name).toList());
        XYChart chart = new LineChart(
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(Check.given("title", title))
                        .xAxisTitle(Check.given("xAxis", xAxis)
                                + (curves.stream().anyMatch(curve -> Bounds.any(curve.low())) ? WHISKERS : ""))
                        .yAxisTitle(Check.given("yAxis", yAxis)),
                curves);
        style(chart.getStyler(), curves.size());
        percent(chart.getStyler(), yAxis, curves.stream().map(Curve::y).toList());
        Whisker.room(
                chart.getStyler(),
                curves.stream().map(Curve::y),
                curves.stream().flatMap(curve -> Stream.of(curve.low(), curve.high())));
        DoubleSummaryStatistics places = curves.stream()
                .flatMapToDouble(curve -> Arrays.stream(curve.x()))
                .summaryStatistics();
        if (places.getMin() == 1 && places.getMax() > MOST_MARKERS) {
            // XChart would count 1, 11, 21.
            chart.getStyler().setXAxisMin(0.0);
        }
        List<String> legend =
                ShortName.ofLegend(curves.stream().map(Curve::name).toList());
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            XYSeries line = chart.addSeries(curve.name(), curve.x(), curve.y());
            XYSeries marked = line;
            if (curve.x().length > MOST_MARKERS) {
                Curve few = some(curve, i);
                marked = chart.addSeries(curve.name() + " ", few.x(), few.y());
                marked.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
                line.setMarker(SeriesMarkers.NONE);
                line.setShowInLegend(false);
            }
            marked.setLabel(legend.get(i));
            line.setLineColor(COLOURS.get(i % LINE_COLOURS));
            line.setLineStyle(new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
            marked.setMarkerColor(COLOURS.get(i % LINE_COLOURS));
            marked.setMarker(MARKERS.get((i + i / LINE_COLOURS) % MARKERS.size()));
            for (int point = 0; point < curve.x().length; point++) {
                Whisker.add(
                        chart,
                        curve.x()[point],
                        5 * (i - (curves.size() - 1) / 2.0),
                        curve.low()[point],
                        curve.high()[point],
                        line.getLineColor());
            }
        }
        if (curves.stream().anyMatch(curve -> curve.x().length > MOST_MARKERS)) {
            roundTicks(chart, curves.get(0));
        }
        return chart;
    }

    /** XChart numbers places at equal distances by counting, 71, 142, 213, and close; one that is aside has it take round ones. */
    private static void roundTicks(XYChart chart, Curve curve) {
        double aside = curve.x()[0] + (curve.x()[curve.x().length - 1] - curve.x()[0]) / Math.PI;
        chart.addSeries(" ", new double[] {aside}, new double[] {curve.y()[0]})
                .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
                .setMarker(SeriesMarkers.NONE)
                .setShowInLegend(false);
    }

    /**
     * Returns a chart of points, and a line on which both of a point's values are the same: published and measured numbers.
     *
     * @param groups 1 to 25 groups of points; their names differ
     */
    public static XYChart points(String title, String xAxis, String yAxis, List<Curve> groups) {
        XYChart chart = lines(title, xAxis, yAxis, groups);
        percent(chart.getStyler(), yAxis, groups.stream().map(Curve::y).toList());
        for (Curve group : groups) {
            XYSeries points = chart.getSeriesMap().get(group.name());
            Marker marker = points.getMarker();
            String label = points.getLabel();
            if (chart.getSeriesMap().containsKey(group.name() + " ")) {
                XYSeries few = chart.removeSeries(group.name() + " ");
                marker = few.getMarker();
                label = few.getLabel();
                points.setShowInLegend(true);
            }
            points.setLabel(label);
            points.setMarker(marker).setMarkerColor(points.getLineColor());
            points.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        }
        double[] ends = groups.stream()
                                .flatMapToDouble(group -> Arrays.stream(group.x()))
                                .summaryStatistics()
                                .getMax()
                        > 1
                ? new double[] {0, 100}
                : new double[] {0, 1};
        XYSeries same = chart.addSeries("equal", ends, ends);
        same.setMarker(SeriesMarkers.NONE);
        same.setLineColor(Color.LIGHT_GRAY);
        return chart;
    }

    /** As {@link #lines(String, String, String, List)}. */
    public static XYChart lines(String title, String xAxis, String yAxis, Curve... curves) {
        return lines(title, xAxis, yAxis, Arrays.asList(Check.given("curves", curves)));
    }

    /**
     * Returns a chart of grouped bars: an accuracy before and after, for each client. Values stand on the bars where
     * these are few. A missing value leaves a gap, and the axis says so; there each bar of height 0 has its 0 on it.
     *
     * @param categories the groups, from left to right; their names differ
     * @param bars 1 to 10 colours, each with a value for each category; their names differ
     */
    public static CategoryChart bars(
            String title, String xAxis, String yAxis, List<String> categories, List<Bars> bars) {
        Check.notEmpty("categories", categories);
        Check.notEmpty("bars", bars);
        Check.that(
                bars.size() <= COLOURS.size(),
                "%d bars in a group are more than a reader can tell apart: give %d or fewer",
                bars.size(),
                COLOURS.size());
        distinct("category", categories);
        distinct("bars", bars.stream().map(Bars::name).toList());
        for (Bars each : bars) {
            Check.that(
                    each.values().length == categories.size(),
                    "bars %s have %d values for %d categories: give one for each",
                    each.name(),
                    each.values().length,
                    categories.size());
        }
        boolean gaps = bars.stream()
                .flatMapToDouble(each -> Arrays.stream(each.values()))
                .anyMatch(Double::isNaN);
        CategoryChart chart = new BarChart(
                new CategoryChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(Check.given("title", title))
                        .xAxisTitle(Check.given("xAxis", xAxis)
                                + (gaps ? " (no bar: missing)" : "")
                                + (bars.stream().anyMatch(each -> Bounds.any(each.low())) ? WHISKERS : ""))
                        .yAxisTitle(Check.given("yAxis", yAxis)),
                bars);
        style(chart.getStyler(), bars.size());
        percent(chart.getStyler(), yAxis, bars.stream().map(Bars::values).toList());
        Whisker.room(
                chart.getStyler(),
                Stream.concat(bars.stream().map(Bars::values), Stream.of(new double[1])),
                bars.stream().flatMap(each -> Stream.of(each.low(), each.high())));
        chart.getStyler().setSeriesColors(COLOURS.toArray(Color[]::new));
        chart.getStyler().setAvailableSpaceFill(BARS_SHARE);
        chart.getStyler().setPlotContentSize(0.88);
        chart.getStyler().setPlotGridVerticalLinesVisible(false);
        List<String> names = ShortName.ofAxis(categories);
        List<String> legend = ShortName.ofLegend(bars.stream().map(Bars::name).toList());
        ShortName.turn(chart.getStyler(), names, WIDTH - ShortName.room(bars.size() > 1 ? legend : List.of()));
        for (Bars each : bars) {
            chart.addSeries(
                            each.name(),
                            names,
                            Arrays.stream(each.values())
                                    .mapToObj(value -> Double.isNaN(value) ? null : value)
                                    .toList())
                    .setLabel(legend.get(bars.indexOf(each)));
        }
        boolean few = bars.size() * categories.size() <= MOST_BARS_WITH_VALUES;
        for (int category = 0; category < categories.size(); category++) {
            for (int i = 0; i < bars.size(); i++) {
                Bars each = bars.get(i);
                double value = each.values()[category];
                double middle = category + (1 - BARS_SHARE) / 2 + BARS_SHARE * (i + 0.5) / bars.size();
                Whisker.add(chart, middle, 0, each.low()[category], each.high()[category], TEXT);
                if (few && !Double.isNaN(value) || gaps && value == 0) {
                    double end = value < 0 ? each.low()[category] : each.high()[category];
                    chart.addAnnotation(new BarValue(
                            middle,
                            value,
                            Double.isNaN(end) ? value : Whisker.within(chart.getStyler(), end),
                            bars.size() * categories.size() > MOST_BARS_WITH_DECIMALS));
                }
            }
        }
        return chart;
    }

    /** As {@link #bars(String, String, String, List, List)}. */
    public static CategoryChart bars(String title, String xAxis, String yAxis, List<String> categories, Bars... bars) {
        return bars(title, xAxis, yAxis, categories, Arrays.asList(Check.given("bars", bars)));
    }

    /**
     * Returns a chart of counts, a row for each client, say, and a column for each class: the darker, the more. The
     * counts stand in their cells where these are wide enough.
     *
     * @param rows the rows' names, from top to bottom
     * @param columns the columns' names, from left to right
     * @param counts for each row a count for each column, 0 or more
     */
    public static HeatMapChart counts(
            String title, String xAxis, String yAxis, List<String> rows, List<String> columns, int[][] counts) {
        Check.given("counts", counts);
        double[][] values = new double[counts.length][];
        int most = 1;
        for (int row = 0; row < counts.length; row++) {
            values[row] = counts[row] == null
                    ? null
                    : Arrays.stream(counts[row]).asDoubleStream().toArray();
            for (int column = 0; counts[row] != null && column < counts[row].length; column++) {
                int count = counts[row][column];
                Check.that(count >= 0, "row %d, column %d: the count (%d) must be 0 or more", row, column, count);
                most = Math.max(most, count);
            }
        }
        return HeatMap.of(title, xAxis, yAxis, rows, columns, values, 0, most, "#,##0");
    }

    /**
     * Returns a chart of numbers over two settings, an accuracy over temperature and λ, say: the darker, the larger. The
     * numbers stand in their cells where these are wide enough.
     *
     * @param rows the rows' names, from top to bottom
     * @param columns the columns' names, from left to right
     * @param values for each row a finite number for each column
     */
    public static HeatMapChart heat(
            String title, String xAxis, String yAxis, List<String> rows, List<String> columns, double[][] values) {
        Check.given("values", values);
        DoubleSummaryStatistics range = Arrays.stream(values)
                .filter(row -> row != null)
                .flatMapToDouble(Arrays::stream)
                .summaryStatistics();
        double most = range.getMax() > range.getMin() ? range.getMax() : range.getMin() + 1;
        return HeatMap.of(title, xAxis, yAxis, rows, columns, values, range.getMin(), most, "0.0");
    }

    /**
     * Writes a word into a cell of a heat map, under its number: a setting that others are compared with, say.
     *
     * @param row the row's name
     * @param column the column's name
     * @return the same chart
     */
    public static HeatMapChart mark(HeatMapChart chart, String row, String column, String word) {
        HeatMap.mark(Check.given("chart", chart), row, column, Check.given("word", word));
        return chart;
    }

    /** Returns the chart as a picture, in its own width and height. */
    public static Picture picture(Chart<?, ?> chart) {
        Check.given("chart", chart);
        return new Picture() {
            @Override
            public int width() {
                return chart.getWidth();
            }

            @Override
            public int height() {
                return chart.getHeight();
            }

            @Override
            public void paint(Graphics2D graphics) {
                chart.paint(graphics, chart.getWidth(), chart.getHeight());
            }
        };
    }

    static void style(AxesChartStyler styler, int series) {
        OutlinedText text = new OutlinedText();
        styler.setBaseFont(FONT);
        styler.setChartTitleFont(text.font(FONT.deriveFont(Font.BOLD, 15f)));
        styler.setAxisTitleFont(text.font(FONT.deriveFont(14f)));
        styler.setAxisTickLabelsFont(text.font(FONT));
        styler.setLegendFont(text.font(FONT));
        styler.setAnnotationTextFont(text.font(FONT.deriveFont(11f)));
        styler.setAnnotationTextFontColor(TEXT);
        styler.setChartFontColor(TEXT);
        styler.setAxisTickLabelsColor(TEXT);
        styler.setChartTitleBoxVisible(false);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(new Color(0xDDDDDD));
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setAxisTickMarksColor(new Color(0x888888));
        styler.setPlotMargin(0);
        styler.setChartPadding(10);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendVisible(series > 1);
        styler.setLegendPosition(Styler.LegendPosition.OutsideE);
        styler.setLegendSeriesLineLength(30);
        styler.setLocale(Locale.ROOT);
        styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
        styler.setAxisTickPadding(6);
        styler.setChartTitlePadding(10);
        styler.setMarkerSize(7);
    }

    private static void percent(AxesChartStyler styler, String yAxis, List<double[]> values) {
        boolean fits = values.stream()
                .flatMapToDouble(Arrays::stream)
                .allMatch(value -> Double.isNaN(value) || value >= 0 && value <= 100);
        if (yAxis.contains("%") && fits) {
            styler.setYAxisMin(0.0);
            styler.setYAxisMax(100.0);
        }
    }

    /** Returns at most {@value #MOST_MARKERS} of a curve's points, from another start for each curve. */
    private static Curve some(Curve curve, int number) {
        int step = (curve.x().length + MOST_MARKERS - 1) / MOST_MARKERS * 2;
        int start = number * step / MARKERS.size() % step;
        int[] points = IntStream.iterate(start, i -> i < curve.x().length, i -> i + step)
                .toArray();
        return new Curve(
                curve.name(),
                Arrays.stream(points).mapToDouble(i -> curve.x()[i]).toArray(),
                Arrays.stream(points).mapToDouble(i -> curve.y()[i]).toArray());
    }

    static void distinct(String what, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            Check.that(seen.add(name), "%s %s is given twice: give each a name of its own", what, name);
        }
    }
}
