package unlearn4j.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Evaluation;
import unlearn4j.train.Features;

class FeatureProbeTest {

    private static FeatureProbe probe(Images known) {
        return FeatureProbe.of(Features.of(Pixels.model(known), known));
    }

    private static Evaluation told(FeatureProbe probe, Images images) {
        return probe.evaluate(Features.of(Pixels.model(images), images));
    }

    @Test
    void featuresThatSeparateTheClassesTellEveryImage() {
        Images images = Pixels.images(
                3, new int[] {0, 0, 1, 1, 2, 2}, new int[][] {{0, 0}, {10, 0}, {200, 0}, {210, 10}, {0, 200}, {10, 220}
                });
        Evaluation told = told(probe(images), images);
        assertThat(told.correct()).containsExactly(2, 2, 2);
        assertThat(told.accuracy()).isEqualTo(100);
    }

    @Test
    void theNearestMeanDecidesAndNotTheNearestImage() {
        // The means are 30 and 120, so the border is at 75: the image of class 0 at 90 is told wrongly.
        Images images =
                Pixels.images(2, new int[] {0, 0, 0, 1, 1}, new int[][] {{0, 0}, {0, 0}, {90, 0}, {110, 0}, {130, 0}});
        Evaluation told = told(probe(images), images);
        assertThat(told.correct()).containsExactly(2, 2);
        assertThat(told.total()).containsExactly(3, 2);
        assertThat(told.accuracy(Labels.of(1))).isEqualTo(100);
    }

    @Test
    void featuresThatCarryNothingTellNoMoreThanChance() {
        int count = 2000;
        SplittableRandom random = new SplittableRandom(5);
        int[] labels = IntStream.range(0, 2 * count).map(i -> i % 4).toArray();
        int[][] pixels = IntStream.range(0, 2 * count)
                .mapToObj(i -> random.ints(6, 0, 256).toArray())
                .toArray(int[][]::new);
        Images all = Pixels.images(4, labels, pixels);
        double accuracy =
                told(probe(all.slice(0, count)), all.slice(count, 2 * count)).accuracy();
        // Four standard deviations of 2,000 guesses at one in four: 100 √(0.25 · 0.75 / 2000) = 0.968 points.
        assertThat(accuracy).isBetween(25 - 4 * 0.968, 25 + 4 * 0.968);
    }

    @Test
    void aClassWithoutKnownImagesIsNeverTold() {
        Images images = Pixels.images(3, new int[] {0, 1, 2, 2}, new int[][] {{0, 0}, {200, 0}, {100, 0}, {101, 0}});
        FeatureProbe probe = probe(images.without(Labels.of(2)));
        Evaluation told = told(probe, images);
        assertThat(told.correct()).containsExactly(1, 1, 0);
        assertThat(told.total()).containsExactly(1, 1, 2);
        assertThatThrownBy(() -> told(probe, images.without(Labels.of(2))).accuracy(Labels.of(2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofMeansEquallyNearTheFirstClassIsTold() {
        // All pixels of an image differ from either mean by as much, to the bit.
        Images images = Pixels.images(2, new int[] {0, 1}, new int[][] {{0, 255}, {255, 0}});
        Images between = Pixels.images(2, new int[] {0, 1}, new int[][] {{128, 128}, {128, 128}});
        FeatureProbe probe = probe(images);
        assertThat(told(probe, between).correct()).containsExactly(1, 0);
    }

    @Test
    void aProbeNeedsTwoClasses() {
        Images images = Pixels.images(2, new int[] {0, 1}, new int[][] {{0, 255}, {255, 0}});
        Images one = images.only(Labels.of(1));
        assertThatThrownBy(() -> FeatureProbe.of(Features.of(Pixels.model(images), one)))
                .hasMessage("rows has images of 1 class: a probe needs two or more");
    }

    @Test
    void featuresOfAnotherNetworkAreRefused() {
        Images images = Pixels.images(2, new int[] {0, 1}, new int[][] {{0, 255}, {255, 0}});
        assertThatThrownBy(() -> probe(images).evaluate(new Features(images, 1, new float[] {1, 2})))
                .hasMessageMatching("1 features of an image do not fit a probe of \\d+: take both from one network");
    }
}
