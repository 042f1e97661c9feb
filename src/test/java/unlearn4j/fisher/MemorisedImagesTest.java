package unlearn4j.fisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Head;

/**
 * Images of which a network is all but sure: 1 − p is then the sum of the other probabilities, where a subtraction in 32
 * bits leaves zero or noise. The head's weights are 0, so that its biases are the logits, exactly.
 */
class MemorisedImagesTest {
    private static final Images IMAGES = TinyImages.of(3, 6, 4).only(Labels.of(0));

    private static Classifier sure(float... logits) {
        Classifier model = Classifier.create(new Mlp(7, 5), IMAGES, 3);
        model.load(new Head(3, 5, new float[15], logits));
        return model;
    }

    /** p_1, p_2 and their sum, the residual of label 0: in double precision, where nothing is subtracted. */
    private static double[] residuals(double temperature, float... logits) {
        double[] powers = new double[3];
        Arrays.setAll(powers, k -> Math.exp((logits[k] - logits[0]) / temperature));
        double sum = powers[0] + powers[1] + powers[2];
        return new double[] {(powers[1] + powers[2]) / sum, powers[1] / sum, powers[2] / sum};
    }

    private static double[] meanSquareOfFeatures(Classifier model) {
        double[] means = new double[5];
        List<float[]> rows = new ArrayList<>();
        Evaluator.forEachBatch(model, IMAGES, (positions, features, logits) -> {
            for (int i = 0; i < positions.length; i++) {
                rows.add(features.get(i).toFloatArray());
            }
        });
        rows.forEach(row -> Arrays.setAll(means, j -> means[j] + (double) row[j] * row[j] / IMAGES.size()));
        return means;
    }

    private static void assertClose(float actual, double expected) {
        assertThat(expected).isGreaterThan(Float.MIN_NORMAL);
        assertThat((double) actual).isCloseTo(expected, within(1e-5 * expected));
    }

    @ParameterizedTest
    @CsvSource({"1, 9", "1, 17", "1, 30", "1, 40", "4, 60", "4, 160", "16, 600"})
    void perSampleIsRightHoweverSureTheNetworkIs(double temperature, float gap) {
        Classifier model = sure(gap, 0, -2);
        double[] residuals = residuals(temperature, gap, 0, -2);
        double inFloats = 1f - (float) (1 - residuals[0]);
        assertThat(Math.abs(inFloats / residuals[0] - 1))
                .as("what a subtraction in 32 bits misses")
                .isGreaterThan(gap == 9 ? 1e-5 : 0.001);

        Fisher fisher = FisherEstimator.perSample(temperature).of(model, IMAGES);
        double[] squares = meanSquareOfFeatures(model);
        for (int k = 0; k < 3; k++) {
            assertClose(fisher.bias()[k], residuals[k] * residuals[k]);
            for (int j = 0; j < 5; j++) {
                if (squares[j] > 0) {
                    assertClose(fisher.weight()[k * 5 + j], residuals[k] * residuals[k] * squares[j]);
                }
            }
        }
    }

    @Test
    void batchMeanIsRightHoweverSureTheNetworkIs() {
        Fisher fisher = FisherEstimator.batchMean(4).of(sure(30, 0, -2), IMAGES);
        double[] residuals = residuals(1, 30, 0, -2);
        for (int k = 0; k < 3; k++) {
            assertClose(fisher.bias()[k], residuals[k] * residuals[k]);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {9, 17, 30})
    void theTrueFisherIsRightHoweverSureTheNetworkIs(float gap) {
        Fisher fisher = FisherEstimator.trueFisher().of(sure(gap, 0, -2), IMAGES);
        double[] residuals = residuals(1, gap, 0, -2);
        assertClose(fisher.bias()[0], residuals[0] * (1 - residuals[0]));
        assertClose(fisher.bias()[1], residuals[1] * (1 - residuals[1]));
        assertClose(fisher.bias()[2], residuals[2] * (1 - residuals[2]));
    }

    @Test
    void aMaskedLabelIsNeverExpectedAndAlwaysMissed() {
        Fisher fisher = FisherEstimator.perSample().of(sure(Float.NEGATIVE_INFINITY, 0, 0), IMAGES);
        assertThat(fisher.bias()).containsExactly(1, 0.25f, 0.25f);
    }
}
