package unlearn4j.train;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import unlearn4j.core.Check;

/**
 * How something was made: a network's weights, a graph, what a method did to it, what an audit found. All that decides its
 * bits is in it, down to the seeds of fresh weights, and no tensor, so that it costs a training nothing; a record on disk is
 * written of it.
 *
 * @param kind what was done: {@code "new network"}, {@code "training"}, {@code "distillation"}, {@code "unlearning"} and so on
 * @param with what it was done with, by name: numbers, words, settings, images, and the origins of what it began with
 * @param started when it was begun
 * @param seconds how long it took
 */
public record Origin(String kind, Map<String, Object> with, Instant started, double seconds) {
    /** Of weights that were read from a file, averaged or put in by hand: nobody knows. */
    public static final Origin UNKNOWN = new Origin("unknown", Map.of(), Instant.EPOCH, 0);

    private static final String UNLEARNED = "unlearned node";

    /** Makes an origin; the map is copied. */
    public Origin {
        Check.given("kind", kind);
        with = Collections.unmodifiableMap(new LinkedHashMap<>(Check.allGiven("with", with)));
        Check.given("started", started);
        Check.notNegative("seconds", seconds);
    }

    /** Begins the origin of what is begun now. */
    public static Origin of(String kind) {
        return new Origin(kind, Map.of(), Instant.now(), 0);
    }

    /** Returns a copy that says one thing more that it was made with. */
    public Origin with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(with);
        more.put(Check.given("name", name), Check.given(name, value));
        return new Origin(kind, more, started, seconds);
    }

    /** Returns a copy that took until now. */
    public Origin ended() {
        return new Origin(
                kind, with, started, Duration.between(started, Instant.now()).toNanos() / 1e9);
    }

    /** Returns the origin of a node as a method of unlearning has left it. */
    public static Origin unlearned(String node, Origin unlearning) {
        return of(UNLEARNED).with("node", node).with("of", unlearning);
    }

    /** Returns whether it is of a node as a method of unlearning has left it. */
    public boolean isUnlearned() {
        return kind.equals(UNLEARNED);
    }

    /** Returns whether nobody knows. */
    public boolean isUnknown() {
        return kind.equals(UNKNOWN.kind);
    }

    @Override
    public String toString() {
        return kind + " with " + with.keySet();
    }
}
