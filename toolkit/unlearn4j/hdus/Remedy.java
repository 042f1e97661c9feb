package unlearn4j.hdus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;

/**
 * What makes FedUnl's global model useful again after a subtraction (paper A, §IV, as {@link FedUnl} reads it): rounds at
 * the server on the labelled reference images, then rounds of those who stay on their own images, with one loss. Interrupted,
 * it goes on from the last finished epoch.
 */
final class Remedy {
    private final RoundsConfig config;
    private final double temperature;
    private final Classifier teacher;
    private final List<Client> staying;
    private final Seed seed;
    private final Images reference;
    private final Training server;
    /** Prepared when the server is done. */
    private Rounds clients;

    /**
     * Prepares a remedy.
     *
     * @param config its rounds; the first half, rounded up, is the server's
     * @param temperature T of the divergence from the teacher
     * @param teacher the global model that knew who left
     * @param left what is left of it; it is trained
     * @param reference the reference images
     * @param staying those who stay, each with its images
     * @param seed this departure's
     */
    Remedy(
            RoundsConfig config,
            double temperature,
            Classifier teacher,
            Classifier left,
            Images reference,
            List<Client> staying,
            Seed seed) {
        this.config = config;
        this.temperature = temperature;
        this.teacher = teacher;
        this.reference = reference;
        this.staying = staying;
        this.seed = seed;
        // The same images again and again, or some of them, so that a round shows as many as one of training.
        Images round = reference.at(IntStream.range(0, Math.toIntExact(config.imagesEach(staying)))
                .map(i -> i % reference.size())
                .toArray());
        server = Training.distilling(teacher, left, round, temperature, training(serverRounds(), seed.child("server")))
                .withLabels(1, 1);
    }

    private int serverRounds() {
        return (config.rounds() + 1) / 2;
    }

    private int clientRounds() {
        return config.rounds() / 2;
    }

    private TrainingConfig training(int epochs, Seed chance) {
        return config.training().epochs(epochs).seed(chance.value());
    }

    /**
     * Runs the rounds that are not done yet.
     *
     * @param task what the display is called
     * @param served told of the model after each of the server's rounds
     * @param averaged told of each of the clients' rounds
     * @return what was done, for the receipt
     */
    Map<String, String> run(String task, Consumer<Weights> served, Rounds.AfterRound averaged) {
        try (Progress progress = Screen.current().progress(task, server.imagesToGo(), "images")) {
            long images = server.imagesToGo();
            while (server.imagesToGo() > 0) {
                server.runTo(server.epochsDone() + 1, progress.part("reference images", images - server.imagesToGo()));
                served.accept(server.model().weights());
            }
        }
        if (clientRounds() > 0) {
            if (clients == null) {
                clients = atClients();
            }
            clients.run(task, averaged);
        }
        Map<String, String> done = new LinkedHashMap<>();
        done.put(
                "rounds at the server",
                String.format(Locale.ROOT, "%d on %,d labelled reference images", serverRounds(), reference.size()));
        done.put("rounds at the clients", "" + clientRounds());
        done.put("images shown", config.shown(staying));
        return done;
    }

    private Rounds atClients() {
        List<Training> trainings = new ArrayList<>();
        for (Client client : staying) {
            Classifier model = server.model().copy();
            TrainingConfig local = training(clientRounds() * config.localEpochs(), seed.child(client.name()));
            trainings.add(Training.distilling(teacher, model, client.images(), temperature, local)
                    .withLabels(1, 1));
        }
        return new Rounds(config.rounds(clientRounds()), staying, Averaging.mean(Averaging.shares(staying)), trainings);
    }
}
