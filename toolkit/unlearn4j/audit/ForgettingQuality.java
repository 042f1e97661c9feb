package unlearn4j.audit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;

/**
 * Forgetting quality as in the NeurIPS 2023 challenge on unlearning (Triantafillou et al. 2024, arXiv 2406.09073): how far an
 * attacker can tell unlearned models from re-trained ones by what they say of an image to forget. For each image and each
 * threshold on the confidence, both ways, with shares FPR and FNR of wrong guesses, ε is the greater of log((1 − δ − FPR) / FNR)
 * and log((1 − δ − FNR) / FPR), δ = 0.01; without a wrong guess of either kind it is infinite, and without one of one kind the
 * threshold is passed over. The image scores 2 / 2ⁿ, where n is the bin, 0.5 wide and the last of 13 open, of its greatest ε.
 *
 * <p>The attacker knows the models that it is judged by, so even equal ones don't reach 1: the figure to hold this against is
 * that of re-trained models against as many others. The challenge had 512 of each; with few, ε is coarse.
 *
 * @param quality the mean score over the images, from 0 to 1, with its interval over images like these; the models are those that
 *     there are
 * @param models N, how many of each there were: a result is worth nothing without it
 */
public record ForgettingQuality(Interval quality, int models) {
    private static final double DELTA = 0.01;
    private static final double BIN = 0.5;
    private static final int BINS = 13;

    /** Makes a finding. */
    public ForgettingQuality {
        Check.given("quality", quality);
        Check.positive("models", models);
    }

    /**
     * Judges models by their confidence in the images' own labels, log p / (1 − p).
     *
     * @param unlearned N models that forgot, of different seeds
     * @param retrained as many that were re-trained, of different seeds
     * @param forgotten the images to forget
     * @throws IllegalArgumentException if the images do not fit a model
     * @throws unlearn4j.train.Interrupted if the thread is interrupted
     */
    public static ForgettingQuality of(List<Classifier> unlearned, List<Classifier> retrained, Images forgotten) {
        return of(said("unlearned", unlearned, forgotten), said("retrained", retrained, forgotten));
    }

    private static double[][] said(String name, List<Classifier> models, Images images) {
        return Check.notEmpty(name, models).stream()
                .map(model -> Membership.confidences(Evaluator.logits(model, images), images))
                .toArray(double[][]::new);
    }

    /**
     * Judges what models said.
     *
     * @param unlearned a row for each of N models that forgot, a score for each image in it; no NaN
     * @param retrained the same of as many that were re-trained
     * @throws IllegalArgumentException if they are not as many, or not of as many images
     */
    public static ForgettingQuality of(double[][] unlearned, double[][] retrained) {
        Check.allGiven("unlearned", unlearned);
        Check.allGiven("retrained", retrained);
        Check.that(
                unlearned.length == retrained.length && unlearned.length >= 2,
                "%d unlearned and %d re-trained models can't be told apart: have as many of each, 2 or more",
                unlearned.length,
                retrained.length);
        int images = unlearned[0].length;
        for (double[] row :
                List.of(unlearned, retrained).stream().flatMap(Arrays::stream).toList()) {
            Interval.checkScores("scores", row);
            Check.that(row.length == images, "%d scores are not those of %d images", row.length, images);
        }
        double[] scores = new double[images];
        for (int i = 0; i < images; i++) {
            int image = i;
            scores[i] = score(epsilon(
                    Arrays.stream(unlearned).mapToDouble(row -> row[image]).toArray(),
                    Arrays.stream(retrained).mapToDouble(row -> row[image]).toArray()));
        }
        return new ForgettingQuality(Interval.mean(scores).within(0, 1), unlearned.length);
    }

    private static double score(double epsilon) {
        int bin = (int) Math.min(BINS, 1 + Math.floor(epsilon / BIN));
        return 2 / Math.pow(2, bin);
    }

    private static double epsilon(double[] unlearned, double[] retrained) {
        double greatest = 0;
        for (double threshold : DoubleStream.concat(Arrays.stream(unlearned), Arrays.stream(retrained))
                .toArray()) {
            double ours = above(unlearned, threshold);
            double theirs = above(retrained, threshold);
            // Those above are taken for unlearned, or those that aren't.
            greatest = Math.max(greatest, Math.max(epsilon(theirs, 1 - ours), epsilon(1 - theirs, ours)));
        }
        return greatest;
    }

    private static double above(double[] scores, double threshold) {
        return (double) Membership.above(scores, threshold) / scores.length;
    }

    private static double epsilon(double falsePositives, double falseNegatives) {
        if (falsePositives == 0 && falseNegatives == 0) {
            return Double.POSITIVE_INFINITY;
        }
        if (falsePositives == 0 || falseNegatives == 0) {
            return 0;
        }
        return Math.max(
                Math.log(Math.max(0, 1 - DELTA - falsePositives) / falseNegatives),
                Math.log(Math.max(0, 1 - DELTA - falseNegatives) / falsePositives));
    }

    @Override
    public String toString() {
        return quality + " by " + models + " unlearned and as many re-trained models";
    }
}
