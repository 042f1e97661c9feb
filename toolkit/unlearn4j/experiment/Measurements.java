package unlearn4j.experiment;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.math3.util.Precision;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;
import unlearn4j.core.Check;
import unlearn4j.core.Scale;

/**
 * What an experiment measured, number by number: what every notebook writes as {@code rows.csv}. An immutable list.
 *
 * <p>As a table it has a row for each number. First the columns that say what was asked, each its own, as many as the
 * experiment needs; then always {@code where} (node or client), {@code seed}, {@code scale}, {@code metric}, {@code value},
 * {@code unit}, {@code published} (missing where the paper prints nothing) and {@code doubt} (what is uncertain about that).
 */
public final class Measurements {

    private static final String PUBLISHED = "published ";

    private final List<Measurement> all;

    private Measurements(List<Measurement> all) {
        this.all = List.copyOf(all);
    }

    /** Returns these measurements. */
    public static Measurements of(List<Measurement> all) {
        return new Measurements(Check.allGiven("measurements", all));
    }

    /** Returns these measurements. */
    public static Measurements of(Measurement... all) {
        return of(Arrays.asList(Check.given("measurements", all)));
    }

    /**
     * Runs an experiment once for each of the scale's seeds, 1 and on, and returns all that it measured, with the seed.
     *
     * @param experiment measures with a seed
     */
    public static Measurements overSeeds(Scale scale, LongFunction<Measurements> experiment) {
        Check.given("experiment", experiment);
        List<Measurement> found = new ArrayList<>();
        for (long seed = 1; seed <= Check.given("scale", scale).seeds(); seed++) {
            long run = seed;
            Measurements once = Check.given("measurements of seed " + seed, experiment.apply(seed));
            once.all.forEach(one -> found.add(one.seed().isPresent() ? one : one.seed(run)));
        }
        return new Measurements(found);
    }

    /**
     * Measures each of some things, and returns all of it in their order.
     *
     * @param things networks, topologies, data sets: what the experiment goes through
     * @param experiment measures one
     */
    public static <T> Measurements over(Iterable<T> things, Function<T, Measurements> experiment) {
        Check.given("experiment", experiment);
        List<Measurement> found = new ArrayList<>();
        Check.given("things", things)
                .forEach(one -> found.addAll(Check.given("measurements of " + one, experiment.apply(one)).all));
        return new Measurements(found);
    }

    /**
     * Takes the numbers of a table: one for each column of numbers that is no subject, and row, but for missing ones. A
     * column's name may end in its unit: {@code "accuracy %"}, {@code "waited s"}, {@code "fall, points"}. Columns
     * {@code seed}, {@code published} and {@code doubt} are taken for what they are; a client or node is where it was measured.
     *
     * @param table the table; its name is the subject {@code part}
     * @param subjects the columns that say what a row is about
     */
    public static Measurements of(Table table, String... subjects) {
        List<String> about = List.of(Check.allGiven("subjects", subjects));
        Check.given("table", table);
        about.forEach(column -> Tables.has(table, column));
        List<Measurement> found = new ArrayList<>();
        for (int row = 0; row < table.rowCount(); row++) {
            for (Column<?> column : table.columns()) {
                if (column instanceof NumericColumn<?> numbers
                        && !numbers.isMissing(row)
                        && Double.isFinite(numbers.getDouble(row))
                        && !about.contains(column.name())
                        && !List.of("seed", "published").contains(column.name())) {
                    Unit unit = Unit.of(column.name());
                    Measurement one =
                            about(Measurement.of(unit.metric, numbers.getDouble(row), unit.unit), table, row, about);
                    found.add(one);
                }
            }
        }
        return new Measurements(found);
    }

    private static Measurement about(Measurement one, Table table, int row, List<String> subjects) {
        Measurement about = table.name() == null ? one : one.about("part", table.name());
        for (String subject : subjects) {
            String text = table.column(subject) instanceof NumericColumn<?> numbers
                    ? numbers.isMissing(row) ? "" : text(numbers.getDouble(row))
                    : table.column(subject).getString(row);
            about = switch (subject) {
                case "node", "client" -> about.at(text);
                case "seed" -> about.seed(Long.parseLong(text));
                default -> about.about(subject, text);
            };
        }
        if (table.columnNames().contains("seed") && !subjects.contains("seed")) {
            about = about.seed((long) Double.parseDouble(table.column("seed").getString(row)));
        }
        if (table.columnNames().contains("published")
                && !table.column("published").isMissing(row)) {
            boolean doubted = table.columnNames().contains("doubt");
            about = about.published(
                    table.numberColumn("published").getDouble(row),
                    doubted ? table.stringColumn("doubt").get(row) : "");
        }
        return about;
    }

