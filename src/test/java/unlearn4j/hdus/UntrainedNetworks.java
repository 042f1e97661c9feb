package unlearn4j.hdus;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.core.Seed;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;

/** Networks whose models have the weights that they were made with: what is asked of a network does not depend on more. */
public final class UntrainedNetworks {
    /** 4 classes of 8×8. */
    public static final Dataset DATA = TinyImages.dataset(4, 12, 8);

    static final Clients CLIENTS =
            Clients.of(DATA).count(3).classesEach(3).reference(8).seed(5);
    private static final Map<String, Classifier> MODELS = new HashMap<>();

    private UntrainedNetworks() {}

    /** Returns a network that nobody is in. */
    static HdusNetwork empty(Combination combination) {
        return network(new Members(new Traffic()), combination);
    }

    static HdusNetwork network(Members members, Combination combination) {
        return new HdusNetwork(CLIENTS, HdusConfig.paper().lambda(0.6).combination(combination), members);
    }

    /** Returns the client of that name; it has images of two classes that depend on the name. */
    static Client client(String name) {
        int first = Math.floorMod(name.hashCode(), DATA.classes());
        Labels labels = Labels.of(first, (first + 1) % DATA.classes());
        return new Client(name, DATA.train().only(labels).named(name), CLIENTS.reference());
    }

    /** Lets the client of that name in; its models have weights of their own, the same in every network. */
    static void admit(Members members, String name, Collection<String> neighbours) {
        Client client = client(name);
        members.admit(
                client,
                model(name + " main"),
                new SeedModel(name, client.images().labels(), model(name + " seed")),
                neighbours,
                Hdus.EXCHANGE);
    }

    static synchronized Classifier model(String name) {
        return MODELS.computeIfAbsent(
                name,
                key -> Classifier.create(
                        ResNet.SMALL, DATA.train(), Seed.of(1).child(key).value()));
    }

    /** A client, the hub, whose neighbours, the leaves, have no others. */
    public static final class Star {
        private static final Client LEAF = client("leaf");
        private static final SeedModel SEED =
                new SeedModel("leaf", LEAF.images().labels(), model("leaf seed"));
        private final Members members = new Members(new Traffic());
        private final HdusNetwork network = network(members, Combination.PROBABILITIES);

        /** Makes a star of that many leaves, named by their numbers from 0. */
        public Star(int leaves) {
            admit(members, "hub", List.of());
            for (int leaf = 0; leaf < leaves; leaf++) {
                grow(leaf);
            }
        }

        /** Adds the leaf of that number; leaves share their models, so that a thousand are soon there. */
        public void grow(int leaf) {
            String name = "leaf-" + leaf;
            members.admit(
                    new Client(name, LEAF.images(), LEAF.reference()),
                    model("leaf main"),
                    new SeedModel(name, SEED.known(), SEED.model(), SEED.sha256()),
                    List.of("hub"),
                    Hdus.EXCHANGE);
        }

        /** Lets the hub forget a leaf. */
        public Receipt forget(int leaf) {
            return network.forget("leaf-" + leaf);
        }

        /** Returns how many seeds the hub holds. */
        public int seeds() {
            return network.repository("hub").size();
        }
    }

    static Images test() {
        return DATA.test();
    }
}
