package unlearn4j.fisher;

import unlearn4j.core.Check;

/**
 * The diagonal of the Fisher information of a linear head: one number, 0 or more, for each of its parameters.
 *
 * @param classes K, the head's classes
 * @param features J, the head's features
 * @param weight the information in W, row by row: K × J numbers
 * @param bias the information in b: K numbers
 */
public record Fisher(int classes, int features, float[] weight, float[] bias) {

    /** Makes a matrix; the arrays are taken over, not copied. */
    public Fisher {
        Check.that(weight.length == classes * features && bias.length == classes,
                "%d and %d numbers are not the Fisher information of a head of %d classes and %d features", weight.length,
                bias.length, classes, features);
        checkFinite("weight", weight);
        checkFinite("bias", bias);
    }

    private static void checkFinite(String part, float[] values) {
        for (float value : values) {
            Check.that(value >= 0 && Float.isFinite(value),
                    "Fisher information of the head's %s holds %s: the network's weights are not finite, train it anew", part,
                    value);
        }
    }

    /**
     * Returns the element-wise maximum of this and another: paper B's merging function Φ (Eq. 5, §4.2.3).
     *
     * @throws IllegalArgumentException if the other belongs to a head of another shape
     */
    public Fisher merge(Fisher other) {
        Check.that(other.classes == classes && other.features == features,
                "Fisher information of %d×%d cannot be merged with that of %d×%d: the heads must have one shape", classes,
                features, other.classes, other.features);
        return new Fisher(classes, features, maximum(weight, other.weight), maximum(bias, other.bias));
    }

    private static float[] maximum(float[] one, float[] other) {
        float[] larger = new float[one.length];
        for (int i = 0; i < larger.length; i++) {
            larger[i] = Math.max(one[i], other[i]);
        }
        return larger;
    }

    /**
     * Returns each number as its share of the sum over the classes, feature by feature, and likewise for the biases. A
     * feature's scale, which belongs to the node that has it and not to what is forgotten, then cancels in the ratio of
     * two nodes' matrices. A feature without information keeps none.
     */
    public Fisher columnShares() {
        return new Fisher(classes, features, shares(weight, features), shares(bias, 1));
    }

    private static float[] shares(float[] values, int columns) {
        double[] sums = new double[columns];
        for (int i = 0; i < values.length; i++) {
            sums[i % columns] += values[i];
        }
        float[] shares = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            double sum = sums[i % columns];
            shares[i] = sum > 0 ? (float) (values[i] / sum) : 0;
        }
        return shares;
    }
}
