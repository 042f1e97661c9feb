package unlearn4j.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.apache.commons.math3.util.Precision;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import unlearn4j.core.Check;
import unlearn4j.hdus.Capability;
import unlearn4j.hdus.Functionality;
import unlearn4j.train.Evaluation;

/** Tables as a reader wants them. */
public final class Tables {
    private Tables() {}

    /**
     * Returns what a measure is on average over seeds, and how sure that is.
     *
     * @param table a row for each seed and setting
     * @param measure the column of numbers
     * @param by the columns that name a setting; rows that agree in these are runs of one
     * @return the columns {@code by}, then runs, mean, standard deviation (of n − 1, missing for one run), and the bounds of
     *     the mean's 95 % interval (Student's t; missing for one run), a row for each setting in the order of their first
     *     rows
     */
    public static Table spread(Table table, String measure, String... by) {
        for (String column : Check.given("by", by)) {
            has(table, column);
        }
        has(table, measure);
        Map<List<String>, List<Double>> runs = new LinkedHashMap<>();
        for (int row = 0; row < table.rowCount(); row++) {
            int at = row;
            double value = table.numberColumn(measure).getDouble(row);
            if (!Double.isNaN(value)) {
                runs.computeIfAbsent(
                                Arrays.stream(by)
                                        .map(column -> table.column(column).getString(at))
                                        .toList(),
                                setting -> new ArrayList<>())
                        .add(value);
            }
        }
        Table spread = Table.create(table.name() + ", " + measure);
        for (String column : by) {
            spread.addColumns(StringColumn.create(column));
        }
        IntColumn count = IntColumn.create("runs");
        DoubleColumn[] numbers =
                Stream.of("mean", "sd", "from", "to").map(Evaluation::column).toArray(DoubleColumn[]::new);
        spread.addColumns(count).addColumns(numbers);
        runs.forEach((setting, values) -> {
            for (int i = 0; i < by.length; i++) {
                spread.stringColumn(i).append(setting.get(i));
            }
            count.append(values.size());
            SummaryStatistics summary = new SummaryStatistics();
            values.forEach(summary::addValue);
            double half = values.size() < 2
                    ? Double.NaN
                    : summary.getStandardDeviation()
                            / Math.sqrt(values.size())
                            * new TDistribution(values.size() - 1).inverseCumulativeProbability(0.975);
            double deviation = values.size() < 2 ? Double.NaN : summary.getStandardDeviation();
            double[] four = {summary.getMean(), deviation, summary.getMean() - half, summary.getMean() + half};
            for (int i = 0; i < four.length; i++) {
                numbers[i].append(four[i]);
            }
        });
        return spread;
    }

    /**
     * Returns how far one is ahead of the others, run by run: the differences of the same seed, on average over the seeds,
     * as {@link #spread} has them. {@link Verdicts#exceeds} judges them.
     *
     * @param measured the numbers
     * @param metric what more of is better
     * @param column the subject that tells the rivals apart, {@code "framework"} say
     * @param first who is to be ahead, {@code "HDUS"} say; measured wherever a rival was
     * @param by the subjects, or {@code where}, that name a setting
     * @return the columns {@code by} and {@code column}, then those of {@link #spread}, a row for each setting and rival
     */
    public static Table ahead(Measurements measured, String metric, String column, String first, String... by) {
        Check.given("metric", metric);
        String[] rivals = Stream.concat(Stream.of(Check.allGiven("by", by)), Stream.of(Check.given("column", column)))
                .toArray(String[]::new);
        String[] runs = Stream.concat(Stream.of(rivals), Stream.of("seed")).toArray(String[]::new);
        Table means =
                spread(Check.given("measured", measured).where("metric", metric).table(), "value", runs);
        Map<List<String>, Double> bars = new LinkedHashMap<>();
        for (Row row : means.where(means.stringColumn(column).isEqualTo(first))) {
            bars.put(run(row, by), row.getDouble("mean"));
        }
        Table others = means.where(means.stringColumn(column).isNotEqualTo(first));
        DoubleColumn differences = DoubleColumn.create("ahead");
        for (Row row : others) {
            Double bar = bars.get(run(row, by));
            Check.that(bar != null, "%s of %s was not measured where %s was", metric, first, row.getString(column));
            // Equal means of clients in another order differ in their last bit.
            differences.append(Precision.round(bar - row.getDouble("mean"), 9));
        }
        return spread(others.addColumns(differences), "ahead", rivals).setName(first + " ahead, " + metric);
    }

