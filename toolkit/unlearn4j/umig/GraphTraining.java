package unlearn4j.umig;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.core.Seed;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.model.AlexNet;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;

/**
 * Trains a graph of models, one state after another: each begins with the average of the states that it inherits from and
 * is then trained, or only averaged. An interrupted {@link #train} can be called again and goes on from the last finished
 * epoch.
 *
 * <p>States are trained one at a time even where they do not depend on each other. On a processor the threads of one
 * training keep all cores busy: on two cores, two clients in two threads gained less than a fifth. The result is the same.
 *
 * @param <B> the framework itself, so that its settings can be chained
 */
public abstract class GraphTraining<B extends GraphTraining<B>> {
    /** The data set. */
    final Dataset data;

    private ModelSpec model = AlexNet.SPEC;
    private TrainingConfig training;
    private Seed seed = Seed.of(0);

    private List<State> states;
    private final Map<String, Classifier> models = new HashMap<>();
    private int finished;
    private Training current;

    /**
     * A model at one moment.
     *
     * @param name its name
     * @param parents what it begins with: the names of earlier states and how much each counts; none for new weights
     * @param trainedOn what it is then trained on; empty if it is only an average
     * @param shard what a node of this state is said to be trained on itself
     * @param headOnly whether the body is frozen
     * @param node whether the state is a node of the graph; if not it is given up once no later state begins with it
     */
    record State(
            String name, Map<String, Double> parents, Images trainedOn, Images shard, boolean headOnly, boolean node) {

        /** Returns a state that is trained on images of its own. */
        static State trained(String name, Map<String, Double> parents, Images images) {
            return new State(name, parents, images, images, false, true);
        }

        /** Returns an average of states. */
        static State averaged(String name, Map<String, Double> parents, Images like) {
            return new State(name, parents, like.slice(0, 0), like.slice(0, 0), false, true);
        }

        /** Returns the same state with that shard. */
        State shard(Images images) {
            return new State(name, parents, trainedOn, images, headOnly, node);
        }

        /** Returns the same state, which is no node. */
        State hidden() {
            return new State(name, parents, trainedOn, shard, headOnly, false);
        }

        /** Returns the same state, trained with a frozen body. */
        State ofHead() {
            return new State(name, parents, trainedOn, shard, true, node);
        }
    }

    /** Begins with AlexNet, that training and seed 0. */
    GraphTraining(Dataset data, TrainingConfig training) {
        this.data = Check.given("data", data);
        this.training = training;
    }

    /** Returns this framework, under its own type. */
    abstract B self();

    /** Returns the states in the order in which they are trained. */
    abstract List<State> states();

    /** Sets the network. */
    public final B model(ModelSpec spec) {
        untrained();
        model = Check.given("model", spec);
        return self();
    }

    /** Sets how each state is trained; its seed is replaced by one a state, drawn from {@link #seed}. */
    public final B training(TrainingConfig config) {
        untrained();
        training = Check.given("training", config);
        return self();
    }

    /** Sets the seed. */
    public final B seed(long value) {
        untrained();
        seed = Seed.of(value);
        return self();
    }

    /** Returns where the framework's own chance comes from. */
    final Seed seed() {
        return seed;
    }

    /** Refuses a setting once training has begun. */
    final void untrained() {
        Check.that(states == null, "training has begun: settings can't change now, begin anew");
    }

    /**
     * Trains the graph.
     *
     * @return the graph
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call goes on from there
     */
    public final Umig train() {
        if (states == null) {
            List<State> wanted = states();
            wanted.forEach(state -> Check.that(
                    state.trainedOn.size() != 1,
                    "%s has 1 image, which is not enough to train " + "on, 2 are: have fewer models, or more images",
                    state.name));
            states = wanted;
        }
        long all = states.stream().mapToLong(this::images).sum();
        long done = states.subList(0, finished).stream().mapToLong(this::images).sum();
        long before = current == null ? done : done + images(states.get(finished)) - current.imagesToGo();
        try (Progress progress = Screen.current().progress("training " + nodes() + " models", all - before, "images")) {
            long shown = 0;
            while (finished < states.size()) {
                State state = states.get(finished);
                if (current == null && !state.trainedOn.isEmpty()) {
                    TrainingConfig config = training.seed(
                            seed.child(state.name).child("training").value());
                    current = state.headOnly
                            ? Training.ofHead(start(state), state.trainedOn, config)
                            : Training.of(start(state), state.trainedOn, config);
                }
                if (current == null) {
                    models.put(state.name, start(state));
                } else {
                    long togo = current.imagesToGo();
                    models.put(state.name, current.run(progress.part(state.name, shown)));
                    shown += togo;
                }
                current = null;
                finished++;
                giveUp();
            }
        }
        return graph();
    }

    private long images(State state) {
        return (long) state.trainedOn.size() * training.epochs();
    }

    private long nodes() {
        return states.stream().filter(State::node).count();
    }

    private Classifier start(State state) {
        if (state.parents.isEmpty()) {
            return Classifier.create(
                    model, data.train(), seed.child(state.name).child("weights").value());
        }
        List<Classifier> parents =
                state.parents.keySet().stream().map(models::get).toList();
        Classifier start = parents.get(0).copy();
        if (parents.size() > 1) {
            start.load(Weights.average(
                    parents.stream().map(Classifier::weights).toList(),
                    state.parents.values().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray()));
        }
        return start;
    }

    /** Lets go of models that are no nodes and that no later state begins with. */
    private void giveUp() {
        List<State> later = states.subList(finished, states.size());
        states.subList(0, finished).stream()
                .filter(state -> !state.node && models.containsKey(state.name))
                .filter(state -> later.stream().noneMatch(heir -> heir.parents.containsKey(state.name)))
                .forEach(state -> models.remove(state.name));
    }

    private Umig graph() {
        Umig umig = Umig.of();
        for (State state : states) {
            if (state.node) {
                umig.add(new ModelNode(state.name, models.get(state.name), state.shard));
                double whole = state.parents.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                state.parents.forEach((parent, share) -> {
                    if (umig.has(parent)) {
                        umig.inherit(state.name, parent, share / whole);
                    }
                });
            }
        }
        return umig;
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
}
