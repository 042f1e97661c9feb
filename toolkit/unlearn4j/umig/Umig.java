package unlearn4j.umig;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedAcyclicGraph;
import org.jgrapht.traverse.BreadthFirstIterator;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.core.Screen;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.fisher.Fisher;
import unlearn4j.fisher.FisherEstimator;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluation;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Head;

/**
 * A unified model inheritance graph: paper B's G = (N, E). An edge leads from a model to one that inherits from it; there
 * are no cycles. Made by a builder that trains it, or by hand with {@link #of()}, {@link #add} and {@link #inherit}. Used
 * by one thread at a time.
 */
public final class Umig {
    private final DirectedAcyclicGraph<String, DefaultEdge> graph = new DirectedAcyclicGraph<>(DefaultEdge.class);
    private final Map<String, ModelNode> nodes = new LinkedHashMap<>();

    private final Map<ModelNode, Map<FisherEstimator, KeptFim>> modelFims = new HashMap<>();

    /** A model FIM, and the weights that it belongs to. */
    private record KeptFim(Head head, long bodyVersion, Fisher fisher) {
        boolean holdsFor(Classifier model) {
            return bodyVersion == model.bodyVersion() && head.sameAs(model.head());
        }
    }

    private Umig() {
    }

    /** Returns a graph without nodes. */
    public static Umig of() {
        return new Umig();
    }

    /** Begins a graph of incremental learning: a chain of models, each trained on with more labels (§3.1.3). */
    public static IncrementalLearning incremental(Dataset data) {
        return new IncrementalLearning(data);
    }

    /**
     * Adds a node.
     *
     * @throws IllegalArgumentException if there is one of that name
     */
    public Umig add(ModelNode node) {
        Check.given("node", node);
        Check.that(!nodes.containsKey(node.name()), "there is a node named %s already: names must differ", node.name());
        graph.addVertex(node.name());
        nodes.put(node.name(), node);
        return this;
    }

    /**
     * Says that a node inherits from another.
     *
     * @param child the heir's name
     * @param parents the names of those it inherits from
     * @throws IllegalArgumentException if there is no such node, if that closes a cycle, or if the heads differ in shape;
     *     then the graph is as it was
     */
    public Umig inherit(String child, String... parents) {
        ModelNode heir = node(child);
        Check.that(parents.length > 0, "%s inherits from nobody: name at least one parent", child);
        for (String parent : parents) {
            ModelNode from = node(parent);
            Check.that(from.model().classes() == heir.model().classes()
                    && from.model().spec().features() == heir.model().spec().features(),
                    "%s cannot inherit from %s: its head is %d×%d, that of %s is %d×%d", child, parent,
                    heir.model().classes(), heir.model().spec().features(), parent, from.model().classes(),
                    from.model().spec().features());
            Check.that(!parent.equals(child) && !ancestorNames(parent).contains(child),
                    "%s cannot inherit from %s, which inherits from it: the graph must have no cycles", child, parent);
        }
        for (String parent : parents) {
            graph.addEdge(parent, child);
        }
        // What reached the heirs has changed, and with it their model FIMs.
        modelFims.remove(heir);
        graph.getDescendants(child).forEach(name -> modelFims.remove(nodes.get(name)));
        return this;
    }

    /** Returns the nodes, parents before children. */
    public List<ModelNode> nodes() {
        List<ModelNode> ordered = new ArrayList<>();
        graph.forEach(name -> ordered.add(nodes.get(name)));
        return ordered;
    }

    /**
     * Returns the node of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public ModelNode node(String name) {
        ModelNode node = nodes.get(name);
        Check.that(node != null, "there is no node named %s: the nodes are %s", name, nodes.keySet());
        return node;
    }

    /** Returns the nodes that a node inherits from directly, in the order in which they were added. */
    public List<ModelNode> parents(ModelNode node) {
        node(Check.given("node", node).name());
        Set<String> parents = new TreeSet<>();
        graph.incomingEdgesOf(node.name()).forEach(edge -> parents.add(graph.getEdgeSource(edge)));
        return inOrderOfAddition(parents);
    }

    /** Returns all nodes that a node inherits from, directly or not, in the order in which they were added. */
    public List<ModelNode> ancestors(ModelNode node) {
        node(Check.given("node", node).name());
        return inOrderOfAddition(ancestorNames(node.name()));
    }

    private Set<String> ancestorNames(String name) {
        return graph.getAncestors(name);
    }

    private List<ModelNode> inOrderOfAddition(Collection<String> names) {
        return nodes.values().stream().filter(node -> names.contains(node.name())).toList();
    }

    /** Returns the images that reached a node: its own and its ancestors', D_j of Eq. 4. */
    public Images reached(ModelNode node) {
        Images reached = node.shard();
        for (ModelNode ancestor : ancestors(node)) {
            reached = reached.and(ancestor.shard());
        }
        return reached.named("training data of " + node.name());
    }

