package unlearn4j;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;

/** The errors that a user is to see: of the toolkit's own making, with a message of one line that names no class. */
public final class OneLine {
    private static final int LONGEST = 700;
    private static final int SHORTEST = 10;

    private OneLine() {}

    /** Returns whether an error is such a one. */
    public static boolean is(Throwable error) {
        boolean ours = error.getClass().getName().startsWith("unlearn4j.")
                || List.of(
                                IllegalArgumentException.class,
                                IllegalStateException.class,
                                CancellationException.class,
                                UncheckedIOException.class,
                                UnsupportedOperationException.class)
                        .contains(error.getClass());
        String message = error.getMessage();
        return ours
                && error.getStackTrace()[0].getClassName().startsWith("unlearn4j.")
                && message != null
                && message.length() > SHORTEST
                && message.length() < LONGEST
                && message.chars().noneMatch(Character::isISOControl)
                && !message.matches(".*(\\b(java|unlearn4j|ai\\.djl|com\\.google)\\.[a-zA-Z]|@[0-9a-f]{4,}).*");
    }
}