    private record Unit(String metric, String unit) {
        static Unit of(String column) {
            for (String unit : List.of("%", "points × s", "points", "µs", "ms", "s", "MB", "bytes")) {
                for (String before : List.of(", ", " ")) {
                    if (column.endsWith(before + unit) && column.length() > before.length() + unit.length()) {
                        return new Unit(column.substring(0, column.length() - before.length() - unit.length()), unit);
                    }
                }
            }
            return new Unit(column, column.equals("seconds") ? "s" : column.startsWith("AD_") ? "%" : "");
        }
    }

    /** Returns a number in as few digits as say it to six decimals, any other thing in its own words. */
    static String text(Object value) {
        return value instanceof Number number && !(value instanceof Long) && !(value instanceof Integer)
                ? new BigDecimal(Precision.round(number.doubleValue(), 6) + "")
                        .stripTrailingZeros()
                        .toPlainString()
                : value.toString();
    }

    /** Returns the measurements, in order. */
    public List<Measurement> list() {
        return all;
    }

    /** Returns whether there are none. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Returns these measurements and, after them, others. */
    public Measurements and(Measurements others) {
        return new Measurements(Stream.concat(all.stream(), Check.given("others", others).all.stream())
                .toList());
    }

    /** Returns those that a rule holds for. */
    public Measurements where(Predicate<Measurement> rule) {
        return new Measurements(all.stream().filter(Check.given("rule", rule)).toList());
    }

    /** Returns those with one of these values, as text, in a column of the table. */
    public Measurements where(String column, Object... values) {
        Check.given("column", column);
        List<String> wanted = Stream.of(Check.allGiven("values", values))
                .map(Measurements::text)
                .toList();
        return where(one -> wanted.contains(one.text(column)));
    }

    /** Returns the measurements, each saying of one thing more what was asked. */
    public Measurements about(String name, Object asked) {
        return about(name, one -> asked);
    }

    /** Returns the measurements, each saying of one thing more what was asked, worked out from what it says already. */
    public Measurements about(String name, Function<Measurement, ?> asked) {
        Check.given("asked", asked);
        return new Measurements(
                all.stream().map(one -> one.about(name, asked.apply(one))).toList());
    }

    /** Returns the measurements, each of the run with that seed. */
    public Measurements seed(long number) {
        return new Measurements(all.stream().map(one -> one.seed(number)).toList());
    }

    /**
     * Returns the mean, the least and the greatest of a metric's numbers, whatever they are about.
     *
     * @throws IllegalArgumentException if there are none
     */
    public DoubleSummaryStatistics summary(String metric) {
        return of(metric).stream().mapToDouble(Measurement::value).summaryStatistics();
    }

    private List<Measurement> of(String metric) {
        List<Measurement> measured = where("metric", Check.given("metric", metric)).all;
        Check.that(
                !measured.isEmpty(),
                "nothing was measured of %s: the metrics are %s",
                metric,
                all.stream().map(Measurement::metric).distinct().toList());
        return measured;
    }

    /**
     * Puts what a paper prints beside what was measured.
     *
     * @param printed a table of {@link Paper} with a column {@code value}, or some of its rows
     * @param columns by which columns rows belong together: the printed table's name, and that of a subject, or
     *     {@code where} or {@code metric}; they must tell printed rows apart
     * @return all measurements, those that the paper prints with what it prints
     * @throws IllegalArgumentException if a column is not there, or if two printed rows have the same values in all of them
     */
    public Measurements published(Table printed, Map<String, String> columns) {
        Tables.has(Check.given("printed", printed), "value");
        Check.allGiven("columns", columns).keySet().forEach(column -> Tables.has(printed, column));
        Map<List<String>, Integer> rows = new LinkedHashMap<>();
        for (int row = 0; row < printed.rowCount(); row++) {
            int at = row;
            List<String> key = columns.keySet().stream()
                    .map(column -> printed.column(column).getString(at))
                    .toList();
            Check.that(
                    rows.put(key, row) == null,
                    "%s has several rows with %s %s: choose those of one, or name more columns",
                    printed.name(),
                    columns.keySet(),
                    key);
        }
        return new Measurements(all.stream()
                .map(one -> {
                    Integer row =
                            rows.get(columns.values().stream().map(one::text).toList());
                    if (row == null) {
                        return one;
                    }
                    boolean doubted = printed.columnNames().contains("doubt");
                    double value = printed.column("value").isMissing(row)
                            ? Double.NaN
                            : printed.numberColumn("value").getDouble(row);
                    return one.published(
                            value, doubted ? printed.stringColumn("doubt").get(row) : "");
                })
                .toList());
    }

