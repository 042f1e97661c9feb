package unlearn4j.report;

/** A chart that knows the intervals of what it shows, which its whiskers are drawn from. */
public interface Intervals {
    /**
     * Returns where the intervals of a series' values begin, in the order of the values; NaN where there is none. Of a series
     * that was added to the chart by hand nothing is known: no numbers.
     */
    double[] low(String series);

    /** Returns where they end, as {@link #low} does. */
    double[] high(String series);
}
