package unlearn4j.unlearn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.train.Classifier;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.PlanRun;
import unlearn4j.umig.Request;
import unlearn4j.umig.TrainingPlan;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * Re-training, paper B's benchmark (§5.1): the graph is trained once more from scratch, by the same plan, with the same seed,
 * rounds, epochs and schedule, and each step without what is to be forgotten. What is compared so differs in the data alone.
 * Nodes that have nothing to forget are taken as they are. A step with fewer than two images left stays what it begins with.
 */
public final class Retrain extends UnlearningMethod<Retrain> {
    private TrainingPlan plan;
    private TrainingConfig training;
    private Long seed;
    private boolean wholeNetwork;
    private Path folder;
    private Request begun;
    private PlanRun run;
    private Map<String, Classifier> models = Map.of();
    private List<Unchanged> unchanged = List.of();

    private Retrain(Umig umig) {
        super(umig);
    }

    /** Begins with the plan by which the graph was trained. */
    public static Retrain on(Umig umig) {
        return new Retrain(umig);
    }

    /** Sets another plan, for a graph that was made by hand say: {@link TrainingPlan#of}. */
    public Retrain plan(TrainingPlan value) {
        Check.given("plan", value);
        return changed(copy -> copy.plan = value);
    }

    /** Sets how each step is trained, instead of as the plan has it. A graph made by hand needs this or {@link #plan}. */
    public Retrain training(TrainingConfig value) {
        Check.given("training", value);
        return changed(copy -> copy.training = value);
    }

    /** Sets another seed than the plan's: fresh weights and batches are then others too, not the data alone. */
    public Retrain seed(long value) {
        return changed(copy -> copy.seed = value);
    }

    /**
     * Trains whole networks where the graph's heirs had their heads trained alone, as in transfer learning: a costlier
     * re-training than the one that made the graph.
     */
    public Retrain wholeNetwork() {
        return changed(copy -> copy.wholeNetwork = true);
    }

    /**
     * Keeps what is re-trained in a folder, as {@link TrainingPlan#begin(Map, Path)} does: a re-training that was killed goes
     * on there, and one that was finished is found.
     *
     * @param value where to; one request's, since another request's re-training would take its place
     */
    public Retrain in(Path value) {
        Check.given("folder", value);
        return changed(copy -> copy.folder = value);
    }

    @Override
    public String name() {
        return wholeNetwork ? "re-training of whole networks" : "re-training";
    }

    /** Returns whether frozen bodies are trained too. */
    public boolean isWholeNetwork() {
        return wholeNetwork;
    }

    @Override
    void begin() {
        begun = null;
        run = null;
        models = Map.of();
    }

    /** Refuses, with {@link TrainingPlan#of} as the way out, where nobody knows how the graph was trained. */
    @Override
    UnlearningResult run(UnlearningGraph unlearning) {
        if (!unlearning.request().equals(begun)) {
            run = planned(unlearning);
            unchanged = unlearning.nodes().stream().map(Unchanged::since).toList();
            begun = unlearning.request();
        }
        unchanged.forEach(node -> node.check("%s was changed since re-training was interrupted: begin anew"));
        try (Progress progress = Screen.current().progress(name(), run.imagesToGo(), "images")) {
            models = run.run(progress);
        }
        unchanged.forEach(node -> node.check("%s was changed while it was re-trained: begin anew"));
        Map<String, Double> taken = run.seconds();
        Map<ModelNode, NodeWeights> weights = new LinkedHashMap<>();
        Map<ModelNode, Double> seconds = new LinkedHashMap<>();
        for (ModelNode node : unlearning.nodes()) {
            weights.put(node, unlearn(node, unlearning));
            seconds.put(node, taken.get(node.name()));
        }
        Map<String, Double> phases = new LinkedHashMap<>();
        phases.put("training", run.ownSeconds());
        UnlearningResult result = finished(unlearning, weights, seconds, System.nanoTime(), phases);
        begin();
        return result;
    }

    private PlanRun planned(UnlearningGraph unlearning) {
        TrainingPlan all = plan != null ? plan : training == null || umig().isPlanned() ? umig().plan() : null;
        if (all == null) {
            all = TrainingPlan.of(umig(), training);
        } else if (training != null) {
            all = all.training(training);
        }
        if (seed != null) {
            all = all.seed(seed);
        }
        if (wholeNetwork) {
            all = all.wholeNetwork();
        }
        List<String> names = new ArrayList<>();
        Map<String, Classifier> known = new LinkedHashMap<>();
        for (ModelNode node : umig().nodes()) {
            names.add(node.name());
            if (!unlearning.nodes().contains(node)) {
                known.put(node.name(), node.model());
            }
        }
        TrainingPlan retained = all.part(names).keeping(unlearning::retained);
        return folder == null ? retained.begin(known) : retained.begin(known, folder);
    }

    /** What the plan's run made of a node. */
    @Override
    protected NodeWeights unlearn(ModelNode node, UnlearningGraph unlearning) {
        return NodeWeights.of(models.get(node.name()));
    }
}
