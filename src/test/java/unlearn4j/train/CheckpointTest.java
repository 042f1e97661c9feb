package unlearn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.data.DataException;
import unlearn4j.data.Datasets;
import unlearn4j.data.Images;
import unlearn4j.model.AlexNet;
import unlearn4j.model.ModelSpec;
import unlearn4j.model.ResNet;

@Tag("slow")
class CheckpointTest {
    private static final Images IMAGES =
            Datasets.fashionMnistSample().sample(60, 10, 1).train();
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(3).batchSize(16).learningRate(0.05).seed(4);

    @TempDir
    private Path temp;

    private static Training training(ModelSpec spec, boolean headOnly) {
        Classifier model = Classifier.create(spec, IMAGES, 1);
        return headOnly ? Training.ofHead(model, IMAGES, CONFIG) : Training.of(model, IMAGES, CONFIG);
    }

    private static void runTo(Training training, int epochs) {
        try (Progress progress = Screen.current().progress("test", training.imagesToGo(), "images")) {
            training.runTo(epochs, progress);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aResumedTrainingEndsInTheSameBits(boolean headOnly) {
        // Batch normalisation has running means among the weights; dropout draws from the seed.
        for (ModelSpec spec : new ModelSpec[] {ResNet.SMALL, new AlexNet("AlexNet-8", 8, 0.5f)}) {
            Path file = temp.resolve(spec.name());
            Training whole = training(spec, headOnly);
            whole.run();
            Training first = training(spec, headOnly);
            runTo(first, 2);
            first.save(file, "mine");

            Training second = training(spec, headOnly);
            assertThat(second.resume(file, "mine")).isTrue();

            assertThat(second.epochsDone()).isEqualTo(2);
            assertThat(second.run().weights()).isEqualTo(whole.model().weights());
            assertThat(second.history().column("loss").asObjectArray())
                    .isEqualTo(whole.history().column("loss").asObjectArray());
        }
    }

    @Test
    void anotherTrainingsFileIsLeftAlone() throws IOException {
        Path file = temp.resolve("file");
        Training training = training(ResNet.SMALL, false);
        assertThat(training.resume(file, "mine")).isFalse();
        assertThatThrownBy(() -> training.save(file, "mine"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no epoch is finished");
        runTo(training, 1);
        training.save(file, "mine");

        Training larger = training(ResNet.MEDIUM, false);
        Weights before = larger.model().weights();
        assertThat(larger.resume(file, "another")).isFalse();
        assertThat(larger.model().weights()).isEqualTo(before);
        assertThat(larger.epochsDone()).isZero();

        training.model().save(file);
        assertThatThrownBy(() -> training.resume(file, "mine"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("holds no training");
        Files.writeString(file, "damaged");
        assertThatThrownBy(() -> training.resume(file, "mine")).isInstanceOf(DataException.class);
    }
}
