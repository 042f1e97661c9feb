package unlearn4j.umig;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.core.Screen;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;

/**
 * A unified model inheritance graph: paper B's G = (N, E), weighted and directed (§3.2). An edge leads from a model to one
 * that inherits from it; there are no cycles. Made by a builder that trains it, or by hand with {@link #of()},
 * {@link #add} and {@link #inherit}. Used by one thread at a time.
 */
public final class Umig {
    private final Heritage heritage = new Heritage();
    private final Map<String, ModelNode> nodes = new LinkedHashMap<>();

    /** How the nodes were trained; null for a graph that was made by hand. */
    private final TrainingPlan plan;

    private final Past past;

    private Umig(TrainingPlan plan, Past past) {
        this.plan = plan;
        this.past = past;
    }

    /** Returns a graph without nodes. */
    public static Umig of() {
        return new Umig(null, new Past());
    }

    /** Returns what the graph has been made to forget, and not been given back, since it was trained; it is saved too. */
    public Past past() {
        return past;
    }

    /**
     * Undoes all that methods of unlearning have done to the graph: puts back the weights that training left, bit for bit.
     * Without it a second request begins from what the first has left.
     *
     * @return this graph
     * @throws IllegalArgumentException if it was saved after it was made to forget: what was before is not saved
     */
    public Umig restore() {
        past.restore();
        return this;
    }

    /** Returns whether the graph remembers how it was trained; one that was made by hand doesn't. */
    public boolean isPlanned() {
        return plan != null;
    }

    /** Returns the seed that the graph was trained with; none if it was made by hand. */
    public OptionalLong seed() {
        return plan == null ? OptionalLong.empty() : OptionalLong.of(plan.seed());
    }

    /**
     * Returns how the graph was trained, so that it can be trained again, on other data say.
     *
     * @throws IllegalArgumentException if the graph, or a node of it, was made by hand
     */
    public TrainingPlan plan() {
        Check.that(
                plan != null,
                "nobody knows how this graph was trained, it was made by hand: say how with TrainingPlan.of(umig,"
                        + " training)");
        Set<String> planned = new HashSet<>();
        plan.steps().stream().filter(Step::node).forEach(step -> planned.add(step.name()));
        nodes.keySet()
                .forEach(name -> Check.that(
                        planned.contains(name),
                        "nobody knows how %s was trained, it was added by hand: say how with TrainingPlan.of(umig, "
                                + "training)",
                        name));
        return plan;
    }

    /**
     * Returns a graph of that shape.
     *
     * @param shape who inherits from whom
     * @param model gives the node of each name
     * @throws IllegalArgumentException if a node is of another name, if it was trained on labels other than the shape says, or
     *     if heads along an edge differ in shape
     */
    public static Umig of(GraphShape shape, Function<String, ModelNode> model) {
        return of(shape, null, new Past(), Check.given("model", model));
    }

    /** Returns a graph of that shape, which remembers how it was trained and what it was made to forget. */
    static Umig of(GraphShape shape, TrainingPlan plan, Past past, Function<String, ModelNode> model) {
        Umig umig = new Umig(plan, past);
        for (GraphShape.Node wanted : Check.given("shape", shape).nodes()) {
            ModelNode node = Check.given("node " + wanted.name(), model.apply(wanted.name()));
            Check.that(
                    node.name().equals(wanted.name()),
                    "the node for %s is named %s: names must be the same",
                    wanted.name(),
                    node.name());
            Check.that(
                    node.shard().labels().equals(wanted.labels()),
                    "%s was trained on labels %s, its graph has it on " + "labels %s",
                    node,
                    node.shard().labels(),
                    wanted.labels());
            umig.add(node);
        }
        shape.edges().forEach(edge -> umig.inherit(edge.child(), edge.parent(), edge.weight()));
        return umig;
    }

    /**
     * Saves the graph with its models as they are now, how it was trained and what it was made to forget, in a folder. The
     * weights are safetensors, the rest JSON.
     *
     * @param folder where to: new, empty, or with what a killed save has left
     * @throws IllegalArgumentException if there are files in it, or if nodes' names differ in upper and lower case alone
     * @throws unlearn4j.data.DataException if it can't be written to
     */
    public void save(Path folder) {
        new GraphFolder(folder).save(this, plan);
    }

    /**
     * Loads a graph that {@link #save} saved, or that was trained in a folder; each model says what it said, bit for bit.
     *
     * @param folder where it is
     * @param data the data set that it was trained on
     * @throws unlearn4j.data.DataException if there is none, if it is damaged or not trained to its end, or if it was trained
     *     on other images
     */
    public static Umig load(Path folder, Dataset data) {
        return new GraphFolder(folder).load(Check.given("data", data));
    }

