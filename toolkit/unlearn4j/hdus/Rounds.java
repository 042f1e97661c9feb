package unlearn4j.hdus;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.core.Seed;
import unlearn4j.train.Classifier;
import unlearn4j.train.Interrupted;
import unlearn4j.train.Training;
import unlearn4j.train.Weights;

/**
 * Local training and averaging in turn. All clients begin with the same weights; in each round each trains its model on
 * its own images, then the models are mixed: with a mean at a server this is FedAvg (McMahan et al. 2017), with the
 * weights of a network it is decentralised SGD with local steps (Koloskova et al. 2020, Algorithm 1). A client keeps its
 * momentum and goes on along its learning rate's schedule from round to round, so that one client alone trains as it
 * would without rounds. An interrupted run goes on from the last finished epoch.
 */
final class Rounds {
    private final RoundsConfig config;
    private final List<Client> clients;
    private final double[][] mixing;
    private final List<Training> trainings;
    private final Weights initial;
    private int done;

    /** What is done with a round's models. */
    interface AfterRound {
        /**
         * Uses a round's models.
         *
         * @param local what each client trained
         * @param mixed what each has after mixing
         */
        void mixed(List<Weights> local, List<Weights> mixed);
    }

    /**
     * Prepares rounds in which all begin with the same weights.
     *
     * @param clients who takes part
     * @param mixing W, a row and a column for each client
     * @param seed the experiment's; a client's batches come from its child of the client's name, so that they do not
     *     change when others stay away
     */
    Rounds(RoundsConfig config, List<Client> clients, double[][] mixing, Seed seed) {
        this(config, clients, mixing, trainings(config, clients, seed));
    }

    /**
     * Prepares rounds of trainings that have not begun.
     *
     * @param trainings each client's, for rounds × localEpochs; all with the same weights
     */
    Rounds(RoundsConfig config, List<Client> clients, double[][] mixing, List<Training> trainings) {
        this.config = config;
        this.clients = List.copyOf(clients);
        this.mixing = mixing;
        this.trainings = List.copyOf(trainings);
        initial = trainings.get(0).model().weights();
    }

    private static List<Training> trainings(RoundsConfig config, List<Client> clients, Seed seed) {
        List<Training> trainings = new ArrayList<>();
        for (Client client : clients) {
            Classifier model = Classifier.create(
                    config.model(), client.images(), initialWeights(seed).value());
            trainings.add(Training.of(
                    model,
                    client.images(),
                    config.training()
                            .epochs(Math.multiplyExact(config.rounds(), config.localEpochs()))
                            .seed(trainingSeed(seed, client).value())));
        }
        return trainings;
    }

    /** Where the weights come from that all begin with. */
    static Seed initialWeights(Seed seed) {
        return seed.child("all clients").child("weights");
    }

    /** Where a client's batches come from. */
    static Seed trainingSeed(Seed seed, Client client) {
        return seed.child(client.name()).child("main").child("training");
    }

    /** Returns whether all rounds are done. */
    boolean done() {
        return done == config.rounds();
    }

    /** Returns the weights that all began with. */
    Weights initial() {
        return initial;
    }

    /** Returns each client's weights as they are now. */
    List<Weights> weights() {
        return trainings.stream().map(training -> training.model().weights()).toList();
    }

    /**
     * Runs the rounds that are not done yet.
     *
     * @param task what the display is called
     * @param use told of every round
     */
    void run(String task, AfterRound use) {
        long images = trainings.stream().mapToLong(Training::imagesToGo).sum();
        try (Progress progress = Screen.current().progress(task, images, "images")) {
            while (done < config.rounds()) {
                long shown = images
                        - trainings.stream().mapToLong(Training::imagesToGo).sum();
                int epochs = (done + 1) * config.localEpochs();
                SideBySide.train(
                        IntStream.range(0, trainings.size()).boxed().toList(),
                        progress.part("", shown),
                        (i, part) -> trainings
                                .get(i)
                                .runTo(epochs, part.part(clients.get(i).name(), 0)));
                Interrupted.check("round " + (done + 1) + " is trained but not mixed; another call goes on from there");
                mix(use);
            }
        }
    }

    private void mix(AfterRound use) {
        List<Weights> local = weights();
        List<Weights> mixed = Averaging.mix(mixing, local);
        use.mixed(local, mixed);
        IntStream.range(0, mixed.size()).forEach(i -> trainings.get(i).model().load(mixed.get(i)));
        done++;
    }
}
