package unlearn4j.lineage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import unlearn4j.core.Check;
import unlearn4j.lineage.Lineage.Model;

/** Who comes before whom in a lineage. */
final class Descent {
    private static final int MOST_SHOWN = 12;

    private Descent() {}

    /**
     * Puts parents before heirs, as few places from where they stood as can be (Kahn, 1962), in time linear in models and
     * edges.
     *
     * @param models by name, all parents among them
     * @throws IllegalArgumentException if there is a cycle, which the message shows
     */
    static Map<String, Model> sorted(Map<String, Model> models) {
        Map<String, Integer> waitingFor = new HashMap<>();
        Map<String, List<Model>> heirs = new HashMap<>();
        Deque<Model> free = new ArrayDeque<>();
        for (Model model : models.values()) {
            waitingFor.put(model.name(), model.parents().size());
            model.parents().forEach(parent -> heirs.computeIfAbsent(parent, any -> new ArrayList<>())
                    .add(model));
            if (model.parents().isEmpty()) {
                free.add(model);
            }
        }
        Map<String, Model> sorted = new LinkedHashMap<>();
        while (!free.isEmpty()) {
            Model model = free.remove();
            sorted.put(model.name(), model);
            for (Model heir : heirs.getOrDefault(model.name(), List.of())) {
                if (waitingFor.merge(heir.name(), -1, Integer::sum) == 0) {
                    free.add(heir);
                }
            }
        }
        if (sorted.size() < models.size()) {
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
