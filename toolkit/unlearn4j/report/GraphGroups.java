package unlearn4j.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedAcyclicGraph;
import unlearn4j.report.GraphPicture.Edge;
import unlearn4j.report.GraphPicture.Node;
import unlearn4j.umig.Role;

/**
 * A large graph in few nodes: each stands for those of one depth and role with one note, each edge for as many as it says.
 * Where these or their edges are too many, depths are taken together and notes are left out.
 *
 * @param nodes the groups; a group of one is that node
 * @param edges which groups inherit from which, with the number of edges
 */
record GraphGroups(List<Node> nodes, List<Edge> edges) {
    private static final int MOST_GROUPS = 40;
    private static final int MOST_EDGES = 80;

    /** What the nodes of a group have in common; depths from {@code band} times the depths in a band. */
    private record Key(int band, Role role, String note) {}

    static GraphGroups of(List<Node> nodes, List<Edge> edges, DirectedAcyclicGraph<String, DefaultEdge> names) {
        Map<String, Integer> depths = new HashMap<>();
        for (String name : names) {
            depths.put(
                    name,
                    names.incomingEdgesOf(name).stream()
                            .mapToInt(edge -> 1 + depths.get(names.getEdgeSource(edge)))
                            .max()
                            .orElse(0));
        }
        for (int width = 1; ; width *= 2) {
            int depthsInBand = width;
            Function<Node, Integer> band = node -> depths.get(node.name()) / depthsInBand;
            List<Function<Node, Key>> ways = List.of(
                    node -> new Key(band.apply(node), node.role(), node.note()),
                    node -> new Key(band.apply(node), node.role(), ""));
            for (Function<Node, Key> way : ways) {
                Map<Key, List<Node>> groups =
                        nodes.stream().collect(Collectors.groupingBy(way, LinkedHashMap::new, Collectors.toList()));
                if (groups.size() <= MOST_GROUPS) {
                    GraphGroups few = of(groups, edges, depths);
                    if (few.edges.size() <= MOST_EDGES) {
                        return few;
                    }
                }
            }
        }
    }

    private static GraphGroups of(Map<Key, List<Node>> groups, List<Edge> edges, Map<String, Integer> depths) {
        Map<String, Node> groupOf = new HashMap<>();
        List<Node> nodes = new ArrayList<>();
        groups.forEach((key, members) -> {
            Node group = members.size() == 1 ? members.get(0) : group(key, members, depths);
            // A graph may have a node that is called as a group would be.
            while (nodes.stream().map(Node::name).anyMatch(group.name()::equals)) {
                group = new Node(group.name() + "'", group.role(), group.note());
            }
            nodes.add(group);
            for (Node member : members) {
                groupOf.put(member.name(), group);
            }
        });
        Map<Edge, Integer> counts = new LinkedHashMap<>();
        edges.forEach(edge -> counts.merge(
                new Edge(groupOf.get(edge.from()).name(), groupOf.get(edge.to()).name()), 1, Integer::sum));
        return new GraphGroups(
                nodes,
                counts.entrySet().stream()
                        .map(edge ->
                                new Edge(edge.getKey().from(), edge.getKey().to(), String.valueOf(edge.getValue())))
                        .toList());
    }

    private static Node group(Key key, List<Node> members, Map<String, Integer> depths) {
        int first =
                members.stream().mapToInt(node -> depths.get(node.name())).min().orElseThrow();
        int last =
                members.stream().mapToInt(node -> depths.get(node.name())).max().orElseThrow();
        long notes = members.stream().map(Node::note).distinct().count();
        String note = notes == 1 ? members.get(0).note() : notes + " kinds of labels";
        String name = "%d nodes, depth %s".formatted(members.size(), first == last ? first : first + "–" + last);
        // Two groups of one depth, role and size differ in their notes alone.
        return new Node(name, key.role(), note);
    }
}
