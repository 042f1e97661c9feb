package unlearn4j.umig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;

class ScenariosTest {
    private static final Images IMAGES = TinyImages.of(6, 8, 4);
    private static final Classifier MODEL = Classifier.create(ResNet.SMALL, IMAGES, 1);

    private static ModelNode node(String name, int... labels) {
        return new ModelNode(name, MODEL, IMAGES.only(Labels.of(labels)));
    }

    /**
     * A graph of the nodes of paper B's Fig. 2 with edges of which all is true that §3.2 and §3.3 say of it; the figure's
     * own arrows are not in the text.
     */
    static Umig figureTwo() {
        Umig umig = Umig.of().add(node("n_s", 1)).add(node("n_f", 2));
        for (String heir : List.of("n_g", "n_h", "n_i", "n_j", "n_l", "n_n", "n_p")) {
            umig.add(node(heir, 5));
        }
        return umig.inherit("n_h", "n_s", "n_f")
                .inherit("n_j", "n_s", "n_h")
                .inherit("n_g", "n_f")
                .inherit("n_i", "n_f", "n_g")
                .inherit("n_l", "n_h", "n_i")
                .inherit("n_p", "n_j", "n_l")
                .inherit("n_n", "n_i");
    }

    private static Scenarios scenarios(Umig umig, int... labels) {
        return umig.unlearning(Labels.of(labels)).scenarios();
    }

    @Test
    void figureTwoHasThePapersRoots() {
        Umig umig = figureTwo();
        UnlearningGraph graph = umig.unlearning(Labels.of(1, 2));
        Scenarios scenarios = graph.scenarios();

        assertThat(graph.discovered()).containsOnlyKeys(umig.node("n_s"), umig.node("n_f"));
        for (String multi : List.of("n_h", "n_j", "n_l", "n_p")) {
            assertThat(scenarios.multiRoot(umig.node(multi))).as(multi).isTrue();
        }
        for (String single : List.of("n_g", "n_i", "n_n")) {
            assertThat(scenarios.multiRoot(umig.node(single))).as(single).isFalse();
            assertThat(graph.role(umig.node(single))).isEqualTo(Role.INHERITED);
        }
    }

    /** §3.3: "n_f, n_g, n_i or n_s, n_f, n_h, n_j" are imbalanced, "n_f, n_h, n_i, n_l" is balanced. */
    @Test
    void figureTwoHasThePapersPaths() {
        Umig triangle = figureTwo().part("n_f", "n_g", "n_i");
        assertThat(scenarios(triangle, 2).balanced(triangle.node("n_i"))).isFalse();
        assertThat(scenarios(triangle, 2).synchronousUpdates(triangle.node("n_i")))
                .isEqualTo(2);

        Umig twoRoots = figureTwo().part("n_s", "n_f", "n_h", "n_j");
        assertThat(scenarios(twoRoots, 1, 2).balanced(twoRoots.node("n_h"))).isTrue();
        assertThat(scenarios(twoRoots, 1, 2).balanced(twoRoots.node("n_j"))).isFalse();

        Umig diamond = figureTwo().part("n_f", "n_h", "n_i", "n_l");
        Scenarios balanced = scenarios(diamond, 2);
        diamond.nodes()
                .forEach(node ->
                        assertThat(balanced.balanced(node)).as(node.name()).isTrue());
        assertThat(balanced.synchronousUpdates()).isEqualTo(4);
        assertThat(balanced.asynchronousUpdates()).isEqualTo(5);
        assertThat(balanced.asynchronousUpdates(diamond.node("n_l"))).isEqualTo(2);
        assertThat(balanced).hasToString("4 nodes, 2 deep: 4 updates synchronously, 5 asynchronously, 4 with FIUn");
    }

    /** By hand: lengths of n_p's paths are s-j 2, s-h-j and s-h-l 3, f-h-j, f-h-l, f-i-l 3, f-g-i-l 4. */
    @Test
    void theTableCountsUpdates() {
        Umig umig = figureTwo();
        Scenarios scenarios = scenarios(umig, 1, 2);

        assertThat(scenarios.synchronousUpdates(umig.node("n_p"))).isEqualTo(3);
        assertThat(scenarios.asynchronousUpdates(umig.node("n_p"))).isEqualTo(7);
        assertThat(scenarios.depth(umig.node("n_p"))).isEqualTo(4);
        assertThat(scenarios.table().rowCount()).isEqualTo(9);
        assertThat(scenarios.table().intColumn("updates, FIUn").sum()).isEqualTo(9);
        assertThatThrownBy(() -> scenarios(umig, 1).depth(umig.node("n_g")))
                .hasMessage("n_g has nothing to forget: it is not in the unlearning graph");
    }

