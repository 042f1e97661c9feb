package unlearn4j.report;

import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import unlearn4j.audit.Interval;
import unlearn4j.experiment.Tables;

/**
 * The mean of some of a table's numbers, and its 95 % interval: over the seeds, where the table has a column {@code seed}
 * and there are several; of a column {@code mean} what stands in {@code from} and {@code to} beside it.
 *
 * @param low where the interval begins; NaN, as its end is, where there is none
 */
record Mean(double value, double low, double high) {
    static final Mean NONE = new Mean(Double.NaN, Double.NaN, Double.NaN);

    /**
     * Returns the means by names and places.
     *
     * @param values the column of numbers; missing ones are passed over
     * @param by the column of names, which come in the table's order
     * @param place the place of a row
     * @param places the column that it is read from
     */
    static <K> Map<String, SortedMap<K, Mean>> of(
            Table table, String values, String by, IntFunction<K> place, String places) {
        Stream.of(values, by, places).forEach(column -> Tables.has(table, column));
        boolean seeds = table.columnNames().contains("seed");
        Map<String, SortedMap<K, Cell>> cells = new LinkedHashMap<>();
        for (int row = 0; row < table.rowCount(); row++) {
            double value = table.numberColumn(values).getDouble(row);
            if (!Double.isNaN(value)) {
                Cell cell = cells.computeIfAbsent(Figures.name(table.column(by), row), line -> new TreeMap<>())
                        .computeIfAbsent(place.apply(row), at -> new Cell());
                cell.add(row, value, seeds ? table.column("seed").getString(row) : "");
            }
        }
        Map<String, SortedMap<K, Mean>> means = new LinkedHashMap<>();
        cells.forEach((line, points) -> {
            SortedMap<K, Mean> averages = new TreeMap<>();
            points.forEach((at, cell) -> averages.put(at, cell.mean(table, values)));
            means.put(line, averages);
        });
        return means;
    }

    private static final class Cell {
        private final DoubleSummaryStatistics all = new DoubleSummaryStatistics();
        private final Map<String, DoubleSummaryStatistics> seeds = new LinkedHashMap<>();
        private int row;

        void add(int at, double value, String seed) {
            row = at;
            all.accept(value);
            seeds.computeIfAbsent(seed, any -> new DoubleSummaryStatistics()).accept(value);
        }

        Mean mean(Table table, String values) {
            if (all.getCount() == 1
                    && values.equals("mean")
                    && table.columnNames().contains("from")
                    && table.columnNames().contains("to")) {
                return new Mean(all.getAverage(), number(table.column("from")), number(table.column("to")));
            }
            Interval interval = Interval.mean(seeds.values().stream()
                    .mapToDouble(DoubleSummaryStatistics::getAverage)
                    .toArray());
            return new Mean(all.getAverage(), interval.low(), interval.high());
        }

        private double number(Column<?> column) {
            return column.isMissing(row) ? Double.NaN : Double.parseDouble(column.getString(row));
        }
    }
}
