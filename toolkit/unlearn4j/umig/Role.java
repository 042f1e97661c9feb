package unlearn4j.umig;

/** What a node is to a request to forget (paper B, §3.2). */
public enum Role {
    /** It learned some of the labels without inheriting them. */
    DISCOVERY,
    /** It inherits all it knows of the labels. */
    INHERITED,
    /** It knows none of the labels. */
    UNTOUCHED
}
