package unlearn4j.unlearn;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;
import unlearn4j.core.Check;
import unlearn4j.core.Screen;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluation;
import unlearn4j.train.Evaluator;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Role;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/** What forgetting did to each node of a graph, and the way back. */
public final class UnlearningResult {
    private static final List<String> ACCURACIES = List.of("AD_r before", "AD_r", "AD_f before", "AD_f");

    private final String method;
    private final Umig umig;
    private final UnlearningGraph unlearning;
    private final Changes changes;
    private final Map<String, Double> phases;
    private final Map<ModelNode, Double> cumulative;
    private boolean undone;

    /**
     * Makes a result of changes that are made.
     *
     * @param phases the seconds of each phase; taken over
     * @param cumulative for each node the seconds until it had forgotten
     */
    UnlearningResult(
            String method,
            Umig umig,
            UnlearningGraph unlearning,
            Changes changes,
            Map<String, Double> phases,
            Map<ModelNode, Double> cumulative) {
        this.method = method;
        this.umig = umig;
        this.unlearning = unlearning;
        this.changes = changes;
        this.phases = phases;
        this.cumulative = Collections.unmodifiableMap(new LinkedHashMap<>(cumulative));
    }

    /** Returns the whole graph. */
    public Umig umig() {
        return umig;
    }

    /** Shows the graph and what the request was to each node: as a picture in a notebook, as text elsewhere. */
    public void draw() {
        Screen.current().show(this);
    }

    /** Returns the part of the graph that was concerned. */
    public UnlearningGraph unlearning() {
        return unlearning;
    }

    /** Returns the labels that were forgotten wherever they were learned; none if only samples or clients were. */
    public Labels labels() {
        return unlearning.labels();
    }

