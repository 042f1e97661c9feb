package unlearn4j.umig;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.train.TrainingConfig;

/**
 * Trains any graph, as in DAG-FL (paper B, §3.1.1, Fig. 1(d)): each node begins with the average of its parents, which
 * count alike, and is trained on images of its own. Those without parents begin with the same weights, without which an
 * average of them would mean nothing.
 */
public final class DagLearning extends GraphTraining<DagLearning> {
    /** The weights that all nodes without parents begin with; no node itself. */
    private static final String START = " ";

    private Map<String, Added> added = Map.of();

    private record Added(Images images, List<String> parents) {}

    /** Begins without nodes. */
    DagLearning(Dataset data) {
        super(data, TrainingConfig.DEFAULT);
    }

    /**
     * Adds a node.
     *
     * @param name its name
     * @param images what it is trained on, a view of the data set's training images; none for a plain average
     * @param parents the names of nodes that were added before
     */
    public DagLearning node(String name, Images images, String... parents) {
        Check.that(name != null && !name.isBlank(), "name must be given, not blank");
        Check.that(!added.containsKey(name), "there is a node named %s already: names must differ", name);
        Check.given("images", images);
        for (String parent : Check.given("parents", parents)) {
            Check.that(
                    added.containsKey(parent),
                    "%s cannot inherit from %s: there is no such node yet, add parents first",
                    name,
                    parent);
        }
        Check.that(parents.length > 0 || !images.isEmpty(), "%s has neither images nor parents: give it some", name);
        Map<String, Added> more = new LinkedHashMap<>(added);
        more.put(name, new Added(images, parents.length > 0 ? List.of(parents) : List.of(START)));
        return with(copy -> copy.added = more);
    }

    @Override
    List<Step> steps() {
        Check.that(!added.isEmpty(), "the graph has no nodes: add one first, node(\"w_a\", images) say");
        List<Step> steps =
                new ArrayList<>(List.of(averaged(START, Map.of(), data.train()).hidden()));
        added.forEach((name, node) -> steps.add(trained(name, alike(node.parents), node.images)));
        return steps;
    }
}
