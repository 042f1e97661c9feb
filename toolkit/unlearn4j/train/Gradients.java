package unlearn4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import unlearn4j.core.Check;
import unlearn4j.data.Images;

/**
 * Runs networks forward and backward without changing them: running means and variances are used as they are, dropout is
 * off, and the gradients belong to a copy.
 */
public final class Gradients {
    /** The head's weight and bias. */
    static final int HEAD = 2;

    private Gradients() {}

    /** What the logits are pulled by. */
    @FunctionalInterface
    public interface Pull {
        /**
         * Returns the gradient of what is differentiated with respect to the logits.
         *
         * @param positions which images these are, N of them
         * @param logits what the network says of them: (N, K)
         * @return (N, K), in the manager of {@code logits}
         */
        NDArray at(int[] positions, NDArray logits);
    }

    /** What is done with the gradients of each batch. */
    @FunctionalInterface
    public interface Use {
        /** Uses gradients, one a parameter; they are given back after it returns. */
        void accept(List<NDArray> gradients);
    }

    /**
     * Gives the gradients of each batch in turn. A batch costs a forward pass, and a backward pass down to the first of the
     * parameters; libtorch adds up the images of a batch, so what is wanted image by image costs a pass an image.
     *
     * @param model the network
     * @param images what it looks at
     * @param size images a batch, the last one perhaps fewer
     * @param parameters whose gradients are wanted, some of {@link #trained}
     * @throws IllegalArgumentException if the images do not fit the network
     * @throws Interrupted if the thread is interrupted
     */
    public static void forEachBatch(Classifier model, Images images, int size, int[] parameters, Pull pull, Use use) {
        Check.given("model", model).checkFits(images);
        Check.that(Check.given("parameters", parameters).length > 0, "parameters must name at least one");
        int[] trained = trained(model);
        for (int parameter : parameters) {
            Check.that(
                    Arrays.binarySearch(trained, parameter) >= 0,
                    "parameter (%d) is none of those of %s that training changes",
                    parameter,
                    model.spec().name());
        }
        Check.given("pull", pull);
        Check.given("use", use);
        int most = Math.min(Check.positive("size", size), images.size());
        Sgd.undifferentiated(() -> forEachFitting(model, images, most, parameters, pull, use));
    }

    /**
     * Returns which parameters training changes, as {@link Classifier#parametersBeforeHead} numbers them; the head's weight and
     * bias come last.
     */
    public static int[] trained(Classifier model) {
        int all = Check.given("model", model).layout().size();
        return IntStream.concat(
                        Arrays.stream(model.parametersBeforeHead(model.layers())), IntStream.range(all - HEAD, all))
                .toArray();
    }

    private static void forEachFitting(
            Classifier model, Images images, int size, int[] parameters, Pull pull, Use use) {
        Classifier copy = model.copy();
        copy.trainable().forEach(array -> array.setRequiresGradient(false));
        List<NDArray> wanted = Arrays.stream(parameters).mapToObj(copy::array).toList();
        wanted.forEach(array -> array.setRequiresGradient(true));
        Batch batch = new Batch(images, size);
        for (int from = 0; from < images.size(); from += size) {
            Interrupted.check(model.spec().name() + " was looking at " + images.name() + ", nothing is changed");
            int[] positions =
                    IntStream.range(from, Math.min(from + size, images.size())).toArray();
            try (NDManager scope = copy.scope()) {
                NDArray logits = Sgd.recorded(() -> copy.logits(copy.features(batch.pixels(scope, positions)), false));
                JniUtils.backward((PtNDArray) logits, (PtNDArray) pull.at(positions, logits), false, false);
                NDList gradients = new NDList(wanted.size());
                for (NDArray array : wanted) {
                    NDArray gradient = array.getGradient();
                    gradient.attach(scope);
                    gradients.add(gradient);
                }
                use.accept(gradients);
                wanted.forEach(array -> JniUtils.zeroGrad((PtNDArray) array));
            }
        }
    }
}
