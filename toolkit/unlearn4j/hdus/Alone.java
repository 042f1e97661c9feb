package unlearn4j.hdus;

import java.util.Arrays;
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
 * main models of {@link Hdus} with the same settings. A value; each setting returns a changed copy.
 *
 * @param <B> the builder's own class, so that its settings can be chained
 */
abstract class Alone<B extends Alone<B>> {
    /** Who has which images. */
    final Clients clients;
    /** The clients' models, dealt out in turn. */
    final List<ModelSpec> mainModels;
    /** How they are trained. */
    final TrainingConfig training;
    /** What an interrupted training goes on with. */
    private Map<String, SlicedTraining> begun;

    Alone(Clients clients, List<ModelSpec> mainModels, TrainingConfig training) {
        this.clients = Check.given("clients", clients);
        this.mainModels = HdusConfig.checked(mainModels);
        this.training = Check.given("training", training);
    }

    /** Returns a copy with these settings. */
    abstract B with(List<ModelSpec> models, TrainingConfig config);

    /** Returns a copy with those models, dealt out to the clients in turn. */
    public final B mainModels(ModelSpec... models) {
        return with(Arrays.asList(Check.given("mainModels", models)), training);
    }

    /**
     * Returns a copy whose models are trained so, without this as {@link HdusConfig#paper()} has it; its seed is replaced by
     * one a client, drawn from the clients' seed.
     */
    public final B training(TrainingConfig config) {
        return with(mainModels, config);
    }

    /** Trains what is not trained yet, each client's images in that many slices. */
    final Map<String, SlicedTraining> trained(int slices) {
        if (begun == null) {
            Map<String, SlicedTraining> prepared = new LinkedHashMap<>();
            clients.places()
                    .forEach((place, client) -> prepared.put(
                            client.name(),
                            new SlicedTraining(
                                    client.name(),
                                    client.images(),
                                    mainModels.get(place % mainModels.size()),
                                    slices,
                                    training,
                                    clients.seed().child(client.name()))));
            begun = prepared;
        }
        Map<String, SlicedTraining> trained = begun;
        long total =
                trained.values().stream().mapToLong(SlicedTraining::imagesToGo).sum();
        try (Progress progress =
                Screen.current().progress("training " + trained.size() + " clients", total, "images")) {
            SideBySide.train(
                    trained.entrySet(), progress, (one, part) -> one.getValue().train(part.part(one.getKey(), 0)));
        }
        begun = null;
        return trained;
    }

    @Override
    public String toString() {
        return "main models " + mainModels.stream().map(ModelSpec::name).toList() + ", training " + training;
    }
}
