package unlearn4j.umig;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.core.Seed;
import unlearn4j.data.DataException;
import unlearn4j.train.Classifier;
import unlearn4j.train.Origin;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;

/**
 * A run of a {@link TrainingPlan}: one step after another. Interrupted, it can be run again and goes on from the last
 * finished epoch; so does, in a folder, the same plan in another process.
 *
 * <p>Steps are made one at a time even where they do not depend on each other. On a processor the threads of one training
 * keep all cores busy: on two cores, two clients in two threads gained less than a fifth. The result is the same.
 */
public final class PlanRun {
    private final TrainingPlan plan;
    private final GraphFolder folder;
    private final Map<String, Classifier> known;
    private final Map<String, String> hashes;
    private final List<Step> steps;
    private final Map<String, Classifier> models = new HashMap<>();
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private int finished;
    private Training current;

    /** Begins with what is known and with what the folder has, if there is one. */
    PlanRun(TrainingPlan plan, Map<String, Classifier> known, GraphFolder folder) {
        this.plan = plan;
        this.folder = folder;
        this.known = Map.copyOf(known);
        models.putAll(known);
        hashes = folder == null ? Map.of() : StepHashes.of(plan, known);
        if (folder != null) {
            Map<String, Double> before = folder.seconds();
            for (Step step : plan.steps()) {
                String hash = hashes.get(step.name());
                if (!known.containsKey(step.name())) {
                    folder.find(step, hash).ifPresent(model -> models.put(step.name(), model));
                }
                if (before.containsKey(hash)) {
                    seconds.put(step.name(), before.get(hash));
                }
            }
        }
        Set<String> nodes =
                plan.steps().stream().filter(Step::node).map(Step::name).collect(Collectors.toSet());
        steps = plan.needed(nodes, models.keySet());
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
     * @throws DataException if the run is in a folder that can't be written to
     */
    public Map<String, Classifier> run() {
        long nodes = steps.stream().filter(Step::node).count();
        try (Progress progress = Screen.current().progress("training " + nodes + " models", imagesToGo(), "images")) {
            return run(progress);
        }
    }

    /** Makes what is not yet made as {@link #run()} does and reports to a display of {@link #imagesToGo} images. */
    public Map<String, Classifier> run(Progress progress) {
        Check.given("progress", progress);
        try (FileChannel lock = folder == null ? null : folder.lock()) {
            if (lock != null) {
                folder.describe(plan.shape(), plan.shards(), plan);
                known.forEach((name, model) -> folder.keep(name, hashes.get(name), model));
            }
            long togo = imagesToGo();
            while (finished < steps.size()) {
                make(steps.get(finished), progress, togo);
                current = null;
                finished++;
                giveUp();
            }
            if (lock != null) {
                folder.isTrained();
            }
        } catch (IOException e) {
            throw new DataException("the lock of the training's folder can't be closed (" + e.getMessage() + ")", e);
        }
        Map<String, Classifier> nodes = new LinkedHashMap<>();
        plan.steps().stream().filter(Step::node).forEach(step -> nodes.put(step.name(), models.get(step.name())));
        return Collections.unmodifiableMap(nodes);
    }

    private void make(Step step, Progress progress, long togo) {
        long start = System.nanoTime();
        Classifier model;
        double own;
        if (step.images().isEmpty()) {
            model = beginning(step);
            own = (System.nanoTime() - start) / 1e9;
        } else {
            if (current == null) {
                current = training(step);
            }
            while (current.imagesToGo() > 0) {
                current.runTo(current.epochsDone() + 1, progress.part(step.name(), togo - imagesToGo()));
                if (folder != null && current.imagesToGo() > 0) {
                    current.save(folder.underWay(step.name()), hashes.get(step.name()));
                }
            }
            model = current.model();
            own = current.history().doubleColumn("seconds").sum();
        }
        models.put(step.name(), model);
        seconds.put(step.name(), own);
        if (folder != null) {
            Map<String, Double> byHash = new TreeMap<>(folder.seconds());
            byHash.put(hashes.get(step.name()), own);
            folder.keepSeconds(byHash);
            folder.keep(step.name(), hashes.get(step.name()), model);
        }
    }

    private Training training(Step step) {
        TrainingConfig config =
                step.training().seed(seed(step).child("training").value());
        Training training = step.headOnly()
                ? Training.ofHead(beginning(step), step.images(), config)
                : Training.of(beginning(step), step.images(), config);
        if (folder != null) {
            training.resume(folder.underWay(step.name()), hashes.get(step.name()));
        }
        return training;
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
            beginning.comesFrom(Origin.of("average")
                    .with("models", parents.stream().map(Classifier::origin).toList())
                    .with("shares", List.copyOf(step.parents().values())));
        }
        return beginning;
    }

    private Seed seed(Step step) {
        return Seed.of(plan.seed()).child(step.name());
    }

    /** Lets go of models that are no nodes and that no later step begins with. */
    private void giveUp() {
        List<Step> later = steps.subList(finished, steps.size());
        plan.steps().stream()
                .filter(step -> !step.node() && models.containsKey(step.name()))
                .filter(step -> later.stream()
                        .noneMatch(heir -> heir == step || heir.parents().containsKey(step.name())))
                .forEach(step -> {
                    models.remove(step.name());
                    if (folder != null) {
                        folder.giveUp(step.name());
                    }
                });
    }

    /** Returns how long all steps took together that were made, in seconds. */
    public double ownSeconds() {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /**
     * Returns how long each step took that was made: the seconds of its epochs, and those of the slowest chain of steps above
     * it, as if steps that do not depend on each other were made side by side. A known model took none.
     */
    public Map<String, Double> seconds() {
        Map<String, Double> cumulative = new LinkedHashMap<>();
        plan.steps().stream()
                .filter(step -> seconds.containsKey(step.name()))
                .forEach(step -> cumulative.put(
                        step.name(),
                        seconds.get(step.name())
                                + step.parents().keySet().stream()
                                        .mapToDouble(parent -> cumulative.getOrDefault(parent, 0.0))
                                        .max()
                                        .orElse(0)));
        return cumulative;
    }

    @Override
    public String toString() {
        return "training of a graph, " + imagesToGo() + " images to go of " + steps.size() + " steps";
    }
}
