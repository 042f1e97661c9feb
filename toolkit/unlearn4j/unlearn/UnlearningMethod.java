package unlearn4j.unlearn;

import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.data.Labels;
import unlearn4j.umig.Request;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * A way to make a graph of models forget labels, samples, clients, or several of these at once.
 *
 * @param <M> the method itself, so that its settings can be chained
 */
public abstract class UnlearningMethod<M extends UnlearningMethod<M>> {
    /** The graph. */
    final Umig umig;

    private Request request;

    /** Begins with a graph. */
    UnlearningMethod(Umig umig) {
        this.umig = Check.given("umig", umig);
    }

    /** Returns this method, under its own type. */
    abstract M self();

    /** Sets the labels to forget, wherever they were learned. */
    public final M forget(Labels toForget) {
        return forget(Request.labels(Check.given("labels", toForget)));
    }

    /** Sets what to forget. */
    public final M forget(Request toForget) {
        mayChange();
        request = Check.given("request", toForget);
        return self();
    }

    /** Refuses a change of settings where work has begun with those of before. */
    void mayChange() {
        // Most methods begin and end in run().
    }

    /**
     * Forgets. Every node is updated, or none is; an interrupt that comes while the new weights are put in waits until all
     * are in.
     *
     * @return what was done, which can also undo it
     * @throws IllegalArgumentException if nothing to forget was set, or no node learned it
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; then nothing is changed
     * @throws UnlearningException if a node refuses its new weights; then every node is as it was, or the message says which
     *     is not
     */
    public abstract UnlearningResult run();

    /** Returns the part of the graph that the request concerns. */
    final UnlearningGraph unlearning() {
        Check.that(request != null, "nothing to forget: name labels, forget(Labels.of(3)) say");
        return umig.unlearning(request);
    }

    /** Notes the seconds that a phase took and returns when the next begins. */
    static long lap(String phase, long start, Map<String, Double> seconds) {
        long now = System.nanoTime();
        seconds.put(phase, (now - start) / 1e9);
        return now;
    }
}
