package unlearn4j.hdus;

import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.train.TrainingConfig;

/**
 * Sets up and trains federated unlearning (Wu, Zhu and Mitra 2022; paper A's FedUnl, §IV.A): federated averaging at a
 * server that keeps what each client put in. To forget a client the server takes its updates off the global model again,
 * and repairs what is left by distillation from the global model as it was, on the reference images. An interrupted
 * {@link #train} can be called again and goes on from the last finished epoch.
 */
public final class FedUnl extends InRounds<FedUnl> {
    private double temperature = 3;
    private TrainingConfig recovery = TrainingConfig.DEFAULT;
    private FedUnlServer server;

    private FedUnl(Clients clients) {
        super(clients);
    }

    /**
     * Begins with T = 3.
     *
     * @param clients who has which images
     */
    public static FedUnl over(Clients clients) {
        return new FedUnl(clients);
    }

    /** Sets T of the distillation after a subtraction, above 0. */
    public FedUnl temperature(double value) {
        untrained();
        temperature = Check.positive("temperature", value);
        return this;
    }

    /**
     * Sets how the distillation after a subtraction is trained: the more epochs, the longer a departure takes. Its seed is
     * replaced by one a departure, drawn from the clients' seed.
     */
    public FedUnl recovery(TrainingConfig value) {
        untrained();
        recovery = Check.given("recovery", value);
        return this;
    }

    @Override
    FedUnl self() {
        return this;
    }

    @Override
    boolean begun() {
        return server != null;
    }

    /**
     * Trains the global model.
     *
     * @return the server and its clients
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call goes on from there
     */
    public Framework train() {
        if (server == null) {
            Images reference = clients.reference();
            Check.that(
                    reference.size() >= 2, "reference (%d) must be 2 or more: FedUnl recovers on it", reference.size());
            server = new FedUnlServer(config, clients.list(), reference, temperature, recovery, clients.seed());
        }
        server.train();
        return server;
    }

    @Override
    public String toString() {
        return super.toString() + ", T = " + temperature + ", recovery " + recovery;
    }
}
