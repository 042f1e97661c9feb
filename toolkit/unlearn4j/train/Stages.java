package unlearn4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import unlearn4j.core.Check;
import unlearn4j.data.Images;

/**
 * What a network makes of images on its way: a stage is the layers between two that make its maps smaller. Of each stage's last
 * map the mean over all places is kept, a number for each channel; the last stage is what the head sees.
 */
public final class Stages {
    private Stages() {}

    /**
     * Runs images through a network's body once, and stops at the end of each stage.
     *
     * @param images one or more
     * @return each stage's features, the first stage first; the last are {@link Features#of}, and the only ones if the body
     *     is no sequence of blocks
     * @throws IllegalArgumentException if the images do not fit the network, or their features are more than an array holds
     * @throws Interrupted if the thread is interrupted
     */
    public static List<Features> of(Classifier model, Images images) {
        Check.given("model", model).checkFits(images);
        List<float[]> kept = new ArrayList<>();
        Sgd.undifferentiated(() -> run(model, images, kept));
        List<Features> stages = new ArrayList<>();
        kept.forEach(values -> stages.add(new Features(images, values.length / images.size(), values)));
        stages.add(Features.of(model, images));
        return stages;
    }

    private static void run(Classifier model, Images images, List<float[]> kept) {
        Batch batch = new Batch(images, Math.min(Evaluator.BATCH, images.size()));
        for (int from = 0; from < images.size(); from += Evaluator.BATCH) {
            Interrupted.check(model.spec().name() + " was looking at " + images.name() + ", nothing is changed");
            int[] positions = IntStream.range(from, Math.min(from + Evaluator.BATCH, images.size()))
                    .toArray();
            try (NDManager scope = model.scope()) {
                List<NDArray> ends = ends(model, model.normalised(batch.pixels(scope, positions)));
                for (int stage = 0; stage < ends.size(); stage++) {
                    int width = (int) ends.get(stage).getShape().get(1);
                    if (from == 0) {
                        kept.add(new float[Math.multiplyExact(images.size(), width)]);
                    }
                    NDArray places = ends.get(stage).reshape(positions.length, width, -1);
                    float[] rows = places.mean(new int[] {2}).toFloatArray();
                    System.arraycopy(rows, 0, kept.get(stage), from * width, rows.length);
                }
            }
        }
    }

    /** Returns the last map of each stage but that which is only averaged to be the features. */
    private static List<NDArray> ends(Classifier model, NDArray pixels) {
        List<NDArray> ends = new ArrayList<>();
        NDArray before = pixels;
        for (Block part : model.body() instanceof SequentialBlock body
                ? body.getChildren().values()
                : List.<Block>of()) {
            NDArray after = model.forward(part, before, false);
            Shape small = after.getShape();
            Shape large = before.getShape();
            boolean ended = large.dimension() == 4 && (small.dimension() != 4 || small.get(2) < large.get(2));
            boolean averaged = part.getParameters().isEmpty() && small.size() == large.get(0) * large.get(1);
            if (ended && !averaged && before != pixels) {
                ends.add(before);
            }
            before = after;
        }
        return ends;
    }
}
