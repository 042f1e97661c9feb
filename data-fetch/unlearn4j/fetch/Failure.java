package unlearn4j.fetch;

/** Why a file can't be had from one place, in a few words; {@link Fetcher} says which file, from where, and what to do. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    enum Kind {
        /** The connection broke; at once it may work again. */
        BROKEN,
        /** There is nobody. */
        UNREACHABLE,
        /** What came, or would come, is not the file. */
        WRONG
    }

    Failure(Kind kind, String reason) {
        this(kind, reason, null);
    }

    Failure(Kind kind, String reason, Throwable cause) {
        super(reason, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
