package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unlearn4j.core.Refusal;
import unlearn4j.data.DataException;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Features;
import unlearn4j.train.Head;
import unlearn4j.train.Stages;
import unlearn4j.train.TorchFixture;
import unlearn4j.train.TorchScript;
import unlearn4j.train.TorchWeights;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;

/** One network twice, both by PyTorch: as a TorchScript ({@code script.py}), and as weights of a description. */
class TorchScriptTest {
    private static final Path WEIGHTS = TorchFixture.FOLDER.resolve("resnet.safetensors");
    private static final Labels LABEL = Labels.of(1);

    private final Images images = TorchFixture.images();
    private final TorchScript script = TorchScript.of(TorchFixture.FOLDER.resolve("body.pt"), "fc", images);
    private final Classifier scripted = TorchWeights.load(WEIGHTS, script, images, TorchFixture.SEEN);

    @TempDir
    private Path folder;

    private Classifier described() {
        return TorchWeights.load(WEIGHTS, TorchFixture.RESNET, images, TorchFixture.SEEN);
    }

    private float[] logits(Classifier model) {
        return Evaluator.logits(model, images).values();
    }

    private Umig graph(Classifier model) {
        return Umig.of().add(new ModelNode("node", model, images));
    }

    private static void train(Classifier model, Images images) {
        TrainingConfig config = TrainingConfig.DEFAULT.epochs(2).batchSize(3).learningRate(0.01);
        Training.of(model, images, config).run();
    }

    @Test
    void saysWhatPyTorchSays() throws IOException {
        JsonArray said = JsonParser.parseString(Files.readString(TorchFixture.FOLDER.resolve("resnet.json")))
                .getAsJsonObject()
                .getAsJsonArray("logits");
        float[] logits = logits(scripted);
        for (int i = 0; i < logits.length; i++) {
            assertThat(logits[i])
                    .isCloseTo(said.get(i / 5).getAsJsonArray().get(i % 5).getAsFloat(), within(1e-5f));
        }
        assertThat(logits).as("the first run").isEqualTo(logits(scripted)).isEqualTo(logits(described()));
        assertThat(scripted.spec().features()).isEqualTo(10);
        assertThat(Stages.of(scripted, images)).hasSize(1);
    }

    /** One layer is the head; the other seven are the body's last, through whose script gradients go. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void fiunDoesToItWhatItDoesToTheDescribedNetwork(int layers) {
        Classifier described = described();
        assertThat(scripted.layers()).isEqualTo(described.layers());
        FiunConfig config = FiunConfig.paper().layers(layers).gamma(1e-6);
        for (Classifier model : List.of(described, scripted)) {
            Weights before = model.weights();
            Fiun.on(graph(model)).config(config).forget(LABEL);
            assertThat(model.weights()).isNotEqualTo(before);
        }
        assertThat(scripted.head().sameAs(described.head())).isTrue();
        assertThat(logits(scripted)).isEqualTo(logits(described));
    }

    @Test
    void headMaskForbidsIt() {
        HeadMask.on(graph(scripted)).forget(LABEL);
        assertThat(scripted.head().bias()[1]).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Evaluator.evaluate(scripted, images.only(LABEL)).accuracy()).isZero();
    }

    @Test
    void aCopyGoesItsOwnWay() {
        Classifier copy = scripted.copy();
        Weights before = copy.weights();
        train(scripted, images);
        assertThat(copy.weights()).isEqualTo(before);
        assertThat(Features.of(scripted, images).values())
                .as("the body is trained too")
                .isNotEqualTo(Features.of(copy, images).values());
        copy.load(scripted.weights());
        assertThat(logits(copy)).as("nothing is left out of its weights").isEqualTo(logits(scripted));
    }

    @Test
    void fineTuningIsUndoneBitForBit() {
        Umig graph = graph(scripted);
        Weights before = scripted.weights();
        var unlearned = FineTune.on(graph).forget(LABEL);
        assertThat(scripted.weights()).isNotEqualTo(before);
        unlearned.undo();
        assertThat(scripted.weights()).isEqualTo(before);
    }

    @Test
    void isSavedAndReadWithItsDescription() {
        train(scripted, images);
        Path file = folder.resolve("saved.safetensors");
        scripted.save(file);
        TorchScript same = TorchScript.of(TorchFixture.FOLDER.resolve("body.pt"), "fc", images);
        Classifier again = Classifier.load(file, same);
        assertThat(again.weights()).isEqualTo(scripted.weights());
        assertThat(logits(again)).isEqualTo(logits(scripted));
        assertThatThrownBy(() -> Classifier.load(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("holds TorchScript");
        TorchScript other = TorchScript.of(TorchFixture.FOLDER.resolve("traced.pt"), "fc", images);
        assertThatThrownBy(() -> Classifier.load(file, other)).isInstanceOf(DataException.class);
    }

    @Test
    void comesBackFromPyTorchsNames() {
        train(scripted, images);
        Path out = folder.resolve("out.safetensors");
        TorchWeights.save(scripted, out);
        assertThat(TorchWeights.load(out, script, images, TorchFixture.SEEN).weights())
                .isEqualTo(scripted.weights());
    }

    @Test
    void theHeadAloneLeavesTheBodyAsTheScriptHasIt() {
        Path out = folder.resolve("head.safetensors");
        HeadOnly.write(out, new Head(5, 10, new float[50], new float[] {1, 2, 3, 4, 5}));
        Classifier model = TorchWeights.load(out, script, images, TorchFixture.SEEN);
        assertThat(model.head().bias()).containsExactly(1, 2, 3, 4, 5);
        model.load(scripted.head());
        assertThat(model.weights()).isEqualTo(scripted.weights());
    }

    @Test
    void aTracedOneIsReadToo() {
        TorchScript traced = TorchScript.of(TorchFixture.FOLDER.resolve("traced.pt"), "classifier.6", images);
        assertThat(traced.features()).isEqualTo(4);
        assertThat(traced).isNotEqualTo(script).hasToString(traced.name());
        assertThat(TorchScript.of(TorchFixture.FOLDER.resolve("traced.pt"), "classifier.6", images))
                .isEqualTo(traced)
                .hasSameHashCodeAs(traced);
    }

    @Test
    void cannotBeMadeAnew() {
        String words = "a TorchScript body can't be initialised anew";
        Umig graph = graph(scripted);
        Weights before = scripted.weights();
        assertThatThrownBy(() -> Classifier.create(script, images, 1))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(words);
        assertThatThrownBy(
                        () -> Retrain.on(graph).training(TrainingConfig.DEFAULT).forget(LABEL))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(words);
        assertThat(scripted.weights()).isEqualTo(before);
    }

    @Test
    void isForImagesOfItsSize() {
        assertThatThrownBy(() -> script.body(28, 28)).hasMessageContaining("was read for images of 3×32×32");
    }
}
