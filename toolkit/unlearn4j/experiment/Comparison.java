package unlearn4j.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.core.Refusal;
import unlearn4j.core.Screen;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.TrainingException;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Request;
import unlearn4j.umig.TrainingData;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;
import unlearn4j.unlearn.Distill;
import unlearn4j.unlearn.FineTune;
import unlearn4j.unlearn.Fiun;
import unlearn4j.unlearn.GradientAscent;
import unlearn4j.unlearn.Retrain;
import unlearn4j.unlearn.UnlearningMethod;
import unlearn4j.unlearn.UnlearningResult;

/**
 * Several methods, each asked to forget the same things of the same graphs: paper B's Tables 1 to 7 and 9 to 14. Each finds
 * the graph as it was trained: a method is run, every node that it concerns is measured on its training data, and all is
 * undone before the next.
 *
 * <p>Measured are AD_r and AD_f in percent, Δ_acc, which is AD_r − AD_f in points (§5.1), the cumulative seconds of
 * {@link UnlearningResult#cumulativeSeconds}, and {@code changed}, how many percent of a network's numbers a method changed;
 * with {@link #unseen} also what test images say. The nodes before any method are the approach {@value #ORIGINAL}.
 *
 * <p>A value: each method returns a changed copy, {@link #run} one that has measured more.
 */
public final class Comparison {
    /** The approach that is none: the nodes as they were trained. */
    public static final String ORIGINAL = "original";

    /** What the paper's tables call the methods; another's own name stands for itself. */
    private static final Map<Class<?>, String> PAPERS = Map.of(
            Fiun.class, "fiun",
            Retrain.class, "retrain",
            GradientAscent.class, "gradient_ascent",
            FineTune.class, "finetune",
            Distill.class, "distill");

    private static final Map<String, String> PRINTED =
            Map.of("setting_value", "labels", "metric", "metric", "approach", "method", "node", "where");

    private final Settings settings;
    private final Found found;

    private record Approach(
            String name, Predicate<Request> when, Function<Umig, ? extends UnlearningMethod<?>> method) {}

    /** What is to be compared, and how it is measured; {@code about}: what all that is run from here on is about. */
    private record Settings(
            List<Approach> approaches,
            Map<String, String> names,
            Map<String, String> about,
            TrainingData data,
            Images unseen) {
        Comparison on(Found found) {
            return new Comparison(this, found);
        }
    }

    private Comparison(Settings settings, Found found) {
        this.settings = settings;
        this.found = found;
    }

    /** Begins without methods; nodes are measured on their own shards. */
    public static Comparison of() {
        return new Settings(List.of(), Map.of(), Map.of(), TrainingData.OWN_SHARD, null).on(new Found());
    }

    /**
     * Adds a method. Methods run in the order in which they are added.
     *
     * @param approach what tables call it: a method may be here twice, with other settings
     * @param method makes it for a graph, {@code Fiun::on} say; for a part of the graph only, if it costs much,
     *     {@link Umig#part}
     */
    public Comparison method(String approach, Function<Umig, ? extends UnlearningMethod<?>> method) {
        return method(approach, request -> true, method);
    }

    /**
     * Adds a method that is run for some requests only, since it costs much.
     *
     * @param when for which requests
     */
    public Comparison method(
            String approach, Predicate<Request> when, Function<Umig, ? extends UnlearningMethod<?>> method) {
        Check.that(approach != null && !approach.isBlank(), "approach must be given, not blank");
        Check.given("when", when);
        Check.given("method", method);
        Check.that(
                !approach.equals(ORIGINAL) && settings.approaches.stream().noneMatch(one -> one.name.equals(approach)),
                "there is an approach named %s already: names must differ",
                approach);
        List<Approach> more = Stream.concat(
                        settings.approaches.stream(), Stream.of(new Approach(approach, when, method)))
                .toList();
        return new Settings(more, settings.names, settings.about, settings.data, settings.unseen).on(found);
    }

    /**
     * Says what the paper calls a node. Tables beside the paper's show the nodes that it has names for; where none is given,
     * all of them by their own.
     */
    public Comparison called(String node, String name) {
        Check.given("node", node);
        Check.that(!settings.names.containsValue(Check.given("name", name)), "two nodes can't both be called %s", name);
        Map<String, String> names = with(settings.names, node, name);
        return new Settings(settings.approaches, names, settings.about, settings.data, settings.unseen).on(found);
    }

