package unlearn4j.fisher;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import unlearn4j.train.Classifier;

/** FisherSums over batches, in double precision, on the device. */
final class FisherSums implements AutoCloseable {
    private final int classes;
    private final int features;
    private final NDManager scope;
    private final NDArray weight;
    private final NDArray bias;

    FisherSums(Classifier model) {
        classes = model.classes();
        features = model.spec().features();
        scope = model.scope();
        weight = scope.zeros(new Shape(classes, features), DataType.FLOAT64);
        bias = scope.zeros(new Shape(classes), DataType.FLOAT64);
    }

    void add(NDArray weights, NDArray biases, int divisor) {
        weight.addi(weights.toType(DataType.FLOAT64, false).div(divisor));
        bias.addi(biases.toType(DataType.FLOAT64, false).div(divisor));
    }

    Fisher mean(int count) {
        return new Fisher(classes, features, divided(weight, count), divided(bias, count));
    }

    private static float[] divided(NDArray sums, int count) {
        double[] values = sums.toDoubleArray();
        float[] means = new float[values.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = (float) (values[i] / count);
        }
        return means;
    }

    NDArray weight() {
        return weight;
    }

    NDArray bias() {
        return bias;
    }

    @Override
    public void close() {
        scope.close();
    }
}
