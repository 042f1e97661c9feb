package unlearn4j.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;
import unlearn4j.audit.FeatureProbe;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.report.Claims.Measured;
import unlearn4j.train.Evaluation;
import unlearn4j.train.Evaluator;
import unlearn4j.train.TrainingException;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;
import unlearn4j.unlearn.UnlearningMethod;
import unlearn4j.unlearn.UnlearningResult;

/**
 * Several methods, each asked to forget the same labels of the same graphs: paper B's Tables 1 to 5 and 9 to 12. Each finds
 * the graph as it was trained: a method is run, every node that it concerns is measured on the images that reached it, and
 * all is undone before the next.
 *
 * <p>Measured are AD_r and AD_f in percent, Δ_acc, which is AD_r − AD_f in points (§5.1), the cumulative seconds of
 * {@link UnlearningResult#cumulativeSeconds}, and {@code changed}, how many percent of a network's numbers a method changed;
 * with {@link #unseen} also what test images say. The nodes before any method are the approach {@value #ORIGINAL}.
 */
public final class Comparison {
    /** The approach that is none: the nodes as they were trained. */
    public static final String ORIGINAL = "original";

    private final Map<String, Approach> approaches = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Rows all = new Rows(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    private final Map<String, String> methods = new LinkedHashMap<>(Map.of(ORIGINAL, ORIGINAL));
    private Images unseen;

    private record Approach(Predicate<Labels> when, BiFunction<Umig, Labels, ? extends UnlearningMethod<?>> method) {}

    private record Phase(String approach, String phase, double seconds) {}

    private record Refusal(long seed, Labels labels, String approach, String why) {}

    /** What one run or several added. */
    private record Rows(List<Measured> measured, List<Phase> phases, List<Refusal> refusals) {
        void add(Rows others) {
            measured.addAll(others.measured);
            phases.addAll(others.phases);
            refusals.addAll(others.refusals);
        }
    }

    private Comparison() {}

    /** Begins without methods. */
    public static Comparison of() {
        return new Comparison();
    }

    /**
     * Adds a method. Methods run in the order in which they are added.
     *
     * @param approach what tables call it: a method may be here twice, with other settings
     * @param method makes it for a graph and the labels to forget; for a part of the graph only, if it costs much,
     *     {@link Umig#part}
     */
    public Comparison method(String approach, BiFunction<Umig, Labels, ? extends UnlearningMethod<?>> method) {
        return method(approach, labels -> true, method);
    }

    /**
     * Adds a method that is run for some requests only, since it costs much.
     *
     * @param when for which labels
     */
    public Comparison method(
            String approach, Predicate<Labels> when, BiFunction<Umig, Labels, ? extends UnlearningMethod<?>> method) {
        Check.that(approach != null && !approach.isBlank(), "approach must be given, not blank");
        Check.that(
                !approaches.containsKey(approach) && !approach.equals(ORIGINAL),
                "there is an approach named %s already: names must differ",
                approach);
        Check.that(all.measured.isEmpty(), "methods can't be added once one was run: begin anew with Comparison.of()");
        approaches.put(approach, new Approach(Check.given("when", when), Check.given("method", method)));
        return this;
    }

    /**
     * Says what the paper calls a node. Tables beside the paper's show the nodes that it has names for; where none is given,
     * all of them by their own.
     */
    public Comparison called(String node, String name) {
        Check.that(!names.containsValue(Check.given("name", name)), "two nodes can't both be called %s", name);
        names.put(Check.given("node", node), name);
        return this;
    }

    /**
     * Measures on test images too: {@code unseen AD_r}, {@code unseen AD_f}, {@code probe}, the share of test images to
     * forget whose label a {@link FeatureProbe} reads from the features that are left, and {@code probe of the rest}.
     *
     * @param images images that no node was trained on and that no method was chosen by
     */
    public Comparison unseen(Images images) {
        unseen = Check.given("images", images);
        return this;
    }

    /**
     * Runs every method on every request. If it is stopped the graph is as it was, and there is no row of it.
     *
     * <p>A method that refuses, because γ selects nothing or a loss is no number any more, has changed nothing, and that is
     * what is measured of it; {@link #refusals} says why.
     *
     * @param seed the seed that the graph was trained with
     * @param umig the graph
     * @param requests the labels of each request
     * @throws IllegalArgumentException if no node learned one of the labels, or every label of a node is to be forgotten
     * @throws unlearn4j.train.Interrupted if the thread is interrupted
     */
    public Comparison run(long seed, Umig umig, Labels... requests) {
        Check.notEmpty("methods", approaches.keySet());
        Check.notEmpty("requests", List.of(requests));
        names.keySet().forEach(Check.given("umig", umig)::node);
        for (Labels labels : requests) {
            Check.that(
                    all.measured.stream()
                            .noneMatch(row -> row.seed() == seed && row.labels().equals(labels)),
                    "labels %s were forgotten with seed %d before: give a graph of another seed",
                    labels,
                    seed);
        }
        Rows rows = new Rows(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Map<ModelNode, Evaluation> before = new LinkedHashMap<>();
        umig.nodes().forEach(node -> before.put(node, Evaluator.evaluate(node.model(), umig.reached(node))));
        for (Labels labels : requests) {
            List<ModelNode> nodes = umig.unlearning(labels).nodes();
            nodes.forEach(node -> Check.that(
                    !labels.containsAll(umig.known(node)),
                    "%s knows no labels but %s: there is nothing to measure AD_r on",
                    node,
                    labels));
            for (ModelNode node : nodes) {
                measure(new Subject(seed, umig, node, labels, ORIGINAL), before.get(node), rows.measured);
            }
            approaches.forEach((name, approach) -> {
                if (approach.when.test(labels)) {
                    run(seed, umig, labels, name, before, rows);
                }
            });
        }
        all.add(rows);
        return this;
    }

    private void run(long seed, Umig umig, Labels labels, String name, Map<ModelNode, Evaluation> before, Rows rows) {
        UnlearningMethod<?> method =
                approaches.get(name).method.apply(umig, labels).forget(labels);
        methods.put(name, method.getClass().getSimpleName());
        UnlearningResult result;
        try {
            result = method.run();
        } catch (IllegalArgumentException | TrainingException e) {
            rows.refusals.add(new Refusal(seed, labels, name, e.getMessage()));
            umig.unlearning(labels)
                    .nodes()
                    .forEach(node ->
                            measure(new Subject(seed, umig, node, labels, name), before.get(node), rows.measured));
            return;
        }
        try {
            result.seconds().forEach((phase, seconds) -> rows.phases.add(new Phase(name, phase, seconds)));
            result.cumulativeSeconds().forEach((node, seconds) -> {
                Subject subject = new Subject(seed, umig, node, labels, name);
                measure(subject, Evaluator.evaluate(node.model(), umig.reached(node)), rows.measured);
                rows.measured.add(subject.measured("seconds", seconds));
                rows.measured.add(subject.measured(
                        "changed",
                        100.0
                                * result.changed(node).cardinality()
                                / node.model().parameters()));
            });
        } finally {
            result.undo();
        }
    }

    /** What a row is about. */
    private record Subject(long seed, Umig umig, ModelNode node, Labels labels, String approach) {
        Measured measured(String metric, double value) {
            return new Measured(seed, labels, approach, node.name(), metric, value);
        }
    }

    private void measure(Subject subject, Evaluation evaluation, List<Measured> rows) {
        Labels known = subject.umig.known(subject.node);
        Labels forgotten = known.shared(subject.labels);
        Labels retained = known.without(subject.labels);
        rows.add(subject.measured("AD_r", evaluation.accuracy(retained)));
        rows.add(subject.measured("AD_f", evaluation.accuracy(forgotten)));
        rows.add(subject.measured("Δ_acc", evaluation.accuracy(retained) - evaluation.accuracy(forgotten)));
        if (unseen != null) {
            Evaluation tested = Evaluator.evaluate(subject.node.model(), unseen.only(known));
            rows.add(subject.measured("unseen AD_r", tested.accuracy(retained)));
            rows.add(subject.measured("unseen AD_f", tested.accuracy(forgotten)));
            FeatureProbe probe = FeatureProbe.of(subject.node.model(), subject.umig.reached(subject.node));
            rows.add(subject.measured("probe", probe.accuracy(unseen, forgotten)));
            rows.add(subject.measured("probe of the rest", probe.accuracy(unseen, retained)));
        }
    }

    /**
     * Returns all that was measured, in tidy form.
     *
     * @return a row for each seed, number of labels, approach, node and metric
     */
    public Table table() {
        LongColumn seeds = LongColumn.create("seed");
        IntColumn counts = IntColumn.create("labels");
        StringColumn forgotten = StringColumn.create("forgotten");
        StringColumn approach = StringColumn.create("approach");
        StringColumn node = StringColumn.create("node");
        StringColumn metric = StringColumn.create("metric");
        DoubleColumn value = number("value", 3);
        for (Measured row : all.measured) {
            seeds.append(row.seed());
            counts.append(row.labels().size());
            forgotten.append(row.labels().toString());
            approach.append(row.approach());
            node.append(called(row.node()));
            metric.append(row.metric());
            value.append(row.value());
        }
        return Table.create("Measured", seeds, counts, forgotten, approach, node, metric, value);
    }

    /**
     * Returns {@link #table} with one more column, {@code published}, missing where the paper has nothing.
     *
     * @param published rows of one model of {@link Paper#FIUN}'s tables
     */
    public Table table(Table published) {
        Map<List<String>, Double> printed = printed(published);
        DoubleColumn column = number("published", 3);
        for (Measured row : all.measured) {
            column.append(printed.getOrDefault(key(row), Double.NaN));
        }
        return table().addColumns(column);
    }

    private List<String> key(Measured row) {
        return List.of("" + row.labels().size(), row.metric(), plain(methods.get(row.approach())), called(row.node()));
    }

    private Map<List<String>, Double> printed(Table published) {
        for (String column : List.of("setting", "setting_value", "metric", "approach", "node", "value")) {
            Tables.has(Check.given("published", published), column);
        }
        Map<List<String>, Double> printed = new LinkedHashMap<>();
        for (Row row : published) {
            if (row.getString("setting").equals("labels")) {
                List<String> key = List.of(
                        "" + row.getInt("setting_value"),
                        row.getString("metric"),
                        plain(row.getString("approach")),
                        row.getString("node"));
                Check.that(
                        printed.put(key, row.getNumber("value")) == null,
                        "%s has several rows with %s: choose those of one model",
                        published.name(),
                        key);
            }
        }
        return printed;
    }

    /** Returns a name without its spelling: GradientAscent is gradient_ascent. */
    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
    }

    /** Returns a metric of every approach, each beside the other, the mean over the seeds. */
    public Table beside(String metric) {
        return beside(metric, Map.of());
    }

    /**
     * Returns a metric of every approach beside the published one, the mean over the seeds.
     *
     * @param metric {@code AD_r}, {@code AD_f} or {@code seconds}; the paper prints no other
     * @param published rows of one model of {@link Paper#FIUN}'s tables
     * @return a row for each number of labels and node
     */
    public Table beside(String metric, Table published) {
        return beside(metric, printed(published));
    }

    private Table beside(String metric, Map<List<String>, Double> printed) {
        List<Measured> rows = all.measured.stream()
                .filter(row -> row.metric().equals(metric))
                .filter(row -> names.isEmpty() || names.containsKey(row.node()))
                .toList();
        Check.that(
                !rows.isEmpty(),
                "nothing was measured of %s: run the comparison first, its metrics are %s",
                metric,
                new LinkedHashSet<>(all.measured.stream().map(Measured::metric).toList()));
        Set<List<String>> places = new LinkedHashSet<>();
        rows.forEach(row -> places.add(List.of("" + row.labels().size(), called(row.node()))));
        Map<String, Map<List<String>, List<Double>>> columns = new LinkedHashMap<>();
        // In the order in which the methods were added, though the first may be run for the last request only.
        List<String> order = new ArrayList<>(List.of(ORIGINAL));
        order.addAll(approaches.keySet());
        rows = rows.stream()
                .sorted(Comparator.comparingInt(row -> order.indexOf(row.approach())))
                .toList();
        for (Measured row : rows) {
            List<String> place = List.of("" + row.labels().size(), called(row.node()));
            Double value = printed.get(key(row));
            if (value != null) {
                columns.computeIfAbsent(
                                "published " + methods.get(row.approach()).replace("Fiun", "FIUn"),
                                name -> new LinkedHashMap<>())
                        .put(place, List.of(value));
            }
            columns.computeIfAbsent(row.approach(), name -> new LinkedHashMap<>())
                    .computeIfAbsent(place, at -> new ArrayList<>())
                    .add(row.value());
        }
        IntColumn counts = IntColumn.create("labels");
        StringColumn nodes = StringColumn.create("node");
        places.forEach(place -> {
            counts.append(Integer.parseInt(place.get(0)));
            nodes.append(place.get(1));
        });
        String unit =
                switch (metric) {
                    case "seconds" -> "";
                    case "Δ_acc" -> ", points";
                    default -> ", %";
                };
        Table beside = Table.create(metric + unit, counts, nodes);
        columns.forEach((name, values) -> {
            DoubleColumn column = number(name, metric.equals("seconds") ? 3 : 1);
            places.forEach(place -> column.append(values.getOrDefault(place, List.of()).stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElse(Double.NaN)));
            beside.addColumns(column);
        });
        return beside;
    }

    /**
     * Returns how long each phase of each method took on the whole graph, the mean over seeds and requests, and the longest.
     * A model FIM is computed with the first request and kept, so the mean says little of it, and the longest all.
     */
    public Table phases() {
        Table table = Table.create(
                "Seconds of each phase",
                StringColumn.create("approach"),
                StringColumn.create("phase"),
                number("mean", 3),
                number("longest", 3));
        Map<List<String>, List<Double>> seconds = new LinkedHashMap<>();
        all.phases.forEach(
                phase -> seconds.computeIfAbsent(List.of(phase.approach, phase.phase), key -> new ArrayList<>())
                        .add(phase.seconds));
        seconds.forEach((key, values) -> {
            table.stringColumn(0).append(key.get(0));
            table.stringColumn(1).append(key.get(1));
            table.doubleColumn(2)
                    .append(values.stream()
                            .mapToDouble(Double::doubleValue)
                            .average()
                            .orElseThrow());
            table.doubleColumn(3)
                    .append(values.stream()
                            .mapToDouble(Double::doubleValue)
                            .max()
                            .orElseThrow());
        });
        return table;
    }

    /** Returns which methods refused a request, and why; no row if none did. */
    public Table refusals() {
        Table table = Table.create(
                "Refused",
                LongColumn.create("seed"),
                StringColumn.create("forgotten"),
                StringColumn.create("approach"),
                StringColumn.create("why"));
        all.refusals.forEach(refusal -> {
            table.longColumn(0).append(refusal.seed);
            table.stringColumn(1).append(refusal.labels.toString());
            table.stringColumn(2).append(refusal.approach);
            table.stringColumn(3).append(refusal.why);
        });
        return table;
    }

    /**
     * Returns whether what paper B claims of FIUn holds here, for each approach but re-training, over all seeds, requests
     * and nodes, those without a name in the paper included: that AD_f is 0; that AD_r is within 3 points of the original
     * on average; that it is at least 100 times as fast as re-training the same node in the same run.
     *
     * @return a row for each claim and approach: whether it holds; of how many measured nodes it holds; the mean over the
     *     seeds with its 95 % interval (missing for one seed); the worst of all, and where that is
     */
    public Table claims() {
        Check.that(!all.measured.isEmpty(), "nothing was measured: run the comparison first");
        Map<String, String> inOrder = new LinkedHashMap<>(Map.of(ORIGINAL, ORIGINAL));
        approaches.keySet().stream().filter(methods::containsKey).forEach(name -> inOrder.put(name, methods.get(name)));
        return Claims.of(
                all.measured.stream().map(row -> row.at(called(row.node()))).toList(), inOrder);
    }

    private String called(String node) {
        return names.getOrDefault(node, node);
    }

    static DoubleColumn number(String name, int decimals) {
        DoubleColumn column = DoubleColumn.create(name);
        column.setPrintFormatter(NumberColumnFormatter.fixedWithGrouping(decimals));
        return column;
    }
}
