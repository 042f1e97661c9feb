package unlearn4j.train;

import unlearn4j.core.Check;
import unlearn4j.data.Images;

/**
 * What a network's head sees of images, kept, so that many heads can be measured on the same body without running it again.
 *
 * @param images the images
 * @param width J, how many features an image has
 * @param values the features, an image after another; not to be changed
 */
public record Features(Images images, int width, float[] values) {

    /** Makes features; the array is taken over, not copied. */
    public Features {
        Check.positive("width", width);
        Check.that(
                values.length == images.size() * width,
                "%d numbers are not %d features of each of the %d images of %s",
                values.length,
                width,
                images.size(),
                images.name());
    }

    /** Runs images through a network's body once; throws as {@link Evaluator#forEachBatch} does. */
    public static Features of(Classifier model, Images images) {
        Check.given("model", model).checkFits(images);
        int width = model.spec().features();
        float[] values = new float[images.size() * width];
        Evaluator.forEachBatch(model, images, (positions, features, logits) -> {
            float[] rows = features.toFloatArray();
            System.arraycopy(rows, 0, values, positions[0] * width, rows.length);
        });
        return new Features(images, width, values);
    }

    /**
     * Returns the accuracy by class of the network with that head.
     *
     * @throws IllegalArgumentException if the head takes another number of features, or tells other classes
     */
    public Evaluation evaluate(Head head) {
        Check.that(
                head.features() == width,
                "a head of %d×%d does not fit %d features",
                head.classes(),
                head.features(),
                width);
        Interrupted.check("heads were measured on " + images.name() + ", nothing is changed");
        float[] logits = new float[images.size() * head.classes()];
        for (int image = 0; image < images.size(); image++) {
            for (int label = 0; label < head.classes(); label++) {
                float sum = head.bias()[label];
                for (int j = 0; j < width; j++) {
                    sum += head.weight()[label * width + j] * values[image * width + j];
                }
                logits[image * head.classes() + label] = sum;
            }
        }
        return new Outputs(head.classes(), logits).against(images);
    }
}
