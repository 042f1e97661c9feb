package unlearn4j.unlearn;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import unlearn4j.core.Check;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Past;

/**
 * New weights of some nodes, all known by now. They are put in together and taken back together; an interrupt waits until
 * all are in, and where one cannot be put in, those before it are taken out again.
 */
final class Changes {
    private final Map<ModelNode, NodeWeights> before = new LinkedHashMap<>();
    private final Map<ModelNode, NodeWeights> after;

    /** Remembers what the nodes are now; nothing is changed. */
    Changes(Map<ModelNode, NodeWeights> after) {
        this.after = Collections.unmodifiableMap(new LinkedHashMap<>(after));
        after.forEach((node, weights) -> before.put(node, weights.now(node.model())));
    }

    /** Puts the new weights in: into every node, or into none; the graph keeps what training left. */
    void apply(Past past) {
        before.forEach((node, weights) -> weights.keep(past, node));
        swap(before, after, "new");
    }

    /**
     * Puts the old weights back: into every node, or into none.
     *
     * @throws IllegalArgumentException if a node was changed by another since
     */
    void undo() {
        after.forEach((node, weights) -> Check.that(
                weights.sameAs(weights.now(node.model())),
                "%s was changed since: undo the later change first",
                node.name()));
        swap(after, before, "old");
    }

    private static void swap(Map<ModelNode, NodeWeights> from, Map<ModelNode, NodeWeights> to, String kind) {
        List<ModelNode> begun = new ArrayList<>();
        for (Map.Entry<ModelNode, NodeWeights> one : to.entrySet()) {
            begun.add(one.getKey());
            try {
                one.getValue().load(one.getKey().model());
            } catch (RuntimeException | Error e) {
                List<ModelNode> left = takenBack(from, begun);
                throw new UnlearningException(
                        String.format(
                                "%s refused its %s weights (%s): %s",
                                one.getKey(),
                                kind,
                                String.valueOf(e.getMessage())
                                        .lines()
                                        .findFirst()
                                        .orElse(""),
                                left.isEmpty()
                                        ? "every node is as it was before"
                                        : left + " may hold them now, every other node is as it was before"),
                        e);
            }
        }
    }

    /** Puts back what the nodes were, the last first; returns those that refuse that too. */
    private static List<ModelNode> takenBack(Map<ModelNode, NodeWeights> from, List<ModelNode> begun) {
        List<ModelNode> left = new ArrayList<>();
        for (int i = begun.size() - 1; i >= 0; i--) {
            try {
                from.get(begun.get(i)).load(begun.get(i).model());
            } catch (RuntimeException | Error e) {
                left.add(begun.get(i));
            }
        }
        return left;
    }

    Set<ModelNode> nodes() {
        return after.keySet();
    }

    /** Returns what a node was, or null if it is not concerned. */
    NodeWeights before(ModelNode node) {
        return before.get(node);
    }

    /** Returns what a node has become, or null if it is not concerned. */
    NodeWeights after(ModelNode node) {
        return after.get(node);
    }

    /** Returns which numbers of a node were changed; none if it is not concerned. */
    BitSet changed(ModelNode node) {
        return after.containsKey(node) ? after.get(node).changed(before.get(node)) : new BitSet();
    }

    /** Returns whether all of a node but its head is as it was. */
    boolean keepsBody(ModelNode node) {
        return !(after.get(node) instanceof NodeWeights.Whole);
    }
}
