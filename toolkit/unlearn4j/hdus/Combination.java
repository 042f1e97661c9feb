package unlearn4j.hdus;

/** What the models of an ensemble put in when their outputs are added up (paper A, Eq. 2). */
public enum Combination {
    /**
     * Softmax probabilities. A model that never saw a class then has no say for it; with logits it would have a veto, for
     * it has learned a strongly negative one.
     */
    PROBABILITIES,
    /** Logits, as they leave the head. */
    LOGITS
}
