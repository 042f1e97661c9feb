package unlearn4j.hdus;

import unlearn4j.core.Check;
import unlearn4j.data.Images;

/**
 * Sets up and trains federated unlearning (Wu, Zhu and Mitra 2022; paper A's FedUnl, §IV.A): federated averaging at a
 * server that keeps what each client put in. To forget a client the server takes its updates off the global model again,
 * and remedies what is left. A value; each setting returns a changed copy. An interrupted {@link #train} can be called
 * again on the same object and goes on from the last finished epoch.
 *
 * <p>What paper A says of the remedy: "additional knowledge distillation from the original model" (§IV.A), with "a global
 * reference dataset" (§I), whose "labels were exclusively provided to FedUnl upon request" (§IV.B); and its models "have
 * two optimization objectives: (1) the classification error on each local dataset and (2) the discrepancy from the global
 * model before the unlearning operation" (§IV.C). We read it so: in the first half of the remedy's rounds the server
 * trains on the reference images, in the second half those who stay train on their own and the server averages; the loss
 * is in both the cross entropy of the labels plus the divergence from the global model before. A round shows as many
 * images as one of training does, so that by default the remedy shows as many as {@link Dsgd}'s training anew.
 */
public final class FedUnl extends InRounds<FedUnl> {
    private final double temperature;
    /** 0 stands for as many as the training has. */
    private final int recovery;
    /** What an interrupted {@link #train} goes on with. */
    private FedUnlServer begun;

    private FedUnl(Clients clients, RoundsConfig config, double temperature, int recovery) {
        super(clients, config);
        this.temperature = Check.positive("temperature", temperature);
        this.recovery = recovery;
    }

    /**
     * Begins with T = 3.
     *
     * @param clients who has which images
     */
    public static FedUnl over(Clients clients) {
        return new FedUnl(clients, RoundsConfig.paper(), HdusConfig.paper().temperature(), 0);
    }

    /** Returns a copy with that T of the distillation after a subtraction, above 0. */
    public FedUnl temperature(double value) {
        return new FedUnl(clients, config, value, recovery);
    }

    /**
     * Returns a copy whose remedy has that many rounds, 1 or more, half of them, rounded up, at the server; without this as
     * many as the training.
     */
    public FedUnl recovery(int rounds) {
        return new FedUnl(clients, config, temperature, Check.positive("recovery", rounds));
    }

    @Override
    FedUnl with(RoundsConfig changed) {
        return new FedUnl(clients, changed, temperature, recovery);
    }

    private RoundsConfig remedy() {
        return recovery == 0 ? config : config.rounds(recovery);
    }

    /**
     * Trains the global model.
     *
     * @return a server and its clients of their own at each call
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call goes on from there
     */
    public Framework train() {
        if (begun == null) {
            Images reference = clients.reference();
            Check.that(
                    reference.size() >= 2, "reference (%d) must be 2 or more: FedUnl recovers on it", reference.size());
            begun = new FedUnlServer(config, remedy(), clients.list(), reference, temperature, clients.seed());
        }
        FedUnlServer server = begun;
        server.train();
        begun = null;
        return server;
    }

    @Override
    public String toString() {
        return super.toString() + ", T = " + temperature + ", remedy of " + remedy().rounds() + " rounds";
    }
}
