package unlearn4j.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.inference.TTest;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    private static final double[] FIRST = {61, 64, 58, 70};
    private static final double[] SECOND = {60, 60, 57, 65};

    private static List<Double> corrected(double... p) {
        Interval any = new Interval(0, -1, 1);
        return Difference.corrected(IntStream.range(0, p.length)
                        .mapToObj(i -> new Difference(any, p[i]))
                        .toList())
                .stream()
                .map(Difference::p)
                .toList();
    }

    @Test
    void pIsThatOfThePairedTest() {
        assertThat(Difference.of(FIRST, SECOND).p()).isCloseTo(new TTest().pairedTTest(FIRST, SECOND), within(1e-12));
        assertThat(Difference.of(SECOND, FIRST).p())
                .isEqualTo(Difference.of(FIRST, SECOND).p());
        assertThat(Difference.of(FIRST, SECOND)).hasToString("2.8 (-0.5 to 6.0), p 0.076");
    }

    @Test
    void pAndTheIntervalSayTheSame() {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            Difference one = Difference.of(IntervalTest.normal(random, 4, 1, 1), IntervalTest.normal(random, 4, 0, 1));
            assertThat(one.p() <= 0.05).isEqualTo(!one.interval().holds(0));
        }
    }

    @Test
    void whatNeverDiffersHasPOneAndWhatAlwaysDiffersAlikeHasPNone() {
        assertThat(Difference.of(FIRST, FIRST).p()).isEqualTo(1);
        assertThat(Difference.of(new double[] {3, 4}, new double[] {1, 2}).p()).isZero();
        assertThat(Difference.of(new double[] {3}, new double[] {1}))
                .hasToString("2.0 (no interval: one run)")
                .extracting(Difference::p)
                .isEqualTo(Double.NaN);
    }

    /** Three runs that each lack one image of a hundred: were the spread taken for 0, p would be 0. */
    @Test
    void aStepThatAllRunsDifferByIsNoProof() {
        double[] all = {100, 100, 100};
        double[] lessOne = {99, 99, 99};
        double[] none = {0, 0, 0};
        assertThat(Difference.of(lessOne, all, 1).p()).isGreaterThan(0.04);
        assertThat(Difference.of(lessOne, all, 1).interval().holds(-2)).isTrue();
        assertThat(Difference.of(none, all, 1).p()).isLessThan(1e-4);
        assertThat(Difference.of(all, all, 1).p()).isEqualTo(1);
    }

    @Test
    void holmsCorrection() {
        assertThat(corrected(0.01, 0.04, 0.03, 0.005)).containsExactly(0.03, 0.06, 0.06, 0.02);
        assertThat(corrected(0.9, 0.8)).containsExactly(1.0, 1.0);
        assertThat(corrected(0.02, Double.NaN)).containsExactly(0.02, Double.NaN);
        assertThat(corrected()).isEmpty();
    }

    @Test
    void amongManyEqualOnesAnyIsFoundToDifferInFivePercent() {
        Random random = new Random(5);
        int found = 0;
        for (int repetition = 0; repetition < 1000; repetition++) {
            List<Difference> many = Difference.corrected(Stream.generate(() ->
                            Difference.of(IntervalTest.normal(random, 5, 0, 1), IntervalTest.normal(random, 5, 0, 1)))
                    .limit(8)
                    .toList());
            found += many.stream().anyMatch(one -> one.p() <= 0.05) ? 1 : 0;
        }
        assertThat(found).isBetween(30, 70);
    }
}
