package unlearn4j.hdus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.Softening;
import unlearn4j.train.TrainingConfig;

/**
 * Sets up and trains a network of clients (paper A, §III.B). A value; each setting returns a changed copy. An interrupted
 * {@link #train} can be called again on the same object and goes on from the last finished epoch.
 */
public final class Hdus {
    /** What the traffic of that phase is booked as. */
    static final String EXCHANGE = "exchange of seeds";

    private final Clients clients;
    private final HdusConfig config;
    private final Topology topology;
    /** What an interrupted {@link #train} goes on with. */
    private List<ClientTraining> begun;

    private Hdus(Clients clients, HdusConfig config, Topology topology) {
        this.clients = Check.given("clients", clients);
        this.config = Check.given("config", config);
        this.topology = Check.given("topology", topology);
    }

    /**
     * Begins with {@link HdusConfig#paper()} and all clients neighbours of each other.
     *
     * @param clients who has which images
     */
    public static Hdus over(Clients clients) {
        return new Hdus(clients, HdusConfig.paper(), Topology.complete());
    }

    /** Returns a copy with that configuration, which replaces all settings but the topology. */
    public Hdus config(HdusConfig value) {
        return new Hdus(clients, value, topology);
    }

    /** Returns a copy with those main models, dealt out to the clients in turn. */
    public Hdus mainModels(ModelSpec... models) {
        return config(config.mainModels(models));
    }

    /** Returns a copy with that network for seeds, the same for all. */
    public Hdus seedModel(ModelSpec model) {
        return config(config.seedModel(model));
    }

    /** Returns a copy with that topology; what is random in it is drawn from the clients' seed. */
    public Hdus topology(Topology value) {
        return new Hdus(clients, config, value);
    }

    /** Returns a copy with that T of the distillation (Eq. 1), above 0. */
    public Hdus temperature(double value) {
        return config(config.temperature(value));
    }

    /** Returns a copy in which T softens those outputs (Eq. 1). */
    public Hdus softening(Softening value) {
        return config(config.softening(value));
    }

    /** Returns a copy with that λ, the seeds' weight in an ensemble (Eq. 2), in [0, 1). */
    public Hdus lambda(double value) {
        return config(config.lambda(value));
    }

    /** Returns a copy whose ensembles add that up. */
    public Hdus combine(Combination value) {
        return config(config.combination(value));
    }

    /** Returns a copy whose main models are trained so; its seed is replaced by one a client, from the clients' seed. */
    public Hdus training(TrainingConfig value) {
        return config(config.training(value));
    }

    /** Returns a copy whose seeds are distilled so; its seed is replaced as that of {@link #training} is. */
    public Hdus incubation(TrainingConfig value) {
        return config(config.incubation(value));
    }

    /** Returns who will train what: a row for each client, with its images, its main model and its seed. */
    public Table allocation() {
        StringColumn name = StringColumn.create("client");
        IntColumn images = IntColumn.create("images");
        StringColumn main = StringColumn.create("main model");
        StringColumn seed = StringColumn.create("seed model");
        clients.places().forEach((place, client) -> {
            name.append(client.name());
            images.append(client.images().size());
            main.append(config.mainModel(place).name());
            seed.append(config.seedModel().name());
        });
        return Table.create("Models of " + clients.data().name(), name, images, main, seed);
    }

    /**
     * Trains each client's main model on its own images, distils its seed from it on its reference images, and lets
     * neighbours exchange their seeds.
     *
     * @return a network of its own at each call
     * @throws IllegalArgumentException if the topology doesn't fit the clients, or the images don't fit the models
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call goes on from there
     */
    public HdusNetwork train() {
        Map<Integer, Client> places = clients.places();
        Map<String, Set<String>> neighbours =
                topology.neighbours(places.values().stream().map(Client::name).toList(), clients.seed());
        if (begun == null) {
            List<ClientTraining> prepared = new ArrayList<>();
            places.forEach((place, client) ->
                    prepared.add(new ClientTraining(client, config.mainModel(place), config, clients.seed())));
            begun = prepared;
        }
        Members members = new Members(new Traffic());
        long total = begun.stream().mapToLong(ClientTraining::imagesToGo).sum();
        List<SeedModel> seeds;
        try (Progress progress = Screen.current().progress("training " + begun.size() + " clients", total, "images")) {
            seeds = SideBySide.train(begun, progress, (one, part) -> one.run(part, 0));
        }
        for (int i = 0; i < seeds.size(); i++) {
            ClientTraining one = begun.get(i);
            List<String> present = new ArrayList<>(members.names());
            present.retainAll(neighbours.get(one.client().name()));
            members.admit(one.client(), one.main(), seeds.get(i), present, EXCHANGE);
        }
        begun = null;
        return new HdusNetwork(clients, config, members);
    }

    @Override
    public String toString() {
        return config + "; neighbours " + topology;
    }
}
