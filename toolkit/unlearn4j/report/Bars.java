package unlearn4j.report;

import java.util.Arrays;
import unlearn4j.core.Check;

/**
 * The bars of one colour in a chart, a bar for each category.
 *
 * @param name what the legend calls them
 * @param values a value for each category; finite, or NaN where it is missing
 */
public record Bars(String name, double[] values) {

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
        values = values.clone();
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
