package unlearn4j.train;

import java.util.stream.IntStream;
import unlearn4j.core.Check;
import unlearn4j.data.Images;

/**
 * What a network says of images: a row an image, a column a class; logits or probabilities.
 *
 * @param classes the number of columns
 * @param values the rows one after another; not to be changed
 */
public record Outputs(int classes, float[] values) {

    /** Makes outputs; the array is taken over, not copied. */
    public Outputs {
        Check.positive("classes", classes);
        Check.that(
                Check.given("values", values).length % classes == 0,
                "%d values are no rows of %d classes",
                values.length,
                classes);
    }

    /** Returns the number of images. */
    public int size() {
        return values.length / classes;
    }

    /** Returns the class with the highest value for an image; of equals, the first. */
    public int predicted(int image) {
        Check.that(image >= 0 && image < size(), "image (%d) must lie in [0, %d)", image, size());
        int best = 0;
        for (int label = 1; label < classes; label++) {
            if (values[image * classes + label] > values[image * classes + best]) {
                best = label;
            }
        }
        return best;
    }

    /**
     * Returns the probabilities of these logits: softmax with the logits divided by the temperature, the σ_T of paper A
     * (Eq. 1).
     *
     * @param temperature T, above 0
     */
    public Outputs softmax(double temperature) {
        Check.positive("temperature", temperature);
        float[] shares = new float[values.length];
        double[] powers = new double[classes];
        for (int row = 0; row < values.length; row += classes) {
            double highest = Double.NEGATIVE_INFINITY;
            for (int label = 0; label < classes; label++) {
                highest = Math.max(highest, values[row + label]);
            }
            double sum = 0;
            for (int label = 0; label < classes; label++) {
                powers[label] = Math.exp((values[row + label] - highest) / temperature);
                sum += powers[label];
            }
            for (int label = 0; label < classes; label++) {
                shares[row + label] = (float) (powers[label] / sum);
            }
        }
        return new Outputs(classes, shares);
    }

    /** Returns the mean of a class's values over the images, of which there must be one or more. */
    public double mean(int label) {
        Check.that(label >= 0 && label < classes, "label (%d) must be from 0 to %d", label, classes - 1);
        Check.that(size() > 0, "outputs for no images have no mean");
        return IntStream.range(0, size())
                .mapToDouble(i -> values[i * classes + label])
                .average()
                .orElseThrow();
    }

    /** Returns the percentage of images of which these and {@code others}, outputs for the same images, predict one class. */
    public double agreement(Outputs others) {
        Check.that(
                Check.given("others", others).size() == size() && size() > 0,
                "outputs for %d images can't be compared " + "with those for %d: have as many, 1 or more",
                size(),
                others.size());
        return 100.0
                * IntStream.range(0, size())
                        .filter(i -> predicted(i) == others.predicted(i))
                        .count()
                / size();
    }

    /**
     * Counts right answers.
     *
     * @param images the images that these are the outputs for, in the same order
     */
    public Evaluation against(Images images) {
        Check.that(
                Check.given("images", images).size() == size(),
                "outputs for %d images are not those for the %d of %s",
                size(),
                images.size(),
                images.name());
        Check.that(
                images.classes() == classes,
                "outputs for %d classes are not those for the %d of %s",
                classes,
                images.classes(),
                images.name());
        int[] correct = new int[classes];
        for (int i = 0; i < size(); i++) {
            if (predicted(i) == images.label(i)) {
                correct[images.label(i)]++;
            }
        }
        return new Evaluation(correct, images.counts());
    }

    @Override
    public String toString() {
        return "outputs of " + values.length / Math.max(1, classes) + " images for " + classes + " classes";
    }
}