    private static List<String> run(Row row, String... by) {
        return Stream.concat(Stream.of(by), Stream.of("seed"))
                .map(row::getString)
                .toList();
    }

    /**
     * Returns how far a metric's mean moves when something goes through its values: the largest mean less the smallest, in
     * points, as the metric {@code range} with the subject {@code over}; of each seed by itself.
     *
     * @param measured the numbers
     * @param metric the metric
     * @param over the subject that goes through its values
     * @param by the subjects that name a setting
     */
    public static Measurements range(Measurements measured, String metric, String over, String... by) {
        Check.given("metric", metric);
        String[] setting = Stream.concat(Stream.of(Check.allGiven("by", by)), Stream.of("seed"))
                .toArray(String[]::new);
        Measurements moving = Check.given("measured", measured).where("metric", metric);
        Map<List<String>, SummaryStatistics> ranges = new LinkedHashMap<>();
        String[] places = Stream.concat(Stream.of(setting), Stream.of(over)).toArray(String[]::new);
        for (Row row : spread(moving.table(), "value", places)) {
            ranges.computeIfAbsent(Stream.of(setting).map(row::getString).toList(), any -> new SummaryStatistics())
                    .addValue(row.getDouble("mean"));
        }
        List<Measurement> found = new ArrayList<>();
        ranges.forEach((values, means) -> {
            Measurement one = Measurement.of("range", means.getMax() - means.getMin(), "points");
            for (int i = 0; i < by.length; i++) {
                one = one.about(by[i], values.get(i));
            }
            String seed = values.get(by.length);
            found.add((seed.isEmpty() ? one : one.seed(Long.parseLong(seed))).about("over", over));
        });
        return Measurements.of(found);
    }

    /**
     * Returns how a measure changes with another: the slope of the least-squares line through all rows of a setting.
     *
     * @param table a row for each measurement
     * @param y the column of numbers that change
     * @param x the column of numbers that they change with
     * @param by the columns that name a setting
     * @return the columns {@code by}, then {@code at 0}, the line's value there, {@code mean}, its slope, and the bounds
     *     {@code from} and {@code to} of the slope's 95 % interval (missing for fewer than three rows)
     */
    public static Table trend(Table table, String y, String x, String... by) {
        List.of(Check.allGiven("by", by)).forEach(column -> has(table, column));
        has(table, y);
        has(table, x);
        Map<List<String>, SimpleRegression> lines = new LinkedHashMap<>();
        for (int row = 0; row < table.rowCount(); row++) {
            int at = row;
            double value = table.numberColumn(y).getDouble(row);
            if (!Double.isNaN(value)) {
                lines.computeIfAbsent(
                                Arrays.stream(by)
                                        .map(column -> table.column(column).getString(at))
                                        .toList(),
                                setting -> new SimpleRegression())
                        .addData(table.numberColumn(x).getDouble(row), value);
            }
        }
        Table trend = Table.create(y + " by " + x);
        for (int i = 0; i < by.length; i++) {
            int at = i;
            trend.addColumns(StringColumn.create(by[i], lines.keySet().stream().map(setting -> setting.get(at))));
        }
        DoubleColumn[] numbers =
                Stream.of("at 0", "mean", "from", "to").map(Evaluation::column).toArray(DoubleColumn[]::new);
        lines.values().forEach(line -> {
            double half = line.getN() < 3 ? Double.NaN : line.getSlopeConfidenceInterval();
            double slope = line.getSlope();
            double[] four = {line.getIntercept(), slope, slope - half, slope + half};
            for (int i = 0; i < four.length; i++) {
                numbers[i].append(four[i]);
            }
        });
        return trend.addColumns(numbers);
    }