    /** Returns the graph without its models, which can be written as GraphML and JSON. */
    public GraphShape shape() {
        return new GraphShape(
                nodes.values().stream()
                        .map(node -> new GraphShape.Node(
                                node.name(),
                                node.model().spec().name(),
                                node.shard().labels()))
                        .toList(),
                heritage.edges());
    }

    /** Begins a graph of incremental learning: a chain of models, each trained on with more labels (§3.1.3). */
    public static IncrementalLearning incremental(Dataset data) {
        return new IncrementalLearning(data);
    }

    /** Begins a graph of federated learning: clients whose models are averaged, round by round (§3.1.1). */
    public static FederatedLearning federated(Dataset data) {
        return new FederatedLearning(data);
    }

    /** Begins a graph of data-parallel learning: sub-tasks on shards, averaged when they synchronise (§3.1.2). */
    public static DataParallelLearning dataParallel(Dataset data) {
        return new DataParallelLearning(data);
    }

    /** Begins a graph of transfer learning: heads fine-tuned on more labels, over the body of one model (§3.1.4). */
    public static TransferLearning transfer(Dataset data) {
        return new TransferLearning(data);
    }

    /** Begins a binary tree of models, each trained on from its parent with a segment of the images (Fig. 6(d)). */
    public static TreeLearning binaryTree(Dataset data) {
        return new TreeLearning(data);
    }

    /** Begins a graph of any form, each node trained on from the average of its parents (Fig. 1(d)). */
    public static DagLearning dag(Dataset data) {
        return new DagLearning(data);
    }

    /**
     * Adds a node.
     *
     * @throws IllegalArgumentException if there is one of that name
     */
    public Umig add(ModelNode node) {
        Check.given("node", node);
        Check.that(!nodes.containsKey(node.name()), "there is a node named %s already: names must differ", node.name());
        heritage.add(node.name());
        nodes.put(node.name(), node);
        return this;
    }

    /**
     * Says that a node inherits from others, all that it began with from each: an edge of weight 1.
     *
     * @param child the heir's name
     * @param parents the names of those it inherits from
     * @throws IllegalArgumentException if there is no such node, if that closes a cycle, or if the heads differ in shape;
     *     then the graph is as it was
     */
    public Umig inherit(String child, String... parents) {
        Map<String, Double> weighted = new LinkedHashMap<>();
        List.of(Check.allGiven("parents", parents)).forEach(parent -> weighted.put(parent, 1.0));
        Check.that(!weighted.isEmpty(), "%s inherits from nobody: name at least one parent", child);
        return inherit(child, weighted);
    }

    /**
     * Says that a node inherits from another, and how much.
     *
     * @param child the heir's name
     * @param parent the name of the node that it inherits from
     * @param weight the edge's weight: the share of what the heir began with that came from this parent, in (0, 1], as a
     *     client has in a federated average
     * @throws IllegalArgumentException as {@link #inherit(String, String...)} does
     */
    public Umig inherit(String child, String parent, double weight) {
        Check.that(weight > 0 && weight <= 1, "weight (%s) of %s → %s must lie in (0, 1]", weight, parent, child);
        return inherit(child, Map.of(Check.given("parent", parent), weight));
    }

    private Umig inherit(String child, Map<String, Double> parents) {
        ModelNode heir = node(child);
        for (String parent : parents.keySet()) {
            node(parent).checkHeir(heir);
        }
        heritage.inherit(child, parents);
        return this;
    }

    /** Returns the nodes, parents before children. */
    public List<ModelNode> nodes() {
        return named(heritage.names());
    }

    /**
     * Returns the node of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public ModelNode node(String name) {
        ModelNode node = nodes.get(name);
        Check.that(node != null, "there is no node named %s: the nodes are %s", name, someNames());
        return node;
    }

    /** Returns whether there is a node of that name. */
    public boolean has(String name) {
        return nodes.containsKey(Check.given("name", name));
    }

    private String someNames() {
        String first = nodes.keySet().stream().limit(10).collect(Collectors.joining(", "));
        return "[" + first + (nodes.size() > 10 ? " and " + (nodes.size() - 10) + " more]" : "]");
    }

    /** Returns the nodes that a node inherits from directly, in the order in which they were added. */
    public List<ModelNode> parents(ModelNode node) {
        return named(heritage.parents(nameOf("node", node)));
    }

    /** Returns the nodes that inherit from a node directly, in the order in which they were added. */
    public List<ModelNode> children(ModelNode node) {
        return named(heritage.heirs(nameOf("node", node)));
    }

    /** Returns all nodes that a node inherits from, directly or not, in the order in which they were added. */
    public List<ModelNode> ancestors(ModelNode node) {
        return named(heritage.ancestors(nameOf("node", node)));
    }

