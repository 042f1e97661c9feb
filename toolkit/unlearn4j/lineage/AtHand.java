package unlearn4j.lineage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import unlearn4j.core.Check;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;

/** The models of a lineage whose weights are at hand, as a graph. */
final class AtHand {
    private AtHand() {}

    static Umig umig(Lineage lineage, Collection<ModelNode> nodes) {
        Map<String, ModelNode> atHand = new LinkedHashMap<>();
        for (ModelNode node : nodes) {
            lineage.model(node.name());
            Check.that(atHand.put(node.name(), node) == null, "node %s is given twice", node.name());
        }
        Umig umig = Umig.of();
        lineage.models().stream()
                .map(model -> atHand.get(model.name()))
                .filter(node -> node != null)
                .forEach(umig::add);
        atHand.keySet().forEach(heir -> {
            String[] parents = nearest(lineage, heir, atHand.keySet());
            if (parents.length > 0) {
                umig.inherit(heir, parents);
            }
        });
        return umig;
    }

    /** The first models at hand on each way up. */
    private static String[] nearest(Lineage lineage, String heir, Set<String> atHand) {
        List<String> nearest = new ArrayList<>();
        Set<String> met = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(lineage.model(heir).parents());
        while (!open.isEmpty()) {
            String name = open.remove();
            if (met.add(name)) {
                if (atHand.contains(name)) {
                    nearest.add(name);
                } else {
                    open.addAll(lineage.model(name).parents());
                }
            }
        }
        return nearest.toArray(String[]::new);
    }
}
