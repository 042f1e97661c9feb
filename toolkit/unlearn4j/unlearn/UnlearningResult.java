package unlearn4j.unlearn;

import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;
import unlearn4j.audit.Forgetting;
import unlearn4j.core.Check;
import unlearn4j.core.Screen;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluation;
import unlearn4j.train.Origin;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Role;
import unlearn4j.umig.TrainingData;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/** What forgetting did to each node of a graph, and the way back. */
public final class UnlearningResult {
    private static final List<String> ACCURACIES = List.of("AD_r before", "AD_r", "AD_f before", "AD_f");

    private final String method;
    private final TrainingData data;
    private final UnlearningGraph unlearning;
    private final Changes changes;
    private final Map<String, Double> phases;
    private final Map<ModelNode, Double> cumulative;
    /** What the graph had forgotten before. */
    private final String after;

    private final long number;
    private Origin origin = Origin.UNKNOWN;

    /**
     * Makes a result of changes that are made.
     *
     * @param data which images count as a node's training data
     * @param phases the seconds of each phase
     * @param cumulative for each node the seconds until it had forgotten
     */
    UnlearningResult(
            String method,
            TrainingData data,
            UnlearningGraph unlearning,
            Changes changes,
            Map<String, Double> phases,
            Map<ModelNode, Double> cumulative) {
        this.method = method;
        this.data = data;
        this.unlearning = unlearning;
        this.changes = changes;
        this.phases = Collections.unmodifiableMap(new LinkedHashMap<>(phases));
        this.cumulative = Collections.unmodifiableMap(new LinkedHashMap<>(cumulative));
        after = umig().past().after();
        number = umig().past().add(method + " forgot " + unlearning.request());
    }

    /** Says how it was made, and so where the nodes come from that were changed. */
    void comesFrom(Origin how) {
        origin = how;
        for (ModelNode node : changes.nodes()) {
            Origin unlearned = Origin.unlearned(node.name(), how);
            Origin trained = changes.after(node).origin();
            node.model().comesFrom(trained.isUnknown() ? unlearned : unlearned.with("trained as", trained));
        }
    }

    /** Returns how it was made; unknown if it wasn't by {@link UnlearningMethod#forget}. */
    public Origin origin() {
        return origin;
    }

    /** Returns the method's name. */
    public String method() {
        return method;
    }

    /** Returns the whole graph. */
    public Umig umig() {
        return unlearning.umig();
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

    /** Returns how long each phase took, in seconds, by its name and in order. The time to measure is in none. */
    public Map<String, Double> seconds() {
        return phases;
    }

    /**
     * Returns for each node the seconds until it had forgotten, the paper's cumulative unlearning time. FIUn: the slowest
     * unlearning FIM of its discovery nodes, its own merge and update; its model FIM is there before (§4.4.2), but for one of what
     * the node is to keep alone ({@link ModelData}), which is its own too. Methods that
     * work on each node by itself: its own time. Re-training: its own time and that of the slowest chain of trainings above
     * it.
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

    /** Returns whether a node's head alone was put in anew, so that its body makes the same features as before. */
    public boolean keepsBody(ModelNode node) {
        return changes.keepsBody(Check.given("node", node));
    }

    /**
     * Puts every weight back as it was before, bit for bit.
     *
     * @throws IllegalArgumentException if that was done before, by {@link Umig#restore} say, or if a node was changed by another since
     * @throws UnlearningException if a node refuses its weights; the message says which nodes are old and which new
     */
    public void undo() {
        Check.that(umig().past().holds(number), "%s of %s was undone before", method, unlearning.request());
        changes.undo();
        umig().past().remove(number);
    }

    /**
     * Measures each node on its training data, as paper B does (§5.1), before and after: AD_f on the images to forget, AD_r on
     * the others. Whose images these are, {@link UnlearningMethod#data} said.
     *
     * @return a row for each node: its role, AD_r and AD_f before and after in percent, how many parameters were changed,
     *     and the cumulative seconds
     */
    public Table evaluate() {
        return evaluate(node -> unlearning.division(node, data));
    }

    /**
     * Measures each node on images of the labels it knows, before and after.
     *
     * @param images the images, test images say
     */
    public Table evaluate(Images images) {
        Check.given("images", images);
        return evaluate(node -> {
            Images known = images.only(umig().known(node));
            return new UnlearningGraph.Division(unlearning.retained(known), unlearning.forgotten(known));
        });
    }

    private Table evaluate(Function<ModelNode, UnlearningGraph.Division> images) {
        StringColumn name = StringColumn.create("node");
        StringColumn role = StringColumn.create("role");
        List<DoubleColumn> accuracies =
                ACCURACIES.stream().map(Evaluation::column).toList();
        IntColumn changed = IntColumn.create("parameters changed");
        DoubleColumn seconds = DoubleColumn.create("seconds");
        seconds.setPrintFormatter(NumberColumnFormatter.fixedWithGrouping(3));
        for (ModelNode node : umig().nodes()) {
            UnlearningGraph.Division division = images.apply(node);
            Classifier then = earlier(node);
            Forgetting after = Forgetting.of(node.model(), division.retained(), division.forgotten());
            Forgetting before =
                    then == node.model() ? after : Forgetting.of(then, division.retained(), division.forgotten());
            name.append(node.name());
            role.append(unlearning.role(node).name().toLowerCase(Locale.ROOT));
            accuracies.get(0).append(before.retained());
            accuracies.get(1).append(after.retained());
            accuracies.get(2).append(before.forgotten());
            accuracies.get(3).append(after.forgotten());
            changed.append(changes.changed(node).cardinality());
            seconds.append(cumulative.getOrDefault(node, Double.NaN));
        }
        Table table = Table.create(method + ", " + unlearning.request() + after, name, role);
        accuracies.forEach(table::addColumns);
        return table.addColumns(changed, seconds);
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

    /** Returns the number of nodes of a role. */
    private long count(Role role) {
        return unlearning.nodes().stream()
                .filter(node -> unlearning.role(node) == role)
                .count();
    }

    @Override
    public String toString() {
        double taken = phases.values().stream().mapToDouble(Double::doubleValue).sum();
        return String.format(
                Locale.ROOT,
                "%s: %s forgotten by %d discovery and %d inherited nodes in %.3f s%s%s",
                method,
                unlearning.request(),
                count(Role.DISCOVERY),
                count(Role.INHERITED),
                taken,
                after,
                umig().past().holds(number) ? "" : ", undone");
    }
}
