package unlearn4j.hdus;

import java.util.Arrays;
import java.util.stream.Collectors;
import unlearn4j.core.Check;
import unlearn4j.core.Refusal;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.TrainingConfig;

/**
 * The settings of frameworks in which clients train one kind of model together, in rounds of local training and
 * averaging. A value; each setting returns a changed copy.
 *
 * @param <B> the builder's own class, so that its settings can be chained
 */
abstract class InRounds<B extends InRounds<B>> {
    /** Who has which images. */
    final Clients clients;
    /** How they are trained. */
    final RoundsConfig config;

    InRounds(Clients clients, RoundsConfig config) {
        this.clients = Check.given("clients", clients);
        this.config = config;
    }

    /** Returns a copy with this configuration. */
    abstract B with(RoundsConfig changed);

    /**
     * Returns a copy with that network, the same for all clients; without this it is ResNet8.
     *
     * @param networks one network
     * @throws Refusal if there are several, as frameworks with heterogeneous models take them
     */
    public final B model(ModelSpec... networks) {
        Refusal.unless(
                Check.given("model", networks).length <= 1,
                "model (%s) must be one network: %s averages its clients' "
                        + "weights, and those of different networks can't be averaged",
                Arrays.stream(networks)
                        .map(network -> network == null ? "null" : network.name())
                        .collect(Collectors.joining(", ")),
                getClass().getSimpleName());
        Check.that(networks.length == 1, "model must name one network");
        return with(config.model(networks[0]));
    }

    /** Returns a copy whose models are averaged that often, 1 or more; without this 40 times. */
    public final B rounds(int value) {
        return with(config.rounds(value));
    }

    /** Returns a copy whose clients train that many epochs between two averagings, 1 or more; without this it is 1. */
    public final B localEpochs(int value) {
        return with(config.localEpochs(value));
    }

    /**
     * Returns a copy whose clients train so, without this as {@link HdusConfig#paper()} has it. Its epochs are replaced by
     * rounds × localEpochs, over which its schedule runs once, and its seed by one a client, drawn from the clients' seed.
     */
    public final B training(TrainingConfig value) {
        return with(config.training(value));
    }

    @Override
    public String toString() {
        return config.toString();
    }
}
