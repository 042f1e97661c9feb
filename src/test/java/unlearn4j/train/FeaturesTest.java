package unlearn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.fisher.Mlp;

class FeaturesTest {
    private static final Images IMAGES = TinyImages.of(6, 60, 4);

    @Test
    void aHeadOnKeptFeaturesAnswersAsTheWholeNetworkDoes() {
        Classifier model = Classifier.create(new Mlp(12, 8), IMAGES, 1);
        Features features = Features.of(model, IMAGES);
        assertThat(features.evaluate(model.head()).correct())
                .isEqualTo(Evaluator.evaluate(model, IMAGES).correct());

        Head other = Classifier.create(new Mlp(12, 8), IMAGES, 2).head();
        model.load(other);
        assertThat(features.evaluate(other).correct())
                .isEqualTo(Evaluator.evaluate(model, IMAGES).correct());
    }

    @Test
    void aHeadOfAnotherWidthIsRefused() {
        Features features = Features.of(Classifier.create(new Mlp(12, 8), IMAGES, 1), IMAGES);
        assertThatThrownBy(() -> features.evaluate(new Head(6, 3, new float[18], new float[6])))
                .hasMessage("a head of 6×3 does not fit 8 features");
        assertThatThrownBy(() -> new Features(IMAGES, 8, new float[7]))
                .hasMessageStartingWith("7 numbers are not 8 features of each of the 360 images of");
    }

    @Test
    void theFeaturesOfSomeLabelsAreThoseOfTheirImages() {
        Classifier model = Classifier.create(new Mlp(12, 8), IMAGES, 1);
        Features features = Features.of(model, IMAGES);
        Labels some = Labels.of(1, 4);
        assertThat(features.only(some).evaluate(model.head()).correct())
                .isEqualTo(Evaluator.evaluate(model, IMAGES.only(some)).correct());
        assertThat(features.without(some).evaluate(model.head()).correct())
                .isEqualTo(Evaluator.evaluate(model, IMAGES.without(some)).correct());
        assertThat(features.only(some).images().size()
                        + features.without(some).images().size())
                .isEqualTo(IMAGES.size());
        assertThat(features.only(some).only(Labels.of(2)).images().isEmpty()).isTrue();
    }

    @Test
    void aHeadThatSaysNaNIsRefused() {
        Features features = Features.of(Classifier.create(new Mlp(12, 8), IMAGES, 1), IMAGES);
        float[] bias = new float[6];
        bias[3] = Float.NaN;
        assertThatThrownBy(() -> features.evaluate(new Head(6, 8, new float[48], bias)))
                .hasMessageStartingWith("the head says NaN of ");
    }
}
