package unlearn4j.unlearn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.core.Refusal;
import unlearn4j.core.Screen;
import unlearn4j.data.Images;
import unlearn4j.fisher.Fisher;
import unlearn4j.train.Classifier;
import unlearn4j.train.Parallel;
import unlearn4j.train.Training;
import unlearn4j.train.Weights;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * Fisher inheritance unlearning (paper B, Algorithm 1): the discovery nodes' information about what is to be forgotten,
 * merged along the graph, tells each node which of its parameters to shrink, independently of all others. Each node is
 * updated once, however many paths lead to it. This is the centralised deployment (§4.4.1), in which one coordinator does
 * it all; {@link PublishedFims} is the decentralised one.
 */
public final class Fiun extends UnlearningMethod<Fiun> {
    private FiunConfig config = FiunConfig.tempered();
    private int threads = Runtime.getRuntime().availableProcessors();

    private Fiun(Umig umig) {
        super(umig);
    }

    /** Begins with {@link FiunConfig#tempered()}. */
    public static Fiun on(Umig umig) {
        return new Fiun(umig);
    }

    /** Begins with models that are stored as Parquet, which Spark updates with {@link FiunConfig#tempered()}. */
    public static StoredFiun on(StoredHeads stored) {
        return new StoredFiun(Check.given("stored", stored), FiunConfig.tempered(), Spark.local());
    }

    /** Sets the configuration. */
    public Fiun config(FiunConfig value) {
        Check.given("config", value);
        return changed(copy -> copy.config = value);
    }

    /** Sets how many nodes are worked on at a time, as many as there are processors to begin with. No bit depends on it. */
    public Fiun threads(int count) {
        Parallel.checkThreads(count);
        return changed(copy -> copy.threads = count);
    }

    @Override
    public String name() {
        return "FIUn";
    }

    @Override
    Map<String, Object> settings() {
        return Map.of("configuration", config);
    }

    /** Refuses where a head holds NaN, or where γ selects no parameter of any node. */
    @Override
    UnlearningResult run(UnlearningGraph unlearning) {
        List<ModelNode> nodes = unlearning.nodes();
        List<ModelNode> roots = List.copyOf(unlearning.discovered().keySet());
        nodes.forEach(node -> FiunUpdate.checkFinite(node.name(), node.model().head()));
        ModelFims kept = ModelFims.of(umig());
        Map<String, Double> phases = new LinkedHashMap<>();
        try (Progress progress = Screen.current().progress("FIUn", 2L * nodes.size() + roots.size(), "steps")) {
            long start = System.nanoTime();
            progress.note("model FIMs");
            Map<ModelNode, Timed<Fisher>> modelFims =
                    each(nodes, progress, 0, node -> kept.fim(node, unlearning, data(), config));
            start = lap("model FIMs", start, phases);

            progress.note("unlearning FIMs");
            Map<ModelNode, Timed<Fisher>> unlearningFims =
                    each(roots, progress, nodes.size(), node -> unlearningFim(unlearning, node, config));
            start = lap("unlearning FIMs", start, phases);

            progress.note("merge and update");
            Map<ModelNode, Timed<Updated>> updates = each(nodes, progress, nodes.size() + roots.size(), node -> {
                List<Fisher> fims = unlearning.sources().get(node).stream()
                        .map(root -> unlearningFims.get(root).value)
                        .toList();
                return updated(node, fims, modelFims.get(node).value, config);
            });
            Refusal.unless(
                    updates.values().stream().anyMatch(update -> update.value.touched > 0),
                    "gamma (%s) selects no parameter of any node, nothing is changed: F̂/F lies below it everywhere,"
                            + " lower it",
                    config.gamma());
            Map<ModelNode, NodeWeights> weights = new LinkedHashMap<>();
            Map<ModelNode, Double> seconds = new LinkedHashMap<>();
            updates.forEach((node, update) -> {
                weights.put(node, update.value.weights);
                double slowest = unlearning.sources().get(node).stream()
                        .mapToDouble(root -> unlearningFims.get(root).seconds)
                        .max()
                        .orElseThrow();
                boolean asked = config.modelData().isOfRetained(unlearning.role(node));
                seconds.put(node, update.seconds + slowest + (asked ? modelFims.get(node).seconds : 0));
            });
            // The phase goes on until the new weights are in.
            Changes changes = new Changes(weights);
            changes.apply(umig().past());
            lap("merge and update", start, phases);
            return new UnlearningResult(name(), data(), unlearning, changes, phases, seconds);
        }
    }

