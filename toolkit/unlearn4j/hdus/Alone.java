package unlearn4j.hdus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.TrainingConfig;

/**
 * The settings of frameworks in which each client trains a model alone, on its own images. The models are bit for bit the
 * main models of {@link Hdus} with the same settings.
 *
 * @param <B> the framework's own class, so that its settings can be chained
 */
public abstract class Alone<B extends Alone<B>> {
    /** The clients' models, dealt out in turn. */
    List<ModelSpec> mainModels;

    private final Clients clients;
    private TrainingConfig training = TrainingConfig.DEFAULT;
    private Map<String, SlicedTraining> shards;

    /** Begins with clients and the models that they have by default. */
    Alone(Clients clients, List<ModelSpec> models) {
        this.clients = Check.given("clients", clients);
        mainModels = models;
    }

    /** Returns this framework, under its own type. */
    abstract B self();

    /** Refuses a change after training has begun. */
    final void untrained() {
        Check.that(
                shards == null,
                "training has begun: settings can't change now, begin anew with %s.over(clients)",
                getClass().getSimpleName());
    }

    /** Sets the clients' models, dealt out to them in turn. */
    public final B mainModels(ModelSpec... models) {
        untrained();
        Check.that(models.length > 0, "mainModels must name at least one model");
        for (ModelSpec model : models) {
            Check.given("main model", model);
        }
        mainModels = List.of(models);
        return self();
    }

    /** Sets how models are trained; its seed is replaced by one a client, drawn from the clients' seed. */
    public final B training(TrainingConfig config) {
        untrained();
        training = Check.given("training", config);
        return self();
    }

    /** Trains what is not trained yet, each client's images in that many slices. */
    final Map<String, SlicedTraining> trained(int slices) {
        if (shards == null) {
            Map<String, SlicedTraining> prepared = new LinkedHashMap<>();
            clients.places().forEach((place, client) -> {
                ModelSpec model = mainModels.get(place % mainModels.size());
                prepared.put(
                        client.name(),
                        new SlicedTraining(
                                client.name(),
                                client.images(),
                                model,
                                slices,
                                training,
                                clients.seed().child(client.name())));
            });
            shards = prepared;
        }
        List<String> names = new ArrayList<>(shards.keySet());
        long total =
                shards.values().stream().mapToLong(SlicedTraining::imagesToGo).sum();
        long done = 0;
        try (Progress progress = Screen.current().progress("training " + names.size() + " clients", total, "images")) {
            for (String name : names) {
                long before = shards.get(name).imagesToGo();
                shards.get(name).train(progress.part(name, done));
                done += before;
            }
        }
        return shards;
    }

    @Override
    public String toString() {
        return "main models " + mainModels.stream().map(ModelSpec::name).toList() + ", training " + training;
    }
}
