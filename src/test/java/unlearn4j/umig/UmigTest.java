package unlearn4j.umig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import unlearn4j.data.Datasets;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.Head;

class UmigTest {
    private static final Images IMAGES = Datasets.fashionMnistSample().train().slice(0, 300);
    private static final Classifier MODEL = Classifier.create(ResNet.SMALL, IMAGES, 1);

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
        Umig umig = Umig.of()
                .add(node("w_0", 0, 1))
                .add(node("w_1", 2))
                .add(node("w_2", 3))
                .inherit("w_1", "w_0")
                .inherit("w_2", "w_1");
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

    @Test
    void whatReachedANodeIsItsOwnAndItsAncestors() {
        Umig umig =
                Umig.of().add(node("a", 0)).add(node("b", 1)).add(node("c", 2)).inherit("c", "a", "b");
        assertThat(umig.known(umig.node("c"))).isEqualTo(Labels.of(0, 1, 2));
        assertThat(umig.reached(umig.node("c")).size())
                .isEqualTo(IMAGES.only(Labels.of(0, 1, 2)).size());
        assertThat(names(umig.parents(umig.node("c")))).containsExactly("a", "b");
    }

    @Test
    void withoutARecordALabelIsDiscoveredWhereItIsFirstRecognised() {
        Classifier sure = MODEL.copy();
        Head head = MODEL.head();
        head.bias()[4] += 1e6f;
        sure.load(head);
        Classifier other = MODEL.copy();
        head.bias()[4] -= 2e6f;
        other.load(head);
        Umig umig = Umig.of()
                .add(new ModelNode("deaf", other, IMAGES))
                .add(new ModelNode("first", sure, IMAGES))
                .add(new ModelNode("second", sure, IMAGES))
                .add(new ModelNode("heir", other, IMAGES))
                .inherit("first", "deaf")
                .inherit("second", "first")
                .inherit("heir", "second");

        UnlearningGraph graph = umig.recognising(Labels.of(4), IMAGES.slice(0, 200), 90);

        assertThat(graph.discovered()).containsOnlyKeys(umig.node("first"));
        assertThat(names(graph.nodes())).containsExactly("first", "second", "heir");
        assertThat(graph.images(umig.node("first")).size())
                .isEqualTo(IMAGES.slice(0, 200).counts()[4]);
    }

    @Test
    void anEdgeHasAWeightAndTheLastOneGivenHolds() {
        Umig umig = Umig.of().add(node("a", 0)).add(node("b", 1)).inherit("b", "a", 0.25);
        assertThat(umig.weight(umig.node("a"), umig.node("b"))).isEqualTo(0.25);
        assertThat(umig.inherit("b", "a").weight(umig.node("a"), umig.node("b")))
                .isEqualTo(1);
        assertThat(umig.shape().edges()).containsExactly(new GraphShape.Edge("a", "b", 1));
        assertThat(names(umig.children(umig.node("a")))).containsExactly("b");
    }

    /** JGraphT's breadth-first iterator exhausts one root's heirs before it takes the next root. */
    @Test
    void discoveryGoesLayerByLayerFromAllRoots() {
        Umig umig = Umig.of()
                .add(node("r", 0))
                .add(node("s", 1))
                .add(node("x", 2))
                .add(node("y", 3))
                .inherit("x", "r")
                .inherit("y", "x");
        assertThat(names(umig.unlearning(Labels.range(0, 4)).discovered().keySet()))
                .containsExactly("r", "s", "x", "y");
    }

    @Test
    void cyclesAndStrangersAreRefused() {
        Umig umig = Umig.of()
                .add(node("a", 0))
                .add(node("b", 1))
                .add(node("c", 2))
                .inherit("b", "a")
                .inherit("c", "b");
        assertThatThrownBy(() -> umig.inherit("a", "c"))
                .hasMessage("a cannot inherit from c, which inherits from it: the graph must have no cycles");
        assertThatThrownBy(() -> umig.inherit("a", "a")).hasMessageContaining("no cycles");
        assertThatThrownBy(() -> umig.inherit("a", "z"))
                .hasMessage("there is no node named z: the nodes are [a, b, c]");
        assertThatThrownBy(() -> umig.unlearning(Labels.of(7)))
                .hasMessage("label(s) 7: no node ever learned them, the graph knows 0–2");
        assertThat(names(umig.nodes())).containsExactly("a", "b", "c");
    }
}
