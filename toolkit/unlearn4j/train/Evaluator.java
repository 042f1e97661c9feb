package unlearn4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.stream.IntStream;
import unlearn4j.core.Check;
import unlearn4j.data.Images;

/** Runs networks forward. */
public final class Evaluator {
    /** Large enough to keep two cores or a GPU busy, small enough for wide networks on 64×64. */
    static final int BATCH = 250;

    private Evaluator() {}

    /** What is done with each batch. */
    @FunctionalInterface
    public interface BatchUse {
        /**
         * Uses a batch. What it makes in the tensors' manager is given back after it returns.
         *
         * @param positions the images' positions, N of them
         * @param features what the head sees of them: (N, J)
         * @param logits what the network says of them: (N, K)
         */
        void accept(int[] positions, NDArray features, NDArray logits);
    }

    /**
     * Runs images through a network a batch at a time, in order.
     *
     * @throws IllegalArgumentException if the images do not fit the network, or if it says NaN of one
     * @throws Interrupted if the thread is interrupted
     */
    public static void forEachBatch(Classifier model, Images images, BatchUse use) {
        Check.given("model", model).checkFits(images);
        Check.given("use", use);
        Sgd.undifferentiated(() -> forEachFitting(model, images, use));
    }

    private static void forEachFitting(Classifier model, Images images, BatchUse use) {
        Batch batch = new Batch(images, Math.min(BATCH, images.size()));
        for (int from = 0; from < images.size(); from += BATCH) {
            Interrupted.check(model.spec().name() + " was looking at " + images.name() + ", nothing is changed");
            int[] positions =
                    IntStream.range(from, Math.min(from + BATCH, images.size())).toArray();
            try (NDManager scope = model.scope()) {
                NDArray features = model.features(batch.pixels(scope, positions));
                NDArray logits = model.logits(features, false);
                checkNumbers(model.spec().name(), images, logits.toFloatArray());
                use.accept(positions, features, logits);
            }
        }
    }

    /** Refuses NaN and +∞, which softmax makes NaN of; −∞ is a label that is masked. */
    static void checkNumbers(String network, Images images, float[] logits) {
        for (float value : logits) {
            if (Float.isNaN(value) || value == Float.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(network + " says " + value + " of " + images.name()
                        + ": its weights are not finite, or too large; train it anew");
            }
        }
    }

    /** Returns a network's logits; throws as {@link #forEachBatch} does. */
    public static Outputs logits(Classifier model, Images images) {
        Check.given("model", model).checkFits(images);
        long length = (long) images.size() * model.classes();
        Check.that(
                length < Integer.MAX_VALUE - 8,
                "%d logits of each of the %d images of %s are more than an array holds: look at fewer images",
                model.classes(),
                images.size(),
                images.name());
        float[] values = new float[(int) length];
        forEachBatch(model, images, (positions, features, logits) -> {
            float[] rows = logits.toFloatArray();
            System.arraycopy(rows, 0, values, positions[0] * model.classes(), rows.length);
        });
        return new Outputs(model.classes(), values);
    }

    /** Returns a network's accuracy by class; throws as {@link #forEachBatch} does. */
    public static Evaluation evaluate(Classifier model, Images images) {
        return logits(model, images).against(images);
    }
}
