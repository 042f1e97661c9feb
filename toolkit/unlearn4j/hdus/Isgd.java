package unlearn4j.hdus;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.Classifier;
import unlearn4j.train.Outputs;
import unlearn4j.train.TrainingConfig;

/**
 * Sets up and trains isolated clients (paper A's ISGD, §IV.A): each trains its own model and shares nothing, so to forget
 * a client is to delete its model. A value; each setting returns a changed copy. An interrupted {@link #train} can be called
 * again on the same object and goes on from the last finished epoch.
 */
public final class Isgd extends Alone<Isgd> {

    private Isgd(Clients clients, List<ModelSpec> mainModels, TrainingConfig training) {
        super(clients, mainModels, training);
    }

    /**
     * Begins with paper A's models.
     *
     * @param clients who has which images
     */
    public static Isgd over(Clients clients) {
        HdusConfig paper = HdusConfig.paper();
        return new Isgd(clients, paper.mainModels(), paper.training());
    }

    /**
     * Returns the clients of a trained network as if they had stayed alone: its main models, without any seeds. Nothing is
     * trained, and the network stays as it is.
     */
    public static Framework of(HdusNetwork network) {
        Check.given("network", network);
        Map<String, Classifier> models = new LinkedHashMap<>();
        network.clients().forEach(client -> models.put(client, network.mainModel(client)));
        return new Isolated(models);
    }

    @Override
    Isgd with(List<ModelSpec> models, TrainingConfig config) {
        return new Isgd(clients, models, config);
    }

    /**
     * Trains each client's model.
     *
     * @return clients of their own at each call
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call goes on from there
     */
    public Framework train() {
        Map<String, Classifier> models = new LinkedHashMap<>();
        trained(1)
                .forEach((client, training) ->
                        models.put(client, training.snapshot().model()));
        return new Isolated(models);
    }

    /** Trained clients that know nothing of one another. */
    private static final class Isolated extends Baseline<Snapshot> {

        Isolated(Map<String, Classifier> models) {
            super("ISGD", snapshots(models));
        }

        private static Map<String, Snapshot> snapshots(Map<String, Classifier> models) {
            Map<String, Snapshot> snapshots = new LinkedHashMap<>();
            models.forEach((client, model) -> snapshots.put(client, Snapshot.of(model)));
            return snapshots;
        }

        @Override
        protected Map<String, String> unlearn(String client) {
            return Map.of("models deleted", "that of " + client);
        }

        @Override
        public Outputs outputs(String client, Images images) {
            return probabilities(model(client), images);
        }

        /**
         * All of them, for nothing is shared and nobody notices a departure. Paper A's Table I gives it the last two
         * only: it counts unlearning as unavailable where there is nothing to unlearn.
         */
        @Override
        public Set<Capability> capabilities() {
            return EnumSet.allOf(Capability.class);
        }
    }
}
