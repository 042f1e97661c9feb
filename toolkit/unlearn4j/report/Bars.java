package unlearn4j.report;

import java.util.Arrays;
import unlearn4j.core.Check;

/**
 * The bars of one colour in a chart, a bar for each category.
 *
 * @param name what the legend calls them
 * @param values a value for each category; finite, or NaN where it is missing
 * @param low where each value's interval begins; NaN, as its end is, where there is none
 * @param high where it ends
 */
public record Bars(String name, double[] values, double[] low, double[] high) {

    /** Makes the bars of one colour. */
    public Bars {
        Check.that(name != null && !name.isBlank(), "the bars' name (%s) must not be blank", name);
        Check.given("values of bars " + name, values);
        for (int i = 0; i < values.length; i++) {
            Check.that(
                    !Double.isInfinite(values[i]),
                    "bars %s: value %d (%s) must be a finite number, or NaN where it is missing",
                    name,
                    i,
                    values[i]);
        }
        Bounds.check("bars " + name, values, low, high);
        values = values.clone();
        low = low.clone();
        high = high.clone();
    }

    /** Makes the bars of one colour, without intervals. */
    public Bars(String name, double[] values) {
        this(name, values, Bounds.none(values), Bounds.none(values));
    }

    /** Returns the bars with an interval for each, drawn as a whisker. */
    public Bars within(double[] from, double[] to) {
        return new Bars(name, values, from, to);
    }

    /** Returns the bars of that name and those values. */
    public static Bars of(String name, double... values) {
        return new Bars(name, values);
    }

    @Override
    public String toString() {
        return name + " " + Arrays.toString(values);
    }
}
