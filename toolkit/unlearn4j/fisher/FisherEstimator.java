package unlearn4j.fisher;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Gradients;

/**
 * Estimates the Fisher information of a network's last layers on images. One of one's own has one method to write, and is a
 * record, because equal estimators share what they have estimated: a graph keeps its nodes' matrices by estimator.
 *
 * <pre>{@code
 * record Uniform() implements FisherEstimator {          // all parameters know as much
 *     public Fisher of(Classifier model, Images images) {
 *         var ones = new float[model.classes() * model.spec().features()];
 *         Arrays.fill(ones, 1);
 *         return new Fisher(model.classes(), model.spec().features(), ones, Arrays.copyOf(ones, model.classes()));
 *     }
 * }
 * }</pre>
 *
 * <p>Those that come with the toolkit know of the head that the gradient of ln p(y | x) with respect to W_kj is
 * (1[y = k] − p_k) h_j, and that with respect to b_k is 1[y = k] − p_k, with features h and p = softmax(W h + b): a forward
 * pass and a matrix product, no backward pass. Layers before the head (paper B, §6.4) need autograd: a backward pass an
 * image, one image at a time, or a batch at a time for {@link #batchMean}. Networks look at the images as they do when they
 * are used: running means and variances as they are, no dropout.
 */
@FunctionalInterface
public interface FisherEstimator {
    /** As many layers as the network has. */
    int ALL_LAYERS = Integer.MAX_VALUE;

    /**
     * Estimates.
     *
     * @param model the network; it does not change
     * @param images the images D and their labels, at least one
     * @return the diagonal for the weights of the last layers
     * @throws IllegalArgumentException if the images do not fit the network, there are none, or it has fewer layers
     * @throws unlearn4j.train.Interrupted if the thread is interrupted
     */
    Fisher of(Classifier model, Images images);

    /** Returns how many layers are looked at, the head among them: 1, unless an estimator says otherwise. */
    default int layers() {
        return 1;
    }

    /**
     * Returns a copy that looks at that many of the last layers, the head among them; {@link Classifier#layers} says what
     * counts as one. It takes as long as a training step of one image for each image.
     *
     * @param value 1 for the head alone, the paper's choice and the start; 4 and 7 are those of Fig. 9; or
     *     {@link #ALL_LAYERS}
     * @throws IllegalArgumentException if the estimator can't look at so many
     */
    default FisherEstimator layers(int value) {
        Check.that(
                value == layers(),
                "layers (%d) must be the %d that %s looks at: override layers(int) for others",
                value,
                layers(),
                this);
        return this;
    }

    /**
     * Returns which parameters before the head it looks at, as {@link Classifier#parametersBeforeHead} numbers them.
     *
     * @throws IllegalArgumentException if the network has fewer layers
     */
    default int[] parametersBeforeHead(Classifier model) {
        Check.given("model", model);
        return model.parametersBeforeHead(layers() == ALL_LAYERS ? model.layers() : layers());
    }

    /** Returns the estimator of paper B's Eq. 3 and 4: the mean over the images of their squared gradients. */
    static FisherEstimator perSample() {
        return perSample(1);
    }

    /**
     * Returns {@link #perSample()} with p computed from the logits divided by a temperature, so that images which the
     * network has memorised, p → 1, still carry information.
     *
     * @param temperature T, above 0; the paper's is 1
     */
    static FisherEstimator perSample(double temperature) {
        return new PerSample(temperature, 1);
    }

    /**
     * Returns what several public implementations compute instead: the squared gradient of a mini-batch's mean loss,
     * averaged over the batches. It depends on the batch size and on the images' order.
     *
     * @param size images a batch, the last one perhaps fewer
     */
    static BatchMean batchMean(int size) {
        return new BatchMean(size, size, 1);
    }

    /**
     * Returns the true Fisher information of the head: labels are not the images' own but drawn from what the network says
     * (Kunstner et al. 2019). Their expectation has a closed form, the mean of p_k (1 − p_k) h_j² for W_kj and that of
     * p_k (1 − p_k) for b_k. Eq. 3 and 4 may be read so; the images' labels are then not looked at.
     */
    static FisherEstimator trueFisher() {
        return new TrueFisher();
    }

    /**
     * The mean of squared gradients: ((Y − P)∘(Y − P))ᵀ (H∘H) / N for W, the column mean of (Y − P)∘(Y − P) for b.
     *
     * @param temperature what the logits are divided by, above 0
     * @param layers how many layers
     */
    record PerSample(double temperature, int layers) implements FisherEstimator {

        /** Makes an estimator. */
        public PerSample {
            Check.positive("temperature", temperature);
            Check.positive("layers", layers);
        }

        @Override
        public PerSample layers(int value) {
            return new PerSample(temperature, value);
        }

        @Override
        public Fisher of(Classifier model, Images images) {
            Check.given("model", model).checkFits(images);
            List<float[]> body = body(model, images, 1, parametersBeforeHead(model), temperature);
            try (FisherSums sums = new FisherSums(model)) {
                Evaluator.forEachBatch(model, images, (positions, features, logits) -> {
                    NDArray squared =
                            residuals(images, positions, logits, temperature).square();
                    sums.add(List.of(squared.transpose().matMul(squared(features)), squared.sum(new int[] {0})), 1);
                });
                return fisher(model, sums.mean(images.size()), body);
            }
        }
    }

