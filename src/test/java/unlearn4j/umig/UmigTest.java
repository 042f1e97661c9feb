package unlearn4j.umig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import unlearn4j.core.Seed;
import unlearn4j.data.Datasets;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.fisher.Fisher;
import unlearn4j.fisher.FisherEstimator;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.Head;

class UmigTest {
    private static final Images IMAGES = Datasets.fashionMnistSample().train().slice(0, 300);
    private static final Classifier MODEL = Classifier.create(ResNet.SMALL, IMAGES, Seed.of(1));

    private static ModelNode node(String name, int... labels) {
        return new ModelNode(name, MODEL, IMAGES.only(Labels.of(labels)));
    }

    private static List<String> names(Iterable<ModelNode> nodes) {
        List<String> names = new ArrayList<>();
        nodes.forEach(node -> names.add(node.name()));
        return names;
    }

    @Test
    void inAChainEachLabelIsDiscoveredWhereItWasLearned() {
        Umig umig = Umig.of().add(node("w_0", 0, 1)).add(node("w_1", 2)).add(node("w_2", 3))
                .inherit("w_1", "w_0").inherit("w_2", "w_1");
        UnlearningGraph first = umig.unlearning(Labels.of(1));
        assertThat(first.role(umig.node("w_0"))).isEqualTo(Role.DISCOVERY);
        assertThat(first.role(umig.node("w_1"))).isEqualTo(Role.INHERITED);
        assertThat(first.role(umig.node("w_2"))).isEqualTo(Role.INHERITED);
        UnlearningGraph later = umig.unlearning(Labels.of(1, 3));
        assertThat(later.discovered()).containsOnlyKeys(umig.node("w_0"), umig.node("w_2"));
        assertThat(later.multiRoot(umig.node("w_2"))).isTrue();
        assertThat(later.known(umig.node("w_1"))).isEqualTo(Labels.of(1));
        assertThat(umig.unlearning(Labels.of(3)).role(umig.node("w_1"))).isEqualTo(Role.UNTOUCHED);
    }

    /** Paper B, Fig. 2, as far as its text says: n_s and n_f discover, the others inherit. */
    @Test
    void figureTwoHasThePapersRoots() {
        Umig umig = Umig.of().add(node("n_s", 1)).add(node("n_f", 2));
        for (String heir : List.of("n_h", "n_j", "n_l", "n_p", "n_g", "n_i", "n_n")) {
            umig.add(node(heir, 5));
        }
        umig.inherit("n_h", "n_s", "n_f").inherit("n_j", "n_h").inherit("n_l", "n_h").inherit("n_p", "n_j", "n_l")
                .inherit("n_g", "n_f").inherit("n_i", "n_f", "n_g").inherit("n_n", "n_i");
        UnlearningGraph graph = umig.unlearning(Labels.of(1, 2));
        assertThat(names(graph.discovered().keySet())).containsExactlyInAnyOrder("n_s", "n_f");
        for (String multi : List.of("n_h", "n_j", "n_l", "n_p")) {
            assertThat(graph.multiRoot(umig.node(multi))).as(multi).isTrue();
        }
        for (String single : List.of("n_g", "n_i", "n_n")) {
            assertThat(graph.multiRoot(umig.node(single))).as(single).isFalse();
            assertThat(graph.role(umig.node(single))).isEqualTo(Role.INHERITED);
        }
    }

    @Test
    void whatReachedANodeIsItsOwnAndItsAncestors() {
        Umig umig = Umig.of().add(node("a", 0)).add(node("b", 1)).add(node("c", 2)).inherit("c", "a", "b");
        assertThat(umig.known(umig.node("c"))).isEqualTo(Labels.of(0, 1, 2));
        assertThat(umig.reached(umig.node("c")).size()).isEqualTo(IMAGES.only(Labels.of(0, 1, 2)).size());
        assertThat(names(umig.parents(umig.node("c")))).containsExactly("a", "b");
    }