    /** 1,000 random graphs, against all paths walked one by one and all ancestors looked up one by one. */
    @Test
    void queriesAgreeWithBruteForceOnRandomGraphs() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 1000; round++) {
            int size = 1 + random.nextInt(9);
            Umig umig = Umig.of();
            int[][] labels = new int[size][];
            Map<Integer, Set<Integer>> parents = new TreeMap<>();
            int[] order = Seed.of(round).permutation(size);
            for (int i = 0; i < size; i++) {
                labels[i] = random.ints(1 + random.nextInt(2), 0, 4).distinct().toArray();
                umig.add(node("n" + i, labels[i]));
                parents.put(i, new TreeSet<>());
            }
            // Edges go along a random order, not that of addition.
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < i; j++) {
                    if (random.nextInt(3) == 0) {
                        umig.inherit("n" + order[i], "n" + order[j]);
                        parents.get(order[i]).add(order[j]);
                    }
                }
            }
            Set<Integer> wanted = new TreeSet<>();
            random.ints(2, 0, size).forEach(i -> wanted.add(labels[i][0]));
            check(umig, labels, parents, wanted);
        }
    }

    private static void check(Umig umig, int[][] labels, Map<Integer, Set<Integer>> parents, Set<Integer> wanted) {
        UnlearningGraph graph = umig.unlearning(Labels.of(wanted));
        Scenarios scenarios = graph.scenarios();
        Map<Integer, Set<Integer>> first = new TreeMap<>();
        for (int i = 0; i < labels.length; i++) {
            Set<Integer> discovered = new TreeSet<>(wanted);
            discovered.retainAll(set(labels[i]));
            for (int ancestor : above(i, parents)) {
                discovered.removeAll(set(labels[ancestor]));
            }
            first.put(i, discovered);
        }
        for (int i = 0; i < labels.length; i++) {
            ModelNode node = umig.node("n" + i);
            Labels discovered = graph.discovered().getOrDefault(node, Labels.of(List.of()));
            assertThat(discovered.values()).isEqualTo(first.get(i));
            Set<Integer> all = above(i, parents);
            all.add(i);
            Set<Integer> known = new TreeSet<>();
            Set<String> roots = new HashSet<>();
            for (int from : all) {
                known.addAll(first.get(from));
                if (!first.get(from).isEmpty()) {
                    roots.add("n" + from);
                }
            }
            List<String> sources = graph.sources().getOrDefault(node, List.of()).stream()
                    .map(ModelNode::name)
                    .toList();
            assertThat(sources).containsExactlyInAnyOrderElementsOf(roots);
            assertThat(graph.known(node).values()).isEqualTo(known);
            assertThat(graph.role(node))
                    .isEqualTo(
                            !first.get(i).isEmpty()
                                    ? Role.DISCOVERY
                                    : roots.isEmpty() ? Role.UNTOUCHED : Role.INHERITED);
            if (!roots.isEmpty()) {
                List<Integer> lengths = new ArrayList<>();
                walk(i, 0, parents, first, lengths);
                assertThat(scenarios.asynchronousUpdates(node)).isEqualTo(BigInteger.valueOf(lengths.size()));
                assertThat(scenarios.synchronousUpdates(node)).isEqualTo(new HashSet<>(lengths).size());
                assertThat(scenarios.balanced(node)).isEqualTo(new HashSet<>(lengths).size() == 1);
                assertThat(scenarios.depth(node))
                        .isEqualTo(lengths.stream()
                                .mapToInt(Integer::intValue)
                                .max()
                                .orElseThrow());
                assertThat(scenarios.multiRoot(node)).isEqualTo(roots.size() > 1);
            }
        }
        assertThat(graph.nodes())
                .containsExactlyElementsOf(umig.nodes().stream()
                        .filter(node -> graph.role(node) != Role.UNTOUCHED)
                        .toList());
    }

    private static Set<Integer> set(int[] values) {
        Set<Integer> set = new TreeSet<>();
        for (int value : values) {
            set.add(value);
        }
        return set;
    }

    private static Set<Integer> above(int node, Map<Integer, Set<Integer>> parents) {
        Set<Integer> above = new TreeSet<>(parents.get(node));
        parents.get(node).forEach(parent -> above.addAll(above(parent, parents)));
        return above;
    }

    private static void walk(
            int node,
            int steps,
            Map<Integer, Set<Integer>> parents,
            Map<Integer, Set<Integer>> first,
            List<Integer> lengths) {
        if (!first.get(node).isEmpty()) {
            lengths.add(steps);
        }
        parents.get(node).forEach(parent -> walk(parent, steps + 1, parents, first, lengths));
    }

    /** A grid 100 wide and 100 deep, each node under three: walked path by path, the sun would burn out first. */
    @Test
    void tenThousandNodesArePlanned() {
        Umig umig = Umig.of();
        Images none = IMAGES.slice(0, 0);
        for (int i = 0; i < 10_000; i++) {
            umig.add(new ModelNode("n" + i, MODEL, i < 100 ? IMAGES.only(Labels.of(i % 6)) : none));
            for (int side = -1; i >= 100 && side <= 1; side++) {
                if (i % 100 + side >= 0 && i % 100 + side < 100) {
                    umig.inherit("n" + i, "n" + (i - 100 + side));
                }
            }
        }
        UnlearningGraph graph = umig.unlearning(Labels.of(3));
        Scenarios scenarios = graph.scenarios();

        assertThat(graph.discovered()).hasSize(17);
        assertThat(graph.sources().get(umig.node("n9999"))).hasSize(17);
        assertThat(graph.sources().get(umig.node("n9999")))
                .isSameAs(graph.sources().get(umig.node("n9900")));
        assertThat(scenarios.depth()).isEqualTo(99);
        assertThat(scenarios.balanced(umig.node("n9950"))).isTrue();
        assertThat(scenarios.asynchronousUpdates(umig.node("n9950")).bitLength())
                .isGreaterThan(100);
    }
}
