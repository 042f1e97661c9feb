package unlearn4j.umig;

/**
 * Which images count as a node's training data D_j: those that its model FIM is estimated on and that it is measured on.
 * Paper B says "training data for n_j" (§4.2) and "training data" (§5.1) and leaves open whose.
 */
public enum TrainingData {
    /**
     * What the node was itself trained on. An aggregated model was trained on nothing itself: what reached it counts. The
     * default, for a client that was never shown the others' images is no worse for it.
     */
    OWN_SHARD,
    /** What the node and all its ancestors were trained on. */
    ALL_THAT_REACHED
}
