package unlearn4j.unlearn;

import java.util.LinkedHashMap;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Head;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * A method that trains: one node of the unlearning graph after another, parents before children, each on a copy, all put in
 * at the end. An interrupted {@link #run} changes nothing and can be called again; it goes on from the last finished epoch.
 *
 * @param <M> the method itself
 */
public abstract class TrainedMethod<M extends TrainedMethod<M>> extends UnlearningMethod<M> {
    private TrainingConfig training;
    private Seed seed = Seed.of(0);
    private UnlearningGraph begun;
    private final Map<ModelNode, Work> works = new LinkedHashMap<>();

    /** One node's share of the work. */
    private static final class Work {
        private final Head headBefore;
        private final long bodyBefore;
        private final Classifier copy;
        private final Training training;
        private double seconds;

        Work(ModelNode node, Classifier copy, Training training) {
            headBefore = node.model().head();
            bodyBefore = node.model().bodyVersion();
            this.copy = copy;
            this.training = training;
        }
    }

    TrainedMethod(Umig umig, TrainingConfig training) {
        super(umig);
        this.training = training;
    }

    /** Sets how each node is trained; its seed is replaced by one a node, drawn from {@link #seed}. */
    public final M training(TrainingConfig config) {
        mayChange();
        training = Check.given("training", config);
        return self();
    }

    /** Sets the seed. */
    public final M seed(long value) {
        mayChange();
        seed = Seed.of(value);
        return self();
    }

    @Override
    final void mayChange() {
        Check.that(
                begun == null,
                "%s has begun: settings can't change now, run() goes on, or begin anew with %s.on(umig)",
                name(),
                name());
    }

    private String name() {
        return getClass().getSimpleName();
    }

    /** Returns the images that a node is trained on, of those that reached it; fewer than 2 if it is not to be trained. */
    abstract Images shown(UnlearningGraph unlearning, Images reached);

    /**
     * Returns the network that a node's training starts from, which may be changed.
     *
     * @param parents what has become of the node's parents, those that are not concerned as they are
     */
    abstract Classifier start(ModelNode node, Map<ModelNode, Classifier> parents, Seed seed);

    /** Prepares a node's training of that network on the images shown. */
    abstract Training prepare(
            UnlearningGraph unlearning, ModelNode node, Classifier start, Images shown, TrainingConfig config);

    /**
     * {@inheritDoc}
     *
     * @throws unlearn4j.train.TrainingException if a loss is no number any more; then nothing is changed
     */
    @Override
    public final UnlearningResult run() {
        if (begun == null) {
            begun = unlearning();
        }
        UnlearningGraph unlearning = begun;
        works.forEach(this::checkUnchanged);
        Map<ModelNode, Images> shown = new LinkedHashMap<>();
        for (ModelNode node : unlearning.nodes()) {
            shown.put(node, shown(unlearning, umig.reached(node)));
        }
        long total = shown.entrySet().stream()
                .mapToLong(entry -> works.containsKey(entry.getKey())
                        ? toGo(works.get(entry.getKey()))
                        : (long) training.epochs() * entry.getValue().size())
                .sum();
        long done = 0;
        try (Progress progress = Screen.current().progress(name(), total, "images")) {
            for (ModelNode node : unlearning.nodes()) {
                long start = System.nanoTime();
                Work work = works.get(node);
                if (work == null) {
                    work = begin(unlearning, node, shown.get(node));
                    works.put(node, work);
                }
                long before = toGo(work);
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
        return finished(unlearning);
    }

    private static long toGo(Work work) {
        return work.training == null ? 0 : work.training.imagesToGo();
    }

    private void checkUnchanged(ModelNode node, Work work) {
        Check.that(
                work.bodyBefore == node.model().bodyVersion()
                        && work.headBefore.sameAs(node.model().head()),
                "%s was changed since %s was interrupted: begin anew with %s.on(umig)",
                node,
                name(),
                name());
    }

    private Work begin(UnlearningGraph unlearning, ModelNode node, Images shown) {
        Seed own = seed.child(node.name());
        Map<ModelNode, Classifier> parents = new LinkedHashMap<>();
        umig.parents(node)
                .forEach(parent ->
                        parents.put(parent, works.containsKey(parent) ? works.get(parent).copy : parent.model()));
        Classifier copy = start(node, parents, own.child("weights"));
        Training prepared = shown.size() < 2
                ? null
                : prepare(
                        unlearning,
                        node,
                        copy,
                        shown,
                        training.seed(own.child("training").value()));
        return new Work(node, copy, prepared);
    }

    private UnlearningResult finished(UnlearningGraph unlearning) {
        works.forEach(this::checkUnchanged);
        long start = System.nanoTime();
        Map<String, Double> phases = new LinkedHashMap<>();
        phases.put(
                "training",
                works.values().stream().mapToDouble(work -> work.seconds).sum());
        Map<ModelNode, NodeWeights> weights = new LinkedHashMap<>();
        Map<ModelNode, Double> seconds = new LinkedHashMap<>();
        works.forEach((node, work) -> {
            weights.put(node, new NodeWeights.Whole(work.copy.weights().copy()));
            seconds.put(
                    node,
                    work.seconds
                            + unlearning.parents(node).stream()
                                    .mapToDouble(seconds::get)
                                    .max()
                                    .orElse(0));
        });
        Changes changes = new Changes(weights);
        changes.apply();
        lap("update", start, phases);
        works.clear();
        begun = null;
        return new UnlearningResult(name(), umig, unlearning, changes, phases, seconds);
    }
}
