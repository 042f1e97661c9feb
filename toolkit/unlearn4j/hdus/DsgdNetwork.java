package unlearn4j.hdus;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.train.Outputs;
import unlearn4j.train.Weights;

/** Clients that average their weights with their neighbours'; when one leaves, the others begin again. */
final class DsgdNetwork extends Baseline<Snapshot> {
    private final RoundsConfig config;
    private final Seed seed;
    private List<Client> clients;
    private Map<String, Set<String>> neighbours;
    private Rounds rounds;

    DsgdNetwork(RoundsConfig config, List<Client> clients, Map<String, Set<String>> neighbours, Seed seed) {
        super("DSGD", Map.of());
        this.config = config;
        this.clients = clients;
        this.neighbours = neighbours;
        this.seed = seed;
        begin();
        publish(snapshots(rounds.weights()));
    }

    private void begin() {
        rounds = new Rounds(config, clients, Averaging.metropolisHastings(neighbours), seed);
    }

    /** Runs the rounds that are not done yet. */
    void train() {
        if (!rounds.done()) {
            train("training", "training");
        }
    }

    private void train(String task, String phase) {
        long edges = neighbours.values().stream().mapToLong(Set::size).sum();
        rounds.run(task + " DSGD, " + clients.size() + " clients", (local, mixed) -> {
            sent(phase, edges, local.get(0).bytes());
            publish(snapshots(mixed));
        });
    }

    private Map<String, Snapshot> snapshots(List<Weights> weights) {
        Map<String, Snapshot> snapshots = new LinkedHashMap<>();
        for (int i = 0; i < clients.size(); i++) {
            snapshots.put(
                    clients.get(i).name(),
                    Snapshot.of(config.model(), clients.get(i).images(), weights.get(i)));
        }
        return snapshots;
    }

    @Override
    protected Map<String, Snapshot> depart(String client, Map<String, Snapshot> staying) {
        requested(client, neighbours.get(client).size());
        clients = clients.stream().filter(other -> !other.name().equals(client)).toList();
        neighbours = Averaging.without(neighbours, client);
        begin();
        return snapshots(rounds.weights());
    }

    /** Trains those who stay from the initial weights; meanwhile they answer as they are after the last round. */
    @Override
    protected Map<String, String> unlearn(String client) {
        train("re-training", "re-training");
        Map<String, String> done = new LinkedHashMap<>();
        done.put("models re-trained", String.join(", ", clients()));
        done.put("rounds", "" + config.rounds());
        done.put("images shown", config.shown(clients));
        return done;
    }

    @Override
    public Outputs outputs(String client, Images images) {
        return probabilities(model(client), images);
    }

    /** Exact, client-wise, without history and without a server; but those who stay begin again with untrained models. */
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.EXACT, Capability.CLIENT_WISE, Capability.NO_HISTORY, Capability.NO_SERVER);
    }
}
