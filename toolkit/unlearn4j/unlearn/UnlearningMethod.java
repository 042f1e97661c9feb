package unlearn4j.unlearn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.data.Labels;
import unlearn4j.train.Interrupted;
import unlearn4j.train.Origin;
import unlearn4j.umig.GraphShape;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Request;
import unlearn4j.umig.TrainingData;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * A way to make a graph of models forget labels, samples, clients, or several of these at once. A value: each setting returns
 * a changed copy.
 *
 * <p>A method of one's own is a class with one method to write, {@link #unlearn}; one that trains extends
 * {@link TrainedMethod}.
 *
 * <pre>{@code
 * class Shrink extends UnlearningMethod<Shrink> {
 *     Shrink(Umig umig) { super(umig); }
 *     static Shrink on(Umig umig) { return new Shrink(umig); }
 *     protected NodeWeights unlearn(ModelNode node, UnlearningGraph unlearning) {
 *         Head head = node.model().head();
 *         float[] weight = head.weight().clone();
 *         for (int label : unlearning.labels().values()) {
 *             for (int j = 0; j < head.features(); j++) weight[label * head.features() + j] *= 0.1f;
 *         }
 *         return NodeWeights.of(new Head(head.classes(), head.features(), weight, head.bias()));
 *     }
 * }
 * Shrink.on(umig).forget(Labels.of(3)).evaluate();
 * }</pre>
 *
 * @param <M> the method itself, so that its settings can be chained
 */
public abstract class UnlearningMethod<M extends UnlearningMethod<M>> implements Cloneable {
    private final Umig umig;
    private TrainingData data = TrainingData.OWN_SHARD;

    /** Begins with a graph. */
    protected UnlearningMethod(Umig umig) {
        this.umig = Check.given("umig", umig);
    }

    /** Returns the graph. */
    protected final Umig umig() {
        return umig;
    }

    /** Returns what tables call the method: its class's name. */
    public String name() {
        return getClass().getSimpleName();
    }

    /** Returns which images count as a node's training data D_j: {@link TrainingData#OWN_SHARD} without a setting. */
    protected final TrainingData data() {
        return data;
    }

    /** Sets which images count as a node's training data D_j. */
    public final M data(TrainingData value) {
        Check.given("data", value);
        return changed(copy -> {
            UnlearningMethod<M> method = copy;
            method.data = value;
        });
    }

    /**
     * Returns a copy with a change, which is how a setting is written.
     *
     * @param change what to do to the copy's fields; what a field refers to is shared with this method
     */
    @SuppressWarnings("unchecked")
    protected final M changed(Consumer<M> change) {
        try {
            UnlearningMethod<M> copy = (UnlearningMethod<M>) clone();
            copy.begin();
            change.accept((M) copy);
            return (M) copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets go of work that was interrupted: a copy has none. */
    void begin() {
        // Most methods keep none.
    }

    /**
     * Works out what becomes of a node. Nodes come parents before children; none is changed until all are worked out.
     *
     * @param node the node; it must not be changed
     * @param unlearning what is to be forgotten, and where it was learned
     * @return its new weights
     * @throws unlearn4j.core.Refusal if the request is understood and can't be met
     */
    protected abstract NodeWeights unlearn(ModelNode node, UnlearningGraph unlearning);

    /** Forgets labels, wherever they were learned; see {@link #forget(Request)}. */
    public final UnlearningResult forget(Labels labels) {
        return forget(Request.labels(Check.given("labels", labels)));
    }

    /**
     * Forgets. Every node is updated, or none is; an interrupt that comes while the new weights are put in waits until all
     * are in. A method that trains can be asked the same again after an interrupt, and goes on from the last finished epoch.
     *
     * @return what was done, which can also undo it
     * @throws IllegalArgumentException if no node learned what is to be forgotten
     * @throws unlearn4j.core.Refusal if the method can't meet the request; then nothing is changed
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; then nothing is changed
     * @throws UnlearningException if a node refuses its new weights; then every node is as it was, or the message says which
     *     is not
     */
    public final UnlearningResult forget(Request request) {
        return forget(umig.unlearning(Check.given("request", request)));
    }

    /**
     * Forgets what an unlearning graph says, as {@link #forget(Request)} does: that of {@link Umig#recognising}, say, where
     * nobody kept a record of who was trained on what (paper B, §4.1).
     *
     * @param unlearning an unlearning graph of this method's graph
     */
    public final UnlearningResult forget(UnlearningGraph unlearning) {
        Check.that(
                Check.given("unlearning", unlearning).umig() == umig,
                "this unlearning graph is of another graph: take it from the one that %s works on",
                name());
        Origin begun = origin(unlearning);
        UnlearningResult result = run(unlearning);
        result.comesFrom(begun.ended());
        return result;
    }

    /** Returns the settings by which a method of this class would do the same again, by name. */
    Map<String, Object> settings() {
        return Map.of();
    }

    private Origin origin(UnlearningGraph unlearning) {
        GraphShape shape = umig.shape();
        Origin begun = Origin.of("unlearning")
                .with("method", name())
                .with("settings", new TreeMap<>(settings()))
                .with("data", data)
                .with("request", unlearning.request())
                .with(
                        "models",
                        umig.nodes().stream().map(node -> node.model().origin()).toList())
                .with("names", umig.nodes().stream().map(ModelNode::name).toList())
                .with("shards", umig.nodes().stream().map(ModelNode::shard).toList())
                .with("edges", shape.edges());
        return unlearning.tried() == null ? begun : begun.with("recognised on", unlearning.tried());
    }

    /** Works out all nodes, one after another, and puts their new weights in. */
    UnlearningResult run(UnlearningGraph unlearning) {
        Map<ModelNode, NodeWeights> weights = new LinkedHashMap<>();
        Map<ModelNode, Double> seconds = new LinkedHashMap<>();
        Map<String, Double> phases = new LinkedHashMap<>();
        long start = System.nanoTime();
        try (Progress progress =
                Screen.current().progress(name(), unlearning.nodes().size(), "models")) {
            for (ModelNode node : unlearning.nodes()) {
                Interrupted.check("interrupted with " + weights.size() + " of "
                        + unlearning.nodes().size() + " models worked out: nothing is changed");
                long begin = System.nanoTime();
                Unchanged unchanged = Unchanged.since(node);
                weights.put(node, Check.given("new weights of " + node, unlearn(node, unlearning)));
                unchanged.check(
                        "%s was changed while %s worked out its new weights: return them, don't load them", name());
                seconds.put(node, (System.nanoTime() - begin) / 1e9);
                progress.done(weights.size());
            }
        }
        start = lap("new weights", start, phases);
        return finished(unlearning, weights, seconds, start, phases);
    }

    /** Puts new weights in and says what was done. */
    final UnlearningResult finished(
            UnlearningGraph unlearning,
            Map<ModelNode, NodeWeights> weights,
            Map<ModelNode, Double> seconds,
            long start,
            Map<String, Double> phases) {
        Changes changes = new Changes(weights);
        changes.apply(umig.past());
        lap("update", start, phases);
        return new UnlearningResult(name(), data, unlearning, changes, phases, seconds);
    }

    /** Notes the seconds that a phase took and returns when the next begins. */
    static long lap(String phase, long start, Map<String, Double> seconds) {
        long now = System.nanoTime();
        seconds.put(phase, (now - start) / 1e9);
        return now;
    }

    @Override
    public String toString() {
        return name() + " on " + umig.nodes().size() + " models" + umig.past().after() + ": .forget(labels) forgets";
    }
}