    /** Says of what is run from here on what it is about, {@code about("overlap %", 60)}: a column of all its rows. */
    public Comparison about(String name, Object value) {
        Map<String, String> about =
                with(settings.about, Check.given("name", name), Measurements.text(Check.given(name, value)));
        return new Settings(settings.approaches, settings.names, about, settings.data, settings.unseen).on(found);
    }

    /** Says whose images a node is measured on: {@link TrainingData#OWN_SHARD} without. */
    public Comparison data(TrainingData data) {
        Check.given("data", data);
        return new Settings(settings.approaches, settings.names, settings.about, data, settings.unseen).on(found);
    }

    /**
     * Measures on test images too: {@code unseen AD_r}, {@code unseen AD_f}, {@code probe}, the share of test images to
     * forget whose label a {@link unlearn4j.audit.FeatureProbe} reads from the features that are left, and {@code probe of the rest}.
     *
     * @param images images that no node was trained on and that no method was chosen by
     */
    public Comparison unseen(Images images) {
        Check.given("images", images);
        return new Settings(settings.approaches, settings.names, settings.about, settings.data, images).on(found);
    }

    private static Map<String, String> with(Map<String, String> map, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return Collections.unmodifiableMap(more);
    }

    /** Runs every method on every request for labels; see {@link #run(Umig, List)}. */
    public Comparison run(Umig umig, Labels... requests) {
        return run(
                umig,
                Stream.of(Check.given("requests", requests))
                        .map(Request::labels)
                        .toList());
    }

    /**
     * Runs every method on every request. If it is stopped the graph is as it was, and this comparison too.
     *
     * <p>A method that refuses, because γ selects nothing or a loss is no number any more, has changed nothing, and that is
     * what is measured of it; {@link #refusals} says why. Any other exception of a method ends the run.
     *
     * @return a copy with what was measured; its seed is that which the graph was trained with
     * @throws IllegalArgumentException if no node learned what is to be forgotten, or a node is to forget all that it has
     * @throws unlearn4j.train.Interrupted if the thread is interrupted
     */
    public Comparison run(Umig umig, List<? extends Request> requests) {
        Check.notEmpty("methods", settings.approaches);
        Check.notEmpty("requests", requests);
        settings.names.keySet().forEach(Check.given("umig", umig)::node);
        // What begins from less than training left says so in each of its rows.
        Comparison more =
                new Comparison(umig.past().isEmpty() ? settings : about("after", umig.past()).settings, found.copy());
        Screen.folded(settings.approaches.size() + " methods", "images", () -> more.measure(umig, requests));
        return new Comparison(settings, more.found);
    }

    private Comparison measure(Umig umig, List<? extends Request> requests) {
        Bodies bodies = new Bodies(umig, settings.data, settings.unseen);
        for (Request request : requests) {
            UnlearningGraph unlearning = umig.unlearning(request);
            unlearning
                    .nodes()
                    .forEach(node -> Check.that(
                            !unlearning.division(node, settings.data).retained().isEmpty(),
                            "%s has no images but those of %s: there is nothing to measure AD_r on",
                            node,
                            request));
            for (ModelNode node : unlearning.nodes()) {
                measure(unlearning, node, ORIGINAL, ORIGINAL, bodies, true);
                at(unlearning, node, ORIGINAL, ORIGINAL).guessing(settings.data);
            }
            for (Approach approach : settings.approaches) {
                if (approach.when.test(request)) {
                    run(unlearning, approach, bodies);
                }
            }
        }
        return this;
    }

    private void run(UnlearningGraph unlearning, Approach approach, Bodies bodies) {
        UnlearningMethod<?> method = approach.method.apply(unlearning.umig());
        // Re-training that costs more than the training which made the graph is not what the paper compares with.
        boolean ours = method instanceof Retrain anew && anew.isWholeNetwork();
        String paper = ours ? method.name() : PAPERS.getOrDefault(method.getClass(), method.name());
        UnlearningResult result;
        try {
            result = method.forget(unlearning.request());
        } catch (Refusal | TrainingException e) {
            found.refused(unlearning, approach.name, e.getMessage());
            unlearning.nodes().forEach(node -> measure(unlearning, node, approach.name, paper, bodies, true));
            return;
        }
        try {
            found.took(approach.name, result);
            result.cumulativeSeconds().forEach((node, seconds) -> {
                measure(unlearning, node, approach.name, paper, bodies, result.keepsBody(node));
                NodeMeasuring at = at(unlearning, node, approach.name, paper);
                at.add("seconds", seconds, "s");
                at.add(
                        "changed",
                        100.0
                                * result.changed(node).cardinality()
                                / node.model().parameters(),
                        "%");
            });
        } finally {
            result.undo();
        }
    }

