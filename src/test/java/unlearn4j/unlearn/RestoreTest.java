package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unlearn4j.AllWeights;
import unlearn4j.data.DataException;
import unlearn4j.data.Dataset;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ResNet;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;
import unlearn4j.umig.StoredGraph;
import unlearn4j.umig.Umig;

/** A graph knows what it was made to forget, and finds the way back to what training left. */
class RestoreTest {
    private static final Dataset DATA = TinyImages.dataset(4, 12, 4);

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

    private static Umig saved(Umig graph, Path folder) {
        graph.save(folder);
        return Umig.load(folder, DATA);
    }

    private static Umig small() {
        return Umig.incremental(DATA)
                .first(3)
                .step(1)
                .models(2)
                .model(new ResNet("tiny", List.of(1), List.of(4)))
                .training(TrainingConfig.DEFAULT.epochs(1))
                .train();
    }

    @Test
    void aGraphThatWasSavedStillSaysWhatItHasForgotten(@TempDir Path temp) {
        Umig trained = small();
        assertThat(saved(trained, temp.resolve("trained")).past().isEmpty()).isTrue();
        HeadMask.on(trained).forget(Labels.of(1));

        Umig loaded = saved(trained, temp.resolve("one"));
        assertThat(loaded.past()).hasToString("HeadMask forgot labels 1");
        assertThat(loaded.evaluate().name()).isEqualTo("Model inheritance graph, after HeadMask forgot labels 1");
        assertThat(StoredGraph.open(temp.resolve("one"), StoredGraph.shards(temp.resolve("one"), DATA))
                        .umig())
                .asString()
                .contains("after HeadMask forgot labels 1");
        UnlearningResult second = HeadMask.on(loaded).forget(Labels.of(2));
        assertThat(second.evaluate().name()).isEqualTo("HeadMask, labels 2, after HeadMask forgot labels 1");
        Map<String, Weights> now = AllWeights.of(loaded);
        assertThatThrownBy(loaded::restore)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "HeadMask forgot labels 1 before this graph was saved, and what training left was not saved with"
                                + " it: train it again, or load one that was saved before; undo() takes back what was done since");
        assertThat(AllWeights.of(loaded)).isEqualTo(now);
        assertThat(saved(loaded, temp.resolve("two")).past())
                .hasToString("HeadMask forgot labels 1 and HeadMask forgot labels 2");
        second.undo();
        assertThat(loaded.past()).hasToString("HeadMask forgot labels 1");
        assertThat(AllWeights.of(loaded)).isEqualTo(AllWeights.of(trained));
    }

    @Test
    void aGraphThatIsTrainedAgainWhereAnotherForgotIsAsItWasTrained(@TempDir Path folder) {
        Umig graph = small();
        HeadMask.on(graph).forget(Labels.of(1));
        Umig loaded = saved(graph, folder);

        loaded.plan().begin(Map.of(), folder).run();

        assertThat(Umig.load(folder, DATA).past().isEmpty()).isTrue();
    }

    @Test
    void aPastThatIsNotRightIsOneLine(@TempDir Path folder) throws IOException {
        Umig graph = small();
        HeadMask.on(graph).forget(Labels.of(1));
        graph.save(folder);
        Path file = folder.resolve("past.json");

        for (String wrong : List.of("", "{", "[]", "{\"version\":1}", "{\"version\":1,\"forgotten\":[null]}")) {
            Files.writeString(file, wrong);
            assertThatThrownBy(() -> Umig.load(folder, DATA))
                    .as(wrong)
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(file + " ")
                    .satisfies(error -> assertThat(error.getMessage().lines()).hasSize(1));
        }
        Files.writeString(file, "{\"version\":2,\"what\":[\"labels 1\"]}");
        assertThatThrownBy(() -> Umig.load(folder, DATA))
                .hasMessageContaining(
                        "it is of version 2 and this toolkit reads version 1: load the graph with the toolkit");
    }
}
