package unlearn4j.umig;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.TrainingConfig;

/**
 * How the models of a graph are made, step by step: a value, which can be run again on other data, as re-training is
 * (paper B, §5.1), with everything else equal. Two runs of one plan end in the same bits.
 *
 * @param like images of the shape, classes and normalisation that the networks are for
 * @param steps the models in the order in which they are made, parents first
 * @param seed where fresh weights, batch orders and dropout come from, for each step by its name
 */
public record TrainingPlan(Images like, List<Step> steps, long seed) {

    /** Makes a plan; a step's parents must be steps before it, of the same network. */
    public TrainingPlan {
        Check.given("like", like);
        Check.notEmpty("steps", steps).forEach(step -> Check.given("step", step));
        steps = List.copyOf(steps);
        Map<String, Step> before = new HashMap<>();
        for (Step step : steps) {
            for (String name : step.parents().keySet()) {
                Step parent = before.get(name);
                Check.that(parent != null, "%s begins with %s, which is no step before it", step.name(), name);
                Check.that(
                        parent.model().equals(step.model()),
                        "%s (%s) can't begin with the weights of %s (%s): the networks must be the same",
                        step.name(),
                        step.model().name(),
                        name,
                        parent.model().name());
            }
            Check.that(
                    before.put(step.name(), step) == null,
                    "there is a step named %s already: names must differ",
                    step.name());
        }
    }

    /**
     * Returns a plan for a graph that was made by hand: each node begins with the average of its parents of the same
     * network, by the weights of the edges, or with fresh weights, and is trained on its own shard.
     *
     * @param umig the graph
     * @param training how each node is trained
     * @throws IllegalArgumentException if the graph has no nodes
     */
    public static TrainingPlan of(Umig umig, TrainingConfig training) {
        List<Step> steps = new ArrayList<>();
        for (ModelNode node : Check.given("umig", umig).nodes()) {
            Map<String, Double> parents = new LinkedHashMap<>();
            umig.parents(node).stream()
                    .filter(parent -> parent.model().spec().equals(node.model().spec()))
                    .forEach(parent -> parents.put(parent.name(), umig.weight(parent, node)));
            Images own = node.shard();
            Images images = own.size() < 2 ? own.slice(0, 0) : own;
            steps.add(new Step(node.name(), node.model().spec(), parents, images, own, training, false, true));
        }
        Check.that(!steps.isEmpty(), "the graph has no nodes: add one first");
        return new TrainingPlan(steps.get(0).shard(), steps, 0);
    }

    /**
     * Returns the same plan on part of the images. A step with fewer than 2 images left is not trained: it stays what it
     * begins with.
     *
     * @param kept gives what is left of a step's images, and of its shard
     */
    public TrainingPlan keeping(UnaryOperator<Images> kept) {
        Check.given("kept", kept);
        return with(step -> step.images(kept.apply(step.images()), kept.apply(step.shard())));
    }

    /** Returns the steps that these nodes need, those that are no nodes included. */
    public TrainingPlan part(Collection<String> nodes) {
        Check.notEmpty("nodes", nodes).forEach(this::checkHas);
        return new TrainingPlan(like, needed(new HashSet<>(nodes), Set.of()), seed);
    }

    /** Returns the same plan with no body frozen: each step trains its whole network. */
    public TrainingPlan wholeNetwork() {
        return with(step -> step.headOnly(false));
    }

    /** Returns the same plan with each step trained so. */
    public TrainingPlan training(TrainingConfig config) {
        return with(step -> step.training(config));
    }

    /** Returns the same plan with that seed. */
    public TrainingPlan seed(long value) {
        return new TrainingPlan(like, steps, value);
    }

    /** Returns how many images the plan shows its networks, each epoch's counted. */
    public long images() {
        return steps.stream().mapToLong(Step::shown).sum();
    }

    /**
     * Begins a run of the plan.
     *
     * @param known models of steps that are taken as they are: neither they nor what only they begin with is made; they
     *     do not change
     * @throws IllegalArgumentException if the plan has no step of such a name
     */
    public PlanRun begin(Map<String, Classifier> known) {
        checkKnown(known);
        return new PlanRun(this, known, null);
    }

    /**
     * Begins a run of the plan in a folder, where each model is kept as soon as it is made and the training under way after
     * each epoch. A run of the same plan finds there what was made before, even by a process that was killed, and goes on to
     * the very numbers of a run in one go. A model is made again where its step, or one above it, was changed. The whole is
     * a graph that {@link Umig#load} reads.
     *
     * @param known models of steps that are taken as they are
     * @param folder where to; it is made if need be
     * @throws IllegalArgumentException if the plan has no step of such a name, or if names differ in upper and lower case
     *     alone
     * @throws unlearn4j.data.DataException if the folder can't be written to, or a file in it is damaged
     */
    public PlanRun begin(Map<String, Classifier> known, Path folder) {
        checkKnown(known);
        return new PlanRun(this, known, new GraphFolder(folder));
    }

    private void checkKnown(Map<String, Classifier> known) {
        Check.given("known", known).forEach((name, model) -> {
            checkHas(name);
            Check.given("model of " + name, model);
        });
    }

    /** Returns the steps of those names and the steps that they begin with, not going beyond those that are known. */
    List<Step> needed(Set<String> names, Set<String> known) {
        List<Step> needed = new ArrayList<>();
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            if (names.contains(step.name()) && !known.contains(step.name())) {
                needed.add(0, step);
                names.addAll(step.parents().keySet());
            }
        }
        return needed;
    }

    private void checkHas(String name) {
        List<String> names = steps.stream().map(Step::name).toList();
        Check.that(names.contains(name), "the plan has no step named %s: the steps are %s", name, names);
    }

    private TrainingPlan with(UnaryOperator<Step> change) {
        return new TrainingPlan(like, steps.stream().map(change).toList(), seed);
    }

    /** Returns each node's own images. */
    Map<String, Images> shards() {
        Map<String, Images> shards = new LinkedHashMap<>();
        steps.stream().filter(Step::node).forEach(step -> shards.put(step.name(), step.shard()));
        return shards;
    }

    /** Returns who inherits from whom: a node from those of its parents that are nodes, by their shares of the whole. */
    GraphShape shape() {
        Map<String, Images> shards = shards();
        List<GraphShape.Node> nodes = new ArrayList<>();
        List<GraphShape.Edge> edges = new ArrayList<>();
        for (Step step : steps) {
            if (step.node()) {
                nodes.add(new GraphShape.Node(
                        step.name(), step.model().name(), step.shard().labels()));
                double whole = step.parents().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                step.parents().forEach((parent, share) -> {
                    if (shards.containsKey(parent)) {
                        edges.add(new GraphShape.Edge(parent, step.name(), share / whole));
                    }
                });
            }
        }
        return new GraphShape(nodes, edges);
    }

    /**
     * Returns the graph of these models.
     *
     * @param models the model of each node, as a run returns them
     */
    public Umig graph(Map<String, Classifier> models) {
        Check.given("models", models);
        Map<String, Images> shards = shards();
        return Umig.of(shape(), this, new Past(), name -> new ModelNode(name, models.get(name), shards.get(name)));
    }
}
