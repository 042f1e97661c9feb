package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import unlearn4j.AllWeights;
import unlearn4j.data.Labels;
import unlearn4j.train.Weights;
import unlearn4j.umig.Umig;

/** A graph knows what it was made to forget, and finds the way back to what training left. */
class RestoreTest {
    private final Umig umig = SmallGraph.trained();
    private final Map<String, Weights> trained = AllWeights.of(umig);

    @Test
    void aGraphSaysWhatItHasForgotten() {
        assertThat(umig.past()).hasToString("as trained");
        UnlearningResult first = Fiun.on(umig).forget(Labels.of(3));
        assertThat(umig.toString()).startsWith("UMIG of 4 models, after FIUn forgot labels 3\n");
        assertThat(umig.evaluate().name()).isEqualTo("Model inheritance graph, after FIUn forgot labels 3");
        assertThat(first.evaluate().name()).isEqualTo("FIUn, labels 3");

        UnlearningResult second = HeadMask.on(umig).forget(Labels.of(2));
        assertThat(second.evaluate().name()).isEqualTo("HeadMask, labels 2, after FIUn forgot labels 3");
        assertThat(second.toString()).endsWith(" s, after FIUn forgot labels 3");
        second.undo();
        assertThat(umig.past()).hasToString("FIUn forgot labels 3");
        first.undo();
        assertThat(umig.past().isEmpty()).isTrue();
        assertThat(umig.toString()).startsWith("UMIG of 4 models\n");
    }

    @Test
    void restoreBringsBackEveryWeightThatTrainingLeft() {
        UnlearningResult head = Fiun.on(umig).forget(Labels.of(3));
        UnlearningResult whole = GradientAscent.on(umig).forget(Labels.of(2));
        UnlearningResult again = Fiun.on(umig).forget(Labels.of(1));
        assertThat(AllWeights.of(umig)).isNotEqualTo(trained);
        assertThat(umig.past()).asString().startsWith("3 requests, the last: FIUn forgot labels 1");

        assertThat(umig.restore()).isSameAs(umig);

        assertThat(AllWeights.of(umig)).isEqualTo(trained);
        assertThat(umig.past().isEmpty()).isTrue();
        for (UnlearningResult result : new UnlearningResult[] {head, whole, again}) {
            assertThat(result.toString()).endsWith(", undone");
            assertThatThrownBy(result::undo).hasMessageContaining("was undone before");
        }
    }

    @Test
    void whatCameBeforeAnUndoIsNotForgotten() {
        Fiun.on(umig).forget(Labels.of(3));
        GradientAscent.on(umig).forget(Labels.of(2)).undo();
        GradientAscent.on(umig).forget(Labels.of(2));
        Fiun.on(umig).forget(Labels.of(1)).undo();

        assertThat(AllWeights.of(umig.restore())).isEqualTo(trained);
        assertThat(AllWeights.of(umig.restore())).as("twice").isEqualTo(trained);
    }

    @Test
    void aPartHasTheSameModelsAndTheSamePast() {
        Fiun.on(umig.part("w_s", "w_j")).forget(Labels.of(3));

        assertThat(umig.past()).hasToString("FIUn forgot labels 3");
        assertThat(AllWeights.of(umig.restore())).isEqualTo(trained);
    }
}
