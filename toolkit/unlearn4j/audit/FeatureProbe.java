package unlearn4j.audit;

import java.util.ArrayList;
import java.util.List;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluation;
import unlearn4j.train.Evaluator;

/**
 * Asks a network's features, past its head, what an image shows: the class whose mean feature vector is nearest (the
 * nearest class mean of Mensink et al. 2013). A method that changes the head alone leaves this as it was, however low it
 * brings AD_f: such a network no longer says a label, and has not forgotten it.
 */
public final class FeatureProbe {
    private final Classifier model;
    private final List<float[]> means;

    private FeatureProbe(Classifier model, List<float[]> means) {
        this.model = model;
        this.means = means;
    }

    /**
     * Takes the mean feature vector of each class.
     *
     * @param model the network
     * @param known labelled images that the one who probes has, of two classes or more
     */
    public static FeatureProbe of(Classifier model, Images known) {
        Check.given("model", model);
        Check.that(
                Check.given("known", known).labels().size() >= 2,
                "%s has images of %d class: a probe needs two or more",
                known.name(),
                known.labels().size());
        int width = model.spec().features();
        double[][] sums = new double[known.classes()][width];
        Evaluator.forEachBatch(model, known, (positions, features, logits) -> {
            float[] rows = features.toFloatArray();
            for (int i = 0; i < positions.length; i++) {
                double[] sum = sums[known.label(positions[i])];
                for (int j = 0; j < width; j++) {
                    sum[j] += rows[i * width + j];
                }
            }
        });
        int[] counts = known.counts();
        List<float[]> means = new ArrayList<>();
        for (int label = 0; label < sums.length; label++) {
            float[] mean = new float[width];
            for (int j = 0; j < width; j++) {
                mean[j] = (float) (sums[label][j] / counts[label]);
            }
            means.add(counts[label] > 0 ? mean : null);
        }
        return new FeatureProbe(model, means);
    }

    /**
     * Returns how many images of each class the features alone still tell; of classes whose means are equally near, the
     * first is told. A class without a known image is told of none.
     *
     * @throws IllegalArgumentException if the images do not fit the network, or there are none
     */
    public Evaluation evaluate(Images images) {
        int width = model.spec().features();
        int[] correct = new int[images.classes()];
        Evaluator.forEachBatch(model, images, (positions, features, logits) -> {
            float[] rows = features.toFloatArray();
            for (int i = 0; i < positions.length; i++) {
                int label = images.label(positions[i]);
                correct[label] += nearest(rows, i * width) == label ? 1 : 0;
            }
        });
        return new Evaluation(correct, images.counts());
    }

    /** Returns the accuracy over the images of those labels, in percent. */
    public double accuracy(Images images, Labels labels) {
        return evaluate(images.only(labels)).accuracy(labels);
    }

    private int nearest(float[] rows, int offset) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int label = 0; label < means.size(); label++) {
            float[] mean = means.get(label);
            if (mean == null) {
                continue;
            }
            double distance = 0;
            for (int j = 0; j < mean.length; j++) {
                double difference = rows[offset + j] - mean[j];
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                best = label;
            }
        }
        return best;
    }
}
