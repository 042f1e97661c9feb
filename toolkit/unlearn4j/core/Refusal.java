package unlearn4j.core;

/**
 * What a method says to a request that it understands and cannot meet: γ selects no parameter, a framework has one network
 * for all. Nothing was changed. A comparison reports a refusal and goes on; any other exception is somebody's mistake and
 * ends it.
 */
public final class Refusal extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private Refusal(String message) {
        super(message);
    }

    /**
     * Returns a refusal.
     *
     * @param format a {@link String#format} pattern: what can't be done, why, and the way out, on one line
     * @param values the pattern's values
     */
    public static Refusal of(String format, Object... values) {
        return Check.inOneLine(new Refusal(Check.line(String.format(java.util.Locale.ROOT, format, values))));
    }

    /** Refuses unless a rule holds, as {@link #of} does. */
    public static void unless(boolean holds, String format, Object... values) {
        if (!holds) {
            throw of(format, values);
        }
    }
}
