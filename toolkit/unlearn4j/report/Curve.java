package unlearn4j.report;

import unlearn4j.core.Check;

/**
 * A line of a chart.
 *
 * @param name what the legend calls it
 * @param x the places, epochs say; finite, never falling
 * @param y the value at each place; finite
 * @param low where each value's interval begins; NaN, as its end is, where there is none
 * @param high where it ends
 */
public record Curve(String name, double[] x, double[] y, double[] low, double[] high) {

    /** Makes a curve of one point or more. */
    public Curve {
        Check.that(name != null && !name.isBlank(), "a curve's name (%s) must not be blank", name);
        Check.that(x != null && y != null, "curve %s must have places and values, not null", name);
        Check.that(
                x.length == y.length,
                "curve %s has %d places and %d values: give as many of each",
                name,
                x.length,
                y.length);
        Check.that(x.length > 0, "curve %s must have a point", name);
        for (int i = 0; i < x.length; i++) {
            Check.that(Double.isFinite(x[i]), "curve %s: place %d (%s) must be a finite number", name, i, x[i]);
            Check.that(Double.isFinite(y[i]), "curve %s: value %d (%s) must be a finite number", name, i, y[i]);
            Check.that(
                    i == 0 || x[i] >= x[i - 1],
                    "curve %s: place %d (%s) must not lie before the one before it (%s)",
                    name,
                    i,
                    x[i],
                    x[Math.max(0, i - 1)]);
        }
        Bounds.check("curve " + name, y, low, high);
        x = x.clone();
        y = y.clone();
        low = low.clone();
        high = high.clone();
    }

    /** Makes a curve without intervals. */
    public Curve(String name, double[] x, double[] y) {
        this(name, x, y, Bounds.none(y), Bounds.none(y));
    }

    /** Returns the curve with an interval for each value, drawn as a whisker. */
    public Curve within(double[] from, double[] to) {
        return new Curve(name, x, y, from, to);
    }

    /** Returns a curve with its values at 1, 2, 3 and so on, as an epoch's accuracies are. */
    public static Curve of(String name, double... y) {
        Check.given("values of curve " + name, y);
        double[] x = new double[y.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = i + 1;
        }
        return new Curve(name, x, y);
    }

    @Override
    public String toString() {
        return name + ", " + x.length + " points";
    }
}
