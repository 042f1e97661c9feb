package unlearn4j.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import unlearn4j.core.Check;

/**
 * How far two things lie apart that were measured over the same seeds.
 *
 * @param interval the mean difference, and where it would lie over all seeds
 * @param p how often chance alone would set two equal things as far apart, from 0 to 1; NaN for one run
 */
public record Difference(Interval interval, double p) {

    /** Makes a difference. */
    public Difference {
        Check.given("interval", interval);
        Check.that(Double.isNaN(p) || p >= 0 && p <= 1, "p (%s) must be from 0 to 1, or NaN for one run", p);
    }

    /**
     * Compares seed by seed: what the seeds have in common, an easy split say, drops out. The interval and p are Student's,
     * of the differences.
     *
     * @param these what one thing measured, seed by seed; finite
     * @param those what the other did, in the same order
     * @throws IllegalArgumentException if they are not as many
     */
    public static Difference of(double[] these, double[] those) {
        return of(these, those, 0);
    }

    /**
     * Compares what is counted in steps, an image of so many say. Three runs may differ by just one image each, and an estimate
     * of their spread is 0; it can't be less than that of two roundings, step² / 6 (Sheppard 1898).
     *
     * @param these what one thing measured, seed by seed; finite
     * @param those what the other did, in the same order
     * @param step the step, 0 or more
     * @throws IllegalArgumentException if they are not as many
     */
    public static Difference of(double[] these, double[] those, double step) {
        Interval.checkNumbers("these", these);
        Interval.checkNumbers("those", those);
        Check.notNegative("step", step);
        Check.that(
                these.length == those.length,
                "%d runs and %d are not of the same seeds: leave out a seed that only one has",
                these.length,
                those.length);
        double[] apart = IntStream.range(0, these.length)
                .mapToDouble(i -> these[i] - those[i])
                .toArray();
        Interval interval = Interval.mean(apart, step * step / 6);
        return new Difference(interval, p(interval.estimate(), apart, step * step / 6));
    }

    private static double p(double mean, double[] apart, double least) {
        if (apart.length == 1) {
            return Double.NaN;
        }
        double error = Math.sqrt(Math.max(least, StatUtils.variance(apart, mean)) / apart.length);
        if (error == 0) {
            return mean == 0 ? 1 : 0;
        }
        return Math.min(
                1, 2 * new TDistribution(null, apart.length - 1).cumulativeProbability(-Math.abs(mean / error)));
    }

    /**
     * Returns these, each p made as large as it must be for so many to be looked at: with Holm's correction (Holm 1979), the
     * chance that any p of equal things is 0.05 or less is 5 % for all of them together. The intervals stay, each by itself.
     * One without p counts for none.
     */
    public static List<Difference> corrected(List<Difference> compared) {
        List<Difference> corrected = new ArrayList<>(Check.allGiven("compared", compared));
        List<Integer> order = IntStream.range(0, compared.size())
                .filter(i -> !Double.isNaN(compared.get(i).p))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> compared.get(i).p))
                .toList();
        double most = 0;
        for (int rank = 0; rank < order.size(); rank++) {
            Difference one = compared.get(order.get(rank));
            most = Math.max(most, Math.min(1, one.p * (order.size() - rank)));
            corrected.set(order.get(rank), new Difference(one.interval, most));
        }
        return List.copyOf(corrected);
    }

    @Override
    public String toString() {
        return Double.isNaN(p) ? interval.toString() : interval + String.format(Locale.ROOT, ", p %.3f", p);
    }
}
