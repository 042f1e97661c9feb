package unlearn4j.fisher;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import unlearn4j.train.Classifier;

/** Sums of arrays over batches, in double precision, on the device. */
final class FisherSums implements AutoCloseable {
    private final NDManager scope;
    private final List<NDArray> sums = new ArrayList<>();

    FisherSums(Classifier model) {
        scope = model.scope();
    }

    /** Adds arrays, divided; the same number of them, of the same shapes, in each call. */
    void add(List<NDArray> arrays, int divisor) {
        for (int i = 0; i < arrays.size(); i++) {
            if (sums.size() == i) {
                sums.add(scope.zeros(arrays.get(i).getShape(), DataType.FLOAT64));
            }
            sums.get(i).addi(arrays.get(i).toType(DataType.FLOAT64, false).div(divisor));
        }
    }

    /** Returns each sum, divided. */
    List<float[]> mean(int count) {
        return sums.stream().map(sum -> divided(sum, count)).toList();
    }

    private static float[] divided(NDArray sums, int count) {
        double[] values = sums.toDoubleArray();
        float[] means = new float[values.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = (float) (values[i] / count);
        }
        return means;
    }

    /** Returns the square of each sum. */
    List<NDArray> squares() {
        return sums.stream().map(NDArray::square).toList();
    }

    @Override
    public void close() {
        scope.close();
    }
}
