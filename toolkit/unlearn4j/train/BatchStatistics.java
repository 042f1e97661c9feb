package unlearn4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.stream.IntStream;
import unlearn4j.core.Check;
import unlearn4j.data.Images;

/** The running means and variances of batch normalisation. */
public final class BatchStatistics {
    /** With the usual momentum of 0.9 what stood there before then counts 0.9⁵⁰, half a percent. */
    private static final int BATCHES = 50;

    private static final int BATCH = 64;

    private BatchStatistics() {}

    /**
     * Measures a network's running means and variances anew, on images, from nothing; the trained weights stay as they
     * are. Needed where weights were computed instead of trained: sums and differences of weights have other activations
     * than the statistics that were added up with them, and a difference of variances may even be negative.
     *
     * @param model the network; one without batch normalisation stays as it is
     * @param images what it looks at, 2 or more; labels are not looked at
     * @throws Interrupted if the thread is interrupted; the statistics are then unusable until the next call
     */
    public static void measure(Classifier model, Images images) {
        Check.given("model", model).checkFits(images);
        Check.that(images.size() >= 2, "%s: %d image has no variance, 2 have", images.name(), images.size());
        List<NDArray> statistics = model.statistics();
        if (statistics.isEmpty()) {
            return;
        }
        Sgd.undifferentiated(() -> measure(model, images, statistics));
    }

    private static void measure(Classifier model, Images images, List<NDArray> statistics) {
        statistics.forEach(array -> Weights.fill(array, new float[Math.toIntExact(array.size())]));
        int size = Math.min(BATCH, images.size());
        Batch batch = new Batch(images, size);
        for (int step = 0; step < BATCHES; step++) {
            Interrupted.check(
                    "the batch statistics of " + model.spec().name() + " are half measured; measure them again");
            int from = step * size;
            int[] positions = IntStream.range(from, from + size)
                    .map(i -> i % images.size())
                    .toArray();
            try (NDManager scope = model.scope()) {
                model.trainingFeatures(batch.pixels(scope, positions), step);
            }
        }
    }
}
