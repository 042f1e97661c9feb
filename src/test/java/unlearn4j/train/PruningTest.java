package unlearn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static unlearn4j.WrongCall.wrong;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.WrongCall;
import unlearn4j.core.Seed;
import unlearn4j.data.Datasets;
import unlearn4j.data.ImageShape;
import unlearn4j.data.Images;
import unlearn4j.data.TinyImages;
import unlearn4j.model.MobileNetV2;
import unlearn4j.model.MobileNetV2.Stage;
import unlearn4j.model.ResNet;

/** Which channels pruning keeps, and what it leaves of a network. */
@Tag("slow")
class PruningTest {
    private static final Seed SEED = Seed.of(5);
    private static final MobileNetV2 SPEC = new MobileNetV2(
            "before",
            6,
            List.of(new Stage(5, 2, List.of(8)), new Stage(7, 2, List.of(24, 30)), new Stage(9, 2, List.of(30, 36))),
            40);
    private static final Images IMAGES = Datasets.fashionMnistSample().train().balanced(600, SEED.value());
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(4).batchSize(20).learningRate(0.05).seed(5);
    /** Trained, so that its running means and its shifts are no zeros. */
    private static final Classifier MODEL = Training.of(Classifier.create(SPEC, IMAGES, SEED.value()), IMAGES, CONFIG)
            .run();

    @Test
    void pruningNothingIsTheIdentityBitForBit() {
        Classifier pruned = Pruning.to(MODEL, SPEC);

        assertThat(pruned).isNotSameAs(MODEL);
        assertThat(pruned.weights()).isEqualTo(MODEL.weights());
    }

    @Test
    void channelsOfZeroNormAreTheFirstToGoAndChangeNothing() {
        // Layers in order: stem, then expansion, depthwise and projection of each of five blocks, then the last
        // convolution, then the head.
        Classifier zeroed = MODEL.copy();
        List<float[]> arrays = MODEL.weights().copy();
        zeroMade(arrays, 0, 4);
        zeroRead(arrays, 1, 4, 6);
        // The second stage's width is made by both of its blocks, read by its second and by the third stage's first.
        zeroMade(arrays, 6, 0);
        zeroMade(arrays, 9, 0);
        zeroRead(arrays, 7, 0, 7);
        zeroRead(arrays, 10, 0, 7);
        // Two expanded channels of the last block, and the last feature but one.
        for (int channel : List.of(3, 35)) {
            zeroMade(arrays, 13, channel);
            zeroMade(arrays, 14, channel);
            zeroRead(arrays, 15, channel, 36);
        }
        zeroMade(arrays, 16, 38);
        zeroRead(arrays, 17, 38, 40);
        zeroed.load(new Weights(arrays));
        MobileNetV2 narrower = new MobileNetV2(
                "after",
                5,
                List.of(SPEC.stages().get(0), new Stage(6, 2, List.of(24, 30)), new Stage(9, 2, List.of(30, 34))),
                39);

        Classifier pruned = Pruning.to(zeroed, narrower);

        Images some = IMAGES.slice(0, 100);
        assertThat(Evaluator.logits(pruned, some).values())
                .containsExactly(Evaluator.logits(zeroed, some).values(), within(1e-5f));
        assertThat(Evaluator.logits(zeroed, some).values())
                .isNotEqualTo(Evaluator.logits(MODEL, some).values());
        assertThat(pruned.spec()).isEqualTo(narrower);
    }

    /** Sets what makes a channel to zero: its weights, its scale and its shift; the running statistics stay. */
    private static void zeroMade(List<float[]> arrays, int layer, int channel) {
        float[] weights = arrays.get(5 * layer);
        int each = weights.length / arrays.get(5 * layer + 1).length;
        Arrays.fill(weights, channel * each, (channel + 1) * each, 0);
        arrays.get(5 * layer + 1)[channel] = 0;
        arrays.get(5 * layer + 2)[channel] = 0;
    }

    /** Sets what reads a channel to zero, in a 1×1 convolution or in the head. */
    private static void zeroRead(List<float[]> arrays, int layer, int channel, int channels) {
        float[] weights = arrays.get(5 * layer);
        for (int i = channel; i < weights.length; i += channels) {
            weights[i] = 0;
        }
    }

