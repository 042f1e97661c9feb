package unlearn4j.umig;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.DirectedAcyclicGraph;
import org.jgrapht.util.SupplierUtil;
import unlearn4j.core.Check;

/** Who inherits from whom, by names: the edges E of paper B's graph, weighted and without cycles. */
final class Heritage {
    private final DirectedAcyclicGraph<String, DefaultWeightedEdge> graph =
            new DirectedAcyclicGraph<>(null, SupplierUtil.createSupplier(DefaultWeightedEdge.class), true);
    private final Map<String, Integer> places = new HashMap<>();
    private long changes;

    void add(String name) {
        graph.addVertex(name);
        places.put(name, places.size());
    }

    /** Adds edges to an heir, or changes their weights; if one closes a cycle there is none of them. */
    void inherit(String heir, Map<String, Double> parents) {
        List<DefaultWeightedEdge> added = new ArrayList<>();
        for (String parent : parents.keySet()) {
            try {
                DefaultWeightedEdge edge = graph.addEdge(parent, heir);
                if (edge != null) {
                    added.add(edge);
                }
            } catch (IllegalArgumentException e) {
                added.forEach(graph::removeEdge);
                throw Check.refusal(
                        "%s cannot inherit from %s, which inherits from it: the graph must have no cycles",
                        heir, parent);
            }
        }
        parents.forEach((parent, weight) -> graph.setEdgeWeight(graph.getEdge(parent, heir), weight));
        changes++;
    }

    /** Returns how often edges were added. */
    long changes() {
        return changes;
    }

    /** Returns the edges, in the order in which they were added. */
    List<GraphShape.Edge> edges() {
        return graph.edgeSet().stream()
                .map(edge -> new GraphShape.Edge(
                        graph.getEdgeSource(edge), graph.getEdgeTarget(edge), graph.getEdgeWeight(edge)))
                .toList();
    }

    /** Returns all names, parents before heirs. */
    List<String> names() {
        List<String> ordered = new ArrayList<>();
        graph.forEach(ordered::add);
        return ordered;
    }

    List<String> parents(String heir) {
        return inOrderOfAddition(
                graph.incomingEdgesOf(heir).stream().map(graph::getEdgeSource).toList());
    }

    List<String> heirs(String parent) {
        return inOrderOfAddition(
                graph.outgoingEdgesOf(parent).stream().map(graph::getEdgeTarget).toList());
    }

    List<String> ancestors(String heir) {
        return inOrderOfAddition(graph.getAncestors(heir));
    }

    /** Returns an edge's weight; NaN if there is no such edge. */
    double weight(String parent, String heir) {
        return graph.containsEdge(parent, heir) ? graph.getEdgeWeight(graph.getEdge(parent, heir)) : Double.NaN;
    }

    private List<String> inOrderOfAddition(Collection<String> names) {
        return names.stream().sorted(Comparator.comparing(places::get)).toList();
    }

    /** Returns the names in breadth-first order from all roots at once; JGraphT's iterator takes one root after another. */
    Set<String> breadthFirst() {
        Set<String> met = new LinkedHashSet<>();
        List<String> layer = inOrderOfAddition(graph.vertexSet().stream()
                .filter(name -> graph.inDegreeOf(name) == 0)
                .toList());
        while (!layer.isEmpty()) {
            layer = layer.stream()
                    .filter(met::add)
                    .flatMap(name -> graph.outgoingEdgesOf(name).stream().map(graph::getEdgeTarget))
                    .toList();
        }
        return met;
    }
}
