package unlearn4j.core;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/**
 * Checks of arguments. Each returns what it was given, or throws an {@link IllegalArgumentException} whose message is
 * one line: the name, the value, the rule, and where it helps the way out.
 */
public final class Check {
    private static final int LONGEST_LINE = 600;

    private Check() {}

    /**
     * Refuses with a message unless a rule holds.
     *
     * @param holds whether the rule holds
     * @param format a {@link String#format} pattern: the name, the value and the rule
     * @param values the pattern's values
     */
    public static void that(boolean holds, String format, Object... values) {
        if (!holds) {
            throw refusal(format, values);
        }
    }

    /**
     * Returns what {@link #that} throws, for a place that has to throw by itself.
     *
     * @param format a {@link String#format} pattern: the name, the value and the rule
     * @param values the pattern's values
     */
    public static IllegalArgumentException refusal(String format, Object... values) {
        return inOneLine(new IllegalArgumentException(line(String.format(Locale.ROOT, format, values))));
    }

    /**
     * Returns {@code error}, whose message says all there is to say. Thrown below a notebook's cell, its trace keeps
     * the cell's own lines alone, so that a reader sees the message and the line that caused it. Everywhere else it
     * keeps its whole trace. Its causes are treated alike.
     *
     * @param error an error of the caller's making: a wrong argument, a call out of turn, a file that cannot be had
     */
    public static <T extends Throwable> T inOneLine(T error) {
        if (StackWalker.getInstance().walk(frames -> frames.anyMatch(frame -> isCell(frame.getClassName())))) {
            for (Throwable each = error; each != null; each = each.getCause()) {
                each.setStackTrace(Arrays.stream(each.getStackTrace())
                        .filter(frame -> isCell(frame.getClassName()))
                        .toArray(StackTraceElement[]::new));
            }
        }
        return error;
    }

    /**
     * Returns a message as one line: a line break in it, from a file or a name that somebody gave, becomes a question mark,
     * and of one that is very long the middle is left out.
     */
    public static String line(String message) {
        String line = String.valueOf(message).replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
        return line.length() <= LONGEST_LINE
                ? line
                : line.substring(0, LONGEST_LINE / 2) + " … " + line.substring(line.length() - LONGEST_LINE / 4);
    }

    /** JShell wraps each snippet in a class of this package. */
    private static boolean isCell(String className) {
        return className.startsWith("REPL.$JShell$");
    }

    /** Returns {@code value}, which must be 1 or more. */
    public static int positive(String name, int value) {
        that(value > 0, "%s (%d) must be 1 or more", name, value);
        return value;
    }

    /** Returns {@code value}, which must be a finite number above 0. */
    public static double positive(String name, double value) {
        that(value > 0 && Double.isFinite(value), "%s (%s) must be a finite number above 0", name, value);
        return value;
    }

    /** Returns {@code value}, which must be a finite number, 0 or more. */
    public static double notNegative(String name, double value) {
        that(value >= 0 && Double.isFinite(value), "%s (%s) must be a finite number, 0 or more", name, value);
        return value;
    }

    /** Returns {@code value}, which must lie in [{@code from}, {@code below}). */
    public static double in(String name, double value, double from, double below) {
        that(value >= from && value < below, "%s (%s) must lie in [%s, %s)", name, value, from, below);
        return value;
    }

    /** Returns {@code value}, which must not be null. */
    public static <T> T given(String name, T value) {
        that(value != null, "%s must be given, not null", name);
        return value;
    }

    /** Returns {@code values}, which must hold at least one element, and no null. */
    public static <T extends Collection<?>> T notEmpty(String name, T values) {
        that(values != null && !values.isEmpty(), "%s must not be empty", name);
        return allGiven(name, values);
    }

    /** Returns {@code values}, perhaps none, which must not be null, nor hold null. */
    public static <T extends Collection<?>> T allGiven(String name, T values) {
        given(name, values).forEach(value -> that(value != null, "%s must hold no null", name));
        return values;
    }

    /** Returns {@code values}, perhaps none, which must not be null, nor hold null. */
    public static <T> T[] allGiven(String name, T[] values) {
        allGiven(name, Arrays.asList(given(name, values)));
        return values;
    }

    /** Returns {@code values}, perhaps none, which must not be null, nor hold null as a key or as a value. */
    public static <T extends Map<?, ?>> T allGiven(String name, T values) {
        allGiven(name, given(name, values).keySet());
        allGiven(name, values.values());
        return values;
    }
}
