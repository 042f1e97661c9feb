package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import unlearn4j.AllWeights;
import unlearn4j.train.Head;
import unlearn4j.train.Weights;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;

/** Old or new, never mixed. */
class ChangesTest {
    private final Umig umig = SmallGraph.trained();
    private final Map<String, Weights> before = AllWeights.of(umig);

    private static NodeWeights zero(ModelNode node) {
        Head head = node.model().head();
        return NodeWeights.of(
                new Head(head.classes(), head.features(), new float[head.weight().length], new float[head.classes()]));
    }

    private Map<ModelNode, NodeWeights> zeros() {
        Map<ModelNode, NodeWeights> zeros = new LinkedHashMap<>();
        umig.nodes().forEach(node -> zeros.put(node, zero(node)));
        return zeros;
    }

    @Test
    void allAreNewAndThenAllAreOld() {
        Changes changes = new Changes(zeros());
        assertThat(AllWeights.of(umig)).as("not before apply()").isEqualTo(before);
        changes.apply(umig.past());
        umig.nodes().forEach(node -> assertThat(node.model().head().weight()).containsOnly(0));
        assertThat(changes.changed(umig.node("w_h")).cardinality()).isGreaterThan(40);
        changes.undo();
        assertThat(AllWeights.of(umig)).isEqualTo(before);
    }

    @Test
    void aNodeThatRefusesItsWeightsLeavesAllOld() {
        Map<ModelNode, NodeWeights> weights = zeros();
        weights.put(umig.node("w_h"), NodeWeights.of(new Head(2, 2, new float[4], new float[2])));
        Changes changes = new Changes(weights);
        assertThatThrownBy(() -> changes.apply(umig.past()))
                .isInstanceOf(UnlearningException.class)
                .hasMessage("w_h refused its new weights (a head of 2×2 does not fit MLP, whose head is 6×8): "
                        + "every node is as it was before");
        assertThat(AllWeights.of(umig)).isEqualTo(before);
    }

    /** Its native memory gone, a node takes neither the new weights nor the old. */
    @Test
    void aNodeThatIsLostIsNamedAndTheOthersAreOld() {
        Changes changes = new Changes(zeros());
        umig.node("w_h").model().scope().getParentManager().close();
        assertThatThrownBy(() -> changes.apply(umig.past()))
                .isInstanceOf(UnlearningException.class)
                .hasMessageStartingWith("w_h refused its new weights (")
                .hasMessageEndingWith("): [w_h] may hold them now, every other node is as it was before");
        for (String name : new String[] {"w_s", "w_f", "w_j"}) {
            assertThat(umig.node(name).model().weights()).isEqualTo(before.get(name));
        }
    }
}
