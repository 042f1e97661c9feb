package unlearn4j.unlearn;

import java.util.BitSet;
import unlearn4j.core.Check;

/**
 * Who inherits from whom among models that are numbers from 0: twelve bytes a node and sixteen an edge, so that millions of
 * them fit where a graph of objects does not.
 */
final class NumberedGraph {
    private final int nodes;
    private final int[] parents;
    private final int[] firstParent;
    private final int[] heirs;
    private final int[] firstHeir;
    private final int[] parentsFirst;

    /**
     * Makes a graph.
     *
     * @param nodes how many nodes
     * @param parents the parent of each edge, in the order in which the edges were added
     * @param heirs the heir of each edge
     * @throws IllegalArgumentException if an edge names a node that isn't there, or there is a cycle
     */
    NumberedGraph(int nodes, int[] parents, int[] heirs) {
        this.nodes = Check.positive("nodes", nodes);
        for (int i = 0; i < parents.length; i++) {
            Check.that(
                    Math.min(parents[i], heirs[i]) >= 0 && Math.max(parents[i], heirs[i]) < nodes,
                    "edge %d → %d: nodes are numbered from 0 to %d",
                    parents[i],
                    heirs[i],
                    nodes - 1);
        }
        firstParent = starts(nodes, heirs);
        this.parents = grouped(heirs, parents, firstParent);
        firstHeir = starts(nodes, parents);
        this.heirs = grouped(parents, heirs, firstHeir);
        parentsFirst = ordered();
    }

    private static int[] starts(int nodes, int[] keys) {
        int[] starts = new int[nodes + 1];
        for (int key : keys) {
            starts[key + 1]++;
        }
        for (int i = 0; i < nodes; i++) {
            starts[i + 1] += starts[i];
        }
        return starts;
    }

    private static int[] grouped(int[] keys, int[] values, int[] starts) {
        int[] next = starts.clone();
        int[] grouped = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            grouped[next[keys[i]]++] = values[i];
        }
        return grouped;
    }

    /** Takes away those without parents, again and again (Kahn, 1962). */
    private int[] ordered() {
        int[] missing = new int[nodes];
        int[] order = new int[nodes];
        int found = 0;
        for (int node = 0; node < nodes; node++) {
            missing[node] = firstParent[node + 1] - firstParent[node];
            if (missing[node] == 0) {
                order[found++] = node;
            }
        }
        for (int done = 0; done < found; done++) {
            for (int at = firstHeir[order[done]]; at < firstHeir[order[done] + 1]; at++) {
                if (--missing[heirs[at]] == 0) {
                    order[found++] = heirs[at];
                }
            }
        }
        for (int node = 0; found < nodes && node < nodes; node++) {
            Check.that(missing[node] == 0, "node %d inherits from itself, by others: take an edge out", node);
        }
        return order;
    }

    int nodes() {
        return nodes;
    }

    /** Returns where a node's parents begin; they end where the next node's begin. */
    int firstParent(int node) {
        return firstParent[node];
    }

    /** Returns the parent at a place. */
    int parent(int at) {
        return parents[at];
    }

    /** Returns the nodes, parents before heirs. */
    int[] parentsFirst() {
        return parentsFirst;
    }

    /** Returns the nodes in breadth-first order from all roots at once, heirs in the order of their edges. */
    int[] breadthFirst() {
        int[] order = new int[nodes];
        BitSet met = new BitSet(nodes);
        int found = 0;
        for (int node = 0; node < nodes; node++) {
            if (firstParent[node + 1] == firstParent[node]) {
                met.set(node);
                order[found++] = node;
            }
        }
        for (int done = 0; done < found; done++) {
            for (int at = firstHeir[order[done]]; at < firstHeir[order[done] + 1]; at++) {
                if (!met.get(heirs[at])) {
                    met.set(heirs[at]);
                    order[found++] = heirs[at];
                }
            }
        }
        return order;
    }
}
