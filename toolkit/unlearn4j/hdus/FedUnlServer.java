package unlearn4j.hdus;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.BatchStatistics;
import unlearn4j.train.Classifier;
import unlearn4j.train.Outputs;
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
    private final RoundsConfig remedial;
    private final Images reference;
    private final double temperature;
    private final Seed seed;
    /** Each client's part in the global model. */
    private final Map<String, Weights> updates = new HashMap<>();

    private List<Client> clients;
    private Rounds training;
    private Weights global;
    /** While a client is being forgotten: the global model that still knew it. */
    private Classifier teacher;

    private Remedy remedy;

    FedUnlServer(
            RoundsConfig config,
            RoundsConfig remedial,
            List<Client> clients,
            Images reference,
            double temperature,
            Seed seed) {
        super("FedUnl", Map.of());
        this.config = config;
        this.remedial = remedial;
        this.clients = clients;
        this.reference = reference;
        this.temperature = temperature;
        this.seed = seed;
        training = new Rounds(config, clients, Averaging.mean(Averaging.shares(clients)), seed);
        global = training.initial();
        publish(forAll(snapshot(global)));
    }

    /** Runs the rounds that are not done yet. */
    void train() {
        training.run("training FedUnl, " + clients.size() + " clients", this::collect);
        training = null;
    }

    /** Keeps what each client put into a round. */
    private void collect(List<Weights> local, List<Weights> mixed) {
        double[] shares = Averaging.shares(clients);
        for (int i = 0; i < local.size(); i++) {
            String client = clients.get(i).name();
            updates.put(client, Averaging.accumulate(updates.get(client), shares[i], global, local.get(i)));
        }
        served("global model to clients", local.size(), global.bytes());
        served("clients' models to the server", local.size(), global.bytes());
        distribute(mixed.get(0));
    }

    private void distribute(Weights next) {
        global = next;
        publish(forAll(snapshot(global)));
    }

    private Snapshot snapshot(Weights weights) {
        return Snapshot.of(config.model(), reference, weights);
    }

    private Map<String, Snapshot> forAll(Snapshot one) {
        Map<String, Snapshot> models = new LinkedHashMap<>();
        clients.forEach(client -> models.put(client.name(), one));
        return models;
    }

    @Override
    protected Map<String, Snapshot> depart(String client, Map<String, Snapshot> staying) {
        teacher = model(client).model();
        remedy = null;
        clients = clients.stream().filter(other -> !other.name().equals(client)).toList();
        global = Averaging.subtract(global, updates.remove(client));
        requestedAtServer(client);
        Weights subtracted = global;
        ModelSpec spec = config.model();
        return forAll(Snapshot.of(() -> {
            Classifier model = Classifier.create(spec, reference, 0);
            model.load(subtracted);
            BatchStatistics.measure(model, reference);
            return model;
        }));
    }

    /** Remedies what is left; after every round the clients get what there is. */
    @Override
    protected Map<String, String> unlearn(String client) {
        if (remedy == null) {
            Classifier left = models().values().iterator().next().model().copy();
            remedy = new Remedy(
                    remedial,
                    temperature,
                    teacher,
                    left,
                    reference,
                    clients,
                    seed.child(client).child("recovery"));
        }
        Map<String, String> done = new LinkedHashMap<>();
        done.put("updates subtracted", "those of " + config.rounds() + " rounds");
        done.putAll(remedy.run("recovering without " + client, this::distribute, this::collect));
        served("recovered model to clients", clients.size(), global.bytes());
        teacher = null;
        remedy = null;
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
     * updates at a server. Between subtraction and remedy there is no usable model.
     */
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.FAST_RECOVERY, Capability.CLIENT_WISE);
    }
}
