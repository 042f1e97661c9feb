package unlearn4j.umig;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
            Check.given("parent", parent);
            Check.given("child", child);
            Check.that(
                    weight > 0 && weight <= 1, "weight (%s) of edge %s → %s must lie in (0, 1]", weight, parent, child);
        }
    }

    /** Makes a shape; names must differ, edges must join nodes that are there, and there must be no cycle. */
    public GraphShape {
        nodes = List.copyOf(Check.notEmpty("nodes", nodes));
        edges = List.copyOf(Check.allGiven("edges", edges));
        check(nodes, edges);
    }

    private static void check(List<Node> nodes, List<Edge> edges) {
        Map<String, Integer> numbers = new HashMap<>();
        for (Node node : nodes) {
            Check.that(
                    numbers.putIfAbsent(node.name, numbers.size()) == null,
                    "node %s is given twice: names must differ",
                    node.name);
        }
        Set<List<String>> pairs = new HashSet<>();
        for (Edge edge : edges) {
            for (String end : new String[] {edge.parent, edge.child}) {
                Check.that(numbers.containsKey(end), "edge %s → %s: there is no node %s", edge.parent, edge.child, end);
            }
            Check.that(
                    pairs.add(List.of(edge.parent, edge.child)),
                    "edge %s → %s is given twice",
                    edge.parent,
                    edge.child);
        }
        if (hasCycle(numbers, edges)) {
            // The first edge with which there is one.
            int without = 0;
            int with = edges.size();
            while (with - without > 1) {
                int middle = (without + with) / 2;
                if (hasCycle(numbers, edges.subList(0, middle))) {
                    with = middle;
                } else {
                    without = middle;
                }
            }
            Edge edge = edges.get(with - 1);
            throw Check.refusal(
                    "edge %s → %s closes a cycle: a model can't inherit from its heir", edge.parent, edge.child);
        }
    }

    /** Takes away those without parents, again and again (Kahn, 1962): a cycle is what stays. */
    private static boolean hasCycle(Map<String, Integer> numbers, List<Edge> edges) {
        int[] parents = new int[numbers.size()];
        Map<String, List<Integer>> heirs = new HashMap<>();
        for (Edge edge : edges) {
            parents[numbers.get(edge.child)]++;
            heirs.computeIfAbsent(edge.parent, any -> new ArrayList<>()).add(numbers.get(edge.child));
        }
        List<String> names = new ArrayList<>(Collections.nCopies(numbers.size(), ""));
        numbers.forEach((name, number) -> names.set(number, name));
        Deque<Integer> free = new ArrayDeque<>();
        for (int i = 0; i < parents.length; i++) {
            if (parents[i] == 0) {
                free.add(i);
            }
        }
        int taken = 0;
        for (; !free.isEmpty(); taken++) {
            for (int heir : heirs.getOrDefault(names.get(free.remove()), List.of())) {
                if (--parents[heir] == 0) {
                    free.add(heir);
                }
            }
        }
        return taken < parents.length;
    }

    /** Returns the shape as GraphML, an XML form that graph tools read (graphml.graphdrawing.org). */
    public String graphMl() {
        for (Node node : nodes) {
            Check.that(
                    (node.name + node.model).codePoints().allMatch(GraphShape::isXml),
                    "node %s: XML can't hold a character of its name or model: write it as .json()",
                    node.name.replaceAll("\\p{Cntrl}", "?"));
        }
        return GraphMl.write(this);
    }

    /** The characters of XML 1.0. */
    private static boolean isXml(int code) {
        return code == '\t'
                || code == '\n'
                || code == '\r'
                || code >= 0x20 && code < Character.MIN_SURROGATE
                || code > Character.MAX_SURROGATE && code < 0xFFFE
                || code >= Character.MIN_SUPPLEMENTARY_CODE_POINT;
    }

    /** Returns the shape as JSON: an array of nodes and one of edges. */
    public String json() {
        return GraphJson.write(this);
    }

    /**
     * Reads what {@link #graphMl} writes, and what other tools do: a node without a name has its id, without labels none, an
     * edge without a weight weighs 1.
     *
     * @throws IllegalArgumentException if it is no GraphML, or no graph; the message names the place
     */
    public static GraphShape ofGraphMl(String text) {
        Check.that(
                !Check.given("text", text).contains("<!DOCTYPE"),
                "GraphML with a <!DOCTYPE> is not read: it could have other files read; take that line out");
        return inOneLine(text, GraphMl::read);
    }

    /** Reads what {@link #json} writes; throws as {@link #ofGraphMl} does. */
    public static GraphShape ofJson(String text) {
        return inOneLine(Check.given("text", text), GraphJson::read);
    }

    /** A name in a file may hold a line break, a message not. */
    private static GraphShape inOneLine(String text, Function<String, GraphShape> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw Check.refusal("%s", e.getMessage().replaceAll("\\p{Cntrl}", "?"));
        }
    }
}
