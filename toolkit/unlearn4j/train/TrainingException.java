package unlearn4j.train;

import java.util.Locale;
import unlearn4j.core.Check;

/** Training that cannot go on. The message is one line: where, what, and the way out. */
public final class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception with that line. */
    public TrainingException(String message) {
        super(message);
        Check.inOneLine(this);
    }

    /** Refuses a number of a step that is none any more. */
    static void checkFinite(
            String what, double value, Classifier model, int epochsDone, double rate, TrainingConfig config) {
        if (!Double.isFinite(value)) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "the %s of %s became %s in epoch %d at a learning rate "
                            + "of %.3g: try a lower learningRate (%s now); the network is as it was after epoch %d",
                    what,
                    model.spec().name(),
                    value,
                    epochsDone + 1,
                    rate,
                    config.learningRate(),
                    epochsDone));
        }
    }
}
