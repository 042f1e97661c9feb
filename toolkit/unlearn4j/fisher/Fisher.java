package unlearn4j.fisher;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import unlearn4j.core.Check;
import unlearn4j.data.Labels;

/**
 * The diagonal of the Fisher information of a network's last layers: one number, 0 or more, for each of their parameters.
 *
 * @param classes K, the head's classes
 * @param features J, the head's features
 * @param weight the information in W, row by row: K × J numbers
 * @param bias the information in b: K numbers
 * @param body the information in the layers before the head, an array for each of their parameters, as
 *     {@link unlearn4j.train.Classifier#parametersBeforeHead} orders them; none if only the head was looked at
 */
public record Fisher(int classes, int features, float[] weight, float[] bias, List<float[]> body) {

    /** Makes a matrix; the arrays are taken over, not copied. */
    public Fisher {
        Check.positive("classes", classes);
        Check.positive("features", features);
        Check.given("weight", weight);
        Check.given("bias", bias);
        Check.that(
                weight.length == (long) classes * features && bias.length == classes,
                "%d and %d numbers are not the Fisher information of a head of %d classes and %d features",
                weight.length,
                bias.length,
                classes,
                features);
        body = List.copyOf(Check.allGiven("body", body));
        checkFinite("the head's weight", weight);
        checkFinite("the head's bias", bias);
        body.forEach(values -> checkFinite("a layer before the head", values));
    }

    /** Makes the matrix of a head alone. */
    public Fisher(int classes, int features, float[] weight, float[] bias) {
        this(classes, features, weight, bias, List.of());
    }

    private static void checkFinite(String part, float[] values) {
        for (float value : values) {
            Check.that(
                    value >= 0 && Float.isFinite(value),
                    "Fisher information of %s holds %s: the network's weights are not finite, train it anew",
                    part,
                    value);
        }
    }

    /**
     * Returns this and another, number by number: {@code one.combined(other, Math::max)} is paper B's merging function Φ
     * (Eq. 5, §4.2.3).
     *
     * @param operator what is made of two numbers: a finite one, 0 or more
     * @throws IllegalArgumentException if the other belongs to layers of another shape, or a number made is none of those
     */
    public Fisher combined(Fisher other, DoubleBinaryOperator operator) {
        Check.given("other", other);
        Check.given("operator", operator);
        checkSameHead(other, "merged");
        Check.that(
                lengths(other).equals(lengths(this)),
                "Fisher information of %s cannot be merged with that of %s: the " + "layers must be the same",
                layers(this),
                layers(other));
        return new Fisher(
                classes,
                features,
                combined(weight, other.weight, operator),
                combined(bias, other.bias, operator),
                IntStream.range(0, body.size())
                        .mapToObj(i -> combined(body.get(i), other.body.get(i), operator))
                        .toList());
    }

    private void checkSameHead(Fisher other, String done) {
        Check.that(
                other.classes == classes && other.features == features,
                "Fisher information of %d×%d cannot be %s with that of %d×%d: the heads must have one shape",
                classes,
                features,
                done,
                other.classes,
                other.features);
    }

    private static float[] combined(float[] one, float[] other, DoubleBinaryOperator operator) {
        float[] values = new float[one.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) operator.applyAsDouble(one[i], other[i]);
        }
        return values;
    }

    private static List<Integer> lengths(Fisher fisher) {
        return fisher.body.stream().map(values -> values.length).toList();
    }

    private static String layers(Fisher fisher) {
        return fisher.body.isEmpty() ? "a head" : "a head and parameters of " + lengths(fisher) + " before it";
    }

    /**
     * Returns each number of the head as its share of the sum over the classes, feature by feature, and likewise for the
     * biases. A feature's scale, which belongs to the node that has it and not to what is forgotten, then cancels in the
     * ratio of two nodes' matrices. A feature without information keeps none. Layers before the head know no classes: their
     * numbers stay as they are.
     */
    public Fisher columnShares() {
        return new Fisher(classes, features, shares(weight, features), shares(bias, 1), body);
    }

    /** Returns the mean over the head's parameters. */
    public double mean() {
        return Stream.of(weight, bias)
                .flatMapToDouble(Fisher::doubles)
                .average()
                .orElseThrow();
    }

    /**
     * Returns log10 F̂/F for the head's parameters in the rows of some labels, this being F̂: what Eq. 6 compares with log10 γ.
     * Parameters without information in one of the two have no such number and are left out.
     *
     * @param model F, of a head of the same shape
     * @param labels the rows
     */
    public double[] logRatios(Fisher model, Labels labels) {
        checkSameHead(Check.given("model", model), "compared");
        Check.that(
                Labels.range(0, classes).containsAll(Check.given("labels", labels)),
                "label(s) %s have no row in a head of %d classes",
                labels.without(Labels.range(0, classes)),
                classes);
        return labels.values().stream()
                .flatMapToDouble(label -> DoubleStream.concat(
                        IntStream.range(label * features, (label + 1) * features)
                                .mapToDouble(l -> logRatio(weight[l], model.weight[l])),
                        DoubleStream.of(logRatio(bias[label], model.bias[label]))))
                .filter(Double::isFinite)
                .toArray();
    }

    private static double logRatio(float unlearning, float trained) {
        return Math.log10(unlearning) - Math.log10(trained);
    }

    private static DoubleStream doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
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

    @Override
    public String toString() {
        return "Fisher information of a head of " + classes + "×" + features
                + (body.isEmpty() ? "" : " and " + body.size() + " parameters before it");
    }
}
