package unlearn4j.audit;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import unlearn4j.data.Images;
import unlearn4j.train.Features;
import unlearn4j.train.Head;
import unlearn4j.train.Interrupted;

/**
 * Asks a network's features what an image shows by a head that is trained for it, on frozen features (Alain and Bengio 2017):
 * a logistic regression on standardised features with a ridge of 1 / N. It finds what {@link FeatureProbe}, the nearest mean,
 * misses. What it finds in a model that was re-trained without the label is what the other labels' features give away.
 */
public final class LinearProbe {
    private static final int STEPS = 200;
    private static final int POWERS = 30;

    private LinearProbe() {}

    /**
     * Trains a head; the network itself isn't touched. {@link Features#evaluate(Head)} and
     * {@link Forgetting#of(Head, Features, Features)} measure it on other images.
     *
     * @param known features of labelled images that the one who probes has, of two classes or more
     * @return a head that never tells a class that had no image
     * @throws Interrupted if the thread is interrupted
     */
    public static Head of(Features known) {
        Images images = FeatureProbe.probed(known);
        int width = known.width();
        double[] means = new double[width];
        double[] deviations = new double[width];
        float[] rows = standardised(known, means, deviations);
        float[] answers = new float[images.classes() * images.size()];
        for (int i = 0; i < images.size(); i++) {
            answers[images.label(i) * images.size() + i] = 1;
        }
        // A row a class, a column a feature, and the intercepts in the last column.
        float[] fitted = fitted(rows, answers, images.size(), width + 1, images.classes());
        float[] weight = new float[images.classes() * width];
        float[] bias = new float[images.classes()];
        Arrays.fill(bias, Float.NEGATIVE_INFINITY);
        for (int label : images.labels().values()) {
            double intercept = fitted[label * (width + 1) + width];
            for (int j = 0; j < width; j++) {
                double slope = fitted[label * (width + 1) + j] / deviations[j];
                weight[label * width + j] = (float) slope;
                intercept -= slope * means[j];
            }
            bias[label] = (float) intercept;
        }
        return new Head(images.classes(), width, weight, bias);
    }

    private static float[] standardised(Features known, double[] means, double[] deviations) {
        int size = known.images().size();
        int width = known.width();
        float[] values = known.values();
        float[] rows = new float[size * (width + 1)];
        for (int j = 0; j < width; j++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < size; i++) {
                sum += values[i * width + j];
            }
            means[j] = sum / size;
            for (int i = 0; i < size; i++) {
                double apart = values[i * width + j] - means[j];
                squares += apart * apart;
            }
            // A feature that is always the same tells nothing.
            deviations[j] = squares > 0 ? Math.sqrt(squares / size) : 1;
            for (int i = 0; i < size; i++) {
                rows[i * (width + 1) + j] = (float) ((values[i * width + j] - means[j]) / deviations[j]);
            }
        }
        for (int i = 0; i < size; i++) {
            rows[i * (width + 1) + width] = 1;
        }
        return rows;
    }

    /** Nesterov's accelerated descent; half the largest eigenvalue of XᵀX / N bounds the curvature (Böhning 1992). */
    private static float[] fitted(float[] rows, float[] answers, int size, int width, int classes) {
        float ridge = 1f / size;
        try (NDManager manager = Engine.getInstance().newBaseManager()) {
            NDArray x = manager.create(rows, new Shape(size, width));
            NDArray turned = x.transpose();
            NDArray y = manager.create(answers, new Shape(classes, size));
            float rate = 1 / (0.5f * largest(x, turned, size, width) + ridge);
            float[] before = new float[classes * width];
            float[] at = before.clone();
            double pace = 1;
            for (int step = 0; step < STEPS; step++) {
                Interrupted.check("a probe was learning, nothing is changed");
                float[] gradient;
                try (NDManager scope = manager.newSubManager()) {
                    // What is made of the weights is in their scope, and goes with it.
                    NDArray weights = scope.create(at, new Shape(classes, width));
                    gradient =
                            weights.matMul(turned).softmax(0).sub(y).matMul(x).toFloatArray();
                }
                double next = (1 + Math.sqrt(1 + 4 * pace * pace)) / 2;
                float push = (float) ((pace - 1) / next);
                pace = next;
                float[] after = new float[at.length];
                for (int l = 0; l < at.length; l++) {
                    after[l] = at[l] - rate * (gradient[l] / size + ridge * at[l]);
                    at[l] = after[l] + push * (after[l] - before[l]);
                }
                before = after;
            }
            return before;
        }
    }

    /** Returns the largest eigenvalue of XᵀX / N, a little more: powers come from below. */
    private static float largest(NDArray x, NDArray turned, int size, int width) {
        float[] direction = new float[width];
        Arrays.fill(direction, 1);
        double length = 1;
        for (int i = 0; i < POWERS; i++) {
            try (NDManager scope = x.getManager().newSubManager()) {
                NDArray v = scope.create(direction, new Shape(1, width));
                float[] moved = v.matMul(turned).matMul(x).toFloatArray();
                double squares = 0;
                for (float value : moved) {
                    squares += (double) value * value;
                }
                length = Math.sqrt(squares);
                for (int j = 0; j < width; j++) {
                    direction[j] = (float) (moved[j] / length);
                }
            }
        }
        return (float) (1.1 * length / size);
    }
}
