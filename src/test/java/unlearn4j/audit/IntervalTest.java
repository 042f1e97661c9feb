package unlearn4j.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
    private static final int REPETITIONS = 1000;

    static double[] normal(Random random, int count, double mean, double deviation) {
        return IntStream.range(0, count)
                .mapToDouble(i -> mean + deviation * random.nextGaussian())
                .toArray();
    }

    /** Returns of how many percent of repetitions the interval holds the truth. */
    private static double coverage(double truth, Function<Random, Interval> measured) {
        Random random = new Random(42);
        long held = IntStream.range(0, REPETITIONS)
                .filter(i -> measured.apply(random).holds(truth))
                .count();
        return 100.0 * held / REPETITIONS;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 30})
    void theMeanOfRunsCoversTheTruthAsOftenAsItSays(int runs) {
        assertThat(coverage(43, random -> Interval.mean(normal(random, runs, 43, 5))))
                .isBetween(93.0, 97.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 30})
    void thePairedDifferenceCoversTheTruthAsOftenAsItSays(int runs) {
        // The seeds lie further apart than what is compared: by themselves the two would overlap.
        assertThat(coverage(2, random -> {
                    double[] seeds = normal(random, runs, 60, 20);
                    double[] these = normal(random, runs, 2, 1);
                    for (int i = 0; i < runs; i++) {
                        these[i] += seeds[i];
                    }
                    return Difference.of(these, seeds).interval();
                }))
                .isBetween(93.0, 97.0);
    }

    @ParameterizedTest
    @CsvSource({"0.3, 200", "0.5, 60", "0.9, 300", "0.05, 400"})
    void aPercentageCoversTheTruthAsOftenAsItSays(double truth, int all) {
        assertThat(coverage(
                        100 * truth,
                        random -> Interval.percentage(
                                (int) IntStream.range(0, all)
                                        .filter(i -> random.nextDouble() < truth)
                                        .count(),
                                all)))
                .isBetween(93.0, 97.0);
    }

    /** Of two normal distributions whose means lie d deviations apart, the area is Φ(d / √2). */
    @ParameterizedTest
    @CsvSource({"0, 40, 60", "0, 100, 100", "0.5, 60, 60", "1, 100, 50"})
    void theAreaCoversTheTruthAsOftenAsItSays(double apart, int these, int others) {
        double truth = new NormalDistribution().cumulativeProbability(apart / Math.sqrt(2));
        assertThat(coverage(
                        truth, random -> Interval.area(normal(random, these, apart, 1), normal(random, others, 0, 1))))
                .isBetween(93.0, 97.0);
    }

    @Test
    void theBoundsAreThoseOfTheBooks() {
        // Student's t of 4 degrees, 2.776: 3 ± 2.776 √(2.5 / 5).
        Interval mean = Interval.mean(1, 2, 3, 4, 5);
        assertThat(mean.estimate()).isEqualTo(3);
        assertThat(mean.high()).isCloseTo(3 + 2.776445 * Math.sqrt(0.5), within(1e-5));
        // Newcombe 1998, Table I: 81 of 263 is 0.2553 to 0.3662 by Wilson's score.
        Interval share = Interval.percentage(81, 263);
        assertThat(share.low()).isCloseTo(25.53, within(0.01));
        assertThat(share.high()).isCloseTo(36.62, within(0.01));
    }

    @Test
    void anAreaOfOneOrNoneStillHasAWidth() {
        Interval all = Interval.area(new double[] {3, 4, 5, 6}, new double[] {0, 1, 2});
        assertThat(all.estimate()).isEqualTo(1);
        assertThat(all.low()).isBetween(0.4, 0.8);
        assertThat(all.high()).isEqualTo(1);
        Interval none = Interval.area(new double[] {0, 1, 2}, new double[] {3, 4, 5, 6});
        assertThat(none.estimate()).isZero();
        assertThat(none.high()).isCloseTo(1 - all.low(), within(1e-9));
    }

    @Test
    void tiesCountHalfAndInfinityIsAScore() {
        assertThat(Interval.area(new double[] {1, 1}, new double[] {1, 1, 1}).estimate())
                .isEqualTo(0.5);
        double[] infinite = {Double.POSITIVE_INFINITY, 1};
        assertThat(Interval.area(infinite, new double[] {Double.NEGATIVE_INFINITY, 1})
                        .estimate())
                .isEqualTo(3.5 / 4);
    }

    @Test
    void itIsPrintedToTheDigitsThatAreSure() {
        assertThat(new Interval(43, 38.1, 47.9)).hasToString("43.0 (38.1 to 47.9)");
        assertThat(new Interval(0.53412, 0.5, 0.568)).hasToString("0.534 (0.500 to 0.568)");
        assertThat(new Interval(0, 0, 0)).hasToString("0.0 (0.0 to 0.0)");
        assertThat(Interval.mean(43)).hasToString("43.0 (no interval: one run)");
        assertThat(Interval.mean(43).holds(43)).isFalse();
    }

    @Test
    void anIntervalIsCutWhereItsNumbersEnd() {
        assertThat(Interval.mean(97, 99).within(0, 100)).hasToString("98.0 (85.3 to 100.0)");
        assertThat(Interval.mean(1, 3).within(0, 100).low()).isZero();
        assertThat(new Interval(50, 40, 60).within(0, 100)).isEqualTo(new Interval(50, 40, 60));
        assertThat(Interval.mean(7).within(0, 100)).isEqualTo(Interval.mean(7));
        // Rounding leaves a likeness of a hair more than 1.
        assertThat(new Interval(1.5, 0, 2).within(0, 1)).isEqualTo(new Interval(1.5, 0, 1.5));
        assertThatThrownBy(() -> new Interval(1, 0, 2).within(2, 1))
                .hasMessage("least (2.0) must be no more than most (1.0)");
    }

    @Test
    void aWrongCallIsRefused() {
        assertThatThrownBy(Interval::mean).hasMessage("runs must not be empty");
        assertThatThrownBy(() -> Interval.mean(1, Double.NaN)).hasMessage("runs must be finite numbers, not NaN");
        assertThatThrownBy(() -> Interval.percentage(3, 2)).hasMessage("these (3) must be from 0 to the 2 of all");
        assertThatThrownBy(() -> new Interval(1, 2, 3))
                .hasMessage("an interval from 2.0 to 3.0 must hold its estimate 1.0, or have NaN for both bounds");
        assertThatThrownBy(() -> Difference.of(new double[2], new double[3]))
                .hasMessage("2 runs and 3 are not of the same seeds: leave out a seed that only one has");
    }
}
