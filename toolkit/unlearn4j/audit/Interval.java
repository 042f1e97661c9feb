package unlearn4j.audit;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import unlearn4j.core.Check;

/**
 * A number and its 95 % interval: of a hundred such intervals, about 95 hold what was to be measured.
 *
 * @param estimate the number; finite
 * @param low where the interval begins; NaN, as its end is, where there is none
 * @param high where it ends
 */
public record Interval(double estimate, double low, double high) {
    /** How often an interval holds what was to be measured. */
    static final double LEVEL = 0.95;

    private static final double Z = new NormalDistribution().inverseCumulativeProbability(0.5 + LEVEL / 2);

    /** Makes an interval. */
    public Interval {
        Check.that(Double.isFinite(estimate), "estimate (%s) must be a finite number", estimate);
        Check.that(
                Double.isNaN(low) && Double.isNaN(high) || low <= estimate && estimate <= high,
                "an interval from %s to %s must hold its estimate %s, or have NaN for both bounds",
                low,
                high,
                estimate);
    }

    /**
     * Returns the mean of runs, and what it would be over all seeds: Student's t with n − 1 degrees of freedom. One run has
     * no interval. The interval may leave what such numbers can be; {@link #within} cuts it.
     *
     * @param runs what each run measured, one or more finite numbers
     */
    public static Interval mean(double... runs) {
        return mean(runs, 0);
    }

    /** Returns the mean of runs that vary no less than that. */
    static Interval mean(double[] runs, double least) {
        checkNumbers("runs", runs);
        double mean = StatUtils.mean(runs);
        double variance = StatUtils.variance(runs, mean);
        Check.that(
                Double.isFinite(mean) && Double.isFinite(variance),
                "runs up to %s are too large to average",
                StatUtils.max(runs));
        if (runs.length == 1) {
            return new Interval(mean, Double.NaN, Double.NaN);
        }
        double half = Math.sqrt(Math.max(least, variance) / runs.length)
                * new TDistribution(null, runs.length - 1).inverseCumulativeProbability(0.5 + LEVEL / 2);
        return new Interval(mean, mean - half, mean + half);
    }

    /**
     * Returns a percentage, and what it would be among all images like these: Wilson's score interval (Wilson 1927), which
     * stays within 0 and 100 and is none too narrow where all or none are right.
     *
     * @param these how many of them
     * @param all how many there were, 1 or more
     */
    public static Interval percentage(int these, int all) {
        Check.positive("all", all);
        Check.that(these >= 0 && these <= all, "these (%d) must be from 0 to the %d of all", these, all);
        ConfidenceInterval wilson = new WilsonScoreInterval().createInterval(all, these, LEVEL);
        double share = 100.0 * these / all;
        // Rounding may leave the bound at 0 or at all a hair within.
        return new Interval(
                share, Math.min(share, 100 * wilson.getLowerBound()), Math.max(share, 100 * wilson.getUpperBound()));
    }

    /**
     * Returns the area under the receiver's curve: how often one of these has a higher score than one of the others, ties
     * counted half; from 0 to 1, 0.5 where the scores say nothing. The interval turns the variance of Hanley and McNeil (1982)
     * into a score interval, method 5 of Newcombe (2006): it stays within 0 and 1, and has a width where the area is 1.
     *
     * @param these scores that ought to be high, one or more, no NaN
     * @param others scores that ought to be low, one or more, no NaN
     */
    public static Interval area(double[] these, double[] others) {
        checkScores("these", these);
        checkScores("others", others);
        double[] all = Arrays.copyOf(these, these.length + others.length);
        System.arraycopy(others, 0, all, these.length, others.length);
        double[] ranks = new NaturalRanking().rank(all);
        double sum = 0;
        for (int i = 0; i < these.length; i++) {
            sum += ranks[i];
        }
        double pairs = (double) these.length * others.length;
        double area = Math.max(0, Math.min(1, (sum - these.length * (these.length + 1.0) / 2) / pairs));
        double half = (these.length + others.length) / 2.0 - 1;
        return new Interval(area, bound(area, pairs, half, 0), bound(area, pairs, half, 1));
    }

    /** Returns the true area, towards 0 or 1, from which the one that was found is just as far as chance goes. */
    private static double bound(double area, double pairs, double half, double towards) {
        if (area == towards) {
            return towards;
        }
        // An area of 0 or 1 is itself a root: chance leaves it no room.
        double start = Math.max(1e-9, Math.min(1 - 1e-9, area));
        return new BrentSolver(1e-12)
                .solve(
                        200,
                        truth -> {
                            double variance = truth
                                    * (1 - truth)
                                    * (1 + half * (1 - truth) / (2 - truth) + half * truth / (1 + truth))
                                    / pairs;
                            return Math.abs(area - truth) - Z * Math.sqrt(variance);
                        },
                        Math.min(start, towards),
                        Math.max(start, towards));
    }

    static void checkNumbers(String name, double... values) {
        Check.that(Check.given(name, values).length > 0, "%s must not be empty", name);
        for (double value : values) {
            Check.that(Double.isFinite(value), "%s must be finite numbers, not %s", name, value);
        }
    }

    static void checkScores(String name, double... values) {
        Check.that(Check.given(name, values).length > 0, "%s must not be empty", name);
        for (double value : values) {
            Check.that(!Double.isNaN(value), "%s must hold no NaN", name);
        }
    }

    /**
     * Returns the number with its interval cut where such numbers end, at 0 and 100 for a percentage: Student's t knows no
     * bounds. The interval holds its estimate still.
     *
     * @param least the least that such a number can be
     * @param most the most
     */
    public Interval within(double least, double most) {
        Check.that(least <= most, "least (%s) must be no more than most (%s)", least, most);
        return known()
                ? new Interval(
                        estimate, Math.min(estimate, Math.max(least, low)), Math.max(estimate, Math.min(most, high)))
                : this;
    }

    /** Returns whether there is an interval; of one run there is none. */
    public boolean known() {
        return !Double.isNaN(low);
    }

    /** Returns whether a number lies within; where there is no interval, none does. */
    public boolean holds(double value) {
        return value >= low && value <= high;
    }

    /** Returns the number with its interval, to the digits that the interval leaves sure: {@code 43.0 (38.1 to 47.9)}. */
    @Override
    public String toString() {
        if (!known()) {
            return String.format(Locale.ROOT, Math.abs(estimate) < 1 ? "%.3f" : "%.1f", estimate)
                    + " (no interval: one run)";
        }
        double width = (high - low) / 2;
        int decimals = width > 0 ? (int) Math.max(1, Math.min(6, 1 - Math.floor(Math.log10(width)))) : 1;
        String number = "%." + decimals + "f";
        return String.format(Locale.ROOT, number + " (" + number + " to " + number + ")", estimate, low, high);
    }
}
