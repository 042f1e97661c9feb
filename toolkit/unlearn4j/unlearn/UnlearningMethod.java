package unlearn4j.unlearn;

import unlearn4j.data.Labels;

/** A way to make a graph of models forget labels. */
public interface UnlearningMethod {

    /** Sets the labels to forget. */
    UnlearningMethod forget(Labels labels);

    /**
     * Forgets. Every node is updated, or none is.
     *
     * @return what was done, which can also undo it
     * @throws IllegalArgumentException if no labels were set, or no node learned one of them
     */
    UnlearningResult run();
}
