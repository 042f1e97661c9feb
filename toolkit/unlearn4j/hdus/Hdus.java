package unlearn4j.hdus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
import unlearn4j.train.TrainingConfig;

/**
 * Sets up and trains a network of clients (paper A, §III.B). An interrupted {@link #train} can be called again and goes on
 * from the last finished epoch.
 */
public final class Hdus {
    /** What the traffic of that phase is booked as. */
    static final String EXCHANGE = "exchange of seeds";

    private final Clients clients;
    private HdusSettings settings = HdusSettings.DEFAULT;
    private Topology topology = Topology.complete();
    private List<ClientTraining> work;
    private Map<String, Set<String>> neighbours;

    private Hdus(Clients clients) {
        this.clients = Check.given("clients", clients);
    }

    /**
     * Begins with paper A's models and T = 3, λ = 0.5, probabilities added up, all clients neighbours of each other.
     *
     * @param clients who has which images
     */
    public static Hdus over(Clients clients) {
        return new Hdus(clients);
    }

    /** Sets the main models, dealt out to the clients in turn. */
    public Hdus mainModels(ModelSpec... models) {
        return set(settings.mainModels(Arrays.asList(Check.given("mainModels", models))));
    }

    /** Sets the seed models' network, the same for all. */
    public Hdus seedModel(ModelSpec model) {
        return set(settings.seedModel(model));
    }

    /** Sets who is whose neighbour; what is random in it is drawn from the clients' seed. */
    public Hdus topology(Topology value) {
        Hdus same = set(settings);
        topology = Check.given("topology", value);
        return same;
    }

    /** Sets T of the distillation (Eq. 1), above 0. */
    public Hdus temperature(double value) {
        return set(settings.temperature(value));
    }

    /** Sets λ, the seeds' weight in an ensemble (Eq. 2), in [0, 1). */
    public Hdus lambda(double value) {
        return set(settings.lambda(value));
    }

    /** Sets what an ensemble adds up. */
    public Hdus combine(Combination value) {
        return set(settings.combination(value));
    }

    /** Sets how main models are trained; its seed is replaced by one a client, drawn from the clients' seed. */
    public Hdus training(TrainingConfig config) {
        return set(settings.training(config));
    }

    /** Sets how seeds are distilled: paper A's incubating phase. Its seed is replaced as that of {@link #training} is. */
    public Hdus incubation(TrainingConfig config) {
        return set(settings.incubation(config));
    }

    private Hdus set(HdusSettings changed) {
        Check.that(work == null, "training has begun: settings can't change now, begin anew with Hdus.over(clients)");
        settings = changed;
        return this;
    }

    /**
     * Returns who will train what: a row for each client, with its number of images, its main model and its seed. Nothing
     * is trained, and settings can still change.
     */
    public Table allocation() {
        StringColumn name = StringColumn.create("client");
        IntColumn images = IntColumn.create("images");
        StringColumn main = StringColumn.create("main model");
        StringColumn seed = StringColumn.create("seed model");
        clients.places().forEach((place, client) -> {
            name.append(client.name());
            images.append(client.images().size());
            main.append(settings.mainModel(place).name());
            seed.append(settings.seedModel().name());
        });
        return Table.create("Models of " + clients.data().name(), name, images, main, seed);
    }

    /**
     * Trains each client's main model on its own images, distils its seed from it on its reference images, and lets
     * neighbours exchange their seeds.
     *
     * @return the network
     * @throws IllegalArgumentException if the topology doesn't fit the clients, or the images don't fit the models
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call goes on from there
     */
    public HdusNetwork train() {
        if (work == null) {
            work = prepare();
        }
        Members members = new Members(new Traffic());
        long total = work.stream().mapToLong(ClientTraining::imagesToGo).sum();
        long done = 0;
        try (Progress progress = Screen.current().progress("training " + work.size() + " clients", total, "images")) {
            for (ClientTraining one : work) {
                long images = one.imagesToGo();
                SeedModel seed = one.run(progress, done);
                List<String> present = new ArrayList<>(members.names());
                present.retainAll(neighbours.get(one.client().name()));
                members.admit(one.client(), one.main(), seed, present, EXCHANGE);
                done += images;
            }
        }
        return new HdusNetwork(clients, settings, members);
    }

    private List<ClientTraining> prepare() {
        Map<Integer, Client> places = clients.places();
        neighbours =
                topology.neighbours(places.values().stream().map(Client::name).toList(), clients.seed());
        List<ClientTraining> prepared = new ArrayList<>();
        places.forEach((place, client) ->
                prepared.add(new ClientTraining(client, settings.mainModel(place), settings, clients.seed())));
        return Collections.unmodifiableList(prepared);
    }

    @Override
    public String toString() {
        return settings + "; neighbours " + topology;
    }
}
