package unlearn4j.unlearn;

import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.data.Labels;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * A way to make a graph of models forget labels.
 *
 * @param <M> the method itself, so that its settings can be chained
 */
public abstract class UnlearningMethod<M extends UnlearningMethod<M>> {
    /** The graph. */
    final Umig umig;
    private Labels labels;

    /** Begins with a graph. */
    UnlearningMethod(Umig umig) {
        this.umig = Check.given("umig", umig);
    }

    /** Returns this method, under its own type. */
    abstract M self();

    /** Sets the labels to forget. */
    public final M forget(Labels toForget) {
        labels = Check.given("labels", toForget);
        return self();
    }

    /**
     * Forgets. Every node is updated, or none is.
     *
     * @return what was done, which can also undo it
     * @throws IllegalArgumentException if no labels were set, or no node learned one of them
     */
    public abstract UnlearningResult run();

    /** Returns the part of the graph that the labels concern. */
    final UnlearningGraph unlearning() {
        Check.that(labels != null, "nothing to forget: name labels, forget(Labels.of(3)) say");
        return umig.unlearning(labels);
    }

    /** Notes the seconds that a phase took and returns when the next begins. */
    static long lap(String phase, long start, Map<String, Double> seconds) {
        long now = System.nanoTime();
        seconds.put(phase, (now - start) / 1e9);
        return now;
    }
}
