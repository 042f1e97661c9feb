package unlearn4j.train;

import unlearn4j.core.Check;

/** Training that cannot go on. The message is one line: where, what, and the way out. */
public final class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception with that line. */
    public TrainingException(String message) {
        super(message);
        Check.inOneLine(this);
    }
}
