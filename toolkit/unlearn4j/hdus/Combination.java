package unlearn4j.hdus;

import java.util.Locale;

/** What the models of an ensemble put in when their outputs are added up (paper A, Eq. 2). */
public enum Combination {
    /**
     * Softmax probabilities. A model that never saw a class then has no say for it; with logits it would have a veto, for
     * it has learned a strongly negative one.
     */
    PROBABILITIES,
    /**
     * Softmax probabilities, where a model abstains on the classes of which its client never had an image: a class is
     * averaged over the models that know it, weighted as in Eq. 2, and is improbable (0) if none does. Rows are scaled to
     * add up to 1.
     */
    KNOWN_CLASSES,
    /** Logits, as they leave the head. */
    LOGITS;

    /** Returns it in words, as a table or a legend has it. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
