package unlearn4j.unlearn;

import java.util.Locale;
import java.util.Map;
import unlearn4j.core.Check;

/**
 * What FIUn did to stored models.
 *
 * @param stored the models
 * @param models how many there are
 * @param discovered how many are discovery nodes of the request
 * @param updated how many it reached, discovery nodes among them
 * @param mergeSets how many unlike sets of discovery nodes they trace back to
 * @param parameters how many parameters were scaled
 * @param before which heads counted before
 * @param after which heads count now
 * @param seconds how long each phase took
 */
public record StoredForgetting(
        StoredHeads stored,
        int models,
        int discovered,
        int updated,
        int mergeSets,
        long parameters,
        String before,
        String after,
        Map<String, Double> seconds) {

    /** Makes a result. */
    public StoredForgetting {
        Check.given("stored", stored);
        Check.given("before", before);
        Check.given("after", after);
        seconds = Check.allGiven("seconds", seconds);
    }

    /**
     * Lets the heads of before count again, which are still there.
     *
     * @throws IllegalArgumentException if others count by now
     */
    public void undo() {
        Check.that(
                stored.version().equals(after),
                "the models have changed since (%s count, not %s): undo what came last first",
                stored.version(),
                after);
        stored.version(before);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d of %,d models updated; discovery nodes: %,d, merge sets: %,d, parameters scaled: %,d",
                updated,
                models,
                discovered,
                mergeSets,
                parameters);
    }
}