    /**
     * Returns a metric laid out: the mean over seeds, and whatever else is not named, where a row and a column meet; where the
     * paper prints something of a column, that stands before it, as {@code published …}.
     *
     * @param metric the metric
     * @param column the subject whose values become columns
     * @param rows the subjects, or {@code where}, whose values become rows
     */
    public Table beside(String metric, String column, String... rows) {
        return beside(metric, Check.given("column", column), List.of(), Check.allGiven("rows", rows));
    }

    /** Lays out, columns in that order before others. */
    Table beside(String metric, String column, List<String> order, String... rows) {
        List<Measurement> measured = of(metric);
        Map<List<String>, Map<String, List<Double>>> cells = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>();
        Set<String> columns = new LinkedHashSet<>(order);
        measured.forEach(one -> columns.add(one.text(column)));
        columns.retainAll(measured.stream().map(one -> one.text(column)).toList());
        columns.forEach(name -> {
            if (measured.stream().anyMatch(one -> one.text(column).equals(name) && !Double.isNaN(one.published()))) {
                names.add(PUBLISHED + name);
            }
            names.add(name);
        });
        for (Measurement one : measured) {
            Map<String, List<Double>> cell =
                    cells.computeIfAbsent(Stream.of(rows).map(one::text).toList(), any -> new LinkedHashMap<>());
            cell.computeIfAbsent(one.text(column), any -> new ArrayList<>()).add(one.value());
            if (!Double.isNaN(one.published())) {
                cell.computeIfAbsent(PUBLISHED + one.text(column), any -> new ArrayList<>())
                        .add(one.published());
            }
        }
        String unit = measured.get(0).unit();
        boolean counts = unit.isEmpty() && measured.stream().allMatch(one -> one.value() % 1 == 0);
        Table beside = Table.create(metric + (unit.isEmpty() ? "" : ", " + unit));
        for (int i = 0; i < rows.length; i++) {
            int at = i;
            beside.addColumns(MeasurementTable.column(
                    rows[i], cells.keySet().stream().map(key -> key.get(at)).toList()));
        }
        Set<String> methods = new LinkedHashSet<>();
        for (String name : names) {
            // Two settings of one method, FIUn's say, have the same published numbers, which stand there once.
            String method = name.startsWith(PUBLISHED)
                    ? where(column, name.substring(PUBLISHED.length()))
                            .all
                            .get(0)
                            .text("method")
                    : "";
            if (!method.isEmpty() && !methods.add(method)) {
                continue;
            }
            DoubleColumn numbers = number(name, unit.equals("s") ? 3 : 1);
            cells.values()
                    .forEach(cell -> numbers.append(cell.getOrDefault(name, List.of()).stream()
                            .mapToDouble(Double::doubleValue)
                            .average()
                            .orElse(Double.NaN)));
            beside.addColumns(numbers);
        }
        return beside;
    }

    /**
     * Returns a metric's mean over the seeds, with its 95 % interval, which is cut at 0 and 100 percent; see {@link
     * Tables#spread}. Of what is not named, the mean within each seed is taken first, so that a run counts once.
     *
     * @param by the subjects, or {@code where}, of a row each
     */
    public Table spread(String metric, String... by) {
        String[] run = Stream.concat(Arrays.stream(Check.allGiven("by", by)), Stream.of("seed"))
                .toArray(String[]::new);
        Table means =
                Tables.spread(where("metric", Check.given("metric", metric)).table(), "value", run);
        means.column("mean").setName("value");
        Table spread = Tables.spread(means, "value", by).setName(metric);
        if (where("metric", metric).all.stream()
                .allMatch(one -> one.unit().equals("%") && one.value() >= 0 && one.value() <= 100)) {
            // Student's interval knows no bounds, a share of images has two.
            spread.doubleColumn("from").set(spread.doubleColumn("from").isLessThan(0), 0.0);
            spread.doubleColumn("to").set(spread.doubleColumn("to").isGreaterThan(100), 100.0);
        }
        return spread;
    }

    /** Returns a row for each measurement; the columns are those that the class names. */
    public Table table() {
        return MeasurementTable.of(all);
    }

    /**
     * Takes back what {@link #table} gave.
     *
     * @throws IllegalArgumentException if the table's last columns are others, or one of its values can't be what its column
     *     says
     */
    public static Measurements read(Table table) {
        return new Measurements(MeasurementTable.read(Check.given("table", table)));
    }

    static DoubleColumn number(String name, int decimals) {
        DoubleColumn column = DoubleColumn.create(name);
        column.setPrintFormatter(NumberColumnFormatter.fixedWithGrouping(decimals));
        return column;
    }

    @Override
    public String toString() {
        return all.size() + " measurements";
    }
}
