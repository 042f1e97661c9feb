package unlearn4j.core;

import java.util.Locale;

/**
 * How fast a computation goes and how long it has left, in words.
 *
 * @param task what is computed
 * @param total units in all, 0 if unknown
 * @param unit the unit's name, {@code "B"} for bytes
 */
public record Pace(String task, long total, String unit) {

    /** Makes a pace. */
    public Pace {
        Check.given("task", task);
        Check.given("unit", unit);
    }

    /**
     * Returns one line: task, share done, rate, time left.
     *
     * @param done units done
     * @param seconds seconds since the start
     */
    public String line(long done, double seconds) {
        StringBuilder line = new StringBuilder(task);
        if (total > 0) {
            line.append(String.format(Locale.ROOT, "  %d %%", Math.min(100, 100 * done / total)));
        } else {
            line.append("  ").append(amount(done));
        }
        if (seconds > 0 && done > 0) {
            double rate = done / seconds;
            line.append("  ").append(amount(Math.round(rate))).append("/s");
            if (total > done) {
                line.append("  ").append(duration((total - done) / rate)).append(" left");
            }
        }
        return line.toString();
    }

    /** Returns the line of a computation that has ended: task, units, time taken. */
    public String finished(long done, double seconds) {
        return task + "  " + amount(done) + " in " + duration(seconds);
    }

    private String amount(long units) {
        if (!unit.equals("B")) {
            return String.format(Locale.ROOT, "%,d %s", units, unit);
        }
        return units < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", units / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", units / 1e6);
    }

    /** Returns a span of time as a person says it: {@code 0.4 s}, {@code 12 s}, {@code 3 min 05 s}, {@code 2 h 10 min}. */
    public static String duration(double seconds) {
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
        }
        return String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }
}
