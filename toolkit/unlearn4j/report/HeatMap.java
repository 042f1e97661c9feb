package unlearn4j.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import unlearn4j.core.Check;

/** A number for each of two settings, as a colour: the darker, the larger. */
final class HeatMap {
    private static final int MOST_COLUMNS_WITH_VALUES = 12;

    private HeatMap() {}

    /**
     * Draws numbers in colours.
     *
     * @param values for each row, from top to bottom, a finite number for each column
     * @param least the number of the lightest colour
     * @param most the number of the darkest
     * @param pattern how the numbers are written
     */
    static HeatMapChart of(
            String title,
            String xAxis,
            String yAxis,
            List<String> rows,
            List<String> columns,
            double[][] values,
            double least,
            double most,
            String pattern) {
        Check.notEmpty("rows", rows);
        Check.notEmpty("columns", columns);
        Charts.distinct("row", rows);
        Charts.distinct("column", columns);
        Check.that(
                values.length == rows.size(),
                "there are numbers for %d rows, and names for %d",
                values.length,
                rows.size());
        List<Number[]> cells = new ArrayList<>();
        for (int row = 0; row < values.length; row++) {
            Check.that(
                    values[row] != null && values[row].length == columns.size(),
                    "row %s has %s numbers for %d columns: give one for each",
                    rows.get(row),
                    values[row] == null ? "no" : values[row].length,
                    columns.size());
            for (int column = 0; column < columns.size(); column++) {
                Check.that(
                        Double.isFinite(values[row][column]),
                        "row %s, column %s: %s must be a finite number",
                        rows.get(row),
                        columns.get(column),
                        values[row][column]);
                // XChart's first row is the lowest.
                cells.add(new Number[] {column, values.length - 1 - row, values[row][column]});
            }
        }
        int height = Math.max(Charts.HEIGHT, 130 + 22 * rows.size());
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(Charts.WIDTH)
                .height(height)
                .title(Check.given("title", title))
                .xAxisTitle(Check.given("xAxis", xAxis))
                .yAxisTitle(Check.given("yAxis", yAxis))
                .build();
        boolean written = columns.size() <= MOST_COLUMNS_WITH_VALUES;
        Charts.style(chart.getStyler(), written ? 1 : 2);
        List<String> across = ShortName.ofAxis(columns);
        List<String> down = ShortName.ofAxis(rows);
        ShortName.turn(chart.getStyler(), across, Charts.WIDTH - ShortName.room(List.of()));
        chart.getStyler().setPlotGridLinesVisible(false);
        // Where the numbers stand on the colours, these stay light enough for black letters.
        chart.getStyler().setRangeColors(new Color[] {new Color(0xF7F7F7), new Color(written ? 0x4A98C9 : 0x08306B)});
        chart.getStyler().setMin(least);
        chart.getStyler().setMax(most);
        chart.getStyler().setShowValue(written);
        chart.getStyler().setValueFont(chart.getStyler().getLegendFont().deriveFont(12f));
        chart.getStyler().setHeatMapValueDecimalPattern(pattern);
        chart.getStyler().setDecimalPattern(pattern);
        List<String> upwards = IntStream.range(0, rows.size())
                .mapToObj(i -> down.get(rows.size() - 1 - i))
                .toList();
        chart.addSeries("values", across, upwards, cells);
        return chart;
    }

    /** Writes a word into a cell, under its number. */
    static void mark(HeatMapChart chart, String row, String column, String word) {
        List<?> rows = chart.getHeatMapSeries().getYData();
        List<?> columns = chart.getHeatMapSeries().getXData();
        int at = place(rows, Check.given("row", row));
        int across = place(columns, Check.given("column", column));
        Check.that(at >= 0, "there is no row %s, there are %s", row, rows);
        Check.that(across >= 0, "there is no column %s, there are %s", column, columns);
        chart.addAnnotation(new CellWord(chart, word, across, at));
    }

    private static int place(List<?> names, String name) {
        return Math.max(
                names.indexOf(name),
                names.indexOf(ShortName.ofAxis(List.of(name)).get(0)));
    }

    /** A word in a heat map's cell, below its number; XChart's axes know no places of their cells. */
    private static final class CellWord extends AnnotationText {
        private final HeatMapChart map;

        CellWord(HeatMapChart map, String word, int column, int row) {
            super(word, column, row, false);
            this.map = map;
        }

        private int place(int from, int to, double cell, int cells) {
            double share = 0.5 + map.getStyler().getPlotContentSize() * ((cell + 0.5) / cells - 0.5);
            return (int) Math.round(from + (to - from) * share);
        }

        @Override
        protected int getXAxisScreenValue(double column) {
            return place(
                    getXAxisScreenValueForMin(),
                    getXAxisScreenValueForMax(),
                    column,
                    map.getHeatMapSeries().getXData().size());
        }

        @Override
        protected int getYAxisScreenValue(double row) {
            return 12
                    + place(
                            getYAxisScreenValueForMax(),
                            getYAxisScreenValueForMin(),
                            row,
                            map.getHeatMapSeries().getYData().size());
        }
    }
}
