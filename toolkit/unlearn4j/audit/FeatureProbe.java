package unlearn4j.audit;

import java.util.ArrayList;
import java.util.List;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.train.Evaluation;
import unlearn4j.train.Features;

/**
 * Asks a network's features, past its head, what an image shows: the class whose mean feature vector is nearest (the
 * nearest class mean of Mensink et al. 2013). A method that changes the head alone leaves this as it was, however low it
 * brings AD_f: such a network no longer says a label, and has not forgotten it.
 */
public final class FeatureProbe {
    private final int width;
    private final List<float[]> means;

    private FeatureProbe(int width, List<float[]> means) {
        this.width = width;
        this.means = means;
    }

    /**
     * Takes the mean feature vector of each class.
     *
     * @param known features of labelled images that the one who probes has, of two classes or more
     */
    public static FeatureProbe of(Features known) {
        Images images = probed(known);
        int width = known.width();
        float[] values = known.values();
        double[][] sums = new double[images.classes()][width];
        for (int i = 0; i < images.size(); i++) {
            double[] sum = sums[images.label(i)];
            for (int j = 0; j < width; j++) {
                sum[j] += values[i * width + j];
            }
        }
        int[] counts = images.counts();
        List<float[]> means = new ArrayList<>();
        for (int label = 0; label < sums.length; label++) {
            float[] mean = new float[width];
            for (int j = 0; j < width; j++) {
                mean[j] = (float) (sums[label][j] / counts[label]);
            }
            means.add(counts[label] > 0 ? mean : null);
        }
        return new FeatureProbe(width, means);
    }

    /** Returns the images of features that a probe learns from: they must be of two classes or more. */
    static Images probed(Features known) {
        Images images = Check.given("known", known).images();
        Check.that(
                images.labels().size() >= 2,
                "%s has images of %d class: a probe needs two or more",
                images.name(),
                images.labels().size());
        return images;
    }

    /**
     * Returns how many images of each class the features alone still tell; of classes whose means are equally near, the
     * first is told. A class without a known image is told of none.
     *
     * @param unseen what the same network makes of other images, perhaps of none
     * @throws IllegalArgumentException if an image has another number of features
     */
    public Evaluation evaluate(Features unseen) {
        Check.that(
                Check.given("unseen", unseen).width() == width,
                "%d features of an image do not fit a probe of %d: take both from one network",
                unseen.width(),
                width);
        Images images = unseen.images();
        int[] correct = new int[images.classes()];
        for (int i = 0; i < images.size(); i++) {
            int label = images.label(i);
            correct[label] += nearest(unseen.values(), i * width) == label ? 1 : 0;
        }
        return new Evaluation(correct, images.counts());
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

    @Override
    public String toString() {
        return "probe: the nearest of " + means.size() + " classes' means of " + width + " features";
    }
}
