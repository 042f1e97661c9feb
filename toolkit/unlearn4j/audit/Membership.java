package unlearn4j.audit;

import java.util.Arrays;
import java.util.function.Function;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.BinomialDistribution;
import unlearn4j.core.Check;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Outputs;

/**
 * Membership inference: whether a network was trained on an image, told from a score of the image alone. Of images to forget
 * the measure is a re-trained model's, not 0: an area below 0.5 says that the images stand out as ill known, and so can be
 * told as well.
 *
 * @param area how often a member has a higher score than another image, from 0 to 1; see {@link Interval#area}
 * @param found how many percent of the members are told where 1 % of the others are taken for members (Carlini et al. 2022).
 *     Its interval counts the doubt about where that threshold lies too, and begins at 0 with fewer than 437 others
 */
public record Membership(Interval area, Interval found) {
    /** The share of others that may be taken for members. */
    private static final double FALSE_ALARMS = 0.01;

    /** Makes a finding. */
    public Membership {
        Check.given("area", area);
        Check.given("found", found);
    }

    /**
     * Judges scores, the higher the more like a member's: {@code Membership.of(scoresOfMembers, scoresOfOthers)}.
     *
     * @param members scores of images that the network was trained on, one or more, no NaN
     * @param others scores of images of the same kind that it was not trained on, one or more, no NaN
     */
    public static Membership of(double[] members, double[] others) {
        return new Membership(Interval.area(members, others), found(members, others));
    }

    /**
     * The true threshold lies, with 97.5 % each, between two of the others' scores; the members above each have an exact
     * interval of 97.5 % (Clopper and Pearson 1934); so both hold with 95 %.
     */
    private static Interval found(double[] members, double[] others) {
        double[] sorted = others.clone();
        Arrays.sort(sorted);
        double doubt = (1 - Interval.LEVEL) / 2;
        BinomialDistribution above = new BinomialDistribution(null, others.length, FALSE_ALARMS);
        int fewest = above.inverseCumulativeProbability(doubt / 2);
        int most = above.inverseCumulativeProbability(1 - doubt / 2);
        int told = above(members, threshold(sorted, (int) (FALSE_ALARMS * others.length)));
        // Where perhaps none of the others is above it, it may lie anywhere above them.
        int least = fewest == 0 ? 0 : above(members, threshold(sorted, fewest - 1));
        int greatest = above(members, threshold(sorted, most));
        int n = members.length;
        // The library's own Clopper-Pearson interval refuses n of n.
        double low = least == 0
                ? 0
                : 100 * new BetaDistribution(null, least, n - least + 1).inverseCumulativeProbability(doubt / 2);
        double high = greatest == n
                ? 100
                : 100
                        * new BetaDistribution(null, greatest + 1, n - greatest)
                                .inverseCumulativeProbability(1 - doubt / 2);
        double share = 100.0 * told / n;
        return new Interval(share, Math.min(low, share), Math.max(high, share));
    }

    /** Returns the score that so many of the others exceed at most. */
    private static double threshold(double[] sorted, int exceeding) {
        return exceeding >= sorted.length ? Double.NEGATIVE_INFINITY : sorted[sorted.length - 1 - exceeding];
    }

    static int above(double[] scores, double threshold) {
        return (int) Arrays.stream(scores).filter(score -> score > threshold).count();
    }

    /**
     * Attacks by the loss: the lower an image's cross entropy, the more like a member (Yeom et al. 2018).
     *
     * @param members images that the network was trained on
     * @param others images of the same kind that it was not trained on
     * @throws IllegalArgumentException if the images do not fit the network
     * @throws unlearn4j.train.Interrupted if the thread is interrupted
     */
    public static Membership byLoss(Classifier model, Images members, Images others) {
        return of(
                confidences(Evaluator.logits(model, members), members),
                confidences(Evaluator.logits(model, others), others));
    }

    /**
     * Attacks whatever answers with probabilities by the loss, an ensemble say:
     * {@code Membership.byLoss(images -> network.outputs("client-1", images), members, others)}.
     *
     * @param answers what it says of images: probabilities
     * @param members images that it may have learned from
     * @param others images of the same kind that it did not learn from
     * @throws IllegalArgumentException if it says anything but probabilities: logits of several networks added up are no loss
     */
    public static Membership byLoss(Function<Images, Outputs> answers, Images members, Images others) {
        Check.given("answers", answers);
        return of(
                confidences(logarithms(answers.apply(Check.given("members", members))), members),
                confidences(logarithms(answers.apply(Check.given("others", others))), others));
    }

