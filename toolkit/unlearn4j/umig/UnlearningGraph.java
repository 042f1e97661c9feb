package unlearn4j.umig;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.data.Labels;

/**
 * The part of a graph that a request to forget concerns: paper B's Ĝ (§3.3).
 *
 * @param labels the labels to forget
 * @param discovered the discovery nodes n_i^D, each with the labels that it was the first to learn
 * @param sources for each node of the unlearning graph, in an order in which parents come before children, the discovery
 *     nodes that it traces back to, itself included if it is one
 */
public record UnlearningGraph(Labels labels, Map<ModelNode, Labels> discovered, Map<ModelNode, List<ModelNode>> sources) {

    /** Makes an unlearning graph; the maps are copied. */
    public UnlearningGraph {
        discovered = Collections.unmodifiableMap(new LinkedHashMap<>(discovered));
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    }

    /** Returns the nodes to be updated, parents before children. */
    public List<ModelNode> nodes() {
        return List.copyOf(sources.keySet());
    }

    /** Returns what a node is to this request. */
    public Role role(ModelNode node) {
        if (discovered.containsKey(node)) {
            return Role.DISCOVERY;
        }
        return sources.containsKey(node) ? Role.INHERITED : Role.UNTOUCHED;
    }

    /** Returns whether a node traces back to more than one discovery node: a multi-root scenario. */
    public boolean multiRoot(ModelNode node) {
        return sources.getOrDefault(node, List.of()).size() > 1;
    }

    /** Returns the labels of the request that a node knows. */
    public Labels known(ModelNode node) {
        return sources.getOrDefault(node, List.of()).stream().map(discovered::get).reduce(Labels.of(List.of()), Labels::and);
    }
}
