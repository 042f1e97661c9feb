package unlearn4j.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.data.Labels;

/** What paper B claims of FIUn (§6.1), checked against what a {@link Comparison} measured. */
final class Claims {
    private static final double POINTS = 3;
    private static final double TIMES = 100;

    private Claims() {}

    /** One number: of what, and where. */
    record Measured(long seed, Labels labels, String approach, String node, String metric, double value) {
        Measured at(String name) {
            return new Measured(seed, labels, approach, name, metric, value);
        }

        /** Returns what a number of another approach must agree in to be compared with this. */
        private List<Object> place() {
            return List.of(seed, labels, node, metric);
        }

        private Measured value(double other) {
            return new Measured(seed, labels, approach, node, metric, other);
        }

        private String where() {
            return node + ", labels " + labels + ", seed " + seed;
        }
    }

    /** Returns a row for each claim and approach. */
    static Table of(List<Measured> measured, Map<String, String> methods) {
        Table claims = Table.create(
                "What is claimed, and whether it holds here",
                StringColumn.create("claim"),
                StringColumn.create("approach"),
                StringColumn.create("holds"),
                IntColumn.create("nodes"),
                Comparison.number("holds at, %", 1),
                Comparison.number("mean", 2),
                Comparison.number("from", 2),
                Comparison.number("to", 2),
                Comparison.number("worst", 2),
                StringColumn.create("worst at"));
        Map<List<Object>, Double> original = values(measured, methods, Comparison.ORIGINAL);
        Map<List<Object>, Double> retrained = values(measured, methods, "Retrain");
        List<String> judged = methods.keySet().stream()
                .filter(approach -> !approach.equals(Comparison.ORIGINAL)
                        && !methods.get(approach).equals("Retrain"))
                .toList();
        for (String approach : judged) {
            List<Measured> rows = of(measured, approach, "AD_f");
            add(claims, "AD_f is 0 %", approach, rows, value -> value == 0, true, Comparator.reverseOrder());
        }
        for (String approach : judged) {
            List<Measured> rows = of(measured, approach, "AD_r").stream()
                    .map(row -> row.value(original.get(row.place()) - row.value()))
                    .toList();
            add(
                    claims,
                    "AD_r falls by 3 points at most, on average",
                    approach,
                    rows,
                    value -> value <= POINTS,
                    false,
                    Comparator.reverseOrder());
        }
        for (String approach : judged) {
            List<Measured> rows = of(measured, approach, "seconds").stream()
                    .filter(row -> retrained.containsKey(row.place()))
                    .map(row -> row.value(retrained.get(row.place()) / row.value()))
                    .toList();
            add(
                    claims,
                    "100 times as fast as re-training",
                    approach,
                    rows,
                    value -> value >= TIMES,
                    true,
                    Comparator.naturalOrder());
        }
        return claims;
    }

    private static Map<List<Object>, Double> values(
            List<Measured> measured, Map<String, String> methods, String method) {
        Map<List<Object>, Double> values = new LinkedHashMap<>();
        measured.stream()
                .filter(row -> methods.get(row.approach()).equals(method))
                .forEach(row -> values.put(row.place(), row.value()));
        return values;
    }

    private static List<Measured> of(List<Measured> measured, String approach, String metric) {
        return measured.stream()
                .filter(row -> row.approach().equals(approach) && row.metric().equals(metric))
                .toList();
    }

    /**
     * Adds a row.
     *
     * @param atEach whether the claim is about each node, not about the mean
     * @param worstFirst which of two numbers is the worse
     */
    private static void add(
            Table claims,
            String claim,
            String approach,
            List<Measured> rows,
            DoublePredicate holds,
            boolean atEach,
            Comparator<Double> worstFirst) {
        if (rows.isEmpty()) {
            return;
        }
        Table mean = meanOverSeeds(rows);
        long held = rows.stream().filter(row -> holds.test(row.value())).count();
        boolean whole = atEach
                ? held == rows.size()
                : holds.test(mean.doubleColumn("mean").get(0));
        Measured worst = rows.stream()
                .min(Comparator.comparing(Measured::value, worstFirst))
                .orElseThrow();
        claims.stringColumn("claim").append(claim);
        claims.stringColumn("approach").append(approach);
        claims.stringColumn("holds").append(whole ? "yes" : "no");
        claims.intColumn("nodes").append(rows.size());
        claims.doubleColumn("holds at, %").append(100.0 * held / rows.size());
        for (String column : List.of("mean", "from", "to")) {
            claims.doubleColumn(column).append(mean.doubleColumn(column).get(0));
        }
        claims.doubleColumn("worst").append(worst.value());
        claims.stringColumn("worst at").append(worst.where());
    }

    /** Returns the mean over the seeds of each seed's mean, with its interval. */
    private static Table meanOverSeeds(List<Measured> rows) {
        Map<Long, List<Double>> ofSeeds = new LinkedHashMap<>();
        rows.forEach(row ->
                ofSeeds.computeIfAbsent(row.seed(), seed -> new ArrayList<>()).add(row.value()));
        LongColumn seeds = LongColumn.create("seed");
        DoubleColumn means = DoubleColumn.create("value");
        ofSeeds.forEach((seed, values) -> {
            seeds.append(seed);
            means.append(
                    values.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
        });
        return Tables.spread(Table.create("seeds", seeds, means), "value");
    }
}
