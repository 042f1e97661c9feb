package unlearn4j.hdus;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluation;
import unlearn4j.train.Outputs;
import unlearn4j.train.Softening;

/**
 * A trained network of clients, each with a main model and a repository of its neighbours' seeds (paper A, Fig. 2). One
 * thread at a time changes it; any thread may ask it meanwhile.
 */
public final class HdusNetwork implements Framework {
    private final Clients clients;
    private final HdusConfig config;
    private final Members members;
    /** Trainings that were interrupted, by the client's name: another call goes on with them. */
    private final Map<String, ClientTraining> joining;

    private final Reincubation reincubation = new Reincubation();

    HdusNetwork(Clients clients, HdusConfig config, Members members) {
        this(clients, config, members, new HashMap<>());
    }

    private HdusNetwork(Clients clients, HdusConfig config, Members members, Map<String, ClientTraining> joining) {
        this.clients = clients;
        this.config = config;
        this.members = members;
        this.joining = joining;
    }

    @Override
    public String name() {
        return "HDUS";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    /** None: main models and seeds are kept as they are now. */
    @Override
    public long history() {
        return 0;
    }

    @Override
    public Traffic traffic() {
        return members.traffic();
    }

    @Override
    public Outputs outputs(String client, Images images) {
        return ensemble(client).outputs(images);
    }

    @Override
    public List<String> clients() {
        return members.names();
    }

    /** Returns a client's main model. */
    public Classifier mainModel(String client) {
        return members.member(client).main();
    }

    /** Returns the seed model that a client sent to its neighbours. */
    public SeedModel seedModel(String client) {
        return members.member(client).seed();
    }

    /** Returns the seeds in a client's repository, in the order in which they came. */
    public List<SeedModel> repository(String client) {
        return members.member(client).repository();
    }

    /** Returns a client's ensemble as it is now (Eq. 2, after a departure Eq. 3). */
    Ensemble ensemble(String client) {
        return ensemble(members.member(client));
    }

    private Ensemble ensemble(Members.Member member) {
        return member.ensemble(config.lambda(), config.combination());
    }

    /**
     * Lets a client join with the next of the main models, as {@link #join(Client, ModelSpec, String...)} does. Its
     * reference images are those that the clients were set up with.
     */
    public void join(String name, Images images, String... neighbours) {
        Check.given("images", images);
        join(new Client(name, images, clients.reference(name)), config.mainModel(members.joined()), neighbours);
    }

    /**
     * Lets a client join: its main model is trained and its seed distilled, then it and its neighbours exchange seeds.
     * Nobody else's models change.
     *
     * @param client the newcomer, under a name that nobody has or had
     * @param mainModel its main model's network
     * @param neighbours its neighbours' names; none mean all, where each client is a neighbour of all others
     * @throws IllegalArgumentException if the name is taken or was forgotten, if the images are not of the network's shape
     *     and classes, or if there are no such neighbours; then nothing is trained
     * @throws unlearn4j.train.Interrupted if the thread is interrupted: nobody has joined, and another call with the same
     *     arguments goes on from there
     */
    public void join(Client client, ModelSpec mainModel, String... neighbours) {
        Check.given("client", client);
        Check.given("mainModel", mainModel);
        members.checkNew(client.name());
        Dataset data = clients.data();
        Check.that(
                client.images().shape().equals(data.shape()),
                "images of %s do not fit the network, whose clients have " + "images of %s",
                client.images().shape(),
                data.shape());
        Check.that(
                client.images().classes() == data.classes(),
                "images of %d classes do not fit the network, whose clients " + "have images of %d",
                client.images().classes(),
                data.classes());
        List<String> chosen = neighbours(client.name(), neighbours);
        ClientTraining training = joining.get(client.name());
        if (training == null || !training.isOf(client, mainModel)) {
            training = new ClientTraining(client, mainModel, config, clients.seed());
            joining.put(client.name(), training);
        }
        try (Progress progress =
                Screen.current().progress("training " + client.name(), training.imagesToGo(), "images")) {
            SeedModel seed = training.run(progress, 0);
            members.admit(client, training.main(), seed, chosen, "late join");
        }
        joining.remove(client.name());
    }

    private List<String> neighbours(String name, String... given) {
        if (Check.allGiven("neighbours", given).length == 0) {
            Check.that(
                    members.isComplete(),
                    "name the neighbours of %s, one or more of %s: not all clients are neighbours " + "here",
                    name,
                    members.names());
            return members.names();
        }
        Check.that(
                new HashSet<>(Arrays.asList(given)).size() == given.length,
                "a neighbour comes twice in %s",
                Arrays.toString(given));
        for (String neighbour : given) {
            members.member(neighbour);
        }
        // The order of arrival decides that in which seeds are added up.
        return members.names().stream().filter(Arrays.asList(given)::contains).toList();
    }

    /**
     * Forgets a client, exactly and at once: its seed is removed from its neighbours' repositories (Eq. 3), and it leaves
     * the network. What the others answer afterwards is bit for bit what they would if that seed had never been received.
     * A request to each neighbour names the client and its seed's SHA-256: the name's length and 32 bytes.
     *
     * @param client the client's name
     * @return what was done
     * @throws unlearn4j.core.Refusal if it was forgotten before, or if it is the last
     * @throws IllegalArgumentException if there never was a client of that name
     */
    @Override
    public Receipt forget(String client) {
        long start = System.nanoTime();
        Members.Departure departure = members.forget(client);
        double seconds = (System.nanoTime() - start) / 1e9;
        reincubation.forget(client);
        Map<String, String> done = new LinkedHashMap<>();
        done.put(
                "seed removed from",
                departure.removedFrom().isEmpty() ? "nobody" : String.join(", ", departure.removedFrom()));
        done.put("the seed's SHA-256", departure.seed().sha256());
        done.put("main models changed", "none");
        return new Receipt(name(), client, done, seconds);
    }

    /**
     * Returns this network seen with another λ, in [0, 1). Nothing is trained or copied: who joins or is forgotten here is
     * so there too.
     */
    public HdusNetwork withLambda(double lambda) {
        return new HdusNetwork(clients, config.lambda(lambda), members, joining);
    }

    /** Returns this network seen with another combination of outputs; it shares all with this one, as of λ. */
    public HdusNetwork withCombination(Combination combination) {
        return new HdusNetwork(clients, config.combination(combination), members, joining);
    }

    /**
     * Exchanges the same seeds among other neighbours. Models are neither trained nor copied.
     *
     * @param topology who is whose neighbour; what is random in it is drawn from the clients' seed
     * @return another network: what happens to one from here on does not happen to the other
     * @throws IllegalArgumentException if the topology doesn't fit those who are in the network
     */
    public HdusNetwork withTopology(Topology topology) {
        Map<String, Set<String>> neighbours =
                Check.given("topology", topology).neighbours(members.names(), clients.seed());
        Members others = new Members(new Traffic());
        others.rememberForgotten(members.forgotten());
        for (Members.Member member : members.all()) {
            Set<String> wanted = neighbours.get(member.client().name());
            List<String> present =
                    others.names().stream().filter(wanted::contains).toList();
            others.admit(member.client(), member.main(), member.seed(), present, Hdus.EXCHANGE);
        }
        return new HdusNetwork(clients, config, others);
    }

    /**
     * Distils new seeds from the same main models with another temperature, above 0, and exchanges them among the same
     * neighbours. Main models are neither trained nor copied.
     *
     * @return another network: what happens to one from here on does not happen to the other
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call goes on from there
     */
    public HdusNetwork withTemperature(double temperature) {
        return reincubated(clients, config.temperature(temperature));
    }

    /** Distils new seeds with T softening other outputs, as {@link #withTemperature} does with another temperature. */
    public HdusNetwork withSoftening(Softening softening) {
        return reincubated(clients, config.softening(softening));
    }

    /**
     * Distils new seeds on other reference images, as {@link #withTemperature} does with another temperature.
     *
     * @param reference the reference images of the client of that name
     */
    public HdusNetwork withReference(Function<String, Images> reference) {
        return reincubated(clients.reference(reference), config);
    }

    private HdusNetwork reincubated(Clients anew, HdusConfig changed) {
        // With the same references a newcomer keeps those that it brought.
        UnaryOperator<Client> owner = anew == clients
                ? client -> client
                : client -> new Client(client.name(), client.images(), anew.reference(client.name()));
        return new HdusNetwork(anew, changed, reincubation.run(members, owner, changed, clients.seed()));
    }

    /** Returns {@link #evaluate(Images)} on the data set's test images. */
    public Table evaluate() {
        return evaluate(clients.data().test());
    }

    /**
     * Measures every client on the same images.
     *
     * @param images the images
     * @return a row for each client: its main model, its images, the accuracy of its main model and of its ensemble in
     *     percent, and the difference
     */
    public Table evaluate(Images images) {
        ModelOutputs asked = new ModelOutputs(images);
        StringColumn client = StringColumn.create("client");
        StringColumn model = StringColumn.create("main model");
        IntColumn size = IntColumn.create("images");
        IntColumn seeds = IntColumn.create("seeds");
        DoubleColumn main = Evaluation.column("main %");
        DoubleColumn ensemble = Evaluation.column("ensemble %");
        DoubleColumn gain = Evaluation.column("gain");
        for (Members.Member member : members.all()) {
            double alone = asked.accuracy(asked.logits(member.main()));
            double together = asked.accuracy(ensemble(member).outputs(asked));
            client.append(member.client().name());
            model.append(member.main().spec().name());
            size.append(member.client().images().size());
            seeds.append(member.repository().size());
            main.append(alone);
            ensemble.append(together);
            gain.append(together - alone);
        }
        return Table.create("HDUS on " + images.name(), client, model, size, seeds, main, ensemble, gain);
    }

    /**
     * Measures every client's ensemble at several λ and with each combination (paper A, Fig. 4). Nothing is trained, and
     * each model is asked once, whatever their number.
     *
     * @param images the images
     * @param lambdas values of λ, each in [0, 1)
     * @return a row for each client, combination and λ: the ensemble's accuracy in percent on all images, and on those of
     *     the client's own classes (missing if there are none)
     */
    public Table sensitivity(Images images, double... lambdas) {
        Check.given("images", images);
        Check.that(Check.given("lambdas", lambdas).length > 0, "lambdas must name at least one");
        for (double lambda : lambdas) {
            Check.in("lambda", lambda, 0, 1);
        }
        return Sensitivity.table(members.all(), images, lambdas);
    }

    /**
     * Measures how well each client's seed imitates its main model.
     *
     * @param images what both are asked about
     * @return a row for each client: its fidelity, the percentage of the images of which both say the same
     */
    public Table fidelity(Images images) {
        ModelOutputs asked = new ModelOutputs(Check.given("images", images));
        StringColumn client = StringColumn.create("client");
        DoubleColumn fidelity = Evaluation.column("fidelity %");
        for (Members.Member member : members.all()) {
            client.append(member.client().name());
            fidelity.append(asked.logits(member.seed().model()).agreement(asked.logits(member.main())));
        }
        return Table.create("Seeds on " + images.name(), client, fidelity);
    }

    /**
     * Saves the network: all models, the configuration, the neighbours, the names that were forgotten, the traffic. Images are
     * not saved. A file of that name is replaced, but not before the new one is whole.
     *
     * @throws IllegalArgumentException if a model's description is not one of the toolkit's
     * @throws unlearn4j.data.DataException if the file can't be written; then what was there is still there
     */
    public void save(Path file) {
        SavedNetwork.save(file, clients, config, members);
    }

    /**
     * Loads a network that {@link #save} wrote; what it answers is bit for bit the same.
     *
     * @param file the file
     * @param clients the clients as they were set up, on the same data
     * @param newcomers those that joined later, with the images they had
     * @throws unlearn4j.data.DataException if there is no such file, or it is damaged or none of ours
     * @throws IllegalArgumentException if these are not the clients, or don't have the images that they had
     */
    public static HdusNetwork load(Path file, Clients clients, Client... newcomers) {
        Check.given("clients", clients);
        return SavedNetwork.load(file, clients, List.of(Check.allGiven("newcomers", newcomers)));
    }

    @Override
    public String toString() {
        List<String> names = members.names();
        return "HDUS network of " + names.size() + " clients, λ = " + config.lambda() + ": " + String.join(", ", names);
    }
}
