package unlearn4j.hdus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.core.Seed;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;

/**
 * A second incubating phase (paper A, Eq. 1): new seeds from the main models of a network, which are neither trained nor
 * copied. Interrupted, it goes on from the last finished epoch if the same is asked for again.
 */
final class Reincubation {
    private final Map<String, Incubation> begun = new HashMap<>();

    /** A client's distillation, and what it depends on. */
    private record Incubation(HdusConfig config, Client client, Classifier main, Training training) {
        boolean isOf(HdusConfig wanted, Client anew, Classifier model) {
            return config.equals(wanted)
                    && main == model
                    && client.reference().sha256().equals(anew.reference().sha256());
        }
    }

    /** Drops what was begun for a client that has left. */
    void forget(String client) {
        begun.remove(client);
    }

    /**
     * Distils new seeds and exchanges them among the same neighbours.
     *
     * @param members whose main models are the teachers
     * @param owner each client with the reference images that it has now
     * @param config how seeds are distilled
     * @param seed the whole network's chance
     * @return the same clients with the new seeds
     */
    Members run(Members members, UnaryOperator<Client> owner, HdusConfig config, Seed seed) {
        List<Members.Member> all = members.all();
        List<Client> owners =
                all.stream().map(Members.Member::client).map(owner).toList();
        Members others = new Members(new Traffic());
        others.rememberForgotten(members.forgotten());
        long epochs = config.incubation().epochs();
        long total = owners.stream()
                .mapToLong(each -> epochs * each.reference().size())
                .sum();
        long done = 0;
        try (Progress progress = Screen.current().progress("incubating " + all.size() + " seeds", total, "images")) {
            for (int i = 0; i < all.size(); i++) {
                Client client = owners.get(i);
                Training training = incubation(client, all.get(i).main(), config, seed);
                done += epochs * client.reference().size();
                Classifier model = training.run(progress.part(client.name() + " seed", done - training.imagesToGo()));
                List<String> wanted =
                        all.get(i).repository().stream().map(SeedModel::owner).toList();
                others.admit(
                        client,
                        all.get(i).main(),
                        new SeedModel(client.name(), client.images().labels(), model),
                        others.names().stream().filter(wanted::contains).toList(),
                        Hdus.EXCHANGE);
            }
        }
        begun.clear();
        return others;
    }

    private Training incubation(Client client, Classifier main, HdusConfig config, Seed seed) {
        Incubation known = begun.get(client.name());
        if (known == null || !known.isOf(config, client, main)) {
            known = new Incubation(config, client, main, ClientTraining.incubation(client, main, config, seed));
            begun.put(client.name(), known);
        }
        return known.training;
    }
}
