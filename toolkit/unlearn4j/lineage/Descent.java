package unlearn4j.lineage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleDirectedGraph;
import org.jgrapht.traverse.NotDirectedAcyclicGraphException;
import org.jgrapht.traverse.TopologicalOrderIterator;
import unlearn4j.core.Check;
import unlearn4j.lineage.Lineage.Model;

/** Who comes before whom in a lineage. */
final class Descent {
    private static final int MOST_SHOWN = 12;

    private Descent() {}

    /**
     * Puts parents before heirs, in time linear in models and edges.
     *
     * @param models by name, all parents among them
     * @throws IllegalArgumentException if there is a cycle, which the message shows
     */
    static Map<String, Model> sorted(Map<String, Model> models) {
        Graph<String, DefaultEdge> graph = new SimpleDirectedGraph<>(DefaultEdge.class);
        models.keySet().forEach(graph::addVertex);
        models.values().forEach(heir -> heir.parents().forEach(parent -> graph.addEdge(parent, heir.name())));
        Map<String, Model> sorted = new LinkedHashMap<>();
        try {
            new TopologicalOrderIterator<>(graph).forEachRemaining(name -> sorted.put(name, models.get(name)));
        } catch (NotDirectedAcyclicGraphException e) {
            throw Check.refusal(
                    "%s: a model can't inherit from its heir, take out one of these edges",
                    cycle(models, sorted.keySet()));
        }
        return sorted;
    }

    /** What is left waits for something that is left: whoever goes from parent to parent comes back. */
    private static String cycle(Map<String, Model> models, Set<String> sorted) {
        String name = models.keySet().stream()
                .filter(each -> !sorted.contains(each))
                .findFirst()
                .orElseThrow();
        Set<String> met = new LinkedHashSet<>();
        while (met.add(name)) {
            name = models.get(name).parents().stream()
                    .filter(parent -> !sorted.contains(parent))
                    .findFirst()
                    .orElseThrow();
        }
        List<String> cycle = new ArrayList<>(met);
        cycle = cycle.subList(cycle.indexOf(name), cycle.size());
        boolean many = cycle.size() > MOST_SHOWN;
        return String.join(" ← ", many ? cycle.subList(0, MOST_SHOWN) : cycle)
                + (many ? " ← … (" + cycle.size() + " models) ← " : " ← ")
                + name;
    }
}
