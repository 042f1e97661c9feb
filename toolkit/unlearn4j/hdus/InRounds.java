package unlearn4j.hdus;

import java.util.Arrays;
import java.util.stream.Collectors;
import unlearn4j.core.Check;
import unlearn4j.core.Refusal;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.TrainingConfig;

/**
 * The settings of frameworks in which clients train one kind of model together, in rounds of local training and
 * averaging.
 *
 * @param <B> the framework's own class, so that its settings can be chained
 */
public abstract class InRounds<B extends InRounds<B>> {
    /** Who has which images. */
    final Clients clients;
    /** The settings so far. */
    RoundsConfig config = RoundsConfig.DEFAULT;

    /** Begins with clients. */
    InRounds(Clients clients) {
        this.clients = Check.given("clients", clients);
    }

    /** Returns this framework, under its own type. */
    abstract B self();

    /** Returns whether training has begun. */
    abstract boolean begun();

    /** Refuses a change after training has begun. */
    final void untrained() {
        Check.that(
                !begun(),
                "training has begun: settings can't change now, begin anew with %s.over(clients)",
                getClass().getSimpleName());
    }

    /**
     * Sets the network, the same for all clients; without this it is ResNet8.
     *
     * @param networks one network; several, as frameworks with heterogeneous models take them, are refused
     */
    public final B model(ModelSpec... networks) {
        untrained();
        Refusal.unless(
                Check.given("model", networks).length <= 1,
                "model (%s) must be one network: %s averages its clients' "
                        + "weights, and those of different networks can't be averaged",
                Arrays.stream(networks)
                        .map(network -> network == null ? "null" : network.name())
                        .collect(Collectors.joining(", ")),
                getClass().getSimpleName());
        Check.that(networks.length == 1, "model must name one network");
        config = config.model(networks[0]);
        return self();
    }

    /** Sets how often the models are averaged, 1 or more; without this 10 times. */
    public final B rounds(int value) {
        untrained();
        config = config.rounds(value);
        return self();
    }

    /** Sets how many epochs a client trains between two averagings, 1 or more; without this it is 1. */
    public final B localEpochs(int value) {
        untrained();
        config = config.localEpochs(value);
        return self();
    }

    /**
     * Sets how clients train. Its epochs are replaced by rounds × localEpochs, over which its schedule runs once, and its
     * seed by one a client, drawn from the clients' seed.
     */
    public final B training(TrainingConfig value) {
        untrained();
        config = config.training(value);
        return self();
    }

    @Override
    public String toString() {
        return config.toString();
    }
}
