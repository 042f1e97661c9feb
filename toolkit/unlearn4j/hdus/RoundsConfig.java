package unlearn4j.hdus;

import unlearn4j.core.Check;
import unlearn4j.model.ModelSpec;
import unlearn4j.model.ResNet;
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
    /** The smallest model, one epoch a round. */
    static final RoundsConfig DEFAULT = new RoundsConfig(ResNet.SMALL, 10, 1, TrainingConfig.DEFAULT);

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

    @Override
    public String toString() {
        return model.name() + ", " + rounds + " rounds of " + localEpochs
                + (localEpochs == 1 ? " epoch, " : " epochs, ") + training;
    }
}
