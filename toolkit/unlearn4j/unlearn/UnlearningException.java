package unlearn4j.unlearn;

import unlearn4j.core.Check;

/** New weights could not be put into a node. The message says which nodes are old and which are new. */
public final class UnlearningException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception with that line. */
    UnlearningException(String message, Throwable cause) {
        super(message, cause);
        Check.inOneLine(this);
    }
}
