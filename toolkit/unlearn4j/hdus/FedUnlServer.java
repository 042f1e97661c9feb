package unlearn4j.hdus;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.BatchStatistics;
import unlearn4j.train.Classifier;
import unlearn4j.train.Outputs;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;

/**
 * A server with a global model that answers for all clients, and the sum of what each client put into it. Wu, Zhu and
 * Mitra keep each round's update; as they subtract all of a client's at once, their sum is enough.
 *
 * <p>Batch normalisation's running means and variances are averaged as all other numbers are, but they cannot be
 * subtracted: a difference of variances may be negative, and the weights that are left have other activations anyway. They
 * are measured anew on the reference images, before the first answer.
 */
final class FedUnlServer extends Baseline<Snapshot> {
    private final RoundsConfig config;
    private final Images reference;
    private final double temperature;
    private final TrainingConfig recovery;
    private final Seed seed;
    private final double[] shares;
    /** Each client's part in the global model. */
    private final Map<String, Weights> updates = new HashMap<>();

    private Rounds rounds;
    private Weights global;
    /** While a client is being forgotten: the global model that still knew it. */
    private Classifier teacher;

    private Training distillation;

    FedUnlServer(
            RoundsConfig config,
            List<Client> clients,
            Images reference,
            double temperature,
            TrainingConfig recovery,
            Seed seed) {
        super("FedUnl", Map.of());
        this.config = config;
        this.reference = reference;
        this.temperature = temperature;
        this.recovery = recovery;
        this.seed = seed;
        shares = Averaging.shares(clients);
        rounds = new Rounds(config, clients, Averaging.mean(shares), seed);
        global = rounds.initial();
        publish(forAll(clients.stream().map(Client::name).toList(), snapshot(global)));
    }

    /** Runs the rounds that are not done yet. */
    void train() {
        if (rounds == null) {
            return;
        }
        List<String> names = clients();
        rounds.run("training FedUnl, " + names.size() + " clients", (local, mixed) -> {
            for (int i = 0; i < local.size(); i++) {
                Weights before = updates.get(names.get(i));
                updates.put(names.get(i), Averaging.accumulate(before, shares[i], global, local.get(i)));
            }
            global = mixed.get(0);
            served("global model to clients", local.size(), global.bytes());
            served("clients' models to the server", local.size(), global.bytes());
        });
        publish(forAll(clients(), snapshot(global)));
        // The server has neither the clients' images nor their own models.
        rounds = null;
    }

    private Snapshot snapshot(Weights weights) {
        return Snapshot.of(config.model(), reference, weights);
    }

    private static Map<String, Snapshot> forAll(Iterable<String> clients, Snapshot one) {
        Map<String, Snapshot> models = new LinkedHashMap<>();
        clients.forEach(client -> models.put(client, one));
        return models;
    }

    @Override
    protected Map<String, Snapshot> depart(String client, Map<String, Snapshot> staying) {
        teacher = model(client).model();
        distillation = null;
        global = Averaging.subtract(global, updates.remove(client));
        requestedAtServer(client);
        Weights subtracted = global;
        ModelSpec spec = config.model();
        return forAll(staying.keySet(), Snapshot.of(() -> {
            Classifier model = Classifier.create(spec, reference, 0);
            model.load(subtracted);
            BatchStatistics.measure(model, reference);
            return model;
        }));
    }

    /** Distils the old global model into what is left; after every epoch the clients get what there is. */
    @Override
    protected Map<String, String> unlearn(String client) {
        if (distillation == null) {
            Classifier student = models().values().iterator().next().model().copy();
            distillation = Training.distilling(
                    teacher,
                    student,
                    reference,
                    temperature,
                    recovery.seed(seed.child(client).child("recovery").value()));
        }
        try (Progress progress =
                Screen.current().progress("recovering without " + client, distillation.imagesToGo(), "images")) {
            long images = distillation.imagesToGo();
            while (distillation.imagesToGo() > 0) {
                distillation.runTo(
                        distillation.epochsDone() + 1,
                        progress.part("distillation", images - distillation.imagesToGo()));
                publish(forAll(clients(), snapshot(distillation.model().weights())));
            }
        }
        global = distillation.model().weights();
        served("recovered model to clients", clients().size(), global.bytes());
        teacher = null;
        distillation = null;
        Map<String, String> done = new LinkedHashMap<>();
        done.put("updates subtracted", "those of " + config.rounds() + " rounds");
        done.put("distilled from", "the global model before");
        done.put(
                "epochs on reference images",
                String.format(Locale.ROOT, "%d on %,d images", recovery.epochs(), reference.size()));
        return done;
    }

    @Override
    public Outputs outputs(String client, Images images) {
        return probabilities(model(client), images);
    }

    /** Each client's updates, summed. */
    @Override
    public long history() {
        return updates.values().stream().mapToLong(Weights::bytes).sum();
    }

    /**
     * Client-wise, and sooner good again than one trained anew; not exact, for the teacher knew who left, and it keeps
     * updates at a server. Between subtraction and distillation there is no usable model.
     */
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.FAST_RECOVERY, Capability.CLIENT_WISE);
    }
}