    /**
     * The mean of squared mean gradients.
     *
     * @param size images a batch, 1 or more
     * @param first how many of each batch are looked at, its first ones, from 1 to {@code size}
     * @param layers how many layers
     */
    record BatchMean(int size, int first, int layers) implements FisherEstimator {

        /** Makes an estimator. */
        public BatchMean {
            Check.positive("size", size);
            Check.that(first >= 1 && first <= size, "first (%d) must be from 1 to the %d of a batch", first, size);
            Check.positive("layers", layers);
        }

        /**
         * Returns a copy that looks at the first images of each batch alone, as paper B's published scripts do with 32 of 64.
         *
         * @param value how many, from 1 to the batch size
         */
        public BatchMean firstOfEach(int value) {
            return new BatchMean(size, value, layers);
        }

        @Override
        public BatchMean layers(int value) {
            return new BatchMean(size, first, value);
        }

        @Override
        public Fisher of(Classifier model, Images images) {
            Check.given("model", model).checkFits(images);
            Images seen = images.at(IntStream.range(0, images.size())
                    .filter(position -> position % size < first)
                    .toArray());
            int count = Math.min(first, seen.size());
            List<float[]> body = body(model, seen, count, parametersBeforeHead(model), 1);
            int batches = 0;
            try (FisherSums sums = new FisherSums(model)) {
                for (int from = 0; from < seen.size(); from += count, batches++) {
                    meanGradient(model, seen.slice(from, Math.min(from + count, seen.size())), sums);
                }
                return fisher(model, sums.mean(batches), body);
            }
        }

        private static void meanGradient(Classifier model, Images batch, FisherSums squares) {
            try (FisherSums gradient = new FisherSums(model)) {
                Evaluator.forEachBatch(model, batch, (positions, features, logits) -> {
                    NDArray residuals = residuals(batch, positions, logits, 1);
                    gradient.add(
                            List.of(
                                    residuals.transpose().matMul(features.toType(DataType.FLOAT64, false)),
                                    residuals.sum(new int[] {0})),
                            batch.size());
                });
                squares.add(gradient.squares(), 1);
            }
        }
    }

    /** The mean over the images of the expected squares, of the head alone. */
    record TrueFisher() implements FisherEstimator {
        @Override
        public Fisher of(Classifier model, Images images) {
            Check.given("model", model).checkFits(images);
            try (FisherSums sums = new FisherSums(model)) {
                Evaluator.forEachBatch(model, images, (positions, features, logits) -> {
                    NDArray p = logits.toType(DataType.FLOAT64, true).softmax(1);
                    // 1 − p_k is the sum of the others, as in residuals().
                    NDArray eye = logits.getManager().eye(model.classes()).toType(DataType.FLOAT64, false);
                    NDArray expected = p.mul(p.matMul(eye.neg().add(1)));
                    sums.add(List.of(expected.transpose().matMul(squared(features)), expected.sum(new int[] {0})), 1);
                });
                return fisher(model, sums.mean(images.size()), List.of());
            }
        }
    }

    /** Returns squares in double precision: 32 bits hold no square of a number below 1e-23. */
    private static NDArray squared(NDArray values) {
        return values.toType(DataType.FLOAT64, false).square();
    }

    /** Returns the mean over batches of the square of a batch's mean gradient, for the layers before the head. */
    private static List<float[]> body(Classifier model, Images images, int size, int[] parameters, double temperature) {
        if (parameters.length == 0) {
            return List.of();
        }
        try (FisherSums sums = new FisherSums(model)) {
            Gradients.forEachBatch(
                    model,
                    images,
                    size,
                    parameters,
                    (positions, logits) -> residuals(images, positions, logits, temperature)
                            .divi(positions.length)
                            .toType(DataType.FLOAT32, false),
                    gradients -> sums.add(
                            gradients.stream().map(FisherEstimator::squared).toList(), 1));
            return sums.mean((images.size() + size - 1) / size);
        }
    }

    private static Fisher fisher(Classifier model, List<float[]> head, List<float[]> body) {
        return new Fisher(model.classes(), model.spec().features(), head.get(0), head.get(1), body);
    }

    /**
     * Returns Y − P for a batch: (N, K), in double precision. At an image's own label, 1 − p is the sum of the other
     * probabilities: of a memorised image, p near 1, a subtraction leaves noise or nothing.
     */
    private static NDArray residuals(Images images, int[] positions, NDArray logits, double temperature) {
        long[] labels = Arrays.stream(positions).mapToLong(images::label).toArray();
        NDArray own = logits.getManager().create(labels).oneHot(images.classes(), DataType.FLOAT64);
        NDArray p = logits.toType(DataType.FLOAT64, true).divi(temperature).softmax(1);
        NDArray others = p.sub(p.mul(own));
        return own.mul(others.sum(new int[] {1}, true)).sub(others);
    }
}
