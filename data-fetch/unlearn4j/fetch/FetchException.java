package unlearn4j.fetch;

import unlearn4j.core.Check;

/**
 * A file of a data set that can't be had or can't be read. The message is one line: which file, what is wrong, and the
 * way out.
 */
public final class FetchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception with that message; line breaks in it, from an archive's entry name say, become question marks. */
    public FetchException(String message) {
        this(message, null);
    }

    /** Makes an exception with that message and what led to it. */
    public FetchException(String message, Throwable cause) {
        super(Check.line(message), cause);
        Check.inOneLine(this);
    }
}
