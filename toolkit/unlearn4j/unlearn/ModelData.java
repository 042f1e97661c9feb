package unlearn4j.unlearn;

import unlearn4j.umig.Role;

/**
 * Which of a node's training data D_j its model FIM F_j is of (paper B, Eq. 4). The paper says "training data for n_j"
 * (§4.2.2) and leaves open whether what is to be forgotten still counts.
 */
public enum ModelData {
    /** All of it, with what is to be forgotten: F_j can be computed before anybody asks (§4.4.2). */
    ALL,
    /**
     * All of it at discovery nodes, and without what is to be forgotten at nodes that inherit it. So do the scripts that
     * paper B's authors published, where an heir is of a client whose loader has lost the labels by then.
     */
    RETAINED_AT_HEIRS,
    /**
     * What the node is to keep. F̂/F then compares what is to be forgotten with the rest, but F_j depends on the request and
     * is no longer there before it: it counts among the seconds.
     */
    RETAINED;

    /** Returns whether a node's model FIM is of what it is to keep alone. */
    boolean isOfRetained(Role role) {
        return this == RETAINED || this == RETAINED_AT_HEIRS && role != Role.DISCOVERY;
    }
}
