package unlearn4j.hdus;

/** What paper A's Table I asks of a framework. */
public enum Capability {
    /** After forgetting a client it is bit for bit one in which that client never was. */
    EXACT("exact unlearning"),
    /** It is as good as before sooner than one trained anew. */
    FAST_RECOVERY("recovers faster than re-training"),
    /** Those who stay have a usable model before the forgetting is done. */
    UNINTERRUPTED("uninterrupted service"),
    /** It forgets a client as a whole. */
    CLIENT_WISE("client-wise unlearning"),
    /** It keeps no earlier models and no updates. */
    NO_HISTORY("stores no model history"),
    /** Clients talk to each other, or to nobody; there is no server. The column's heading is lost in our copy of the paper. */
    NO_SERVER("no central server"),
    /** Clients may have models of different shapes. */
    HETEROGENEOUS("heterogeneous models");

    private final String words;

    Capability(String words) {
        this.words = words;
    }

    /** Returns it in words, as a table's heading. */
    public String words() {
        return words;
    }
}
