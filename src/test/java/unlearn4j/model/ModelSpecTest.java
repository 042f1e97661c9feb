package unlearn4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import unlearn4j.core.Seed;
import unlearn4j.data.ImageShape;
import unlearn4j.data.Images;
import unlearn4j.data.TinyImages;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;

/** What every network promises: its features, for any image that is large enough, and the papers' sizes. */
class ModelSpecTest {
    private static final Seed SEED = Seed.of(1);

    private static Images image(int channels, int side) {
        return TinyImages.black(new ImageShape(channels, side, side), 10);
    }

    private static ResNet resNet(String name) {
        return Stream.of(ResNet.SMALL, ResNet.MEDIUM, ResNet.LARGE)
                .filter(spec -> spec.name().equals(name)).findFirst().orElseThrow();
    }

    /** Runs an image through the network and looks at what its body and its head give. */
    private static void givesFeaturesAndLogits(ModelSpec spec, Images image) {
        Classifier model = Classifier.create(spec, image, SEED);
        Evaluator.forEachBatch(model, image, (positions, features, logits) -> {
            assertThat(features.getShape()).isEqualTo(new Shape(1, spec.features()));
            assertThat(logits.getShape()).isEqualTo(new Shape(1, 10));
        });
        assertThat(model.head().features()).isEqualTo(spec.features());
    }

    @ParameterizedTest
    @CsvSource({"ResNet8, 78714", "ResNet18, 269306", "ResNet50, 762362"})
    void residualNetworksHaveTheirPublishedSizes(String name, long parameters) {
        assertThat(Classifier.create(resNet(name), image(3, 32), SEED).parameters()).isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource({"ResNet8, 1, 4", "ResNet8, 1, 28", "ResNet18, 3, 32", "ResNet50, 3, 32", "ResNet50, 3, 64", "ResNet8, 3, 33"})
    void residualNetworksTakeImagesOfAnySize(String name, int channels, int side) {
        givesFeaturesAndLogits(resNet(name), image(channels, side));
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64})
    void paperBsAlexNetHas4096Features(int side) {
        Images image = image(3, side);
        assertThat(AlexNet.SPEC.features()).isEqualTo(4096);
        Classifier model = Classifier.create(AlexNet.SPEC, image, SEED);
        // Convolutions 1,792, 110,784, 663,936, 884,992 and 590,080, twice 4096 × 4096 + 4096, and the head's 40,970.
        assertThat(model.parameters()).isEqualTo(35_855_178);
        Evaluator.forEachBatch(model, image, (positions, features, logits) ->
                assertThat(features.getShape()).isEqualTo(new Shape(1, 4096)));
    }

    @ParameterizedTest
    @CsvSource({"1, 16", "1, 28", "3, 32", "3, 50", "3, 64", "3, 96"})
    void aNarrowAlexNetTakesImagesFrom16Pixels(int channels, int side) {
        givesFeaturesAndLogits(new AlexNet("narrow", 8, 0), image(channels, side));
    }

    @Test
    void imagesThatAreTooSmallAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> AlexNet.SPEC.body(16, 15))
                .withMessage("images of 16×15 are too small for AlexNet: 16×16 is the least");
        assertThatIllegalArgumentException().isThrownBy(() -> ResNet.LARGE.body(3, 32))
                .withMessage("images of 3×32 are too small for ResNet50: 4×4 is the least");
    }

    @Test
    void descriptionsAreValues() {
        assertThat(new ResNet("ResNet8", List.of(1, 1, 1))).isEqualTo(ResNet.SMALL).hasToString("ResNet8");
        assertThat(new AlexNet("AlexNet", 4096, 0.5f)).isEqualTo(AlexNet.SPEC).hasToString("AlexNet");
    }
}
