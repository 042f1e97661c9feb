package unlearn4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One step of stochastic gradient descent with momentum. DJL's own optimiser keeps its momentum to itself, so a training
 * could not be taken up again; and its gradient collector looks at every array of the process in every step, and allows
 * one training at a time. So this calls the engine's autograd and its update directly.
 */
final class Sgd {
    private final List<NDArray> weights;
    private final List<NDArray> velocities = new ArrayList<>();
    private final TrainingConfig config;

    /** Makes an optimiser at rest. */
    Sgd(NDManager manager, List<NDArray> weights, TrainingConfig config) {
        this.weights = weights;
        this.config = config;
        weights.forEach(weight -> velocities.add(manager.zeros(weight.getShape())));
    }

    /**
     * Runs a network forward and backward.
     *
     * @param forward the forward pass, which returns one number
     * @return that number, with gradients at the weights
     */
    static NDArray differentiated(Supplier<NDArray> forward) {
        NDArray loss = recorded(forward);
        try (NDArray one = loss.onesLike()) {
            JniUtils.backward((PtNDArray) loss, (PtNDArray) one, false, false);
        }
        return loss;
    }

    /** Runs a network forward so that it can be run backward. */
    static NDArray recorded(Supplier<NDArray> forward) {
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(true);
        try {
            return forward.get();
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    /**
     * Does something without tracking gradients. Each thread has its own switch; only the thread that started the engine
     * finds it off.
     */
    static void undifferentiated(Runnable work) {
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try {
            work.run();
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    /**
     * Moves the weights against their gradients, and sets those to zero.
     *
     * @return the norm of the whole gradient; if it is not finite, neither are the weights any more
     */
    double step(NDManager scope, double learningRate) {
        NDList gradients = new NDList(weights.size());
        for (NDArray weight : weights) {
            NDArray gradient = weight.getGradient();
            gradient.attach(scope);
            gradients.add(gradient);
        }
        double norm = norm(gradients);
        float scale = (float) Math.min(1, config.clipNorm() / Math.max(norm, 1e-12));
        for (int i = 0; i < weights.size(); i++) {
            PtNDArray weight = (PtNDArray) weights.get(i);
            JniUtils.sgdUpdate(
                    weight,
                    (PtNDArray) gradients.get(i),
                    (PtNDArray) velocities.get(i),
                    (float) learningRate,
                    (float) config.weightDecay(),
                    scale,
                    -1,
                    (float) config.momentum());
            JniUtils.zeroGrad(weight);
        }
        return norm;
    }

    /** Sets the gradients of a step that is not taken to zero, or the next would add its own to them. */
    void drop() {
        weights.forEach(weight -> JniUtils.zeroGrad((PtNDArray) weight));
    }

    private static double norm(NDList gradients) {
        NDList norms = new NDList(gradients.size());
        gradients.forEach(gradient -> norms.add(gradient.norm()));
        return NDArrays.stack(norms).norm().getFloat();
    }

    /** Returns the velocities as they are now. */
    List<float[]> velocities() {
        return velocities.stream().map(NDArray::toFloatArray).toList();
    }

    /** Replaces the velocities. */
    void load(List<float[]> values) {
        for (int i = 0; i < values.size(); i++) {
            Weights.fill(velocities.get(i), values.get(i));
        }
    }
}
