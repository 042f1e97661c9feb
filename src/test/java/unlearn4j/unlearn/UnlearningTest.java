package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tech.tablesaw.api.Table;
import unlearn4j.data.Dataset;
import unlearn4j.data.Datasets;
import unlearn4j.data.Labels;
import unlearn4j.model.ResNet;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;

/** Forgetting on a small chain of models trained on real images. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class UnlearningTest {
    private final Dataset data = Datasets.fashionMnistSample().sample(800, 500, 2);
    private Umig umig;

    @BeforeAll
    void train() {
        umig = Umig.incremental(data)
                .first(8)
                .step(1)
                .models(3)
                .model(ResNet.SMALL)
                .training(TrainingConfig.DEFAULT.epochs(5).batchSize(32).learningRate(0.05))
                .seed(7)
                .train();
    }

    private Map<ModelNode, Weights> weights() {
        Map<ModelNode, Weights> weights = new LinkedHashMap<>();
        umig.nodes().forEach(node -> weights.put(node, node.model().weights()));
        return weights;
    }

    @Test
    void theModelsLearned() {
        assertThat(umig.evaluate().doubleColumn("accuracy %").min()).isGreaterThan(70);
    }

    @Test
    void temperedFiunForgetsALabelEverywhereAndKeepsTheRest() {
        Map<ModelNode, Weights> before = weights();
        UnlearningResult result = Fiun.on(umig).forget(Labels.of(3));
        Table table = result.evaluate();
        result.undo();

        assertThat(table.rowCount()).isEqualTo(3);
        assertThat(table.doubleColumn("AD_f before").min()).isGreaterThan(50);
        assertThat(table.doubleColumn("AD_f").max()).isLessThan(3);
        assertThat(table.doubleColumn("AD_r before")
                        .subtract(table.doubleColumn("AD_r"))
                        .max())
                .isLessThan(5);
        assertThat(weights()).as("undo restores every bit").isEqualTo(before);
        assertThat(result.seconds()).containsOnlyKeys("model FIMs", "unlearning FIMs", "merge and update");
    }

    @Test
    void aLabelLearnedLaterLeavesEarlierModelsAlone() {
        Map<ModelNode, Weights> before = weights();
        UnlearningResult result = Fiun.on(umig).config(FiunConfig.paper()).forget(Labels.of(8));
        assertThat(umig.node("w_0").model().weights()).isEqualTo(before.get(umig.node("w_0")));
        assertThat(umig.node("w_1").model().weights()).isNotEqualTo(before.get(umig.node("w_1")));
        Table table = result.evaluate();
        result.undo();
        assertThat(table.stringColumn("role").asList()).containsExactly("untouched", "discovery", "inherited");
        assertThat(table.doubleColumn("AD_f").isMissing(0)).isTrue();
        assertThat(table.intColumn("parameters changed").get(0)).isZero();
    }

    @Test
    void onlyTheHeadChanges() {
        Map<ModelNode, Weights> before = weights();
        UnlearningResult result = Fiun.on(umig).forget(Labels.of(1, 9));
        for (ModelNode node : umig.nodes()) {
            var was = before.get(node).copy();
            var is = node.model().weights().copy();
            assertThat(is.subList(0, is.size() - 2))
                    .usingRecursiveComparison()
                    .isEqualTo(was.subList(0, was.size() - 2));
        }
        result.undo();
    }

    @Test
    void theMaskSaysNothingOfALabelAndChangesNothingElse() {
        UnlearningResult result = HeadMask.on(umig).forget(Labels.of(3));
        Table table = result.evaluate();
        result.undo();
        assertThat(table.doubleColumn("AD_f").max()).isZero();
        assertThat(table.doubleColumn("AD_r")
                        .subtract(table.doubleColumn("AD_r before"))
                        .min())
                .isGreaterThanOrEqualTo(0);
    }

    @Test
    void aGammaThatSelectsNothingChangesNothing() {
        Map<ModelNode, Weights> before = weights();
        assertThatThrownBy(() ->
                        Fiun.on(umig).config(FiunConfig.paper().gamma(1e30)).forget(Labels.of(3)))
                .hasMessageStartingWith("gamma (1.0E30) selects no parameter of any node, nothing is changed");
        assertThat(weights()).isEqualTo(before);
    }

    @Test
    void undoneOnceAndOnlyIfNothingCameBetween() {
        UnlearningResult first = Fiun.on(umig).forget(Labels.of(3));
        UnlearningResult second = Fiun.on(umig).forget(Labels.of(4));
        assertThatThrownBy(first::undo).hasMessage("w_0 was changed since: undo the later change first");
        second.undo();
        first.undo();
        assertThatThrownBy(first::undo).hasMessage("FIUn of labels 3 was undone before");
    }
}