    private static Outputs logarithms(Outputs shares) {
        float[] logs = new float[Check.given("answer", shares).values().length];
        for (int i = 0; i < logs.length; i++) {
            float share = shares.values()[i];
            Check.that(
                    share >= 0 && share <= 1.001f,
                    "an answer (%s) is no probability: let the framework add up probabilities, not logits",
                    share);
            logs[i] = (float) Math.log(share);
        }
        return new Outputs(shares.classes(), logs);
    }

    /**
     * Attacks by a logistic regression on how sure the network is: the confidence in the image's label, log p / (1 − p), that
     * in the likeliest label, and the entropy of all (Salem et al. 2019). The attacker knows the membership of half of the
     * images, drawn at random, and tells that of the other half; what is reported is of those alone.
     *
     * @param members images that the network was trained on, 2 or more
     * @param others images of the same kind that it was not trained on, 2 or more
     * @param seed which half the attacker knows
     * @throws IllegalArgumentException if the images do not fit the network
     * @throws unlearn4j.train.Interrupted if the thread is interrupted
     */
    public static Membership bySureness(Classifier model, Images members, Images others, long seed) {
        double[][] in = sureness(Evaluator.logits(model, members), members);
        double[][] out = sureness(Evaluator.logits(model, others), others);
        Check.that(
                in.length >= 2 && out.length >= 2,
                "%d members and %d others have no halves to learn from: take 2 of each or more",
                in.length,
                out.length);
        double[][] knownIn = half(in, seed, "members", true);
        double[][] knownOut = half(out, seed, "others", true);
        double[][] rows = Arrays.copyOf(knownIn, knownIn.length + knownOut.length);
        System.arraycopy(knownOut, 0, rows, knownIn.length, knownOut.length);
        boolean[] member = new boolean[rows.length];
        Arrays.fill(member, 0, knownIn.length, true);
        LogisticRegression learned = LogisticRegression.of(rows, member);
        return of(learned.scores(half(in, seed, "members", false)), learned.scores(half(out, seed, "others", false)));
    }

    private static double[][] half(double[][] rows, long seed, String of, boolean first) {
        int[] order = Seed.of(seed).child("membership").child(of).permutation(rows.length);
        int middle = rows.length / 2;
        return Arrays.stream(order, first ? 0 : middle, first ? middle : rows.length)
                .mapToObj(i -> rows[i])
                .toArray(double[][]::new);
    }

    /**
     * Returns the confidence in each image's own label, log p / (1 − p) of Carlini et al. 2022: it rises as the loss falls, and
     * where p is 1 to all digits still tells images apart. Of a label that is masked it is −∞.
     */
    static double[] confidences(Outputs logits, Images images) {
        double[] scores = new double[images.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = confidence(logits, i, images.label(i));
        }
        return scores;
    }

    private static double confidence(Outputs logits, int image, int label) {
        int row = image * logits.classes();
        double highest = Double.NEGATIVE_INFINITY;
        for (int other = 0; other < logits.classes(); other++) {
            highest = other == label ? highest : Math.max(highest, logits.values()[row + other]);
        }
        double own = logits.values()[row + label];
        if (own == Double.NEGATIVE_INFINITY || highest == Double.NEGATIVE_INFINITY) {
            return own == highest ? 0 : own == Double.NEGATIVE_INFINITY ? own : Double.POSITIVE_INFINITY;
        }
        double rest = 0;
        for (int other = 0; other < logits.classes(); other++) {
            rest += other == label ? 0 : Math.exp(logits.values()[row + other] - highest);
        }
        return own - highest - Math.log(rest);
    }

    private static double[][] sureness(Outputs logits, Images images) {
        double[][] rows = new double[images.size()][];
        Outputs shares = logits.softmax(1);
        for (int i = 0; i < rows.length; i++) {
            double entropy = 0;
            for (int label = 0; label < logits.classes(); label++) {
                double share = shares.values()[i * logits.classes() + label];
                entropy -= share > 0 ? share * Math.log(share) : 0;
            }
            rows[i] = new double[] {
                bounded(confidence(logits, i, images.label(i))),
                bounded(confidence(logits, i, logits.predicted(i))),
                entropy
            };
        }
        return rows;
    }

    /** A regression needs finite numbers; beyond ±50 nothing is less sure. */
    static double bounded(double confidence) {
        return Math.max(-50, Math.min(50, confidence));
    }

    @Override
    public String toString() {
        return "AUC " + area + ", of members found at 1 % false alarms " + found + " %";
    }
}
