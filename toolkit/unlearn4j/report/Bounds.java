package unlearn4j.report;

import java.util.Arrays;
import unlearn4j.core.Check;

/** The bounds of intervals, as bars and curves have them: a pair for each value, NaN where there is no interval. */
final class Bounds {
    private Bounds() {}

    static double[] none(double[] values) {
        double[] none = new double[values == null ? 0 : values.length];
        Arrays.fill(none, Double.NaN);
        return none;
    }

    static boolean any(double[] bounds) {
        return !Arrays.stream(bounds).allMatch(Double::isNaN);
    }

    static void check(String of, double[] values, double[] low, double[] high) {
        Check.given("low of " + of, low);
        Check.given("high of " + of, high);
        Check.that(
                low.length == values.length && high.length == values.length,
                "%s: there are %d values, %d lower and %d upper bounds: give as many of each",
                of,
                values.length,
                low.length,
                high.length);
        for (int i = 0; i < low.length; i++) {
            Check.that(
                    Double.isNaN(low[i]) && Double.isNaN(high[i])
                            || low[i] <= high[i] && Double.isFinite(low[i]) && Double.isFinite(high[i]),
                    "%s: interval %d from %s to %s must go upwards, or have NaN for both bounds",
                    of,
                    i,
                    low[i],
                    high[i]);
        }
    }
}
