package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static unlearn4j.WrongCall.wrong;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.AllWeights;
import unlearn4j.WrongCall;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.fisher.Fisher;
import unlearn4j.fisher.FisherEstimator;
import unlearn4j.fisher.Merge;
import unlearn4j.train.Head;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.Request;
import unlearn4j.umig.TrainingData;
import unlearn4j.umig.Umig;

/** Wrong calls on methods that unlearn: each is one line, and leaves all as it was. */
class UnlearnWrongCallsTest {
    private static final Umig UMIG = SmallGraph.trained();
    private static final Head HEAD = new Head(2, 2, new float[] {1, 2, 3, 4}, new float[2]);
    private static final Fisher SMALL = new Fisher(2, 2, new float[4], new float[2]);
    private static final Fisher LARGE = new Fisher(2, 3, new float[6], new float[2]);
    private static final Fisher DEEP = new Fisher(2, 2, new float[4], new float[2], List.of(new float[3]));
    private static final UnlearningResult RESULT = Fiun.on(SmallGraph.trained()).forget(Labels.of(5));

    static Stream<WrongCall> aboutFisher() {
        FiunConfig config = FiunConfig.paper();
        return Stream.of(
                wrong(
                        "new Fisher(NaN)",
                        "NaN",
                        "train it anew",
                        () -> new Fisher(1, 1, new float[] {Float.NaN}, new float[1])),
                wrong(
                        "new Fisher(too few numbers)",
                        "3 and 2 numbers",
                        "2 classes and 2 features",
                        () -> new Fisher(2, 2, new float[3], new float[2])),
                wrong(
                        "F̂ of another head",
                        "2×3",
                        "does not fit the head of w_x",
                        () -> FiunUpdate.of("w_x", HEAD, LARGE, SMALL, config)),
                wrong(
                        "F of another head",
                        "2×3",
                        "does not fit the head of w_x",
                        () -> FiunUpdate.of("w_x", HEAD, SMALL, LARGE, config)),
                wrong(
                        "F̂ of more layers",
                        "[3]",
                        "does not fit those of w_x, which are []",
                        () -> FiunUpdate.of("w_x", HEAD, DEEP, SMALL, config)),
                wrong(
                        "Merge.MAXIMUM.of(unlike heads)",
                        "2×3",
                        "the heads must have one shape",
                        () -> Merge.MAXIMUM.of(List.of(SMALL, LARGE))),
                wrong(
                        "Merge.SUM.of(unlike layers)",
                        "[3]",
                        "the layers must be the same",
                        () -> Merge.SUM.of(List.of(SMALL, DEEP))),
                wrong("Merge.MEAN.of(nothing)", "fims", "must not be empty", () -> Merge.MEAN.of(List.of())),
                wrong("perSample().layers(0)", "layers (0)", "1 or more", () -> FisherEstimator.perSample()
                        .layers(0)),
                wrong("config.layers(9) on a network of 3", "layers (9)", "from 1 to the 3 of MLP", () -> Fiun.on(UMIG)
                        .config(config.layers(9))
                        .forget(Labels.of(1))),
                wrong("config.merge(null)", "null", "merge must be given", () -> config.merge(null)));
    }

    static Stream<WrongCall> aboutFiun() {
        PublishedFims published = PublishedFims.of(UMIG, FiunConfig.paper());
        Images others = TinyImages.of(6, 4, 4);
        return Stream.of(
                wrong("Fiun.on(umig).threads(0)", "threads (0)", "from 1 to 256", () -> Fiun.on(UMIG)
                        .threads(0)),
                wrong("Fiun.on(umig).forget((Request) null)", "null", "request must be given", () -> Fiun.on(UMIG)
                        .forget((Request) null)),
                wrong("forget a node that is not there", "w_9", "there is no node", () -> Fiun.on(UMIG)
                        .forget(Request.clients("w_9"))),
                wrong("forget labels that a node never had", "w_f", "0", () -> Fiun.on(UMIG)
                        .forget(Request.labelsAt("w_f", Labels.of(0)))),
                wrong("forget samples of another data set", "tiny", "data set", () -> Fiun.on(UMIG)
                        .forget(Request.samples(others))),
                wrong("a gamma that selects nothing", "gamma (1.0E12)", "nothing is changed", () -> Fiun.on(UMIG)
                        .data(TrainingData.ALL_THAT_REACHED)
                        .config(FiunConfig.tempered().gamma(1e12))
                        .forget(Labels.of(1))),
                wrong("HeadMask of samples", "3 samples", "use another method", () -> HeadMask.on(UMIG)
                        .forget(Request.samples(SmallGraph.IMAGES.slice(0, 3)))),
                wrong(
                        "PublishedFims.of(null, config)",
                        "null",
                        "umig must be given",
                        () -> PublishedFims.of(null, FiunConfig.paper())),
                wrong(
                        "PublishedFims.of(umig, null)",
                        "null",
                        "config must be given",
                        () -> PublishedFims.of(UMIG, null)),
                wrong("published.owner(\"w_9\")", "w_9", "there is no node", () -> published.owner("w_9")),
                wrong(
                        "published.publish((Request) null)",
                        "null",
                        "request must be given",
                        () -> published.publish((Request) null)),
                wrong(
                        "published.publish(Labels.of(9))",
                        "label(s) 9",
                        "the graph knows 0–5",
                        () -> published.publish(Labels.of(9))));
    }

    static Stream<WrongCall> aboutBaselinesAndResults() {
        TrainingConfig one = TrainingConfig.DEFAULT.epochs(1);
        return Stream.of(
                wrong("Retrain.on(null)", "null", "umig must be given", () -> Retrain.on(null)),
                wrong("Retrain.on(umig).training(null)", "null", "training must be given", () -> Retrain.on(UMIG)
                        .training(null)),
                wrong("Distill.on(umig).temperature(0)", "temperature (0.0)", "above 0", () -> Distill.on(UMIG)
                        .temperature(0)),
                wrong("GradientAscent.on(umig).mayFall(-1)", "points (-1.0)", "0 or more", () -> GradientAscent.on(UMIG)
                        .mayFall(-1)),
                wrong(
                        "GradientAscent.on(umig).forgottenAt(100)",
                        "percent (100.0)",
                        "[0.0, 100.0)",
                        () -> GradientAscent.on(UMIG).forgottenAt(100)),
                wrong("GradientAscent.on(umig).checkEvery(0)", "steps (0)", "1 or more", () -> GradientAscent.on(UMIG)
                        .checkEvery(0)),
                wrong("Training.ascending(...).until(0, rule)", "steps (0)", "1 or more", () -> Training.ascending(
                                UMIG.node("w_s").model().copy(), SmallGraph.IMAGES, one)
                        .until(0, () -> true)),
                wrong("a learning rate that bursts", "NaN", "lower learningRate", () -> FineTune.on(UMIG)
                        .training(one.epochs(2).learningRate(1e30).clipNorm(1e30))
                        .forget(Labels.of(1))),
                wrong("result.changed(null)", "null", "node must be given", () -> RESULT.changed(null)));
    }

    @ParameterizedTest
    @MethodSource({"aboutFisher", "aboutFiun", "aboutBaselinesAndResults"})
    void isRefusedInOneLine(WrongCall call) {
        var before = AllWeights.of(UMIG);
        call.assertRefused();
        assertThat(AllWeights.of(UMIG)).isEqualTo(before);
    }
}
