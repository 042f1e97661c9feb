package unlearn4j.umig;

/** What a node is to a request to forget (paper B, §3.2). */
public enum Role {
    /** It was itself trained on some of what is to be forgotten, and did not inherit that. */
    DISCOVERY,
    /** It inherits all that it is to forget. */
    INHERITED,
    /** It has nothing to forget. */
    UNTOUCHED,
    /** Nobody knows: records of a lineage say nothing of it. A graph with its models always knows. */
    UNKNOWN
}
