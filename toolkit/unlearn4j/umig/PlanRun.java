package unlearn4j.umig;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.core.Seed;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.train.Weights;

/**
 * A run of a {@link TrainingPlan}: one step after another. Interrupted, it can be run again and goes on from the last
 * finished epoch.
 *
 * <p>Steps are made one at a time even where they do not depend on each other. On a processor the threads of one training
 * keep all cores busy: on two cores, two clients in two threads gained less than a fifth. The result is the same.
 */
public final class PlanRun {
    private final TrainingPlan plan;
    private final List<Step> steps;
    private final Map<String, Classifier> models;
    private final Map<String, Double> seconds = new HashMap<>();
    private int finished;
    private Training current;

    PlanRun(TrainingPlan plan, List<Step> steps, Map<String, Classifier> known) {
        this.plan = plan;
        this.steps = steps;
        this.models = new HashMap<>(known);
    }

    TrainingPlan plan() {
        return plan;
    }

    /** Returns how many images the steps still to come will show their networks, each epoch's counted. */
    public long imagesToGo() {
        long whole = steps.subList(finished, steps.size()).stream()
                .mapToLong(Step::shown)
                .sum();
        return current == null ? whole : whole - steps.get(finished).shown() + current.imagesToGo();
    }

    /**
     * Makes what is not yet made.
     *
     * @return the model of each node of the plan, the known ones as they are
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call goes on from there
     * @throws unlearn4j.train.TrainingException if a loss is no number any more
     */
    public Map<String, Classifier> run() {
        long nodes = steps.stream().filter(Step::node).count();
        try (Progress progress = Screen.current().progress("training " + nodes + " models", imagesToGo(), "images")) {
            return run(progress);
        }
    }

    /** Makes what is not yet made as {@link #run()} does and reports to a display of {@link #imagesToGo} images. */
    public Map<String, Classifier> run(Progress progress) {
        long shown = 0;
        while (finished < steps.size()) {
            Step step = steps.get(finished);
            long start = System.nanoTime();
            try {
                if (current == null && !step.images().isEmpty()) {
                    current = training(step);
                }
                if (current == null) {
                    models.put(step.name(), beginning(step));
                } else {
                    long togo = current.imagesToGo();
                    models.put(step.name(), current.run(progress.part(step.name(), shown)));
                    shown += togo;
                }
            } finally {
                seconds.merge(step.name(), (System.nanoTime() - start) / 1e9, Double::sum);
            }
            current = null;
            finished++;
            giveUp();
        }
        Map<String, Classifier> nodes = new LinkedHashMap<>();
        plan.steps().stream().filter(Step::node).forEach(step -> nodes.put(step.name(), models.get(step.name())));
        return Collections.unmodifiableMap(nodes);
    }

    private Training training(Step step) {
        var config = step.training().seed(seed(step).child("training").value());
        return step.headOnly()
                ? Training.ofHead(beginning(step), step.images(), config)
                : Training.of(beginning(step), step.images(), config);
    }

    /** Returns what a step begins with: the average of its parents, or fresh weights. */
    private Classifier beginning(Step step) {
        if (step.parents().isEmpty()) {
            return Classifier.create(
                    step.model(), plan.like(), seed(step).child("weights").value());
        }
        List<Classifier> parents =
                step.parents().keySet().stream().map(models::get).toList();
        Classifier beginning = parents.get(0).copy();
        if (parents.size() > 1) {
            beginning.load(Weights.average(
                    parents.stream().map(Classifier::weights).toList(),
                    step.parents().values().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray()));
        }
        return beginning;
    }

    private Seed seed(Step step) {
        return Seed.of(plan.seed()).child(step.name());
    }

    /** Lets go of models that are no nodes and that no later step begins with. */
    private void giveUp() {
        List<Step> later = steps.subList(finished, steps.size());
        steps.subList(0, finished).stream()
                .filter(step -> !step.node())
                .filter(step -> later.stream().noneMatch(heir -> heir.parents().containsKey(step.name())))
                .forEach(step -> models.remove(step.name()));
    }

    /** Returns how long all steps took together that were made, in seconds. */
    public double ownSeconds() {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /**
     * Returns how long each step took that was made: its own seconds and those of the slowest chain of steps above it, as
     * if steps that do not depend on each other were made side by side. A known model took none.
     */
    public Map<String, Double> seconds() {
        Map<String, Double> cumulative = new LinkedHashMap<>();
        for (Step step : steps.subList(0, finished)) {
            double above = step.parents().keySet().stream()
                    .mapToDouble(parent -> cumulative.getOrDefault(parent, 0.0))
                    .max()
                    .orElse(0);
            cumulative.put(step.name(), seconds.get(step.name()) + above);
        }
        return cumulative;
    }
}