    @Test
    void theChannelsOfTheLargestNormsStayInTheirOrder() {
        Classifier weighed = MODEL.copy();
        List<float[]> arrays = MODEL.weights().copy();
        // Features 7, 2 and 31 are made heavy by their shifts alone, in this order.
        arrays.get(5 * 16 + 2)[7] = 3000;
        arrays.get(5 * 16 + 2)[2] = -2000;
        arrays.get(5 * 16 + 2)[31] = 1000;
        weighed.load(new Weights(arrays));

        Classifier pruned = Pruning.to(weighed, new MobileNetV2("after", SPEC.stem(), SPEC.stages(), 3));

        float[] head = weighed.head().weight();
        assertThat(pruned.head().weight()).startsWith(head[2], head[7], head[31], head[42], head[47], head[71]);
        assertThat(pruned.head().bias()).isEqualTo(weighed.head().bias());
    }

    @Test
    void aPrunedNetworkRecoversWhenItIsTrainedOnAndTheFirstStaysAsItWas() {
        double before = Evaluator.evaluate(MODEL, IMAGES).accuracy();
        Weights untouched = MODEL.weights();

        Classifier pruned = Pruning.to(MODEL, SPEC.narrowed("after", 0.6));
        double unrecovered = Evaluator.evaluate(pruned, IMAGES).accuracy();
        Training.of(pruned, IMAGES, CONFIG.epochs(3)).run();

        assertThat(before).isGreaterThan(50);
        assertThat(Evaluator.evaluate(pruned, IMAGES).accuracy())
                .isGreaterThan(40)
                .isGreaterThan(unrecovered);
        assertThat(MODEL.weights()).isEqualTo(untouched);
    }

    @Test
    void mobileNetLIsPrunedToTheSizesOfMAndS() {
        Images grey = TinyImages.black(new ImageShape(1, 28, 28), 10);
        Classifier large = Classifier.create(MobileNetV2.LARGE, grey, SEED.value());

        assertThat(Pruning.to(large, MobileNetV2.MEDIUM).bytes() / 0x1p20).isCloseTo(1.362, withinPercentage(2));
        assertThat(Pruning.to(large, MobileNetV2.SMALL).bytes())
                .isCloseTo(Classifier.create(ResNet.SMALL, grey, SEED.value()).bytes(), withinPercentage(2));
        assertThat(Pruning.toParameters(large, 357_349).spec().features()).isEqualTo(MobileNetV2.MEDIUM.features());
    }

    @Test
    void aSizeIsMetByTheWidestNetworkThatHasIt() {
        Classifier pruned = Pruning.toParameters(MODEL, 3_000);

        assertThat(pruned.parameters()).isLessThanOrEqualTo(3_000).isGreaterThan(2_800);
        assertThat(Pruning.toParameters(MODEL, MODEL.parameters()).weights()).isEqualTo(MODEL.weights());
    }

    static Stream<WrongCall> wrongCalls() {
        MobileNetV2 wider = new MobileNetV2("wider", SPEC.stem(), SPEC.stages(), 41);
        MobileNetV2 shorter = new MobileNetV2("shorter", 6, SPEC.stages().subList(0, 2), 40);
        Classifier resNet = Classifier.create(ResNet.SMALL, IMAGES, SEED.value());
        return Stream.of(
                wrong("Pruning.to(model, wider)", "features (41)", "at most the 40", () -> Pruning.to(MODEL, wider)),
                wrong("Pruning.to(model, shorter)", "shorter", "must be the same", () -> Pruning.to(MODEL, shorter)),
                wrong("Pruning.to(model, null)", "null", "must be given", () -> Pruning.to(MODEL, null)),
                wrong(
                        "Pruning.to(resNet, MobileNetV2.SMALL)",
                        "ResNet8",
                        "MobileNetV2.LARGE",
                        () -> Pruning.to(resNet, MobileNetV2.SMALL)),
                wrong("Pruning.toParameters(model, 50)", "(50)", "too few", () -> Pruning.toParameters(MODEL, 50)),
                wrong(
                        "MobileNetV2.LARGE.narrowed(\"mine\", 0)",
                        "(0.0)",
                        "(0, 1]",
                        () -> MobileNetV2.LARGE.narrowed("mine", 0)),
                wrong("new Stage(8, 3, List.of(8))", "(3)", "1 or 2", () -> new Stage(8, 3, List.of(8))),
                wrong("ModelCost.table(images)", "specs", "not be empty", () -> ModelCost.table(IMAGES)));
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void aWrongCallIsRefusedInOneLine(WrongCall call) {
        call.assertRefused();
    }
}
