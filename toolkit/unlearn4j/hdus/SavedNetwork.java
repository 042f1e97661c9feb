package unlearn4j.hdus;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import unlearn4j.core.Check;
import unlearn4j.data.DataException;
import unlearn4j.data.Images;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.Classifier;
import unlearn4j.train.ModelFile;
import unlearn4j.train.ModelSpecJson;

/**
 * What a network's file says beside the weights, as JSON.
 *
 * @param clients how the clients were set up, in words
 * @param data the SHA-256 of the data set's files by their names
 * @param config how it was trained
 * @param members the clients in it, in the order in which they joined
 * @param forgotten those who left
 * @param traffic messages and bytes by phase
 */
record SavedNetwork(
        String clients,
        Map<String, String> data,
        HdusConfig config,
        List<SavedClient> members,
        List<String> forgotten,
        Map<String, long[]> traffic) {
    private static final Gson JSON = new GsonBuilder()
            .registerTypeHierarchyAdapter(ModelSpec.class, new ModelSpecJson(List.of()))
            .create();

    /**
     * A client in a file; its models are named after it there.
     *
     * @param images what its images are recognised by
     * @param reference what its reference images are recognised by
     * @param neighbours whose seeds it has, in the order in which they came
     */
    private record SavedClient(String name, String images, String reference, List<String> neighbours) {
        void check() {
            Check.that(name != null && !name.isBlank(), "a client's name (%s) must not be blank", name);
            Check.given("images of " + name, images);
            Check.given("reference of " + name, reference);
            Check.that(
                    new HashSet<>(Check.allGiven("neighbours of " + name, neighbours)).size() == neighbours.size()
                            && !neighbours.contains(name),
                    "client %s has a neighbour twice, or itself: %s",
                    name,
                    neighbours);
        }

        String main() {
            return name + " main";
        }

        String seed() {
            return name + " seed";
        }
    }

    static void save(Path file, Clients clients, HdusConfig config, Members members) {
        Map<String, Classifier> models = new LinkedHashMap<>();
        List<SavedClient> saved = members.all().stream()
                .map(member -> {
                    SavedClient client = new SavedClient(
                            member.client().name(),
                            member.client().images().sha256(),
                            member.client().reference().sha256(),
                            member.repository().stream().map(SeedModel::owner).toList());
                    models.put(client.main(), member.main());
                    models.put(client.seed(), member.seed().model());
                    return client;
                })
                .toList();
        SavedNetwork network = new SavedNetwork(
                clients.toString(),
                clients.data().sha256(),
                config,
                saved,
                members.forgotten(),
                members.traffic().sums());
        new ModelFile(JSON.toJson(network), models).save(file);
    }

    static HdusNetwork load(Path file, Clients clients, List<Client> newcomers) {
        ModelFile loaded = ModelFile.load(file);
        SavedNetwork saved = read(file, loaded);
        Check.that(
                saved.clients.equals(clients.toString()),
                "%s is a network of other clients: give load %s",
                file.getFileName(),
                saved.clients);
        Check.that(
                saved.data.equals(clients.data().sha256()),
                "%s was trained on another version of %s, whose files' " + "SHA-256 differ",
                file.getFileName(),
                clients.data().name());
        Map<String, Client> known = new LinkedHashMap<>();
        clients.list().forEach(client -> known.put(client.name(), client));
        for (Client newcomer : newcomers) {
            Check.that(
                    saved.members.stream().anyMatch(member -> member.name.equals(newcomer.name())),
                    "%s is not in %s: its clients are %s",
                    newcomer.name(),
                    file.getFileName(),
                    saved.names());
            known.put(newcomer.name(), newcomer);
        }
        Members members = new Members(new Traffic(saved.traffic));
        Map<Images, String> fingerprints = new LinkedHashMap<>();
        for (SavedClient member : saved.members) {
            Client client = known.get(member.name);
            Check.that(
                    client != null,
                    "%s joined later: give load its images, new Client(\"%s\", images, reference)",
                    member.name,
                    member.name);
            same(
                    file,
                    member.images,
                    fingerprints.computeIfAbsent(client.images(), Images::sha256),
                    "images",
                    member.name);
            same(
                    file,
                    member.reference,
                    fingerprints.computeIfAbsent(client.reference(), Images::sha256),
                    "reference images",
                    member.name);
            loaded.models().get(member.main()).checkFits(client.images());
            loaded.models().get(member.seed()).checkFits(client.images());
            SeedModel seed = new SeedModel(
                    member.name, client.images().labels(), loaded.models().get(member.seed()));
            List<String> present = new ArrayList<>(members.names());
            present.retainAll(member.neighbours);
            members.restore(client, loaded.models().get(member.main()), seed, present);
        }
        members.rememberForgotten(saved.forgotten);
        return new HdusNetwork(clients, saved.config, members);
    }

    private static void same(Path file, String saved, String given, String what, String client) {
        Check.that(
                saved.equals(given),
                "the %s of %s are not those that %s was trained on",
                what,
                client,
                file.getFileName());
    }

    private static SavedNetwork read(Path file, ModelFile loaded) {
        if (!isNetwork(loaded.about())) {
            throw new DataException(file + " holds models, but no network of clients");
        }
        try {
            JsonElement said = JsonParser.parseString(loaded.about());
            SavedNetwork saved = JSON.fromJson(said, SavedNetwork.class);
            saved.check(loaded.models().keySet());
            // What Gson does not find it leaves at 0, and what it does not know it passes over.
            Check.that(
                    JsonParser.parseString(JSON.toJson(saved)).equals(said),
                    "a value is missing, too many or of another kind than expected");
            return saved;
        } catch (RuntimeException e) {
            throw new DataException(file + " is of another version of the toolkit, or not right: " + why(e), e);
        }
    }

    private static String why(RuntimeException error) {
        Throwable first = error;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        boolean ours = first.getClass() == IllegalArgumentException.class && first.getMessage() != null;
        return ours
                ? first.getMessage().lines().findFirst().orElse("")
                : "a value is missing or of another kind than expected";
    }

    private static boolean isNetwork(String about) {
        try {
            return JsonParser.parseString(about) instanceof JsonObject object && object.has("members");
        } catch (JsonParseException e) {
            return false;
        }
    }

    /** Refuses what no network says of itself. */
    private void check(Set<String> models) {
        Check.given("clients", clients);
        Check.allGiven("data", data);
        Check.given("config", config);
        Map<String, SavedClient> byName = new LinkedHashMap<>();
        Set<String> needed = new HashSet<>();
        for (SavedClient member : Check.notEmpty("members", members)) {
            member.check();
            Check.that(byName.put(member.name, member) == null, "client %s comes twice", member.name);
            needed.addAll(List.of(member.main(), member.seed()));
        }
        Check.that(models.equals(needed), "its models are %s, its clients' would be %s", models, needed);
        byName.values()
                .forEach(member -> member.neighbours.forEach(neighbour -> Check.that(
                        byName.containsKey(neighbour)
                                && byName.get(neighbour).neighbours.contains(member.name),
                        "client %s has a neighbour %s, who is no client or no neighbour of it",
                        member.name,
                        neighbour)));
        Check.allGiven("forgotten", forgotten)
                .forEach(name -> Check.that(!byName.containsKey(name), "client %s is there and forgotten", name));
        Check.allGiven("traffic", traffic)
                .forEach((phase, sums) -> Check.that(
                        sums.length == 2 && sums[0] >= 0 && sums[0] <= Integer.MAX_VALUE && sums[1] >= 0,
                        "the traffic of %s %s is no number of messages and of bytes",
                        phase,
                        Arrays.toString(sums)));
    }

    private List<String> names() {
        return members.stream().map(SavedClient::name).toList();
    }
}