    /**
     * Returns how long each phase took, in seconds, by its name and in order. {@link #table} adds "evaluation", the time of
     * the last measurement.
     */
    public Map<String, Double> seconds() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(phases));
    }

    /**
     * Returns for each node the seconds until it had forgotten, the paper's cumulative unlearning time. FIUn: the slowest
     * unlearning FIM of its discovery nodes, its own merge and update; its model FIM is there before (§4.4.2). Methods that
     * train: its own time and that of the slowest chain of nodes above it. The time to measure is in none.
     */
    public Map<ModelNode, Double> cumulativeSeconds() {
        return cumulative;
    }

    /**
     * Returns which numbers of a node were changed: places counted over the head's weights, row by row, and its biases; where
     * the body changed too, over all the network's numbers in the order of {@link unlearn4j.train.Weights#copy}.
     */
    public BitSet changed(ModelNode node) {
        return changes.changed(Check.given("node", node));
    }

    /**
     * Puts every weight back as it was before, bit for bit.
     *
     * @throws IllegalArgumentException if that was done before, or if a node was changed by another since
     * @throws UnlearningException if a node refuses its weights; the message says which nodes are old and which new
     */
    public void undo() {
        Check.that(!undone, "%s of %s was undone before", method, unlearning.request());
        changes.undo();
        undone = true;
    }

    /**
     * Measures each node on the images that reached it, as paper B does (§5.1), before and after: AD_f on those to forget,
     * AD_r on the others.
     *
     * @return a row for each node: its role, AD_r and AD_f before and after in percent, how many parameters were changed,
     *     and the cumulative seconds
     */
    public Table table() {
        return measured(umig::reached);
    }

    /**
     * Measures each node on images of the labels it knows, before and after.
     *
     * @param images the images, test images say
     */
    public Table table(Images images) {
        Check.given("images", images);
        return measured(node -> images.only(umig.known(node)));
    }

    private Table measured(Function<ModelNode, Images> images) {
        long start = System.nanoTime();
        StringColumn name = StringColumn.create("node");
        StringColumn role = StringColumn.create("role");
        List<DoubleColumn> accuracies =
                ACCURACIES.stream().map(Evaluation::column).toList();
        IntColumn changed = IntColumn.create("parameters changed");
        DoubleColumn seconds = DoubleColumn.create("seconds");
        seconds.setPrintFormatter(NumberColumnFormatter.fixedWithGrouping(3));
        for (ModelNode node : umig.nodes()) {
            Images measured = images.apply(node);
            Images retained = unlearning.retained(measured);
            Images forgotten = unlearning.forgotten(measured);
            name.append(node.name());
            role.append(unlearning.role(node).name().toLowerCase(Locale.ROOT));
            Classifier now = node.model();
            Classifier then = earlier(node);
            double[] values = {Double.NaN, accuracy(now, retained), Double.NaN, accuracy(now, forgotten)};
            values[0] = then == now ? values[1] : accuracy(then, retained);
            values[2] = then == now ? values[3] : accuracy(then, forgotten);
            for (int i = 0; i < values.length; i++) {
                accuracies.get(i).append(values[i]);
            }
            changed.append(changes.changed(node).cardinality());
            seconds.append(cumulative.getOrDefault(node, Double.NaN));
        }
        Table table = Table.create(method + ", " + unlearning.request(), name, role);
        accuracies.forEach(table::addColumns);
        UnlearningMethod.lap("evaluation", start, phases);
        return table.addColumns(changed, seconds);
    }

    private static double accuracy(Classifier model, Images images) {
        return images.isEmpty() ? Double.NaN : Evaluator.evaluate(model, images).accuracy();
    }

    /** Returns a node's network as it was before; the node's own if it was not changed. */
    private Classifier earlier(ModelNode node) {
        if (changes.before(node) == null) {
            return node.model();
        }
        Classifier model = node.model().copy();
        changes.before(node).load(model);
        return model;
    }

    /**
     * Lays what was measured beside what was published.
     *
     * @param published a table of the paper, with the columns metric (AD_r, AD_f or seconds), approach, node and value; rows
     *     of other approaches than "original" and this one, and of other nodes, are left out
     * @return those rows with two more columns, measured and measured − published; missing where nothing was measured
     * @throws IllegalArgumentException if a column is missing, or no row is left
     */
    public Table against(Table published) {
        for (String column : List.of("metric", "approach", "node", "value")) {
            Check.that(
                    Check.given("published", published).containsColumn(column),
                    "published must have a column named %s, it has %s",
                    column,
                    published.columnNames());
        }
        List<Integer> fitting = new ArrayList<>();
        List<Double> measurements = new ArrayList<>();
        Map<String, Row> measured = new LinkedHashMap<>();
        Table now = table();
        for (int i = 0; i < now.rowCount(); i++) {
            measured.put(now.stringColumn("node").get(i), now.row(i));
        }
        for (Row row : published) {
            Row node = measured.get(row.getString("node"));
            String approach = row.getString("approach");
            boolean before = approach.equals("original");
            if (node != null && (before || plain(approach).equals(plain(method)))) {
                fitting.add(row.getRowNumber());
                measurements.add(value(node, row.getString("metric"), before));
            }
        }
        Check.that(
                !fitting.isEmpty(),
                "no row of %s speaks of %s or the original at a node of %s",
                published.name(),
                method,
                measured.keySet());
        Table beside =
                published.rows(fitting.stream().mapToInt(Integer::intValue).toArray());
        DoubleColumn measurement = Evaluation.column("measured");
        measurements.forEach(measurement::append);
        return beside.addColumns(
                measurement,
                measurement
                        .subtract(beside.numberColumn("value").asDoubleColumn())
                        .setName("measured − published"));
    }

    private static double value(Row measured, String metric, boolean before) {
        String column = before ? metric + " before" : metric;
        return measured.columnNames().contains(column) ? measured.getDouble(column) : Double.NaN;
    }

    /** Returns an approach's name without its spelling: GradientAscent is gradient_ascent. */
    private static String plain(String approach) {
        return approach.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
    }

    /** Returns the number of nodes of a role. */
    private long count(Role role) {
        return unlearning.nodes().stream()
                .filter(node -> unlearning.role(node) == role)
                .count();
    }

    @Override
    public String toString() {
        double taken = phases.entrySet().stream()
                .filter(phase -> !phase.getKey().equals("evaluation"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        return String.format(
                Locale.ROOT,
                "%s: %s forgotten by %d discovery and %d inherited nodes in %.3f s%s",
                method,
                unlearning.request(),
                count(Role.DISCOVERY),
                count(Role.INHERITED),
                taken,
                undone ? ", undone" : "");
    }
}
