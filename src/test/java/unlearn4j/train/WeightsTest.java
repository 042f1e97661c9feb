package unlearn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightsTest {
    private static Weights weights(float... numbers) {
        return new Weights(List.of(new float[] {numbers[0]}, Arrays.copyOfRange(numbers, 1, numbers.length)));
    }

    /** By hand: 30, 10 and 60 images; 0.3·1 + 0.1·2 + 0.6·(−4) = −1.9, 0.3·10 + 0.1·0 + 0.6·5 = 6. */
    @Test
    void anAverageCountsEachNetworkByItsShare() {
        Weights mean = Weights.average(
                List.of(weights(1, 10, 0), weights(2, 0, 0), weights(-4, 5, 1)), new double[] {30, 10, 60});

        assertThat(mean).isEqualTo(weights(-1.9f, 6, 0.6f));
    }

    @Test
    void theAverageOfEqualsIsTheirEqual() {
        Weights one = weights(0.1f, 1e-30f, -3e30f);

        assertThat(Weights.average(List.of(one, one, one), new double[] {1, 1, 1}))
                .isEqualTo(one);
        assertThat(Weights.average(List.of(one, weights(7, 7, 7)), new double[] {0.3, 0}))
                .isEqualTo(one);
    }

    @Test
    void whatHasNoAverageIsRefused() {
        Weights one = weights(1, 2, 3);
        assertThatThrownBy(() -> Weights.average(List.of(), new double[0])).hasMessage("weights must not be empty");
        assertThatThrownBy(() -> Weights.average(List.of(one), new double[] {1, 2}))
                .hasMessage("2 shares are not those of 1 networks");
        assertThatThrownBy(() -> Weights.average(List.of(one), new double[] {0}))
                .hasMessage("the sum of the shares (0.0) must be a finite number above 0");
        assertThatThrownBy(() -> Weights.average(List.of(one, one), new double[] {1, -1}))
                .hasMessage("share (-1.0) must be a finite number, 0 or more");
        assertThatThrownBy(() -> Weights.average(List.of(one, weights(1, 2)), new double[] {1, 1}))
                .hasMessage(
                        "weights of different architectures, 3 and 2 numbers, have no average: average copies of one network");
    }
}
