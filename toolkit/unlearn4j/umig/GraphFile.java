package unlearn4j.umig;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import unlearn4j.core.Check;
import unlearn4j.data.Labels;

/** What is read of a graph's file, of either format: each item with its place in the file. */
final class GraphFile {
    private static final int LARGEST_LABEL_DIGITS = 9;

    private final Map<String, GraphShape.Node> nodes = new LinkedHashMap<>();
    private final List<Item> edges = new ArrayList<>();

    /** A node or an edge; null is what the file does not say. */
    static final class Item {
        final String place;
        String id;
        String name;
        String model;
        String labels;
        String source;
        String target;
        Double weight;

        Item(String place) {
            this.place = place;
        }
    }

    /** Each node's id in a file: an XML id may not hold a slash or a space, a name may. */
    static final class Ids {
        private final Map<String, String> byName = new HashMap<>();

        Ids(GraphShape shape) {
            shape.nodes().forEach(node -> byName.put(node.name(), "n" + byName.size()));
        }

        String of(String name) {
            return byName.get(name);
        }
    }

    void node(Item item) {
        Check.that(item.id != null, "%s: the node has no id, by which edges name it: give it one", item.place);
        String name = item.name == null ? item.id : item.name;
        Check.that(!name.isBlank(), "%s: the node's name must not be blank", item.place);
        GraphShape.Node node = new GraphShape.Node(
                name, item.model == null ? "" : item.model, labels(item.labels == null ? "" : item.labels, name, item));
        Check.that(
                nodes.putIfAbsent(item.id, node) == null,
                "%s: node %s is given twice: ids must differ",
                item.place,
                item.id);
    }

    void edge(Item item) {
        Check.that(
                item.source != null && item.target != null,
                "%s: the edge must name its %s",
                item.place,
                item.source == null ? "source" : "target");
        edges.add(item);
    }

    /** Reads an edge's weight. */
    double weight(String text, String place) {
        try {
            double weight = Double.parseDouble(text.strip());
            Check.that(weight > 0 && weight <= 1, "%s: weight (%s) must lie in (0, 1]", place, text);
            return weight;
        } catch (NumberFormatException e) {
            throw Check.refusal("%s: weight (%s) must be a number in (0, 1]", place, text);
        }
    }

    GraphShape shape() {
        return new GraphShape(
                List.copyOf(nodes.values()),
                edges.stream()
                        .map(edge -> new GraphShape.Edge(
                                end(edge, edge.source), end(edge, edge.target), edge.weight == null ? 1 : edge.weight))
                        .toList());
    }

    private String end(Item edge, String id) {
        Check.that(
                nodes.containsKey(id),
                "%s: edge %s → %s: there is no node %s",
                edge.place,
                edge.source,
                edge.target,
                id);
        return nodes.get(id).name();
    }

    static String labels(Labels labels) {
        return labels.values().stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static Labels labels(String text, String node, Item item) {
        List<Integer> labels = new ArrayList<>();
        for (String word : text.strip().split("\\s+")) {
            boolean number = word.length() <= LARGEST_LABEL_DIGITS
                    && word.chars().allMatch(digit -> digit >= '0' && digit <= '9');
            Check.that(
                    number,
                    "%s: labels of node %s: %s must be a number, 0 or more, with spaces between them",
                    item.place,
                    node,
                    word);
            if (!word.isEmpty()) {
                labels.add(Integer.valueOf(word));
            }
        }
        return Labels.of(labels);
    }
}
