package unlearn4j.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import unlearn4j.data.Images;
import unlearn4j.data.TinyImages;
import unlearn4j.fisher.Mlp;
import unlearn4j.train.Classifier;

class ForgettingQualityTest {
    private static final int MODELS = 64;

    private static double[][] models(Random random, double mean) {
        return Stream.generate(() -> IntervalTest.normal(random, 40, mean, 1))
                .limit(MODELS)
                .toArray(double[][]::new);
    }

    private static double quality(double apart) {
        Random random = new Random(6);
        return ForgettingQuality.of(models(random, apart), models(random, 0))
                .quality()
                .estimate();
    }

    @Test
    void theFurtherApartTheLower() {
        assertThat(quality(0)).isGreaterThan(0.2);
        assertThat(quality(1)).isLessThan(0.8 * quality(0));
        assertThat(quality(-1)).isLessThan(0.8 * quality(0));
        // Nothing is taken for the other: the last bin.
        assertThat(quality(100)).isEqualTo(2 / Math.pow(2, 13));
    }

    /** One of four is on the wrong side, either way: ε = log((0.99 − ¼) / ¼) = 1.085, in the third bin. */
    @Test
    void theScoreIsThatOfTheWorstThreshold() {
        double[][] unlearned = {{1}, {1}, {1}, {0}};
        double[][] retrained = {{0}, {0}, {0}, {1}};
        assertThat(ForgettingQuality.of(unlearned, retrained))
                .hasToString("0.250 (no interval: one run) by 4 unlearned and as many re-trained models");
        assertThat(ForgettingQuality.of(retrained, unlearned).quality().estimate())
                .isEqualTo(0.25);
        // What says the same of all can't be told: every threshold has all on one side.
        double[][] same = {{0}, {0}, {0}, {0}};
        assertThat(ForgettingQuality.of(same, same).quality().estimate()).isEqualTo(1);
    }

    @Test
    void networksAreJudgedByTheirConfidence() {
        Images images = TinyImages.of(4, 5, 4);
        List<Classifier> some =
                List.of(Classifier.create(new Mlp(7, 5), images, 1), Classifier.create(new Mlp(7, 5), images, 2));
        assertThat(ForgettingQuality.of(some, some, images).quality().estimate())
                .isEqualTo(1);
        assertThatThrownBy(() -> ForgettingQuality.of(some, some.subList(0, 1), images))
                .hasMessage("2 unlearned and 1 re-trained models can't be told apart: have as many of each, 2 or more");
    }
}
