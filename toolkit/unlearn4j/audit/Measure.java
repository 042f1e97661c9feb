package unlearn4j.audit;

import org.apache.commons.math3.stat.StatUtils;

/**
 * What one audit asks, the same of every network on the same images.
 *
 * @param name what tables call it
 * @param unit its unit; empty for a pure number
 * @param step the step in which it is counted, an image say; 0 if it isn't counted
 */
record Measure(String name, String unit, double step) {
    static final Measure STEPS = new Measure("steps to relearn", "steps", 1);
    static final Measure CKA = new Measure("CKA", "", 0);
    static final Measure JS = new Measure("JS", "nats", 0);
    static final Measure WEIGHTS = new Measure("weights", "", 0);

    /** Returns how many percent of so many images. */
    static Measure percent(String name, int images) {
        return new Measure(name, "%", 100.0 / Math.max(1, images));
    }

    /** Returns the mean of runs; its interval is cut where the measure's numbers end. */
    Interval mean(double... runs) {
        double most =
                switch (unit) {
                    case "%" -> 100;
                    case "nats" -> Math.log(2);
                    case "steps" -> Double.POSITIVE_INFINITY;
                    default -> equals(WEIGHTS) ? Double.POSITIVE_INFINITY : 1;
                };
        return Interval.mean(runs).within(0, most);
    }

    /** Returns the smallest gap that matters: 5 points, or 5 % of the range; of steps, a fifth of the re-trained model's. */
    double resolution(double[] retrained) {
        return switch (unit) {
            case "%" -> 5;
            case "nats" -> 0.05 * Math.log(2);
            case "steps" -> StatUtils.mean(retrained) / 5;
            default -> 0.05;
        };
    }
}
