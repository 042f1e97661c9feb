package unlearn4j.hdus;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.Set;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluation;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Outputs;

/**
 * A trained network of clients, each with a main model and a repository of its neighbours' seeds (paper A, Fig. 2).
 */
public final class HdusNetwork implements Framework {
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Set<String> forgotten = new TreeSet<>();
    private final Traffic traffic = new Traffic();
    private final Images test;
    private final double lambda;
    private final Combination combination;

    /** A client in the network; the repository keeps its seeds in the order in which they came. */
    private record Member(Client client, Classifier main, SeedModel seed, Map<String, SeedModel> repository) {
    }

    HdusNetwork(Images test, double lambda, Combination combination) {
        this.test = test;
        this.lambda = Check.in("lambda", lambda, 0, 1);
        this.combination = combination;
    }

    /** Lets a client in: it sends its seed to all, and receives theirs (§III.B). */
    void join(Client client, Classifier main, Classifier seed) {
        Member joining = new Member(client, main, new SeedModel(client.name(), seed), new LinkedHashMap<>());
        for (Member member : members.values()) {
            member.repository.put(client.name(), joining.seed);
            joining.repository.put(member.client.name(), member.seed);
        }
        traffic.sent("exchange of seeds", 2L * members.size(), seed.bytes());
        members.put(client.name(), joining);
    }

    @Override
    public String name() {
        return "HDUS";
    }

    @Override
    public Set<Feature> features() {
        return EnumSet.allOf(Feature.class);
    }

    @Override
    public Traffic traffic() {
        return traffic;
    }

    @Override
    public Outputs outputs(String client, Images images) {
        return ensemble(client).outputs(images);
    }

    @Override
    public List<String> clients() {
        return List.copyOf(members.keySet());
    }

    /** Returns a client's main model. */
    public Classifier mainModel(String client) {
        return member(client).main;
    }

    /** Returns the seed model that a client sent to its neighbours. */
    public SeedModel seedModel(String client) {
        return member(client).seed;
    }

    /** Returns the seeds in a client's repository, in the order in which they came. */
    public List<SeedModel> repository(String client) {
        return List.copyOf(member(client).repository.values());
    }

    /** Returns a client's ensemble as it is now (Eq. 2, after a departure Eq. 3). */
    public Ensemble ensemble(String client) {
        Member member = member(client);
        return new Ensemble(member.main, List.copyOf(member.repository.values()), lambda, combination);
    }

    /**
     * Forgets a client, exactly and at once: its seed is removed from every repository (Eq. 3), and it leaves the network.
     * What the others answer afterwards is bit for bit what they would if that seed had never been received.
     *
     * @param client the client's name
     * @return what was done
     * @throws IllegalArgumentException if there is no such client, if it was forgotten before, or if it is the last
     */
    @Override
    public Receipt forget(String client) {
        Member leaving = member(client);
        Check.that(members.size() > 1, "%s is the last client: a network without clients answers nothing", client);
        long start = System.nanoTime();
        members.remove(client);
        forgotten.add(client);
        List<String> removedFrom = new ArrayList<>();
        for (Member member : members.values()) {
            if (member.repository.remove(client) != null) {
                removedFrom.add(member.client.name());
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        traffic.sent("forgetting", removedFrom.size(), 0);
        Map<String, String> done = new LinkedHashMap<>();
        done.put("seed removed from", removedFrom.isEmpty() ? "nobody" : String.join(", ", removedFrom));
        done.put("the seed's SHA-256", leaving.seed.model().weights().sha256());
        done.put("main models changed", "none");
        return new Receipt(name(), client, done, seconds);
    }

    /** Returns {@link #evaluate(Images)} on the data set's test images. */
    public Table evaluate() {
        return evaluate(test);
    }

    /**
     * Measures every client on the same images.
     *
     * @param images the images
     * @return a row for each client: its main model, its images, the accuracy of its main model and of its ensemble in
     *     percent, and the difference
     */
    public Table evaluate(Images images) {
        Map<Classifier, Outputs> known = new HashMap<>();
        StringColumn client = StringColumn.create("client");
        StringColumn model = StringColumn.create("main model");
        IntColumn size = IntColumn.create("images");
        IntColumn seeds = IntColumn.create("seeds");
        DoubleColumn main = Evaluation.column("main %");
        DoubleColumn ensemble = Evaluation.column("ensemble %");
        DoubleColumn gain = Evaluation.column("gain");
        for (Member member : members.values()) {
            double alone = logits(known, member.main, images).against(images).accuracy();
            double together = ensemble(member.client.name())
                    .outputs(images, network -> logits(known, network, images)).against(images).accuracy();
            client.append(member.client.name());
            model.append(member.main.spec().name());
            size.append(member.client.images().size());
            seeds.append(member.repository.size());
            main.append(alone);
            ensemble.append(together);
            gain.append(together - alone);
        }
        return Table.create("HDUS on " + images.name(), client, model, size, seeds, main, ensemble, gain);
    }

    /** A seed is in many ensembles; it is asked once. */
    private static Outputs logits(Map<Classifier, Outputs> known, Classifier model, Images images) {
        return known.computeIfAbsent(model, network -> Evaluator.logits(network, images));
    }

    private Member member(String client) {
        Check.given("client", client);
        Check.that(!forgotten.contains(client), "%s was forgotten before: the clients are %s", client, members.keySet());
        Member member = members.get(client);
        Check.that(member != null, "there is no client named %s: the clients are %s", client, members.keySet());
        return member;
    }

    @Override
    public String toString() {
        return "HDUS network of " + members.size() + " clients, λ = " + lambda + ": " + String.join(", ", members.keySet());
    }
}
