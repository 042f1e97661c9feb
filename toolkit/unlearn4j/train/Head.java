package unlearn4j.train;

import java.util.Arrays;
import java.util.stream.IntStream;
import unlearn4j.core.Check;

/**
 * The weights of a linear head: logits = W h + b.
 *
 * @param classes K, the number of rows of W
 * @param features J, the number of columns of W
 * @param weight W, row by row: K × J numbers
 * @param bias b: K numbers
 */
public record Head(int classes, int features, float[] weight, float[] bias) {

    /** Makes a head; the arrays are taken over, not copied. */
    public Head {
        Check.positive("classes", classes);
        Check.positive("features", features);
        Check.that(
                Check.given("weight", weight).length == (long) classes * features,
                "a head of %d classes and %d features has %d weights, not %d",
                classes,
                features,
                (long) classes * features,
                weight.length);
        Check.given("bias", bias);
        Check.that(bias.length == classes, "a head of %d classes has %d biases, not %d", classes, classes, bias.length);
    }

    /** Returns whether every number of another head is the same, bit for bit (records compare arrays by identity). */
    public boolean sameAs(Head other) {
        Check.given("other", other);
        return classes == other.classes
                && features == other.features
                && Arrays.equals(weight, other.weight)
                && Arrays.equals(bias, other.bias);
    }

    /** Checks that it may say every label: a bias of −∞ is no number to train from. */
    void checkUnmasked(String network) {
        int[] masked = IntStream.range(0, classes)
                .filter(label -> bias[label] == Float.NEGATIVE_INFINITY)
                .toArray();
        Check.that(
                masked.length == 0,
                "the head of %s is masked at labels %s (its bias there is -∞), through which nothing is learned: undo the "
                        + "mask first",
                network,
                Arrays.toString(masked));
    }

    @Override
    public String toString() {
        return "head of " + classes + "×" + features;
    }
}