    @Test
    void aModelFimIsKeptWhileItsWeightsAndItsAncestorsStay() {
        Classifier model = MODEL.copy();
        ModelNode node = new ModelNode("a", model, IMAGES.only(Labels.of(0, 1)));
        Umig umig = Umig.of().add(node).add(node("b", 2));
        FisherEstimator estimator = FisherEstimator.perSample(16);
        Fisher first = umig.modelFim(node, estimator);
        assertThat(umig.modelFim(node, FisherEstimator.perSample(16))).isSameAs(first);
        assertThat(umig.modelFim(node, FisherEstimator.perSample())).isNotSameAs(first);

        Head head = model.head();
        Head other = model.head();
        other.bias()[3] += 1;
        model.load(other);
        assertThat(umig.modelFim(node, estimator).weight()).isNotEqualTo(first.weight());
        model.load(head);
        assertThat(umig.modelFim(node, estimator).weight()).isEqualTo(first.weight());

        model.load(MODEL.weights());
        assertThat(umig.modelFim(node, estimator).weight()).isEqualTo(first.weight());
        umig.inherit("a", "b");
        assertThat(umig.modelFim(node, estimator).weight())
                .isEqualTo(estimator.of(model, umig.reached(node)).weight()).isNotEqualTo(first.weight());
    }

    /** Discovery and sources on random graphs against a plain walk over all ancestors. */
    @Test
    void queriesAgreeWithBruteForceOnRandomGraphs() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 60; round++) {
            int size = 1 + random.nextInt(8);
            Umig umig = Umig.of();
            Map<Integer, Set<Integer>> parents = new LinkedHashMap<>();
            int[] labels = new int[size];
            for (int i = 0; i < size; i++) {
                labels[i] = random.nextInt(4);
                umig.add(node("n" + i, labels[i]));
                parents.put(i, new TreeSet<>());
                for (int j = 0; j < i; j++) {
                    if (random.nextInt(3) == 0) {
                        umig.inherit("n" + i, "n" + j);
                        parents.get(i).add(j);
                    }
                }
            }
            int wanted = labels[random.nextInt(size)];
            UnlearningGraph graph = umig.unlearning(Labels.of(wanted));
            Set<String> roots = new HashSet<>();
            Map<Integer, Set<Integer>> above = new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                Set<Integer> all = new TreeSet<>(parents.get(i));
                parents.get(i).forEach(parent -> all.addAll(above.get(parent)));
                above.put(i, all);
                if (labels[i] == wanted && all.stream().noneMatch(ancestor -> labels[ancestor] == wanted)) {
                    roots.add("n" + i);
                }
            }
            assertThat(new HashSet<>(names(graph.discovered().keySet()))).isEqualTo(roots);
            for (int i = 0; i < size; i++) {
                Set<String> expected = new HashSet<>();
                for (int ancestor : above.get(i)) {
                    expected.add("n" + ancestor);
                }
                expected.add("n" + i);
                expected.retainAll(roots);
                List<ModelNode> sources = graph.sources().getOrDefault(umig.node("n" + i), List.of());
                assertThat(new HashSet<>(names(sources))).isEqualTo(expected);
            }
        }
    }

    @Test
    void cyclesAndStrangersAreRefused() {
        Umig umig = Umig.of().add(node("a", 0)).add(node("b", 1)).add(node("c", 2)).inherit("b", "a").inherit("c", "b");
        assertThatThrownBy(() -> umig.inherit("a", "c"))
                .hasMessage("a cannot inherit from c, which inherits from it: the graph must have no cycles");
        assertThatThrownBy(() -> umig.inherit("a", "a")).hasMessageContaining("no cycles");
        assertThatThrownBy(() -> umig.inherit("a", "z")).hasMessage("there is no node named z: the nodes are [a, b, c]");
        assertThatThrownBy(() -> umig.unlearning(Labels.of(7)))
                .hasMessage("label(s) 7: no node ever learned them, the graph knows 0–2");
        assertThat(names(umig.nodes())).containsExactly("a", "b", "c");
    }
}
