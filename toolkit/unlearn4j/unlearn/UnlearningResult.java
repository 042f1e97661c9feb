package unlearn4j.unlearn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.core.Screen;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluation;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Head;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Role;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/** What forgetting did to each node of a graph, and the way back. */
public final class UnlearningResult {
    private final String method;
    private final Umig umig;
    private final UnlearningGraph unlearning;
    private final Map<ModelNode, Head> before = new LinkedHashMap<>();
    private final Map<ModelNode, Head> after;
    private final Map<ModelNode, Integer> touched;
    private final Map<String, Double> seconds;
    private boolean undone;

    /** Puts the new heads in, all of them known by now, so that no node is left between old and new. */
    UnlearningResult(String method, Umig umig, UnlearningGraph unlearning, Map<ModelNode, Head> after,
            Map<ModelNode, Integer> touched, Map<String, Double> seconds) {
        this.method = method;
        this.umig = umig;
        this.unlearning = unlearning;
        this.after = after;
        this.touched = touched;
        this.seconds = seconds;
        after.keySet().forEach(node -> before.put(node, node.model().head()));
        after.forEach((node, head) -> node.model().load(head));
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

    /** Returns the labels that were forgotten. */
    public Labels labels() {
        return unlearning.labels();
    }

    /** Returns how long each phase took, in seconds, by its name. */
    public Map<String, Double> seconds() {
        return Map.copyOf(seconds);
    }

    /**
     * Puts every weight back as it was before, bit for bit.
     *
     * @throws IllegalArgumentException if that was done before, or if a node was changed by another since
     */
    public void undo() {
        Check.that(!undone, "%s of labels %s was undone before", method, labels());
        after.forEach((node, head) -> Check.that(head.sameAs(node.model().head()),
                "%s was changed since: undo the later change first", node.name()));
        before.forEach((node, head) -> node.model().load(head));
        undone = true;
    }

    /**
     * Measures each node on the images that reached it, as paper B does (§5.1), before and after.
     *
     * @return a row for each node: its role, AD_r and AD_f before and after in percent, how many parameters were changed
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
        StringColumn name = StringColumn.create("node");
        StringColumn role = StringColumn.create("role");
        List<DoubleColumn> accuracies = new ArrayList<>();
        for (String column : List.of("AD_r before", "AD_r", "AD_f before", "AD_f")) {
            accuracies.add(Evaluation.column(column));
        }
        IntColumn changed = IntColumn.create("parameters changed");
        for (ModelNode node : umig.nodes()) {
            Labels known = umig.known(node);
            Images measured = images.apply(node);
            Labels forgotten = unlearning.known(node);
            name.append(node.name());
            role.append(unlearning.role(node).name().toLowerCase(Locale.ROOT));
            Evaluation now = Evaluator.evaluate(node.model(), measured);
            Evaluation then = before.containsKey(node) ? earlier(node, measured) : now;
            double[] values = {accuracy(then, known.without(forgotten)), accuracy(now, known.without(forgotten)),
                accuracy(then, forgotten), accuracy(now, forgotten)};
            for (int i = 0; i < values.length; i++) {
                accuracies.get(i).append(values[i]);
            }
            changed.append(touched.getOrDefault(node, 0));
        }
        Table table = Table.create(method + ", labels " + labels(), name, role);
        accuracies.forEach(table::addColumns);
        return table.addColumns(changed);
    }

    private static double accuracy(Evaluation evaluation, Labels labels) {
        return labels.isEmpty() ? Double.NaN : evaluation.accuracy(labels);
    }

    private Evaluation earlier(ModelNode node, Images images) {
        Classifier model = node.model().copy();
        model.load(before.get(node));
        return Evaluator.evaluate(model, images);
    }

    /** Returns the number of nodes of a role. */
    private long count(Role role) {
        return unlearning.nodes().stream().filter(node -> unlearning.role(node) == role).count();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: labels %s forgotten by %d discovery and %d inherited nodes in %.3f s%s", method,
                labels(), count(Role.DISCOVERY), count(Role.INHERITED),
                seconds.values().stream().mapToDouble(Double::doubleValue).sum(), undone ? ", undone" : "");
    }
}
