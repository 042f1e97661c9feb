package unlearn4j.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Features;
import unlearn4j.train.Head;

class ForgettingTest {
    /** Class 0 is bright on the left, class 1 on the right, class 2 nowhere; one image of class 1 looks like one of 0. */
    private static final Images IMAGES = Pixels.images(3, new int[] {0, 0, 1, 1, 1, 2, 2}, new int[][] {
        {255, 0}, {250, 5}, {0, 255}, {5, 250}, {255, 0}, {0, 0}, {1, 2}
    });

    private static final Classifier MODEL = Pixels.model(IMAGES);
    private static final Images RETAINED = IMAGES.without(Labels.of(1));
    private static final Images FORGOTTEN = IMAGES.only(Labels.of(1));
    private static final Images NONE = IMAGES.slice(0, 0);

    /** Says class 0 where the left is brighter, class 1 where the right is, and never class 2. */
    private static Head leftOrRight() {
        return new Head(3, 2, new float[] {1, -1, -1, 1, 0, 0}, new float[] {0, 0, -100});
    }

    @Test
    void aNetworkIsMeasuredOnBothSetsOfImages() {
        MODEL.load(leftOrRight());
        // Retained: two of class 0 right, two of class 2 wrong; forgotten: two of three right.
        Forgetting measured = Forgetting.of(MODEL, RETAINED, FORGOTTEN);
        assertThat(measured).isEqualTo(new Forgetting(50, 100.0 * 2 / 3));
        assertThat(measured.difference()).isEqualTo(50 - 100.0 * 2 / 3);
        assertThat(measured).hasToString("AD_r 50.00 %, AD_f 66.67 %");
    }

    @Test
    void whereThereIsNoImageThereIsNoFigure() {
        MODEL.load(leftOrRight());
        Forgetting kept = Forgetting.of(MODEL, RETAINED, NONE);
        assertThat(kept).isEqualTo(new Forgetting(50, Double.NaN));
        assertThat(kept.difference()).isNaN();
        assertThat(Forgetting.of(MODEL, NONE, NONE)).isEqualTo(new Forgetting(Double.NaN, Double.NaN));
        assertThat(Forgetting.of(
                                FeatureProbe.of(Features.of(MODEL, IMAGES)),
                                Features.of(MODEL, NONE),
                                Features.of(MODEL, FORGOTTEN))
                        .retained())
                .isNaN();
        assertThat(Forgetting.of(MODEL.head(), Features.of(MODEL, NONE), Features.of(MODEL, FORGOTTEN)))
                .isEqualTo(new Forgetting(Double.NaN, 100.0 * 2 / 3));
    }

    @Test
    void theFeaturesAloneTellWhatTheHeadDoesNotSay() {
        MODEL.load(new Head(3, 2, new float[6], new float[] {1, 0, 0}));
        assertThat(Forgetting.of(MODEL, RETAINED, FORGOTTEN)).isEqualTo(new Forgetting(50, 0));
        assertThat(Forgetting.of(
                        FeatureProbe.of(Features.of(MODEL, IMAGES)),
                        Features.of(MODEL, RETAINED),
                        Features.of(MODEL, FORGOTTEN)))
                .isEqualTo(new Forgetting(100, 100.0 * 2 / 3));
    }

    @Test
    void aHeadOnKeptFeaturesIsMeasuredAsTheNetworkWithThatHead() {
        Features retained = Features.of(MODEL, RETAINED);
        Features forgotten = Features.of(MODEL, FORGOTTEN);
        for (long seed = 0; seed < 20; seed++) {
            Head head = Classifier.create(new Pixels(2), IMAGES, seed).head();
            MODEL.load(head);
            assertThat(Forgetting.of(head, retained, forgotten))
                    .isEqualTo(Forgetting.of(MODEL, RETAINED, FORGOTTEN))
                    .isEqualTo(new Forgetting(
                            Evaluator.evaluate(MODEL, IMAGES).accuracy(Labels.of(0, 2)),
                            Evaluator.evaluate(MODEL, IMAGES).accuracy(Labels.of(1))));
        }
    }

    @Test
    void aPercentageOutsideItsRangeIsRefused() {
        assertThatThrownBy(() -> new Forgetting(101, 0))
                .hasMessage("retained (101.0) must be from 0 to 100 percent, or NaN where there is no image");
        assertThatThrownBy(() -> new Forgetting(0, -1)).hasMessageStartingWith("forgotten (-1.0) must be");
        assertThatThrownBy(() -> Forgetting.of(MODEL, null, FORGOTTEN)).hasMessage("retained must be given, not null");
    }
}
