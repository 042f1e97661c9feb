package unlearn4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
        return image(channels, side, 10);
    }

    private static Images image(int channels, int side, int classes) {
        return TinyImages.black(new ImageShape(channels, side, side), classes);
    }

    private static ResNet resNet(String name) {
        return Stream.of(ResNet.SMALL, ResNet.MEDIUM, ResNet.LARGE)
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Runs an image through the network and looks at what its body and its head give. */
    private static void givesFeaturesAndLogits(ModelSpec spec, Images image) {
        Classifier model = Classifier.create(spec, image, SEED.value());
        Evaluator.forEachBatch(model, image, (positions, features, logits) -> {
            assertThat(features.getShape()).isEqualTo(new Shape(1, spec.features()));
            assertThat(logits.getShape()).isEqualTo(new Shape(1, 10));
        });
        assertThat(model.head().features()).isEqualTo(spec.features());
    }

    @ParameterizedTest
    @CsvSource({"ResNet8, 78714", "ResNet18, 269306", "ResNet50, 762362"})
    void residualNetworksHaveTheirPublishedSizes(String name, long parameters) {
        assertThat(Classifier.create(resNet(name), image(3, 32), SEED.value()).parameters())
                .isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource({
        "ResNet8, 1, 4",
        "ResNet8, 1, 28",
        "ResNet18, 3, 32",
        "ResNet50, 3, 32",
        "ResNet50, 3, 64",
        "ResNet8, 3, 33"
    })
    void residualNetworksTakeImagesOfAnySize(String name, int channels, int side) {
        givesFeaturesAndLogits(resNet(name), image(channels, side));
    }

    @Test
    void networksHaveNamesOfTheirOwn() {
        assertThat(Stream.of(
                        ResNet.SMALL,
                        ResNet.MEDIUM,
                        ResNet.LARGE,
                        ResNet.FULL,
                        ResNet.SLIM,
                        ResNet.IMAGENET,
                        ResNet.IMAGENET_SLIM,
                        AlexNet.SPEC,
                        AlexNet.SLIM,
                        AlexNet.PUBLISHED,
                        DenseNet.SPEC,
                        DenseNet.SLIM,
                        DenseNet.IMAGENET))
                .extracting(ModelSpec::name)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64})
    void paperBsAlexNetHas4096Features(int side) {
        Images image = image(3, side);
        assertThat(AlexNet.SPEC.features()).isEqualTo(4096);
        Classifier model = Classifier.create(AlexNet.SPEC, image, SEED.value());
        // Convolutions 1,792, 110,784, 663,936, 884,992 and 590,080, twice 4096 × 4096 + 4096, and the head's 40,970.
        assertThat(model.parameters()).isEqualTo(35_855_178);
        Evaluator.forEachBatch(model, image, (positions, features, logits) -> assertThat(features.getShape())
                .isEqualTo(new Shape(1, 4096)));
    }

    @ParameterizedTest
    @CsvSource({"1, 16", "1, 28", "3, 32", "3, 50", "3, 64", "3, 96"})
    void aNarrowAlexNetTakesImagesFrom16Pixels(int channels, int side) {
        givesFeaturesAndLogits(new AlexNet("narrow", 8, 0), image(channels, side));
    }

    @ParameterizedTest
    @CsvSource({"1, 2271370", "3, 2271946"})
    void mobileNetLHasItsPublishedSize(int channels, long parameters) {
        // The usual MobileNetV2 for ten classes and three channels trains 2,236,682 numbers and has 17,056 channels to
        // normalise; the first expansion, 32 by 32, adds a convolution and 32 channels.
        assertThat(2_236_682 + 2 * 17_056 + 32 * 32 + 4 * 32).isEqualTo(2_271_946);

        assertThat(Classifier.create(MobileNetV2.LARGE, image(channels, 28), SEED.value())
                        .parameters())
                .isEqualTo(parameters);
    }

    @Test
    void mobileNetsOfTableIVHaveItsSizesInMegabytesOf2To20() {
        Images grey = image(1, 28);

        assertThat(Classifier.create(MobileNetV2.LARGE, grey, SEED.value()).bytes() / 0x1p20)
                .isCloseTo(8.665, within(5e-4));
        assertThat(Classifier.create(MobileNetV2.MEDIUM, grey, SEED.value()).bytes() / 0x1p20)
                .isCloseTo(1.362, withinPercentage(0.1));
        assertThat(Classifier.create(MobileNetV2.SMALL, grey, SEED.value()).bytes())
                .isCloseTo(Classifier.create(ResNet.SMALL, grey, SEED.value()).bytes(), withinPercentage(0.5));
    }

    @Test
    void threeTimesThreeBlocksHaveTableIVsSizeOfResNet18() {
        ResNet spec = new ResNet("ResNet20", List.of(3, 3, 3));

        assertThat(Classifier.create(spec, image(1, 28), SEED.value()).bytes() / 0x1p20)
                .isCloseTo(1.044, within(5e-4));
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "1, 28", "3, 32", "3, 33", "3, 64"})
    void mobileNetsTakeImagesOfAnySize(int channels, int side) {
        givesFeaturesAndLogits(MobileNetV2.SMALL, image(channels, side));
    }

    @Test
    void aNarrowedNetworkKeepsItsStagesAndAChannelInEachLayer() {
        MobileNetV2 narrowest = MobileNetV2.LARGE.narrowed("narrowest", 1e-6);

        assertThat(narrowest.stages())
                .extracting(stage -> stage.expanded().size())
                .containsExactly(1, 2, 3, 4, 3, 3, 1);
        assertThat(narrowest.stages()).extracting(MobileNetV2.Stage::stride).containsExactly(1, 2, 2, 2, 1, 2, 1);
        givesFeaturesAndLogits(narrowest, image(1, 28));
        assertThat(MobileNetV2.LARGE.narrowed("MobileNet-L", 1)).isEqualTo(MobileNetV2.LARGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64})
    void paperBsResNet18Has512Features(int side) {
        givesFeaturesAndLogits(ResNet.FULL, image(3, side));

        // 11,173,962 trained, as every ResNet-18 with a 3×3 stem has for ten classes, and 4,800 channels to normalise.
        assertThat(Classifier.create(ResNet.FULL, image(3, side), SEED.value()).parameters())
                .isEqualTo(11_173_962 + 2 * 4_800);
        assertThat(ResNet.FULL.features()).isEqualTo(512);
    }

    @Test
    void densenet161Has2208FeaturesAndItsPublishedSize() {
        Classifier model = Classifier.create(DenseNet.SPEC, image(3, 32, 1000), SEED.value());

        // 28,681,000 trained with a 7×7 stem that is normalised; that stem's 96 filters have 3×3 weights here, and no
        // normalisation of their own.
        long trained = 28_681_000 - 96 * 3 * (49 - 9) - 2 * 96;
        assertThat(model.parameters()).isEqualTo(trained + 2 * normalisedChannels());
        assertThat(DenseNet.SPEC.features()).isEqualTo(2208);
    }

    @Test
    void resNet18ForImageNetHasItsPublishedSize() {
        // As torchvision counts it, 11,689,512 trained numbers for 1,000 classes; a class less is 513 numbers less. The
        // means
        // and variances of 4,800 channels come on top.
        assertThat(parameters(ResNet.IMAGENET, 1000)).isEqualTo(11_689_512 + 2 * 4_800);
        assertThat(parameters(ResNet.IMAGENET, 100)).isEqualTo(11_227_812 + 2 * 4_800);
        givesFeaturesAndLogits(ResNet.IMAGENET, image(3, 32));
        givesFeaturesAndLogits(ResNet.IMAGENET, image(3, 64));
        assertThat(shapes(ResNet.IMAGENET, 32)).containsSubsequence(new Shape(1, 64, 8, 8), new Shape(1, 512, 1, 1));
        assertThat(shapes(ResNet.IMAGENET, 224)).containsSubsequence(new Shape(1, 64, 56, 56), new Shape(1, 512, 7, 7));
    }

    @Test
    void denseNet161ForImageNetHasItsPublishedSize() {
        // As torchvision counts it, 28,681,000 trained numbers for 1,000 classes.
        assertThat(parameters(DenseNet.IMAGENET, 1000)).isEqualTo(28_681_000 + 2 * (96 + normalisedChannels()));
        givesFeaturesAndLogits(DenseNet.IMAGENET, image(3, 32));
        assertThat(shapes(DenseNet.IMAGENET, 224))
                .contains(new Shape(1, 96, 56, 56))
                .contains(new Shape(1, 2208, 7, 7));
    }

    @Test
    void thePublishedAlexNetHasOnePixelLeftOf32() {
        // Convolutions as above, 256 × 4096 + 4096, 4096 × 4096 + 4096, and the head's 409,700.
        assertThat(parameters(AlexNet.PUBLISHED, 100)).isEqualTo(20_495_268);
        assertThat(shapes(AlexNet.PUBLISHED, 32))
                .containsSubsequence(
                        new Shape(1, 64, 16, 16),
                        new Shape(1, 64, 7, 7),
                        new Shape(1, 192, 3, 3),
                        new Shape(1, 256, 3, 3),
                        new Shape(1, 256, 1, 1),
                        new Shape(1, 256));
        givesFeaturesAndLogits(AlexNet.PUBLISHED, image(3, 64));
    }

    private static long parameters(ModelSpec spec, int classes) {
        return Classifier.create(spec, image(3, 32, classes), SEED.value()).parameters();
    }

    /** What each block of the body gives for one image. */
    private static List<Shape> shapes(ModelSpec spec, int side) {
        List<Shape> shapes = new ArrayList<>();
        Shape shape = new Shape(1, 3, side, side);
        for (Block block : spec.body(side, side).getChildren().values()) {
            shape = block.getOutputShapes(new Shape[] {shape})[0];
            shapes.add(shape);
        }
        return shapes;
    }

    /** The channels that the dense blocks and what lies between and after them normalise. */
    private static long normalisedChannels() {
        long normalised = 0;
        for (int block = 0, channels = 96; block < 4; block++) {
            for (int layer = 0; layer < DenseNet.SPEC.layers().get(block); layer++, channels += 48) {
                normalised += channels + 4 * 48;
            }
            normalised += channels;
            channels /= 2;
        }
        return normalised;
    }

    static Stream<ModelSpec> slimNetworks() {
        return Stream.of(ResNet.SLIM, DenseNet.SLIM, AlexNet.SLIM);
    }

    @ParameterizedTest
    @MethodSource("slimNetworks")
    void slimNetworksOfPaperBTakeItsImages(ModelSpec spec) {
        givesFeaturesAndLogits(spec, image(3, 32));
        givesFeaturesAndLogits(spec, image(3, 64));
        assertThat(Classifier.create(spec, image(3, 32), SEED.value()).bytes()).isLessThan(10_000_000);
    }

    @Test
    void imagesThatAreTooSmallAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MobileNetV2.SMALL.body(28, 3))
                .withMessage("images of 28×3 are too small for MobileNet-S: 4×4 is the least");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DenseNet.SLIM.body(7, 7))
                .withMessage("images of 7×7 are too small for DenseNet slim: 8×8 is the least");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlexNet.SPEC.body(16, 15))
                .withMessage("images of 16×15 are too small for AlexNet: 16×16 is the least");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlexNet.PUBLISHED.body(28, 32))
                .withMessage("images of 28×32 are too small for AlexNet published: 29×29 is the least");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResNet.LARGE.body(3, 32))
                .withMessage("images of 3×32 are too small for ResNet50: 4×4 is the least");
    }

    @Test
    void descriptionsAreValues() {
        assertThat(new ResNet("ResNet8", List.of(1, 1, 1)))
                .isEqualTo(ResNet.SMALL)
                .hasToString("ResNet8");
        assertThat(new AlexNet("AlexNet", 4096, 0.5f)).isEqualTo(AlexNet.SPEC).hasToString("AlexNet");
        assertThat(new DenseNet("DenseNet161", 48, List.of(6, 12, 36, 24), 96))
                .isEqualTo(DenseNet.SPEC)
                .hasToString("DenseNet161");
    }
}
