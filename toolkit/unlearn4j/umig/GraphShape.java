package unlearn4j.umig;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jgrapht.alg.util.Triple;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.DirectedAcyclicGraph;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.AttributeType;
import org.jgrapht.nio.BaseEventDrivenImporter;
import org.jgrapht.nio.BaseExporter;
import org.jgrapht.nio.DefaultAttribute;
import org.jgrapht.nio.EventDrivenImporter;
import org.jgrapht.nio.ImportException;
import org.jgrapht.nio.graphml.GraphMLEventDrivenImporter;
import org.jgrapht.nio.graphml.GraphMLExporter;
import org.jgrapht.nio.json.JSONEventDrivenImporter;
import org.jgrapht.nio.json.JSONExporter;
import org.jgrapht.util.SupplierUtil;
import unlearn4j.core.Check;
import unlearn4j.data.Labels;

/**
 * A graph without its models: who inherits from whom, how much, and who learned which labels. It can be written as GraphML
 * or JSON, read by other graph tools, and read back; with models it becomes a graph again,
 * {@link Umig#of(GraphShape, java.util.function.Function)}.
 *
 * @param nodes the nodes, in the order in which they are added
 * @param edges who inherits from whom
 */
public record GraphShape(List<Node> nodes, List<Edge> edges) {

    /**
     * A node.
     *
     * @param name its name
     * @param model the name of its network, {@code "ResNet8"} say; may be empty
     * @param labels the labels that it was itself trained on, perhaps none
     */
    public record Node(String name, String model, Labels labels) {
        /** Makes a node. */
        public Node {
            Check.that(name != null && !name.isBlank(), "a node's name must be given, not blank");
            Check.given("model of node " + name, model);
            Check.given("labels of node " + name, labels);
        }
    }

    /**
     * An edge.
     *
     * @param parent the name of the node that is inherited from
     * @param child the heir's name
     * @param weight the share of what the heir began with that came from this parent, in (0, 1]
     */
    public record Edge(String parent, String child, double weight) {
        /** Makes an edge. */
        public Edge {
            Check.that(
                    weight > 0 && weight <= 1, "weight (%s) of edge %s → %s must lie in (0, 1]", weight, parent, child);
        }
    }

    /** Makes a shape; names must differ, edges must join nodes that are there, and there must be no cycle. */
    public GraphShape {
        nodes = List.copyOf(Check.notEmpty("nodes", nodes));
        edges = List.copyOf(Check.given("edges", edges));
        graph(nodes, edges);
    }

    private static DirectedAcyclicGraph<String, DefaultWeightedEdge> graph(List<Node> nodes, List<Edge> edges) {
        DirectedAcyclicGraph<String, DefaultWeightedEdge> graph =
                new DirectedAcyclicGraph<>(null, SupplierUtil.createSupplier(DefaultWeightedEdge.class), true);
        for (Node node : nodes) {
            Check.that(graph.addVertex(node.name), "node %s is given twice: names must differ", node.name);
        }
        for (Edge edge : edges) {
            for (String end : new String[] {edge.parent, edge.child}) {
                Check.that(
                        graph.containsVertex(end), "edge %s → %s: there is no node %s", edge.parent, edge.child, end);
            }
            try {
                DefaultWeightedEdge added = graph.addEdge(edge.parent, edge.child);
                Check.that(added != null, "edge %s → %s is given twice", edge.parent, edge.child);
                graph.setEdgeWeight(added, edge.weight);
            } catch (IllegalArgumentException e) {
                Check.that(
                        graph.containsEdge(edge.parent, edge.child),
                        "edge %s → %s closes a cycle: a model can't inherit from its heir",
                        edge.parent,
                        edge.child);
                throw e;
            }
        }
        return graph;
    }

    /** Returns the shape as GraphML, an XML form that graph tools read (graphml.graphdrawing.org). */
    public String graphMl() {
        GraphMLExporter<String, DefaultWeightedEdge> exporter = new GraphMLExporter<>(ids()::get);
        exporter.setExportEdgeWeights(true);
        exporter.registerAttribute("name", GraphMLExporter.AttributeCategory.NODE, AttributeType.STRING);
        exporter.registerAttribute("model", GraphMLExporter.AttributeCategory.NODE, AttributeType.STRING);
        exporter.registerAttribute("labels", GraphMLExporter.AttributeCategory.NODE, AttributeType.STRING);
        describe(exporter);
        StringWriter text = new StringWriter();
        exporter.exportGraph(graph(nodes, edges), text);
        return text.toString();
    }

