package unlearn4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.nio.FloatBuffer;
import java.util.function.IntPredicate;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;

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
        Check.given("images", images);
        Check.positive("width", width);
        Check.that(
                Check.given("values", values).length == (long) images.size() * width,
                "%d numbers are not %d features of each of the %d images of %s",
                values.length,
                width,
                images.size(),
                images.name());
    }

    /**
     * Runs images through a network's body once.
     *
     * @param images the images, perhaps none
     * @throws IllegalArgumentException if the images do not fit the network, or their features are more than an array holds
     * @throws Interrupted if the thread is interrupted
     */
    public static Features of(Classifier model, Images images) {
        int width = Check.given("model", model).spec().features();
        long length = (long) Check.given("images", images).size() * width;
        Check.that(
                length < Integer.MAX_VALUE - 8,
                "%d features of each of the %d images of %s are more than an array holds: keep those of fewer images",
                width,
                images.size(),
                images.name());
        float[] values = new float[(int) length];
        if (!images.isEmpty()) {
            Evaluator.forEachBatch(model, images, (positions, features, logits) -> {
                float[] rows = features.toFloatArray();
                System.arraycopy(rows, 0, values, positions[0] * width, rows.length);
            });
        }
        return new Features(images, width, values);
    }

    /** Returns the features of the images of those labels, perhaps of none. */
    public Features only(Labels labels) {
        return chosen(Check.given("labels", labels)::contains, images.only(labels));
    }

    /** Returns the features of the images of all other labels, perhaps of none. */
    public Features without(Labels labels) {
        return chosen(label -> !labels.contains(label), images.without(labels));
    }

    private Features chosen(IntPredicate label, Images some) {
        float[] rows = new float[some.size() * width];
        int to = 0;
        for (int i = 0; i < images.size(); i++) {
            if (label.test(images.label(i))) {
                System.arraycopy(values, i * width, rows, to, width);
                to += width;
            }
        }
        return new Features(some, width, rows);
    }

    /**
     * Returns the accuracy by class of the network with that head, of no image if there are none.
     *
     * @throws IllegalArgumentException if the head takes another number of features, or tells other classes, or if it says
     *     NaN of an image
     * @throws Interrupted if the thread is interrupted
     */
    public Evaluation evaluate(Head head) {
        Check.that(
                Check.given("head", head).features() == width,
                "a head of %d×%d does not fit %d features",
                head.classes(),
                head.features(),
                width);
        float[] logits = new float[Math.multiplyExact(images.size(), head.classes())];
        Sgd.undifferentiated(() -> {
            try (NDManager scope = EngineStart.engine().newBaseManager()) {
                NDArray weight = scope.create(head.weight(), new Shape(head.classes(), width));
                NDArray bias = scope.create(head.bias());
                for (int from = 0; from < images.size(); from += Evaluator.BATCH) {
                    Interrupted.check("heads were measured on " + images.name() + ", nothing is changed");
                    fill(logits, from, weight, bias);
                }
            }
        });
        return new Outputs(head.classes(), logits).against(images);
    }

    /** Writes the logits of a batch: the same product of the same batch as the network's own, so the same bits. */
    private void fill(float[] logits, int from, NDArray weight, NDArray bias) {
        int count = Math.min(Evaluator.BATCH, images.size() - from);
        try (NDManager scope = weight.getManager().newSubManager()) {
            FloatBuffer batch = FloatBuffer.wrap(values, from * width, count * width);
            NDArray rows = scope.create(batch, new Shape(count, width), DataType.FLOAT32);
            float[] product =
                    Linear.linear(rows, weight, bias).singletonOrThrow().toFloatArray();
            Evaluator.checkNumbers("the head", images, product);
            System.arraycopy(product, 0, logits, from * (int) bias.size(), product.length);
        }
    }

    @Override
    public String toString() {
        return width + " features of " + images;
    }
}
