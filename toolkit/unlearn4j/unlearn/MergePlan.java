package unlearn4j.unlearn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.data.Labels;

/**
 * Which models of a graph of numbers must forget labels, and which discovery nodes' FIMs each of them merges: what
 * {@link unlearn4j.umig.UnlearningGraph} says of a graph in memory, in time and memory linear in nodes and edges but for the
 * merge sets, each of which is there once.
 *
 * @param setOf the number of each node's merge set; −1 where the request does not reach it
 * @param sets the discovery nodes of each merge set, in breadth-first order, which is the order of merging
 * @param discovered the labels to forget at each discovery node
 */
record MergePlan(int[] setOf, List<int[]> sets, Map<Integer, Labels> discovered) {

    /**
     * Plans.
     *
     * @param edges who inherits from whom
     * @param known for each label to forget the nodes that were themselves trained on it
     * @param labels the labels to forget
     * @throws IllegalArgumentException if no node learned one of the labels
     */
    static MergePlan of(NumberedGraph edges, Map<Integer, BitSet> known, Labels labels) {
        Map<Integer, Labels> first = first(edges, known, labels);
        Labels learned = first.values().stream().reduce(Labels.of(List.of()), Labels::and);
        Check.that(
                learned.containsAll(labels), "label(s) %s: no stored model ever learned them", labels.without(learned));
        int[] roots =
                Arrays.stream(edges.breadthFirst()).filter(first::containsKey).toArray();
        int[] setOf = new int[edges.nodes()];
        Arrays.fill(setOf, -1);
        Unions unions = new Unions();
        Map<Integer, Integer> place = new HashMap<>();
        for (int i = 0; i < roots.length; i++) {
            place.put(roots[i], i);
        }
        for (int node : edges.parentsFirst()) {
            Integer own = place.get(node);
            int set = own == null ? -1 : unions.single(own);
            for (int at = edges.firstParent(node); at < edges.firstParent(node + 1); at++) {
                set = unions.of(set, setOf[edges.parent(at)]);
            }
            setOf[node] = set;
        }
        return used(setOf, unions, roots, first);
    }

    /** For each label the nodes that know it while no ancestor does. */
    private static Map<Integer, Labels> first(NumberedGraph edges, Map<Integer, BitSet> known, Labels labels) {
        Map<Integer, Labels> first = new HashMap<>();
        BitSet reached = new BitSet();
        for (int label : labels.values()) {
            reached.clear();
            for (int node : edges.parentsFirst()) {
                boolean inherits = false;
                for (int at = edges.firstParent(node); at < edges.firstParent(node + 1) && !inherits; at++) {
                    inherits = reached.get(edges.parent(at));
                }
                if (!inherits && known.get(label).get(node)) {
                    first.merge(node, Labels.of(label), Labels::and);
                    inherits = true;
                }
                reached.set(node, inherits);
            }
        }
        return first;
    }

    /** Leaves out the sets that were only steps on the way to others. */
    private static MergePlan used(int[] setOf, Unions unions, int[] roots, Map<Integer, Labels> first) {
        int[] number = new int[unions.sets.size()];
        Arrays.fill(number, -1);
        List<int[]> sets = new ArrayList<>();
        for (int node = 0; node < setOf.length; node++) {
            int set = setOf[node];
            if (set >= 0 && number[set] < 0) {
                number[set] = sets.size();
                sets.add(unions.sets.get(set).stream().map(i -> roots[i]).toArray());
            }
            setOf[node] = set < 0 ? -1 : number[set];
        }
        return new MergePlan(setOf, sets, first);
    }

    /** Sets of discovery nodes, each once, and what two of them make together, each looked for once. */
    private static final class Unions {
        private final List<BitSet> sets = new ArrayList<>();
        private final Map<BitSet, Integer> numbers = new HashMap<>();
        private final Map<Long, Integer> pairs = new HashMap<>();

        int single(int root) {
            BitSet set = new BitSet();
            set.set(root);
            return number(set);
        }

        int of(int one, int other) {
            if (one < 0 || one == other) {
                return other;
            }
            return other < 0
                    ? one
                    : pairs.computeIfAbsent((long) one << 32 | other, pair -> {
                        BitSet set = (BitSet) sets.get(one).clone();
                        set.or(sets.get(other));
                        return number(set);
                    });
        }

        private int number(BitSet set) {
            Integer known = numbers.putIfAbsent(set, sets.size());
            if (known == null) {
                sets.add(set);
                return sets.size() - 1;
            }
            return known;
        }
    }
}
