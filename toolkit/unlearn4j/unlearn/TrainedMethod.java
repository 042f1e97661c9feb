package unlearn4j.unlearn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Request;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * A method that trains each node by itself: a copy of it, on some of its own images. Nothing of a node's parents is used, so
 * nodes could be worked on side by side, and a node's seconds are its own. All copies are put in at the end. Interrupted,
 * {@link #forget} changes nothing, and goes on from the last finished epoch when it is asked the same again.
 *
 * <p>A method of one's own says what a copy is trained on, {@link #shown}, and how, {@link #prepare}.
 *
 * @param <M> the method itself
 */
public abstract class TrainedMethod<M extends TrainedMethod<M>> extends UnlearningMethod<M> {
    private TrainingConfig training;
    private Seed seed = Seed.of(0);
    private Request begun;
    private Map<ModelNode, Work> works = new LinkedHashMap<>();

    /** One node's share of the work; no training where there is nothing to train on. */
    private static final class Work {
        private final Unchanged unchanged;
        private final Classifier copy;
        private final Training training;
        private double seconds;

        Work(ModelNode node, Classifier copy, Training training) {
            unchanged = Unchanged.since(node);
            this.copy = copy;
            this.training = training;
        }

        long imagesToGo() {
            return training == null ? 0 : training.imagesToGo();
        }
    }

    /**
     * Begins with a graph and how its nodes are trained.
     *
     * @param training its seed is replaced by one a node, drawn from {@link #seed}
     */
    protected TrainedMethod(Umig umig, TrainingConfig training) {
        super(umig);
        this.training = Check.given("training", training);
    }

    /** Sets how each node is trained; its seed is replaced by one a node, drawn from {@link #seed}. */
    public final M training(TrainingConfig config) {
        Check.given("training", config);
        return changed(copy -> {
            TrainedMethod<M> method = copy;
            method.training = config;
        });
    }

    /** Sets the seed; 0 without. */
    public final M seed(long value) {
        return changed(copy -> {
            TrainedMethod<M> method = copy;
            method.seed = Seed.of(value);
        });
    }

    @Override
    Map<String, Object> settings() {
        return Map.of("training", training, "seed", seed.value());
    }

    @Override
    void begin() {
        begun = null;
        works = new LinkedHashMap<>();
    }

    /** Returns the images that a node's copy is trained on; with fewer than 2 it stays as it is. */
    protected abstract Images shown(ModelNode node, UnlearningGraph unlearning);

    /**
     * Returns the network that a node's training starts from: a copy of its own, if this isn't overridden.
     *
     * @param seed where fresh weights come from
     */
    protected Classifier start(ModelNode node, long seed) {
        return node.model().copy();
    }

    /**
     * Prepares a node's training.
     *
     * @param start what {@link #start} returned
     * @param shown what {@link #shown} returned, 2 images or more
     * @param config the configuration, with the node's own seed
     */
    protected abstract Training prepare(
            ModelNode node, UnlearningGraph unlearning, Classifier start, Images shown, TrainingConfig config);

    @Override
    UnlearningResult run(UnlearningGraph unlearning) {
        if (!unlearning.request().equals(begun)) {
            begin();
            begun = unlearning.request();
        }
        works.forEach(this::checkUnchanged);
        Map<ModelNode, Images> shown = new LinkedHashMap<>();
        unlearning.nodes().forEach(node -> shown.put(node, shown(node, unlearning)));
        long total = shown.entrySet().stream()
                .mapToLong(entry -> works.containsKey(entry.getKey())
                        ? works.get(entry.getKey()).imagesToGo()
                        : (long) training.epochs() * entry.getValue().size())
                .sum();
        long done = 0;
        try (Progress progress = Screen.current().progress(name(), total, "images")) {
            for (ModelNode node : unlearning.nodes()) {
                long start = System.nanoTime();
                Work work = works.computeIfAbsent(node, any -> begin(node, unlearning, shown.get(node)));
                long before = work.imagesToGo();
                try {
                    if (work.training != null) {
                        work.training.run(progress.part(node.name(), done));
                    }
                } finally {
                    work.seconds += (System.nanoTime() - start) / 1e9;
                }
                done += before;
            }
        }
        works.forEach(this::checkUnchanged);
        return finished(unlearning);
    }

    private Work begin(ModelNode node, UnlearningGraph unlearning, Images shown) {
        Seed own = seed.child(node.name());
        Classifier copy = start(node, own.child("weights").value());
        TrainingConfig config = training.seed(own.child("training").value());
        return new Work(node, copy, shown.size() < 2 ? null : prepare(node, unlearning, copy, shown, config));
    }

    private void checkUnchanged(ModelNode node, Work work) {
        work.unchanged.check("%s was changed since %s was interrupted: begin anew with another %s", name(), name());
    }

    private UnlearningResult finished(UnlearningGraph unlearning) {
        Map<String, Double> phases = new LinkedHashMap<>();
        phases.put(
                "training",
                works.values().stream().mapToDouble(work -> work.seconds).sum());
        Map<ModelNode, NodeWeights> weights = new LinkedHashMap<>();
        Map<ModelNode, Double> seconds = new LinkedHashMap<>();
        long start = System.nanoTime();
        works.forEach((node, work) -> {
            weights.put(node, unlearn(node, unlearning));
            seconds.put(node, work.seconds + waited(node, unlearning));
        });
        UnlearningResult result = finished(unlearning, weights, seconds, start, phases);
        begin();
        return result;
    }

    /** Returns how long a node waited for others. */
    private double waited(ModelNode node, UnlearningGraph unlearning) {
        return awaited(node, unlearning).stream()
                .mapToDouble(other -> works.get(other).seconds)
                .max()
                .orElse(0);
    }

    /** Returns the nodes that a node gets something from; none, for most methods. */
    List<ModelNode> awaited(ModelNode node, UnlearningGraph unlearning) {
        return List.of();
    }

    /** Returns what becomes of a node whose copy has these weights after its training. */
    Weights made(ModelNode node, UnlearningGraph unlearning, Weights trained) {
        return trained;
    }

    /** What its training made of a node's copy. */
    @Override
    protected final NodeWeights unlearn(ModelNode node, UnlearningGraph unlearning) {
        return NodeWeights.of(made(node, unlearning, works.get(node).copy.weights()));
    }
}
