package unlearn4j.umig;

import java.util.List;
import unlearn4j.core.Check;

/**
 * What a graph has been made to forget, as {@code past.json} has it; there is no such file of a graph as it was trained. The
 * weights that training left are not kept with it: they know what was to be forgotten.
 *
 * @param version of the file's form
 * @param forgotten by what and what, in order
 */
record SavedPast(int version, List<String> forgotten) {
    private static final int VERSION = 1;

    static SavedPast of(Past past) {
        return new SavedPast(VERSION, past.words());
    }

    /** Refuses what no past says. */
    void check() {
        Check.that(
                version == VERSION,
                "it is of version %d and this toolkit reads version %d: load the graph with the toolkit that saved it",
                version,
                VERSION);
        Check.that(
                forgotten != null && forgotten.stream().noneMatch(words -> words == null || words.isBlank()),
                "it lacks words of what was forgotten: take a copy of it");
    }
}
