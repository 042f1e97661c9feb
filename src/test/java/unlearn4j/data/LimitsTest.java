package unlearn4j.data;

import static unlearn4j.WrongCall.wrong;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.WrongCall;
import unlearn4j.model.DenseNet;
import unlearn4j.model.ResNet;
import unlearn4j.train.Head;

/** Sizes that no memory holds, or that overflow an int, and elements that are null: one line, at once. */
class LimitsTest {
    static Stream<WrongCall> wrongCalls() {
        int most = Integer.MAX_VALUE;
        return Stream.of(
                wrong(
                        "ImageShape(1, 65536, 65536)",
                        "1×65536×65536",
                        "16,777,216 pixels",
                        () -> new ImageShape(1, 65536, 65536)),
                wrong("ImageShape(MAX, MAX, MAX)", "2147483647", "at most", () -> new ImageShape(most, most, most)),
                wrong(
                        "Head(65536, 65536, …)",
                        "4294967296 weights",
                        "not 0",
                        () -> new Head(65536, 65536, new float[0], new float[65536])),
                wrong("Head(…, null)", "null", "weight must be given", () -> new Head(1, 1, null, new float[1])),
                wrong("Labels.range(0, MAX)", "2147483647", "must be below 1,000,000", () -> Labels.range(0, most)),
                wrong("Labels.of(MAX)", "2147483647", "must be below 1,000,000", () -> Labels.of(most)),
                wrong("Labels.of((int[]) null)", "null", "labels must be given", () -> Labels.of((int[]) null)),
                wrong("Labels.of([1, null])", "null", "a label must be given", () -> Labels.of(Arrays.asList(1, null))),
                wrong("labels.and(null)", "null", "others must be given", () -> Labels.of(1)
                        .and(null)),
                wrong("labels.without(null)", "null", "others must be given", () -> Labels.of(1)
                        .without(null)),
                wrong("new Labels(null)", "null", "labels must be given", () -> new Labels((TreeSet<Integer>) null)),
                wrong(
                        "Normalisation(NaN)",
                        "NaN",
                        "must be finite",
                        () -> new Normalisation(new float[] {Float.NaN}, new float[] {1})),
                wrong(
                        "Normalisation(0, 0)",
                        "deviation of channel 0 (0.0)",
                        "above 0",
                        () -> new Normalisation(new float[1], new float[1])),
                wrong(
                        "ResNet of 2³¹ blocks",
                        "2147483647",
                        "at most 1000",
                        () -> new ResNet("deep", List.of(most, 1, 1))),
                wrong(
                        "DenseNet of 2³¹ layers",
                        "2147483647",
                        "at most 1000",
                        () -> new DenseNet("deep", 12, List.of(most), 24)));
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void isRefused(WrongCall call) {
        call.assertRefused();
    }
}