    /** Returns the shape as JSON: an array of nodes and one of edges. */
    public String json() {
        DirectedAcyclicGraph<String, DefaultWeightedEdge> graph = graph(nodes, edges);
        JSONExporter<String, DefaultWeightedEdge> exporter = new JSONExporter<>(ids()::get);
        exporter.setEdgeAttributeProvider(
                edge -> Map.of("weight", DefaultAttribute.createAttribute(graph.getEdgeWeight(edge))));
        describe(exporter);
        StringWriter text = new StringWriter();
        exporter.exportGraph(graph, text);
        return text.toString();
    }

    /** Returns each node's id: an XML id may not hold a slash or a space, a name may. */
    private Map<String, String> ids() {
        return IntStream.range(0, nodes.size()).boxed().collect(Collectors.toMap(i -> nodes.get(i).name, i -> "n" + i));
    }

    private void describe(BaseExporter<String, DefaultWeightedEdge> exporter) {
        Map<String, Node> byName = nodes.stream().collect(Collectors.toMap(Node::name, node -> node));
        exporter.setVertexAttributeProvider(name -> {
            Map<String, Attribute> attributes = new LinkedHashMap<>();
            attributes.put("name", DefaultAttribute.createAttribute(name));
            attributes.put("model", DefaultAttribute.createAttribute(byName.get(name).model));
            attributes.put(
                    "labels",
                    DefaultAttribute.createAttribute(byName.get(name).labels.values().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(" "))));
            return attributes;
        });
    }

    /**
     * Reads what {@link #graphMl} writes, and what other tools do: a node without a name has its id, without labels none, an
     * edge without a weight weighs 1.
     *
     * @throws IllegalArgumentException if it is no GraphML, or no graph
     */
    public static GraphShape ofGraphMl(String text) {
        Check.that(
                !Check.given("text", text).contains("<!DOCTYPE"),
                "GraphML with a <!DOCTYPE> is not read: it could have " + "other files read; take that line out");
        GraphMLEventDrivenImporter importer = new GraphMLEventDrivenImporter();
        // Other tools stretch the schema, and its errors are hard to read; what matters is checked here.
        importer.setSchemaValidation(false);
        return read("GraphML", text, importer);
    }

    /** Reads what {@link #json} writes; throws as {@link #ofGraphMl} does. */
    public static GraphShape ofJson(String text) {
        return read("JSON", Check.given("text", text), new JSONEventDrivenImporter());
    }

    private static <
                    I extends
                            BaseEventDrivenImporter<String, Triple<String, String, Double>>
                                    & EventDrivenImporter<String, Triple<String, String, Double>>>
            GraphShape read(String format, String text, I importer) {
        Set<String> ids = new LinkedHashSet<>();
        Map<String, Map<String, String>> attributes = new LinkedHashMap<>();
        List<Triple<String, String, Double>> links = new ArrayList<>();
        importer.addVertexConsumer(id -> Check.that(ids.add(id), "node %s is given twice: ids must differ", id));
        importer.addVertexAttributeConsumer((of, value) -> attributes
                .computeIfAbsent(of.getFirst(), any -> new LinkedHashMap<>())
                .put(of.getSecond(), value.getValue()));
        importer.addEdgeConsumer(links::add);
        try {
            importer.importInput(new StringReader(text));
        } catch (ImportException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw Check.refusal(
                    "this is not a graph in %s: %s",
                    format,
                    String.valueOf(reason.getMessage()).lines().findFirst().orElse("it is empty"));
        }
        Map<String, String> names = new LinkedHashMap<>();
        List<Node> nodes = new ArrayList<>();
        for (String id : ids) {
            Map<String, String> of = attributes.getOrDefault(id, Map.of());
            String name = of.getOrDefault("name", id);
            names.put(id, name);
            nodes.add(new Node(name, of.getOrDefault("model", ""), labels(name, of.getOrDefault("labels", ""))));
        }
        return new GraphShape(
                nodes,
                links.stream()
                        .map(link -> new Edge(
                                names.getOrDefault(link.getFirst(), link.getFirst()),
                                names.getOrDefault(link.getSecond(), link.getSecond()),
                                link.getThird() == null ? 1 : link.getThird()))
                        .toList());
    }

    private static Labels labels(String node, String text) {
        Check.that(
                text.matches("\\s*(\\d{1,9}(\\s+\\d{1,9})*)?\\s*"),
                "labels (%s) of node %s must be numbers, 0 or more, with " + "spaces between",
                text,
                node);
        return Labels.of(Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .map(Integer::valueOf)
                .toList());
    }
}
