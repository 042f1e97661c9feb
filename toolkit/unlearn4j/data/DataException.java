package unlearn4j.data;

import unlearn4j.core.Check;

/** Data that cannot be read. The message is one line: the file, what is wrong with it, and the way out. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception with that line. */
    public DataException(String message) {
        super(Check.line(message));
        Check.inOneLine(this);
    }

    /** Makes an exception with that line and what led to it. */
    public DataException(String message, Throwable cause) {
        super(Check.line(message), cause);
        Check.inOneLine(this);
    }
}