    private NodeMeasuring at(UnlearningGraph unlearning, ModelNode node, String approach, String paper) {
        Map<String, String> subject = new LinkedHashMap<>(settings.about);
        Labels labels = unlearning.labels();
        boolean ofLabels = unlearning.request() instanceof Request.ByLabels;
        subject.put("labels", ofLabels ? "" + labels.size() : "");
        subject.put(
                "forgotten", ofLabels ? labels.toString() : unlearning.request().toString());
        subject.put("approach", approach);
        subject.put("method", paper);
        return new NodeMeasuring(unlearning, node, subject, called(node.name()), found.measured());
    }

    private void measure(
            UnlearningGraph unlearning,
            ModelNode node,
            String approach,
            String paper,
            Bodies bodies,
            boolean asTrained) {
        NodeMeasuring at = at(unlearning, node, approach, paper);
        at.trainingData(settings.data, bodies, asTrained);
        if (settings.unseen != null) {
            at.unseen(bodies, asTrained);
        }
    }

    private String called(String node) {
        return settings.names.getOrDefault(node, node);
    }

    /** Returns all that was measured. */
    public Measurements measurements() {
        return Measurements.of(found.measured());
    }

    /**
     * Returns all that was measured, beside what the paper prints.
     *
     * @param printed rows of one model of {@link Paper#FIUN}'s tables
     */
    public Measurements measurements(Table printed) {
        Table byLabels = Check.given("printed", printed);
        Tables.has(byLabels, "setting");
        return measurements()
                .published(byLabels.where(byLabels.stringColumn("setting").isEqualTo("labels")), PRINTED);
    }

    /** Returns a metric of every approach, each beside the other, the mean over the seeds. */
    public Table beside(String metric) {
        return laidOut(measurements(), metric);
    }

    /**
     * Returns a metric of every approach beside the published one, the mean over the seeds.
     *
     * @param metric {@code AD_r}, {@code AD_f} or {@code seconds}; the paper prints no other
     * @param printed rows of one model of {@link Paper#FIUN}'s tables
     * @return a row for each request and node
     */
    public Table beside(String metric, Table printed) {
        return laidOut(measurements(printed), metric);
    }

    private Table laidOut(Measurements all, String metric) {
        Check.given("metric", metric);
        Check.that(!all.isEmpty(), "nothing was measured of %s: run the comparison first", metric);
        Measurements shown = settings.names.isEmpty()
                ? all
                : all.where("where", settings.names.values().toArray());
        // In the order in which the methods were added, though the first may be run for the last request only.
        List<String> order = new ArrayList<>(List.of(ORIGINAL));
        settings.approaches.forEach(approach -> order.add(approach.name));
        boolean byCount =
                all.list().stream().noneMatch(one -> one.text("labels").isEmpty());
        Table beside = shown.beside(metric, "approach", order, byCount ? "labels" : "forgotten", "where");
        beside.column("where").setName("node");
        return beside;
    }

    /**
     * Returns how long each phase of each method took on the whole graph, the mean over seeds and requests, and the longest.
     * A model FIM is computed with the first request and kept, so the mean says little of it, and the longest all.
     */
    public Table phases() {
        return found.phases();
    }

    /** Returns which methods refused a request, and why; no row if none did. */
    public Table refusals() {
        return found.refusals();
    }

    /**
     * Returns whether what paper B claims of FIUn holds here, for each approach but re-training, over all seeds, requests
     * and nodes, those without a name in the paper included: that AD_f is 0; that AD_r is within 3 points of the original
     * on average; that it is at least 100 times as fast as re-training the same node in the same run.
     *
     * @return a row for each claim and approach: whether it holds; of how many measured nodes it holds; the mean over the
     *     seeds with its 95 % interval (missing for one seed); the worst of all, and where that is
     */
    public Table claims() {
        Check.that(!found.measured().isEmpty(), "nothing was measured: run the comparison first");
        return Claims.of(measurements());
    }

    @Override
    public String toString() {
        return "Comparison of "
                + settings.approaches.stream().map(Approach::name).toList() + ", "
                + found.measured().size()
                + " measurements";
    }
}
