package unlearn4j.train;

import unlearn4j.core.Check;

/** A computation stopped because its thread was interrupted. What it leaves is said in the message. */
public final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception with that line. */
    public Interrupted(String message) {
        super(message);
        Check.inOneLine(this);
    }

    /**
     * Throws if this thread was interrupted. The flag stays set, for the caller's caller.
     *
     * @param left what the computation leaves behind
     */
    public static void check(String left) {
        if (Thread.currentThread().isInterrupted()) {
            throw new Interrupted("interrupted: " + left);
        }
    }
}
