package unlearn4j.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import unlearn4j.data.Images;
import unlearn4j.data.TinyImages;
import unlearn4j.train.Features;
import unlearn4j.train.Outputs;
import unlearn4j.train.Weights;

class DistanceTest {
    private static final Images IMAGES = TinyImages.of(4, 100, 2);
    private static final Random RANDOM = new Random(3);

    private static Features noise(int width) {
        return features(matrix(IMAGES.size(), width));
    }

    private static RealMatrix matrix(int rows, int width) {
        double[][] values = new double[rows][];
        for (int i = 0; i < rows; i++) {
            values[i] = IntervalTest.normal(RANDOM, width, 1, 2);
        }
        return new Array2DRowRealMatrix(values);
    }

    private static Features features(RealMatrix rows) {
        int width = rows.getColumnDimension();
        float[] values = new float[IMAGES.size() * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rows.getEntry(i / width, i % width);
        }
        return new Features(IMAGES, width, values);
    }

    private static Outputs said(float... logits) {
        return new Outputs(2, logits);
    }

    @Test
    void featuresAreAlignedWithThemselvesTurnedOrScaled() {
        RealMatrix rows = matrix(IMAGES.size(), 20);
        Features features = features(rows);
        assertThat(Distance.cka(features, features)).isCloseTo(1, within(1e-12));
        RealMatrix turn = new QRDecomposition(matrix(20, 20)).getQ();
        assertThat(Distance.cka(features, features(rows.multiply(turn).scalarMultiply(7))))
                .isCloseTo(1, within(1e-6));
        assertThat(Distance.cka(features, features(rows.multiply(matrix(20, 20)))))
                .isLessThan(0.9);
    }

    @Test
    void independentNoiseHasItsAnalyticAlignment() {
        // With n = N − 1 degrees of freedom: E‖XᵀY‖² = npq, E‖XᵀX‖² = np(n + p + 1).
        int n = IMAGES.size() - 1;
        int p = 30;
        int q = 50;
        double expected = Math.sqrt((double) p * q / ((n + p + 1.0) * (n + q + 1.0)));
        for (int i = 0; i < 5; i++) {
            assertThat(Distance.cka(noise(p), noise(q))).isCloseTo(expected, within(0.1 * expected));
        }
    }

    @Test
    void divergencesOfEqualsAreNone() {
        Outputs some = said(1, 2, 3, -4, 100, -100);
        Outputs shifted = said(3, 4, 4, -3, 200, 0);
        assertThat(Distance.kl(some, some)).isZero();
        assertThat(Distance.js(some, some)).isCloseTo(0, within(1e-15));
        // Softmax forgets what all logits have in common.
        assertThat(Distance.js(some, shifted)).isCloseTo(0, within(1e-9));
    }

    @Test
    void divergencesAreThoseWrittenDown() {
        // P is ¾, ¼; Q is ½, ½.
        Outputs p = said((float) Math.log(3), 0);
        Outputs q = said(0, 0);
        double kl = 0.75 * Math.log(1.5) + 0.25 * Math.log(0.5);
        assertThat(Distance.kl(p, q)).isCloseTo(kl, within(1e-6));
        double middle = 0.625;
        double js = (0.75 * Math.log(0.75 / middle)
                        + 0.25 * Math.log(0.25 / (1 - middle))
                        + 0.5 * Math.log(0.5 / middle)
                        + 0.5 * Math.log(0.5 / (1 - middle)))
                / 2;
        assertThat(Distance.js(p, q)).isCloseTo(js, within(1e-6)).isEqualTo(Distance.js(q, p));
    }

    @Test
    void aMaskedClassIsFarAwayAndNotOutOfBounds() {
        Outputs masked = said(Float.NEGATIVE_INFINITY, 0);
        Outputs other = said(0, Float.NEGATIVE_INFINITY);
        assertThat(Distance.js(masked, other)).isCloseTo(Math.log(2), within(1e-9));
        assertThat(Distance.kl(masked, other)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Distance.kl(masked, masked)).isZero();
    }

    @Test
    void weightsLieAShareOfTheirLengthApart() {
        Weights there = Weights.of(List.of(new float[] {3}, new float[] {4, 0}));
        Weights here = Weights.of(List.of(new float[] {3}, new float[] {4, 1}));
        assertThat(Distance.weights(there, there)).isZero();
        assertThat(Distance.weights(here, there)).isEqualTo(0.2);
    }

    @Test
    void aWrongCallIsRefused() {
        assertThatThrownBy(() -> Distance.cka(noise(2), new Features(IMAGES.slice(0, 1), 2, new float[2])))
                .hasMessage("features of 400 images of tiny and of 1 of tiny are not of the same images: take both of "
                        + "the same");
        assertThatThrownBy(() -> Distance.js(said(1, 2), said(1, 2, 3, 4)))
                .hasMessage("outputs for 1 images of 2 classes can't be compared with those for 2 of 2: take the same "
                        + "images, one or more");
        assertThatThrownBy(() -> Distance.weights(Weights.of(List.of(new float[2])), Weights.of(List.of(new float[3]))))
                .hasMessageStartingWith("weights of different architectures, 2 and 3 numbers");
    }
}
