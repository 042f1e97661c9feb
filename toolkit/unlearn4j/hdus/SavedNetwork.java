package unlearn4j.hdus;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        SavedNetwork saved = read(file, loaded.about());
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

    private static SavedNetwork read(Path file, String about) {
        SavedNetwork saved = null;
        try {
            saved = JSON.fromJson(about, SavedNetwork.class);
        } catch (JsonParseException e) {
            // Some other models' file, then.
        }
        if (saved == null || saved.members == null) {
            throw new DataException(file + " holds models, but no network of clients");
        }
        return saved;
    }

    private List<String> names() {
        return members.stream().map(SavedClient::name).toList();
    }
}
