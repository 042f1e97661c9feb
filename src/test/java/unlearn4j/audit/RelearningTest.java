package unlearn4j.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import unlearn4j.Silent;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.fisher.Mlp;
import unlearn4j.train.Classifier;
import unlearn4j.train.Features;
import unlearn4j.train.Head;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;

@ExtendWith(Silent.class)
class RelearningTest {
    private static final Images IMAGES = TinyImages.of(4, 20, 4);
    private static final Labels LABEL = Labels.of(2);
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(30).batchSize(16).learningRate(0.05);
    private static Classifier model;

    /** Knows all four classes, and its head is made to say nothing of one. */
    @BeforeAll
    static void mask() {
        model = Training.of(Classifier.create(new Mlp(16, 12), IMAGES, 3), IMAGES, CONFIG)
                .run();
        float[] weight = model.head().weight().clone();
        Arrays.fill(weight, 2 * 12, 3 * 12, 0);
        float[] bias = model.head().bias().clone();
        bias[2] = -100;
        model.load(new Head(4, 12, weight, bias));
    }

    @Test
    void aFewImagesBringAMaskedLabelBack() {
        Features known = Features.of(model, IMAGES);
        assertThat(known.evaluate(model.head()).accuracy(LABEL)).isZero();
        Weights before = model.weights();
        for (int shots : new int[] {1, 5, 20}) {
            Head back = Relearning.fromPrototypes(model.head(), known, LABEL, shots, 4);
            assertThat(known.evaluate(back).accuracy(LABEL)).isGreaterThan(80);
        }
        assertThat(model.weights()).isEqualTo(before);
    }

    @Test
    void thePrototypeIsTheMeanOfSoManyImagesAsLongAsTheOtherRows() {
        Images images = Pixels.images(3, new int[] {0, 1, 2, 2}, new int[][] {{255, 0}, {0, 255}, {90, 0}, {30, 0}});
        Features known = new Features(images, 2, new float[] {1, 0, 0, 1, 1, 2, 3, 2});
        Head head = new Head(3, 2, new float[] {3, 4, 0, 5, 9, 9}, new float[] {1, 3, -9});
        Head back = Relearning.fromPrototypes(head, known, LABEL, 2, 1);
        float each = (float) (5 / Math.sqrt(2));
        assertThat(back.weight()).containsExactly(3, 4, 0, 5, each, each);
        assertThat(back.bias()).containsExactly(1, 3, 2);
    }

    @Test
    void stepsAreCountedOnACopy() {
        Weights before = model.weights();
        int steps = Relearning.steps(
                        model, IMAGES.slice(0, 40), IMAGES.slice(40, 80).only(LABEL), 80, CONFIG)
                .orElseThrow();
        assertThat(steps).isBetween(1, 60);
        // So many steps and no fewer: one epoch has three.
        Classifier copy = model.copy();
        assertThat(Relearning.steps(
                        copy, IMAGES.slice(0, 40), IMAGES.slice(40, 80).only(LABEL), 80, CONFIG))
                .hasValue(steps);
        assertThat(copy.weights()).isEqualTo(before);
        assertThat(model.weights()).isEqualTo(before);
    }

    @Test
    void whatIsThereIsBackAtOnceAndWhatIsNotReachedIsNot() {
        Images others = IMAGES.without(LABEL);
        assertThat(Relearning.steps(model, IMAGES, others, 50, CONFIG)).hasValue(0);
        assertThat(Relearning.steps(model, others, IMAGES.only(LABEL), 50, CONFIG.epochs(1)))
                .isEmpty();
    }

    @Test
    void aWrongCallIsRefused() {
        Features known = Features.of(model, IMAGES);
        assertThatThrownBy(() -> Relearning.fromPrototypes(model.head(), known, LABEL, 21, 1))
                .hasMessage("tiny has 20 images of label 2, and 21 shots take as many");
        assertThatThrownBy(() -> Relearning.fromPrototypes(model.head(), known, Labels.range(0, 4), 1, 1))
                .hasMessage("labels 0–3 are all that the head tells: leave one to take a row's length from");
        assertThatThrownBy(() -> Relearning.steps(model, IMAGES, IMAGES, 0, CONFIG))
                .hasMessage("percent (0.0) must be above 0, at most 100");
    }
}
