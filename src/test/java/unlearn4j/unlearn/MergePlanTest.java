package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import unlearn4j.data.Labels;
import unlearn4j.umig.GraphShape;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

class MergePlanTest {
    private static MergePlan plan(GraphShape shape, Labels labels) {
        Map<String, Integer> numbers = new HashMap<>();
        Map<Integer, BitSet> known = new HashMap<>();
        labels.values().forEach(label -> known.put(label, new BitSet()));
        for (GraphShape.Node node : shape.nodes()) {
            int number = numbers.size();
            numbers.put(node.name(), number);
            known.forEach(
                    (label, nodes) -> nodes.set(number, node.labels().values().contains(label)));
        }
        NumberedGraph graph = new NumberedGraph(
                numbers.size(),
                shape.edges().stream()
                        .mapToInt(edge -> numbers.get(edge.parent()))
                        .toArray(),
                shape.edges().stream()
                        .mapToInt(edge -> numbers.get(edge.child()))
                        .toArray());
        return MergePlan.of(graph, known, labels);
    }

    /** The order of a merge set too: sums of floats depend on it. */
    @Property(tries = 40)
    void saysWhatTheUnlearningGraphSays(@ForAll long seed) {
        Umig umig = DrawnGraph.of(25, seed);
        Labels labels = Labels.of(0, 1);
        UnlearningGraph expected = umig.unlearning(labels);
        MergePlan plan = plan(umig.shape(), labels);
        List<String> names =
                umig.shape().nodes().stream().map(GraphShape.Node::name).toList();

        for (int node = 0; node < names.size(); node++) {
            int set = plan.setOf()[node];
            assertThat(
                            set < 0
                                    ? null
                                    : Arrays.stream(plan.sets().get(set))
                                            .mapToObj(i -> umig.node(names.get(i)))
                                            .toList())
                    .as(names.get(node))
                    .isEqualTo(expected.sources().get(umig.node(names.get(node))));
        }
        assertThat(plan.discovered()).hasSameSizeAs(expected.discovered());
        plan.discovered().forEach((node, found) -> assertThat(found)
                .isEqualTo(expected.discovered().get(umig.node(names.get(node)))));
    }

    @Test
    void aMillionNodesArePlanned() {
        int nodes = 1_000_000;
        int[] parents = new int[nodes - 1];
        int[] heirs = new int[nodes - 1];
        for (int i = 1; i < nodes; i++) {
            parents[i - 1] = i - 1;
            heirs[i - 1] = i;
        }
        BitSet middle = new BitSet();
        middle.set(nodes / 2);
        MergePlan plan = MergePlan.of(new NumberedGraph(nodes, parents, heirs), Map.of(7, middle), Labels.of(7));
        assertThat(plan.sets()).containsExactly(new int[] {nodes / 2});
        assertThat(Arrays.stream(plan.setOf()).filter(set -> set == 0).count()).isEqualTo(nodes / 2);
    }

    @Test
    void whatIsNoGraphIsRefused() {
        assertThatThrownBy(() -> new NumberedGraph(3, new int[] {0, 1, 2}, new int[] {1, 2, 1}))
                .hasMessage("node 1 inherits from itself, by others: take an edge out");
        assertThatThrownBy(() -> new NumberedGraph(3, new int[] {0}, new int[] {3}))
                .hasMessage("edge 0 → 3: nodes are numbered from 0 to 2");
        assertThatThrownBy(() -> MergePlan.of(
                        new NumberedGraph(2, new int[0], new int[0]), Map.of(4, new BitSet()), Labels.of(4)))
                .hasMessage("label(s) 4: no stored model ever learned them");
    }
}