    /**
     * Returns the weight of the edge from a parent to its heir.
     *
     * @throws IllegalArgumentException if there is no such edge
     */
    public double weight(ModelNode parent, ModelNode child) {
        double weight = heritage.weight(nameOf("parent", parent), nameOf("child", child));
        Check.that(!Double.isNaN(weight), "%s does not inherit from %s", child, parent);
        return weight;
    }

    private String nameOf(String argument, ModelNode node) {
        return node(Check.given(argument, node).name()).name();
    }

    private List<ModelNode> named(Collection<String> names) {
        return names.stream().map(nodes::get).toList();
    }

    /** Returns a graph of some of the nodes and of the edges between them, with the same models. */
    public Umig part(String... names) {
        Check.that(Check.given("names", names).length > 0, "names must not be empty: name at least one node");
        Umig part = new Umig(plan, past);
        List<ModelNode> wanted = Stream.of(names).map(this::node).toList();
        nodes.values().stream().filter(wanted::contains).forEach(part::add);
        for (GraphShape.Edge edge : heritage.edges()) {
            if (part.has(edge.parent()) && part.has(edge.child())) {
                part.inherit(edge.child(), edge.parent(), edge.weight());
            }
        }
        return part;
    }

    /**
     * Returns the images that reached a node: its own and its ancestors', D_j of Eq. 4.
     *
     * @throws IllegalArgumentException if it has none of its own and inherits none
     */
    public Images reached(ModelNode node) {
        List<Images> shards = new ArrayList<>(List.of(Check.given("node", node).shard()));
        ancestors(node).forEach(ancestor -> shards.add(ancestor.shard()));
        Images reached = Images.union(shards).named("training data of " + node.name());
        Check.that(!reached.isEmpty(), "no images reached %s: it has none of its own, and none to inherit", node);
        return reached;
    }

    /**
     * Returns a node's training data D_j.
     *
     * @throws IllegalArgumentException if no images reached it
     */
    public Images data(ModelNode node, TrainingData which) {
        return Check.given("data", which) == TrainingData.OWN_SHARD
                        && !Check.given("node", node).shard().isEmpty()
                ? node.shard()
                : reached(node);
    }

    /** Returns a number that grows with each edge: what was computed from who inherits from whom holds while it is the same. */
    public long edges() {
        return heritage.changes();
    }

    /** Returns the labels that a node knows: those of the images that reached it. */
    public Labels known(ModelNode node) {
        return ancestors(node).stream()
                .map(ancestor -> ancestor.shard().labels())
                .reduce(node.shard().labels(), Labels::and);
    }

    /** Finds what a request to forget labels concerns, as {@link #unlearning(Request)} does for {@link Request#labels}. */
    public UnlearningGraph unlearning(Labels labels) {
        return unlearning(Request.labels(labels));
    }

    /**
     * Finds what a request to forget concerns (§3.3, §4.1). A breadth-first search from the roots meets the discovery
     * nodes: for each label the first nodes that were trained on images of it, for a single image the first that were
     * trained on it. They and all that inherit from them make the unlearning graph.
     *
     * @throws IllegalArgumentException if no node ever learned one of the labels, or one of the images; if a node that is
     *     named does not exist, or was not trained on what it is to forget
     */
    public UnlearningGraph unlearning(Request request) {
        return new Discovery(this).trainedOn(Check.given("request", request));
    }

    /**
     * Finds what a request to forget labels concerns where nobody kept a record of who was trained on what: §4.1 takes as
     * discovery nodes "the first nodes exhibiting significant recognition of the unlearning data". A label is discovered at
     * each node whose accuracy on its images reaches the threshold, if that of no ancestor does.
     *
     * @param labels the labels to forget
     * @param images images to try the nodes on, some of each label; they are what discovery nodes forget
     * @param threshold the least accuracy on a label's images that counts as recognition, in percent
     * @throws IllegalArgumentException if there are no images of a label, or no node recognises one
     */
    public UnlearningGraph recognising(Labels labels, Images images, double threshold) {
        return new Discovery(this).recognising(labels, images, threshold);
    }

    /** Returns the nodes in breadth-first order from all roots at once. */
    List<ModelNode> breadthFirst() {
        return named(heritage.breadthFirst());
    }

    /**
     * Measures each node on its training data.
     *
     * @param data whose images
     * @return a row for each node: from whom it inherits, the labels it knows, how many images it was measured on, and its
     *     accuracy on those in percent
     */
    public Table evaluate(TrainingData data) {
        return NodeAccuracies.of(this, Check.given("data", data));
    }

    /** Measures each node on its own images, as {@link #evaluate(TrainingData)} does. */
    public Table evaluate() {
        return evaluate(TrainingData.OWN_SHARD);
    }

    /** Shows the graph: as a picture in a notebook, as text elsewhere. */
    public void draw() {
        Screen.current().show(this);
    }

    @Override
    public String toString() {
        return NodeAccuracies.text(this);
    }
}
