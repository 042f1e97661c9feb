package unlearn4j.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.fisher.Mlp;
import unlearn4j.train.Classifier;
import unlearn4j.train.Features;
import unlearn4j.train.Head;
import unlearn4j.train.Weights;

class LinearProbeTest {

    /** The classes lie side by side in two long strips: a line parts them, and their means say little. */
    @Test
    void aLineIsFoundWhereTheNearestMeanFails() {
        int[] labels = {0, 0, 0, 0, 1, 1, 1, 1};
        int[][] pixels = {{0, 60}, {10, 70}, {20, 80}, {250, 250}, {0, 0}, {235, 180}, {240, 185}, {250, 190}};
        // A hundred times, for the ridge is 1 / N.
        Images images = Pixels.images(
                2,
                IntStream.range(0, 800).map(i -> labels[i % 8]).toArray(),
                IntStream.range(0, 800).mapToObj(i -> pixels[i % 8]).toArray(int[][]::new));
        Features features = Features.of(Pixels.model(images), images);
        assertThat(FeatureProbe.of(features).evaluate(features).accuracy()).isLessThan(90);
        assertThat(features.evaluate(LinearProbe.of(features)).accuracy()).isEqualTo(100);
    }

    /** A ridge of 1 / N on standardised features: at the minimum the gradient is the ridge's alone. */
    @Test
    void theFitIsTheMinimum() {
        Images images = Pixels.images(2, new int[] {0, 1, 0, 1}, new int[][] {{0}, {200}, {100}, {100}});
        Features features = Features.of(Pixels.model(images), images);
        Head head = LinearProbe.of(features);
        double mean = 0;
        for (float value : features.values()) {
            mean += value / 4;
        }
        double squares = 0;
        for (float value : features.values()) {
            squares += (value - mean) * (value - mean) / 4;
        }
        double gradient = head.weight()[1] * Math.sqrt(squares) / 4;
        for (int i = 0; i < 4; i++) {
            double value = features.values()[i];
            double odds = (head.weight()[1] - head.weight()[0]) * value + head.bias()[1] - head.bias()[0];
            gradient += (1 / (1 + Math.exp(-odds)) - images.label(i)) * (value - mean) / Math.sqrt(squares) / 4;
        }
        assertThat(gradient).isBetween(-1e-4, 1e-4);
    }

    @Test
    void aClassWithoutKnownImagesIsNeverTold() {
        Images images = Pixels.images(3, new int[] {0, 1, 2}, new int[][] {{0, 0}, {200, 0}, {100, 0}});
        Features all = Features.of(Pixels.model(images), images);
        assertThat(all.evaluate(LinearProbe.of(all.without(Labels.of(2)))).correct())
                .containsExactly(1, 1, 0);
    }

    @Test
    void theNetworkStaysAsItIs() {
        Images images = TinyImages.of(4, 20, 4);
        Classifier model = Classifier.create(new Mlp(7, 5), images, 3);
        Weights before = model.weights();
        Features features = Features.of(model, images);
        assertThat(LinearProbe.of(features).sameAs(LinearProbe.of(features))).isTrue();
        assertThat(model.weights()).isEqualTo(before);
    }

    @Test
    void aProbeNeedsTwoClasses() {
        Images images = Pixels.images(2, new int[] {0, 1}, new int[][] {{0, 255}, {255, 0}});
        Features one = Features.of(Pixels.model(images), images).only(Labels.of(1));
        assertThatThrownBy(() -> LinearProbe.of(one))
                .hasMessage("rows has images of 1 class: a probe needs two or more");
    }
}
