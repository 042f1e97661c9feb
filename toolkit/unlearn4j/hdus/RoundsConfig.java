package unlearn4j.hdus;

import java.util.List;
import java.util.Locale;
import unlearn4j.core.Check;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.TrainingConfig;

/**
 * How clients train together in rounds.
 *
 * @param model every client's network
 * @param rounds how often the models are averaged
 * @param localEpochs how many epochs a client trains in each round
 * @param training the rest; its epochs and its seed are replaced
 */
record RoundsConfig(ModelSpec model, int rounds, int localEpochs, TrainingConfig training) {
    /** The smallest model, and as many rounds of one epoch as {@link HdusConfig#paper()} has epochs. */
    static RoundsConfig paper() {
        HdusConfig paper = HdusConfig.paper();
        return new RoundsConfig(paper.seedModel(), paper.training().epochs(), 1, paper.training());
    }

    RoundsConfig {
        Check.given("model", model);
        Check.positive("rounds", rounds);
        Check.positive("localEpochs", localEpochs);
        Check.given("training", training);
        Check.that(
                (long) rounds * localEpochs <= Integer.MAX_VALUE,
                "rounds (%d) of localEpochs (%d) are more epochs than " + "an int can count",
                rounds,
                localEpochs);
    }

    RoundsConfig model(ModelSpec value) {
        return new RoundsConfig(value, rounds, localEpochs, training);
    }

    RoundsConfig rounds(int value) {
        return new RoundsConfig(model, value, localEpochs, training);
    }

    RoundsConfig localEpochs(int value) {
        return new RoundsConfig(model, rounds, value, training);
    }

    RoundsConfig training(TrainingConfig value) {
        return new RoundsConfig(model, rounds, localEpochs, value);
    }

    /** Returns how many images the clients are shown together in a round. */
    long imagesEach(List<Client> clients) {
        return clients.stream().mapToLong(client -> client.images().size()).sum() * localEpochs;
    }

    /** Returns how many images the clients are shown in all rounds, as a receipt has it. */
    String shown(List<Client> clients) {
        return String.format(Locale.ROOT, "%,d", rounds * imagesEach(clients));
    }

    @Override
    public String toString() {
        return model.name() + ", " + rounds + " rounds of " + localEpochs
                + (localEpochs == 1 ? " epoch, " : " epochs, ") + training;
    }
}