    /**
     * Returns a table laid out anew: a row for each name in one column, a column for each name in another, both in the order
     * in which they first come, and where they meet the mean of the numbers there; missing where there are none.
     *
     * @param table a row for each number
     * @param rows the column that names the rows
     * @param columns the column that names the columns
     * @param values the column of numbers
     */
    public static Table means(Table table, String rows, String columns, String values) {
        Stream.of(rows, columns, values).forEach(column -> has(table, column));
        Map<String, Map<String, SummaryStatistics>> cells = new LinkedHashMap<>();
        table.stringColumn(rows).asList().stream().distinct().forEach(row -> cells.put(row, new LinkedHashMap<>()));
        for (int i = 0; i < table.rowCount(); i++) {
            double value = table.numberColumn(values).getDouble(i);
            if (!Double.isNaN(value)) {
                cells.get(table.stringColumn(rows).get(i))
                        .computeIfAbsent(table.stringColumn(columns).get(i), column -> new SummaryStatistics())
                        .addValue(value);
            }
        }
        Table means = Table.create(table.name(), StringColumn.create(rows, cells.keySet()));
        table.stringColumn(columns).asList().stream()
                .distinct()
                .forEach(name -> means.addColumns(DoubleColumn.create(
                        name,
                        cells.values().stream()
                                .mapToDouble(row ->
                                        row.containsKey(name) ? row.get(name).getMean() : Double.NaN))));
        return means;
    }

    /**
     * Returns all metrics side by side: where a row and a metric meet, the mean over seeds and whatever else is not named.
     *
     * @param measured the numbers
     * @param rows the subjects, or {@code where} or {@code seed}, whose values make a row each
     * @return those columns, and one for each metric, with its unit, {@code "main %"} say; seconds have four decimals;
     *     missing where nothing was measured
     */
    public static Table metrics(Measurements measured, String... rows) {
        Check.allGiven("rows", rows);
        Map<List<String>, Map<String, SummaryStatistics>> cells = new LinkedHashMap<>();
        Set<String> metrics = new LinkedHashSet<>();
        for (Measurement one : Check.given("measured", measured).list()) {
            boolean named = one.metric().equals("seconds");
            String metric = named ? one.metric() : (one.metric() + " " + one.unit()).strip();
            metrics.add(metric);
            cells.computeIfAbsent(Stream.of(rows).map(one::text).toList(), row -> new LinkedHashMap<>())
                    .computeIfAbsent(metric, any -> new SummaryStatistics())
                    .addValue(one.value());
        }
        Table table = Table.create("Measured");
        for (int i = 0; i < rows.length; i++) {
            int at = i;
            table.addColumns(MeasurementTable.column(
                    rows[i], cells.keySet().stream().map(row -> row.get(at)).toList()));
        }
        for (String metric : metrics) {
            boolean whole = cells.values().stream()
                    .filter(row -> row.containsKey(metric))
                    .allMatch(row -> row.get(metric).getMean() % 1 == 0);
            boolean seconds = metric.equals("seconds") || metric.endsWith(" s");
            DoubleColumn numbers = Measurements.number(metric, whole ? 0 : seconds ? 4 : 2);
            cells.values()
                    .forEach(row -> numbers.append(
                            row.containsKey(metric) ? row.get(metric).getMean() : Double.NaN));
            table.addColumns(numbers);
        }
        return table;
    }

    /**
     * Returns a copy with one more column, the first, that holds the same in each row: the setting that the rows belong to.
     *
     * @param table the table
     * @param column the new column's name
     * @param value a number, or else a value in its own words
     */
    public static Table with(Table table, String column, Object value) {
        checkNew(table, column);
        int rows = table.rowCount();
        Column<?> same = Check.given("value of " + column, value) instanceof Number number
                ? DoubleColumn.create(column, Collections.nCopies(rows, number))
                : StringColumn.create(column, Collections.nCopies(rows, value.toString()));
        return table.copy().insertColumn(0, same);
    }