    /** What becomes of one node: {@link #run} does all of them side by side. */
    @Override
    protected NodeWeights unlearn(ModelNode node, UnlearningGraph unlearning) {
        List<Fisher> fims = unlearning.sources().get(node).stream()
                .map(root -> unlearningFim(unlearning, root, config))
                .toList();
        Fisher model = ModelFims.of(umig()).fim(node, unlearning, data(), config);
        return updated(node, fims, model, config).weights;
    }

    private record Timed<T>(T value, double seconds) {}

    private <T> Map<ModelNode, Timed<T>> each(
            List<ModelNode> nodes, Progress progress, long before, Function<ModelNode, T> task) {
        List<Timed<T>> values = Parallel.map(nodes, threads, done -> progress.done(before + done), node -> {
            long start = System.nanoTime();
            T value = task.apply(node);
            return new Timed<>(value, (System.nanoTime() - start) / 1e9);
        });
        Map<ModelNode, Timed<T>> map = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            map.put(nodes.get(i), values.get(i));
        }
        return map;
    }

    /** Line 5: the unlearning FIM of a discovery node (Eq. 3), scaled if so configured before it is merged. */
    static Fisher unlearningFim(UnlearningGraph unlearning, ModelNode node, FiunConfig config) {
        return scaled(unscaledFim(unlearning, node, config), config);
    }

    /** Returns the unlearning FIM of a discovery node as it is estimated, at its own weights or at w*. */
    static Fisher unscaledFim(UnlearningGraph unlearning, ModelNode node, FiunConfig config) {
        Images toForget = unlearning.images(node);
        Classifier at = node.model();
        if (config.fit().isPresent()) {
            Refusal.unless(
                    toForget.size() >= 2,
                    "%s has 1 image to forget, which is not enough to fit its head on, 2 are: ask for more, or take F̂"
                            + " at its own weights",
                    node);
            at = Training.ofHead(at.copy(), toForget, config.fit().get()).run();
        }
        return Check.given("Fisher information of " + node, config.fisher().of(at, toForget));
    }

    /** Returns a FIM as Eq. 5 and 6 are to see it. */
    static Fisher scaled(Fisher fisher, FiunConfig config) {
        return config.columnShares() ? fisher.columnShares() : fisher;
    }

    /**
     * What a node is to become.
     *
     * @param weights its head, or all its weights where layers before the head are updated too
     * @param touched how many parameters were scaled
     */
    record Updated(NodeWeights weights, int touched) {}

    /** Lines 9 and 10: what becomes of a node by Eq. 5 and 6; the node itself is not changed. */
    static Updated updated(ModelNode node, List<Fisher> unlearningFims, Fisher modelFim, FiunConfig config) {
        Classifier model = node.model();
        int[] parameters = config.fisher().parametersBeforeHead(model);
        List<float[]> arrays =
                parameters.length == 0 ? List.of() : model.weights().copy();
        List<float[]> body = new ArrayList<>();
        for (int parameter : parameters) {
            body.add(arrays.get(parameter));
        }
        FiunUpdate update = FiunUpdate.merged(node.name(), model.head(), body, unlearningFims, modelFim, config);
        if (parameters.length == 0) {
            return new Updated(NodeWeights.of(update.head()), update.touched());
        }
        for (int i = 0; i < parameters.length; i++) {
            arrays.set(parameters[i], update.body().get(i));
        }
        arrays.set(arrays.size() - 2, update.head().weight());
        arrays.set(arrays.size() - 1, update.head().bias());
        return new Updated(NodeWeights.of(Weights.of(arrays)), update.touched());
    }
}
