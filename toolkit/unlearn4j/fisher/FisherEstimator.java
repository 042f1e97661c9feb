package unlearn4j.fisher;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;

/**
 * Estimates the Fisher information of a network's head on images. The gradient of ln p(y | x) with respect to W_kj is
 * (1[y = k] − p_k) h_j, and that with respect to b_k is 1[y = k] − p_k, with features h and p = softmax(W h + b): a
 * forward pass and a matrix product, no backward pass.
 */
public sealed interface FisherEstimator {

    /**
     * Estimates.
     *
     * @param model the network; it does not change
     * @param images the images D and their labels, at least one
     * @return the diagonal for the head's weights
     * @throws IllegalArgumentException if the images do not fit the network, or there are none
     */
    Fisher of(Classifier model, Images images);

    /** Returns the estimator of paper B's Eq. 3 and 4: the mean over the images of their squared gradients. */
    static FisherEstimator perSample() {
        return new PerSample(1);
    }

    /**
     * Returns {@link #perSample()} with p computed from the logits divided by a temperature, so that images which the
     * network has memorised, p → 1, still carry information.
     *
     * @param temperature T, above 0; the paper's is 1
     */
    static FisherEstimator perSample(double temperature) {
        return new PerSample(temperature);
    }

    /**
     * Returns what several public implementations compute instead: the squared gradient of a mini-batch's mean loss,
     * averaged over the batches. It depends on the batch size and on the images' order.
     *
     * @param size images a batch, the last one perhaps fewer
     */
    static FisherEstimator batchMean(int size) {
        return new BatchMean(size);
    }

    /**
     * The mean of squared gradients: ((Y − P)∘(Y − P))ᵀ (H∘H) / N for W, the column mean of (Y − P)∘(Y − P) for b.
     *
     * @param temperature what the logits are divided by, above 0
     */
    record PerSample(double temperature) implements FisherEstimator {

        /** Makes an estimator. */
        public PerSample {
            Check.positive("temperature", temperature);
        }

        @Override
        public Fisher of(Classifier model, Images images) {
            try (FisherSums sums = new FisherSums(model)) {
                Evaluator.forEachBatch(model, images, (positions, features, logits) -> {
                    NDArray squared = residuals(images, positions, logits, temperature).square();
                    sums.add(squared.transpose().matMul(features.square()), squared.sum(new int[] {0}), 1);
                });
                return sums.mean(images.size());
            }
        }
    }

    /**
     * The mean of squared mean gradients.
     *
     * @param size images a batch, 1 or more
     */
    record BatchMean(int size) implements FisherEstimator {

        /** Makes an estimator. */
        public BatchMean {
            Check.positive("size", size);
        }

        @Override
        public Fisher of(Classifier model, Images images) {
            model.checkFits(images);
            int batches = 0;
            try (FisherSums sums = new FisherSums(model)) {
                for (int from = 0; from < images.size(); from += size, batches++) {
                    meanGradient(model, images.slice(from, Math.min(from + size, images.size())), sums);
                }
                return sums.mean(batches);
            }
        }

        private static void meanGradient(Classifier model, Images batch, FisherSums squares) {
            try (FisherSums gradient = new FisherSums(model)) {
                Evaluator.forEachBatch(model, batch, (positions, features, logits) -> {
                    NDArray residuals = residuals(batch, positions, logits, 1);
                    gradient.add(residuals.transpose().matMul(features), residuals.sum(new int[] {0}), batch.size());
                });
                squares.add(gradient.weight().square(), gradient.bias().square(), 1);
            }
        }
    }

    /** Returns Y − P for a batch: (N, K). */
    private static NDArray residuals(Images images, int[] positions, NDArray logits, double temperature) {
        long[] labels = Arrays.stream(positions).mapToLong(images::label).toArray();
        NDArray y = logits.getManager().create(labels).oneHot(images.classes(), DataType.FLOAT32);
        return y.sub(logits.div((float) temperature).softmax(1));
    }
}
