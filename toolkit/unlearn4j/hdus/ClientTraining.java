package unlearn4j.hdus;

import unlearn4j.core.Progress;
import unlearn4j.core.Seed;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;

/**
 * What one client does by itself (paper A, §III.B): it trains its main model on its own images, then distils its seed from
 * it. Interrupted, it goes on from the last finished epoch.
 */
final class ClientTraining {
    private final Client client;
    private final HdusConfig config;
    private final Seed seed;
    private final Training main;
    private Training incubation;

    /**
     * Prepares a client's training.
     *
     * @param network the seed of the whole network's chance; the client draws from the child of its name
     * @throws IllegalArgumentException if its images are too small for its main model or its seed
     */
    ClientTraining(Client client, ModelSpec mainModel, HdusConfig config, Seed network) {
        this.client = client;
        this.config = config;
        this.seed = network;
        // Images too small for the seed model are refused here, not when the main model has been trained.
        config.seedModel()
                .body(
                        client.reference().shape().height(),
                        client.reference().shape().width());
        Seed own = network.child(client.name()).child("main");
        Classifier untrained = Classifier.create(
                mainModel, client.images(), own.child("weights").value());
        main = Training.of(
                untrained,
                client.images(),
                config.training().seed(own.child("training").value()));
    }

    /** Returns the incubating phase of a client whose main model is trained (Eq. 1). */
    static Training incubation(Client client, Classifier main, HdusConfig config, Seed network) {
        Seed own = network.child(client.name()).child("seed");
        Classifier student = Classifier.create(
                config.seedModel(), client.reference(), own.child("weights").value());
        return Training.distilling(
                main,
                student,
                client.reference(),
                config.temperature(),
                config.softening(),
                config.incubation().seed(own.child("incubation").value()));
    }

    /** Returns whether this is the training of that client, with that main model. */
    boolean isOf(Client other, ModelSpec mainModel) {
        return client.name().equals(other.name())
                && main.model().spec().equals(mainModel)
                && client.images().sha256().equals(other.images().sha256())
                && client.reference().sha256().equals(other.reference().sha256());
    }

    Client client() {
        return client;
    }

    /** Returns the main model, as it is after the last finished epoch. */
    Classifier main() {
        return main.model();
    }

    /** Returns how many images both trainings will still show. */
    long imagesToGo() {
        int references = client.reference().size();
        long incubating = (long) config.incubation().epochs() * references;
        return main.imagesToGo() + (incubation == null ? incubating : incubation.imagesToGo());
    }

    /**
     * Trains what is not trained yet.
     *
     * @param done images shown before, by other clients
     * @return the seed
     */
    SeedModel run(Progress progress, long done) {
        long mainImages = main.imagesToGo();
        Classifier trained = main.run(progress.part(client.name() + " main", done));
        if (incubation == null) {
            incubation = incubation(client, trained, config, seed);
        }
        Classifier seedModel = incubation.run(progress.part(client.name() + " seed", done + mainImages));
        return new SeedModel(client.name(), client.images().labels(), seedModel);
    }
}
