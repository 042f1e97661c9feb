package unlearn4j.fisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import unlearn4j.data.Labels;

class FisherTest {
    private static final Fisher UNLEARNING = new Fisher(2, 2, new float[] {1, 0, 5, 4}, new float[] {10, 2});
    private static final Fisher MODEL = new Fisher(2, 2, new float[] {10, 3, 0, 4}, new float[] {1e-3f, 2e38f});

    @Test
    void theMeanIsOverWeightsAndBiases() {
        assertThat(UNLEARNING.mean()).isEqualTo(22.0 / 6);
    }

    @Test
    void ratiosAreThoseOfALabelsRowAndItsBiasWhereBothKnowSomething() {
        assertThat(UNLEARNING.logRatios(MODEL, Labels.of(0))).hasSize(2);
        assertThat(UNLEARNING.logRatios(MODEL, Labels.of(0))[0]).isEqualTo(-1);
        assertThat(UNLEARNING.logRatios(MODEL, Labels.of(0))[1]).isCloseTo(4, within(1e-6));
        assertThat(UNLEARNING.logRatios(MODEL, Labels.of(1))[0]).isZero();
        assertThat(UNLEARNING.logRatios(MODEL, Labels.of(0, 1)))
                .as("the last below what a float holds")
                .hasSize(4);
    }

    @Test
    void headsOfUnlikeShapesAreNotCompared() {
        assertThatThrownBy(() -> UNLEARNING.logRatios(new Fisher(2, 1, new float[2], new float[2]), Labels.of(0)))
                .hasMessage(
                        "Fisher information of 2×2 cannot be compared with that of 2×1: the heads must have one shape");
    }
}