    /**
     * Returns a node's model FIM F_j (Eq. 4), the information in its head on all images that reached it. It is computed once
     * and kept for as long as the node's weights and ancestors stay what they are, so that a request to forget need not pay
     * for it (§4.4.2).
     *
     * @throws IllegalArgumentException if there is no such node
     */
    public Fisher modelFim(ModelNode node, FisherEstimator estimator) {
        node(Check.given("node", node).name());
        Check.given("estimator", estimator);
        Map<FisherEstimator, KeptFim> kept = modelFims.computeIfAbsent(node, any -> new HashMap<>());
        KeptFim fim = kept.get(estimator);
        if (fim == null || !fim.holdsFor(node.model())) {
            Head head = node.model().head();
            fim = new KeptFim(head, node.model().bodyVersion(), estimator.of(node.model(), reached(node)));
            kept.put(estimator, fim);
        }
        return fim.fisher;
    }

    /** Returns the labels that a node knows: those of the images that reached it. */
    public Labels known(ModelNode node) {
        Labels known = node.shard().labels();
        for (ModelNode ancestor : ancestors(node)) {
            known = known.and(ancestor.shard().labels());
        }
        return known;
    }

    /**
     * Finds what a request to forget concerns (§3.3, §4.1). A breadth-first search from the roots meets, for each label,
     * the first nodes that know it: the discovery nodes. They and all that inherit from them make the unlearning graph.
     *
     * @param labels the labels to forget
     * @throws IllegalArgumentException if no node ever learned one of them
     */
    public UnlearningGraph unlearning(Labels labels) {
        Check.that(!nodes.isEmpty(), "the graph has no nodes: add one first");
        Check.that(!Check.given("labels", labels).isEmpty(), "labels must not be empty: name at least one to forget");
        Map<ModelNode, Labels> knownBy = new LinkedHashMap<>();
        nodes().forEach(node -> knownBy.put(node, known(node)));
        Labels learned = knownBy.values().stream().reduce(Labels.of(List.of()), Labels::and);
        Check.that(learned.containsAll(labels), "label(s) %s: no node ever learned them, the graph knows %s",
                labels.without(learned), learned);
        Map<ModelNode, Labels> discovered = new LinkedHashMap<>();
        for (ModelNode node : breadthFirst()) {
            Labels inherited = parents(node).stream().map(knownBy::get).reduce(Labels.of(List.of()), Labels::and);
            Labels first = knownBy.get(node).shared(labels).without(inherited);
            if (!first.isEmpty()) {
                discovered.put(node, first);
            }
        }
        Map<ModelNode, List<ModelNode>> sources = new LinkedHashMap<>();
        for (ModelNode node : nodes()) {
            Set<String> above = ancestorNames(node.name());
            List<ModelNode> from = discovered.keySet().stream()
                    .filter(root -> root.equals(node) || above.contains(root.name())).toList();
            if (!from.isEmpty()) {
                sources.put(node, from);
            }
        }
        return new UnlearningGraph(labels, discovered, sources);
    }

    private List<ModelNode> breadthFirst() {
        List<String> roots = nodes.keySet().stream().filter(name -> graph.inDegreeOf(name) == 0).toList();
        List<ModelNode> order = new ArrayList<>();
        new BreadthFirstIterator<>(graph, roots).forEachRemaining(name -> order.add(nodes.get(name)));
        return order;
    }

    /**
     * Returns a row for each node: from whom it inherits, the labels it knows, how many images reached it, and its
     * accuracy on those in percent.
     */
    public Table table() {
        StringColumn name = StringColumn.create("node");
        StringColumn model = StringColumn.create("model");
        StringColumn parents = StringColumn.create("inherits from");
        StringColumn labels = StringColumn.create("labels");
        IntColumn images = IntColumn.create("images");
        DoubleColumn accuracy = Evaluation.column("accuracy %");
        for (ModelNode node : nodes()) {
            Images reached = reached(node);
            name.append(node.name());
            model.append(node.model().spec().name());
            parents.append(String.join(", ", parents(node).stream().map(ModelNode::name).toList()));
            labels.append(reached.labels().toString());
            images.append(reached.size());
            accuracy.append(Evaluator.evaluate(node.model(), reached).accuracy());
        }
        return Table.create("Model inheritance graph", name, model, parents, labels, images, accuracy);
    }

    /** Shows the graph: as a picture in a notebook, as text elsewhere. */
    public void draw() {
        Screen.current().show(this);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("UMIG of " + nodes.size() + " models");
        for (ModelNode node : nodes()) {
            List<ModelNode> parents = parents(node);
            text.append("\n  ").append(node.name()).append(parents.isEmpty() ? "" : " ← " + parents)
                    .append(": labels ").append(known(node));
        }
        return text.toString();
    }
}
