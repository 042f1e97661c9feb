package unlearn4j.ledger;

import unlearn4j.experiment.Measurement;

/** What of ours stands beside a number of the paper. */
enum Variant {
    /** The same approach as the paper's: an original, a re-trained model, a baseline, all of paper A. */
    MEASURED("measured", ""),
    /** FIUn by Eq. 3 to 6 and Table 8. */
    PRINTED("as printed", "FIUn paper()"),
    /** FIUn by the authors' scripts. */
    PUBLISHED("as published", "FIUn published()"),
    /** FIUn by this toolkit's own rule. */
    OURS("ours", "FIUn tempered()"),
    /** No Fisher information at all. */
    CONTROL("control", "HeadMask");

    /** What the paper's tables call FIUn. */
    static final String FIUN = "fiun";

    final String title;
    private final String approach;

    Variant(String title, String approach) {
        this.title = title;
        this.approach = approach;
    }

    /** Returns what a measurement is; null for one of our own that no column of the ledger shows. */
    static Variant of(Measurement one) {
        for (Variant variant : values()) {
            if (!variant.approach.isEmpty() && one.text("approach").equals(variant.approach)) {
                return variant;
            }
        }
        return one.text("method").equals(FIUN) ? null : MEASURED;
    }

    /** Returns what the paper's tables call the approach of a measurement. */
    static String approach(Measurement one) {
        return of(one) == CONTROL ? FIUN : one.text("method");
    }
}
