package unlearn4j.umig;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import unlearn4j.core.Check;
import unlearn4j.core.Seed;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.model.AlexNet;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.TrainingConfig;

/**
 * Trains a graph of models: a {@link TrainingPlan} drawn up from a few settings. A value: each setting returns a changed
 * copy. An interrupted {@link #train} can be called again and goes on from the last finished epoch.
 *
 * @param <B> the framework itself, so that its settings can be chained
 */
public abstract class GraphTraining<B extends GraphTraining<B>> implements Cloneable {
    /** The data set. */
    final Dataset data;

    private ModelSpec model = AlexNet.SPEC;
    private TrainingConfig training;
    private long seed;
    private PlanRun begun;

    /** Begins with AlexNet, that training and seed 0. */
    GraphTraining(Dataset data, TrainingConfig training) {
        this.data = Check.given("data", data);
        this.training = training;
    }

    /** Returns the steps in the order in which they are made. */
    abstract List<Step> steps();

    /** Returns a copy with that change, whose training has not begun. */
    final B with(Consumer<B> change) {
        try {
            @SuppressWarnings("unchecked")
            B copy = (B) clone();
            ((GraphTraining<?>) copy).begun = null;
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sets the network. */
    public final B model(ModelSpec spec) {
        Check.given("model", spec);
        return with(copy -> ((GraphTraining<?>) copy).model = spec);
    }

    /** Sets how each model is trained; its seed is replaced by one a model, drawn from {@link #seed}. */
    public final B training(TrainingConfig config) {
        Check.given("training", config);
        return with(copy -> ((GraphTraining<?>) copy).training = config);
    }

    /** Returns how each model is trained. */
    final TrainingConfig training() {
        return training;
    }

    /** Sets the seed. */
    public final B seed(long value) {
        return with(copy -> ((GraphTraining<?>) copy).seed = value);
    }

    /** Returns where the dealing out of images comes from. */
    final long partitionSeed() {
        return Seed.of(seed).child("partition").value();
    }

    /** Returns a node that is trained on images of its own. */
    final Step trained(String name, Map<String, Double> parents, Images images) {
        return new Step(name, model, parents, images, images, training, false, true);
    }

    /** Returns a node that is only an average. */
    final Step averaged(String name, Map<String, Double> parents, Images like) {
        return trained(name, parents, like.slice(0, 0));
    }

    /** Returns how the graph is to be trained. */
    public final TrainingPlan plan() {
        return new TrainingPlan(data.train(), steps(), seed);
    }

    /**
     * Trains the graph.
     *
     * @return the graph
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call goes on from there
     */
    public final Umig train() {
        if (begun == null) {
            begun = plan().begin(Map.of());
        }
        return plan().graph(begun.run());
    }

    /**
     * Trains the graph in a folder, where each model is kept as soon as it is trained; one that is there already, of the same
     * settings and images, is not trained again. A training that was broken off, even by the end of the process, goes on
     * from its last finished epoch to the very numbers of an unbroken one. {@link Umig#load} reads the graph later.
     *
     * @param folder where to; it is made if need be
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call goes on from there
     * @throws unlearn4j.data.DataException if the folder can't be written to, or a file in it is damaged
     */
    public final Umig train(Path folder) {
        return plan().graph(plan().begin(Map.of(), folder).run());
    }

    /** Returns the parents and how much each counts, in that order: as many images as it has. */
    static Map<String, Double> bySize(List<String> names, List<Images> shards) {
        Map<String, Double> parents = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            parents.put(names.get(i), (double) shards.get(i).size());
        }
        return parents;
    }

    /** Returns the parents, all of which count alike. */
    static Map<String, Double> alike(List<String> names) {
        Map<String, Double> parents = new LinkedHashMap<>();
        names.forEach(name -> parents.put(name, 1.0));
        return parents;
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + " of " + model.name() + " models, not trained yet: .train() trains them";
    }
}