    /**
     * Returns paper A's Table I as it was found: a row for each framework, a column for each capability. Where the paper's mark
     * is another, it stands beside ours.
     *
     * @param tried frameworks that were tried out
     */
    public static Table functionality(List<Functionality> tried) {
        Table published = Paper.HDUS.table(1);
        Table table = Table.create("Capabilities found by trial", StringColumn.create("framework"));
        for (Capability capability : Capability.values()) {
            table.addColumns(StringColumn.create(capability.words()));
        }
        for (Functionality framework : Check.notEmpty("tried", tried)) {
            Table marks = marks(published, framework);
            table.stringColumn(0).append(framework.framework());
            framework.outcomes().forEach((capability, outcome) -> {
                String found = mark(outcome.passed());
                String paper = marks.isEmpty() ? found : mark(has(marks, capability));
                table.stringColumn(capability.words())
                        .append(found.equals(paper) ? found : found + " (paper " + paper + ")");
            });
        }
        return table;
    }

    /**
     * Returns the marks of {@link #functionality} as numbers, 1 for a tick and 0 for a cross: {@code found}, beside what the
     * paper prints, and {@code declared}.
     *
     * @param tried frameworks that were tried out
     */
    public static Measurements capabilities(List<Functionality> tried) {
        Table published = Paper.HDUS.table(1);
        List<Measurement> found = new ArrayList<>();
        for (Functionality framework : Check.notEmpty("tried", tried)) {
            Table marks = marks(published, framework);
            framework.outcomes().forEach((capability, outcome) -> {
                Measurement seen = number("found", outcome.passed());
                if (!marks.isEmpty()) {
                    seen = seen.published(
                            has(marks, capability) ? 1 : 0,
                            marks.stringColumn("doubt").get(capability.ordinal()));
                }
                Measurement declared = number("declared", framework.declared().contains(capability));
                Stream.of(seen, declared)
                        .map(one ->
                                one.about("framework", framework.framework()).about("capability", capability.words()))
                        .forEach(found::add);
            });
        }
        return Measurements.of(found);
    }

    /** Returns the paper's marks of a framework in the order of the capabilities, none if it has no such row. */
    private static Table marks(Table published, Functionality framework) {
        // SISA-A is the paper's own form of the SISA in its table.
        String name = framework.framework().replace("SISA-A", "SISA");
        return published.where(published.stringColumn("framework").isEqualTo(name));
    }

    private static boolean has(Table marks, Capability capability) {
        return marks.stringColumn("supported").get(capability.ordinal()).equals("yes");
    }

    private static Measurement number(String metric, boolean holds) {
        return Measurement.of(metric, holds ? 1 : 0, "");
    }

    private static String mark(boolean has) {
        return has ? "✓" : "✗";
    }

    /** Returns the rows that have these values, as text, in these columns; {@code ""} is a missing one. */
    public static Table where(Table table, Map<String, ?> values) {
        Check.given("table", table);
        Check.allGiven("values", values).keySet().forEach(column -> has(table, column));
        Table rows = table.emptyCopy();
        for (Row row : table) {
            if (values.entrySet().stream()
                    .allMatch(one -> said(row, one.getKey()).equals(Measurements.text(one.getValue())))) {
                rows.append(row);
            }
        }
        return rows;
    }

    private static String said(Row row, String column) {
        return row.isMissing(column) ? "" : Measurements.text(row.getObject(column));
    }

    /** Returns a copy with one more column, which says yes or no of each row. */
    public static Table judged(Table table, String column, Predicate<Row> rule) {
        Check.given("rule", rule);
        checkNew(table, column);
        return table.copy()
                .addColumns(StringColumn.create(column, table.stream().map(row -> rule.test(row) ? "yes" : "no")));
    }

    /** Refuses a table with a column of that name. */
    static void checkNew(Table table, String column) {
        Check.that(
                !Check.given("table", table).columnNames().contains(Check.given("column", column)),
                "%s has a column %s already",
                table.name(),
                column);
    }

    /** Refuses a table without a column of that name. */
    public static void has(Table table, String column) {
        Check.that(
                Check.given("table", table).columnNames().contains(Check.given("column", column)),
                "%s has no column %s, but %s",
                table.name(),
                column,
                table.columnNames());
    }
}
