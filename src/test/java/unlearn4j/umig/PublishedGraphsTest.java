package unlearn4j.umig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.TrainingConfig;

class PublishedGraphsTest {
    /** As many images a label as the whole of CIFAR-100 has. */
    private static final Dataset FULL = TinyImages.dataset(100, 500, 4);
    /** As many as the mirror has. */
    private static final Dataset FEW = TinyImages.dataset(100, 100, 4);

    private static final TrainingConfig CONFIG = TrainingConfig.DEFAULT;
    private static final TrainingConfig HEIRS = CONFIG.epochs(5);
    private static final TrainingConfig MERGED = CONFIG.epochs(8);

    private static PublishedGraphs graphs(Dataset data) {
        return new PublishedGraphs(data, ResNet.SMALL, CONFIG, HEIRS, MERGED, 59);
    }

    private static Step step(TrainingPlan plan, String name) {
        return plan.steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String edges(TrainingPlan plan) {
        return plan.shape().edges().stream()
                .map(edge -> edge.parent() + "→" + edge.child())
                .collect(Collectors.joining(" "));
    }

    private static Umig graph(TrainingPlan plan) {
        Classifier any = Classifier.create(ResNet.SMALL, plan.like(), 1);
        return plan.graph(plan.steps().stream().collect(Collectors.toMap(Step::name, step -> any)));
    }

    private static List<String> discovering(Umig umig, Labels labels) {
        return umig.unlearning(labels).discovered().keySet().stream()
                .map(ModelNode::name)
                .toList();
    }

    @Test
    void theFederatedGraphIsAChainOnOnePart() {
        TrainingPlan plan = graphs(FULL).federated();

        assertThat(edges(plan)).isEqualTo("d→r1 s→r1 r1→r2 d→r3 r2→r3 r1→r4 r2→r4");
        assertThat(step(plan, "d").images().labels()).isEqualTo(Labels.range(10, 100));
        assertThat(step(plan, "r4").images().size()).isEqualTo(8_000);
        assertThat(step(plan, "r4").images().counts()).containsOnly(80);
        assertThat(step(plan, "r4").images().shared(step(plan, "r1").images()).size())
                .isEqualTo(8_000);
        assertThat(List.of("d", "r1", "r2"))
                .extracting(name -> step(plan, name).training().epochs())
                .containsExactly(10, 8, 5);
        assertThat(discovering(graph(plan), Labels.range(0, 10))).containsExactly("r1");
    }

    @Test
    void severalDistributionsAreDiscoveredAtTwoNodes() {
        Umig umig = graph(graphs(FULL).federatedDistributions());

        assertThat(discovering(umig, Labels.of(5, 9))).containsExactly("r1");
        assertThat(discovering(umig, Labels.of(0, 4))).containsExactly("r2");
        assertThat(umig.node("r1").shard().shared(umig.node("r2").shard()).isEmpty())
                .isTrue();
        assertThat(umig.node("r4").shard().size()).isEqualTo(8_000);
    }

    @Test
    void incrementalAndTransferLearningBeginWith90Labels() {
        TrainingPlan incremental = graphs(FEW).incremental();
        TrainingPlan transfer = graphs(FEW).transfer();

        assertThat(edges(incremental)).isEqualTo("u0→u1 u1→u2 u2→u3");
        assertThat(edges(transfer)).isEqualTo("u0→u1 u0→u2 u0→u3");
        for (TrainingPlan plan : List.of(incremental, transfer)) {
            assertThat(plan.steps())
                    .extracting(step -> step.images().labels())
                    .containsExactly(
                            Labels.range(0, 90), Labels.range(0, 92), Labels.range(0, 94), Labels.range(0, 98));
            assertThat(step(plan, "u0").images().size()).isEqualTo(90 * 80);
        }
        assertThat(transfer.steps()).extracting(Step::headOnly).containsExactly(false, true, true, true);
        assertThat(incremental.steps()).extracting(Step::headOnly).containsOnly(false);
    }

    @Test
    void dataParallelLearningEndsInTheCommonModel() {
        TrainingPlan plan = graphs(FULL).dataParallel();
        TrainingPlan few = graphs(FEW).dataParallel();

        assertThat(edges(plan)).isEqualTo("u1→u0 u2→u0 u3→u0");
        assertThat(step(plan, "u0").images().size()).isEqualTo(40_000);
        assertThat(step(plan, "u1").images().size()).isEqualTo(80 * 80);
        assertThat(step(few, "u0").images().size()).isEqualTo(8_000);
        assertThat(step(few, "u3").images().size()).isEqualTo(90 * 16);
        Images one = step(few, "u1").images();
        assertThat(one.shared(step(few, "u2").images()).isEmpty()).isTrue();
        Umig turned = PublishedGraphs.turned(graph(few));
        assertThat(discovering(turned, Labels.range(0, 10))).containsExactly("u0");
        assertThat(turned.children(turned.node("u0"))).hasSize(3);
        assertThat(turned.plan()).isEqualTo(few);
        assertThat(discovering(graph(graphs(FEW).dataParallelDistributions()), Labels.of(0, 7, 14)))
                .containsExactly("u1", "u2", "u3");
    }

    @Test
    void theDeepGraphGoesOnFromTheTwoLatest() {
        TrainingPlan plan = graphs(FEW).depth(50);

        assertThat(plan.steps()).hasSize(50);
        assertThat(edges(graphs(FEW).depth(4))).isEqualTo("m1→m2 m1→m3 m2→m3 m2→m4 m3→m4");
        assertThat(discovering(graph(plan), Labels.range(0, 100))).containsExactly("m1");
        assertThat(step(plan, "m50").images().shared(step(plan, "m49").images()).isEmpty())
                .isTrue();
        assertThat(step(plan, "m50").images().shared(step(plan, "m2").images()).size())
                .isEqualTo(1_600);
    }

    @Test
    void thereMustBe100Labels() {
        assertThatThrownBy(() -> graphs(TinyImages.dataset(10, 4, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10 classes");
    }
}
