package unlearn4j.audit;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.BlockRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.StatUtils;
import unlearn4j.core.Check;
import unlearn4j.train.Features;
import unlearn4j.train.Outputs;
import unlearn4j.train.Weights;

/**
 * How far two networks lie apart. None of these is 0 between two trainings of one kind: what a distance to the re-trained
 * model means is told by the distance between two re-trained models of different seeds.
 */
public final class Distance {
    private Distance() {}

    /**
     * Returns how alike the geometry of two networks' features is: linear centred kernel alignment, CKA = ‖YᵀX‖²_F /
     * (‖XᵀX‖_F ‖YᵀY‖_F) of centred features (Kornblith et al. 2019, Eq. 3), from 0 to 1. Turning the features or scaling all
     * of them by one number changes nothing. Of p and q features of N images that are independent noise it is not 0 but about
     * √(pq / ((N + p)(N + q))): take many images.
     *
     * @param one what one network makes of the images
     * @param other what the other makes of the same images, in the same order; perhaps of another width
     * @throws IllegalArgumentException if the images are others, or the features of all images are equal
     */
    public static double cka(Features one, Features other) {
        checkSame(Check.given("one", one), Check.given("other", other));
        RealMatrix x = centred(one);
        RealMatrix y = centred(other);
        double both = norm(x, x) * norm(y, y);
        Check.that(
                both > 0 && both < Double.POSITIVE_INFINITY,
                "the features of all %d images are equal, or not finite: there is nothing to align",
                one.images().size());
        return Math.min(1, Math.pow(norm(x, y), 2) / both);
    }

    /** Returns ‖ABᵀ‖_F. */
    private static double norm(RealMatrix a, RealMatrix b) {
        return a.multiply(b.transpose()).getFrobeniusNorm();
    }

    private static void checkSame(Features one, Features other) {
        boolean same = one.images().size() == other.images().size();
        for (int i = 0; same && i < one.images().size(); i++) {
            same = one.images().row(i) == other.images().row(i);
        }
        Check.that(
                same,
                "features of %d images of %s and of %d of %s are not of the same images: take both of the same",
                one.images().size(),
                one.images().name(),
                other.images().size(),
                other.images().name());
    }

    /** Returns a row for each feature, its values for all images less their mean. */
    private static RealMatrix centred(Features features) {
        int width = features.width();
        RealMatrix rows = new BlockRealMatrix(width, features.images().size());
        for (int j = 0; j < width; j++) {
            int column = j;
            double[] values = IntStream.range(0, features.images().size())
                    .mapToDouble(i -> features.values()[i * width + column])
                    .toArray();
            rows.setRow(
                    j,
                    new ArrayRealVector(values, false)
                            .mapSubtract(StatUtils.mean(values))
                            .toArray());
        }
        return rows;
    }

    /**
     * Returns the Kullback-Leibler divergence of what two networks say, KL(P‖Q), the mean over the images, in nats: 0 where they
     * say the same; infinite where Q rules out a class, by a mask say, that P doesn't.
     *
     * @param p logits
     * @param q logits for the same images, in the same order, one or more
     */
    public static double kl(Outputs p, Outputs q) {
        checkSame(p, q);
        double sum = 0;
        for (int row = 0; row < p.values().length; row += p.classes()) {
            sum += divergence(logShares(p, row), logShares(q, row));
        }
        return sum / p.size();
    }

    /**
     * Returns the Jensen-Shannon divergence of what two networks say, the mean over the images, in nats: from 0, where they say
     * the same, to log 2 ≈ 0.693; the same both ways (Lin 1991).
     *
     * @param p logits
     * @param q logits for the same images, in the same order, one or more
     */
    public static double js(Outputs p, Outputs q) {
        checkSame(p, q);
        double sum = 0;
        for (int row = 0; row < p.values().length; row += p.classes()) {
            double[] left = logShares(p, row);
            double[] right = logShares(q, row);
            double[] middle = new double[left.length];
            for (int k = 0; k < middle.length; k++) {
                middle[k] = Math.log((Math.exp(left[k]) + Math.exp(right[k])) / 2);
            }
            sum += (divergence(left, middle) + divergence(right, middle)) / 2;
        }
        return sum / p.size();
    }

    private static void checkSame(Outputs p, Outputs q) {
        Check.given("p", p);
        Check.given("q", q);
        Check.that(
                p.size() == q.size() && p.classes() == q.classes() && p.size() > 0,
                "outputs for %d images of %d classes can't be compared with those for %d of %d: take the same images, one "
                        + "or more",
                p.size(),
                p.classes(),
                q.size(),
                q.classes());
    }

    private static double divergence(double[] p, double[] q) {
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            sum += p[k] == Double.NEGATIVE_INFINITY ? 0 : Math.exp(p[k]) * (p[k] - q[k]);
        }
        return Math.max(0, sum);
    }

    private static double[] logShares(Outputs logits, int row) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < logits.classes(); k++) {
            highest = Math.max(highest, logits.values()[row + k]);
        }
        double sum = 0;
        for (int k = 0; k < logits.classes(); k++) {
            sum += Math.exp(logits.values()[row + k] - highest);
        }
        double[] shares = new double[logits.classes()];
        for (int k = 0; k < shares.length; k++) {
            shares[k] = logits.values()[row + k] - highest - Math.log(sum);
        }
        return shares;
    }

    /**
     * Returns how far one network's weights lie from another's, as a share of the other's length: ‖w − v‖ / ‖v‖; 0 where
     * they are the same. Running means and variances count; a bias of −∞, which masks a label, doesn't.
     *
     * @throws IllegalArgumentException if they are of different architectures
     */
    public static double weights(Weights from, Weights to) {
        List<float[]> w = Check.given("from", from).copy();
        List<float[]> v = Check.given("to", to).copy();
        boolean same = w.size() == v.size();
        for (int i = 0; same && i < w.size(); i++) {
            same = w.get(i).length == v.get(i).length;
        }
        Check.that(
                same,
                "weights of different architectures, %d and %d numbers, have no distance: compare copies of one network",
                from.size(),
                to.size());
        double apart = 0;
        double length = 0;
        for (int i = 0; i < w.size(); i++) {
            for (int l = 0; l < w.get(i).length; l++) {
                double difference = (double) w.get(i)[l] - v.get(i)[l];
                boolean masks = Float.isInfinite(w.get(i)[l]) || Float.isInfinite(v.get(i)[l]);
                apart += masks ? 0 : difference * difference;
                length += masks ? 0 : (double) v.get(i)[l] * v.get(i)[l];
            }
        }
        return apart == 0 ? 0 : Math.sqrt(apart / length);
    }
}
