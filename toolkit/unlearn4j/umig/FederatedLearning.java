package unlearn4j.umig;

import java.util.List;
import unlearn4j.core.Check;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.Partition;
import unlearn4j.train.TrainingConfig;

/**
 * Trains a graph of federated learning (paper B, §3.1.1): in each round the clients go on from the global model with their
 * own images, and the new global model is their average (McMahan et al. 2017), running means and variances included, each
 * client counted by its images. With {@link #servers} it is multi-layer federated learning (Fig. 1(b)).
 *
 * <p>A node is a model at the end of a round r: {@code client-1/r}, {@code server-1/r}, {@code w_g/r}. The untrained model
 * that all begin with is none. Where only the last rounds are in the graph, {@link #graphRounds}, the global model before
 * them stands for all that came before: all clients' images are its own, and it is the discovery node of every label. That
 * is the paper's setting in §5.2, "when the model w_g contains labels that need to be unlearned, the models that inherit
 * from it need to perform the unlearning": its w_g is this first global model, w_a a client's that goes on from it, w_b the
 * next. Where all rounds are in the graph, the clients of the first round discover, each the labels that it has, and the
 * global model merges (§5.3): w_a and w_b are {@code client-1/1} and {@code client-2/1}.
 */
public final class FederatedLearning extends GraphTraining<FederatedLearning> {
    private int clients = 5;
    private int servers;
    private int rounds = 5;
    private int graphRounds = 1;
    private int labelsEach;
    private Partition partition;

    /** Begins with the paper's five clients among whom the images are dealt out at random; five rounds of two epochs. */
    FederatedLearning(Dataset data) {
        super(data, TrainingConfig.DEFAULT.epochs(2));
    }

    /** Sets how many clients there are. */
    public FederatedLearning clients(int count) {
        Check.that(
                partition == null, "clients (%d) and partition can't both be set: the partition says how many", count);
        Check.positive("clients", count);
        return with(copy -> copy.clients = count);
    }

    /** Sets how many servers average between the clients and the global model: none (0), or up to one a client. */
    public FederatedLearning servers(int count) {
        Check.that(count >= 0, "servers (%d) must be 0 or more", count);
        return with(copy -> copy.servers = count);
    }

    /** Sets how many rounds there are; a client trains for {@link #training}'s epochs in each. */
    public FederatedLearning rounds(int count) {
        Check.positive("rounds", count);
        return with(copy -> copy.rounds = count);
    }

    /** Sets how many of the last rounds are in the graph with every model, up to all of them. */
    public FederatedLearning graphRounds(int count) {
        Check.positive("graphRounds", count);
        return with(copy -> copy.graphRounds = count);
    }

    /** Sets how many labels each client has images of, a set of its own; without this each has all. */
    public FederatedLearning labelsEach(int labels) {
        Check.that(
                partition == null,
                "labelsEach (%d) and partition can't both be set: the partition says who has what",
                labels);
        Check.positive("labelsEach", labels);
        return with(copy -> copy.labelsEach = labels);
    }

    /** Sets who has which images: overlapping labels, say (§5.3). */
    public FederatedLearning partition(Partition shards) {
        Check.that(
                labelsEach == 0,
                "partition and labelsEach (%d) can't both be set: the partition says who has what",
                labelsEach);
        Check.given("partition", shards);
        return with(copy -> {
            copy.partition = shards;
            copy.clients = shards.shards().size();
        });
    }

    @Override
    List<Step> steps() {
        Check.that(
                servers <= clients,
                "servers (%d) must be at most one a client, of whom there are %d",
                servers,
                clients);
        Check.that(graphRounds <= rounds, "graphRounds (%d) must be at most the %d rounds", graphRounds, rounds);
        return AveragingRounds.of(this, "client", shards(), servers, rounds, graphRounds);
    }

    private List<Images> shards() {
        if (partition != null) {
            return partition.shards();
        }
        return labelsEach == 0
                ? Partition.equal(data.train(), clients, partitionSeed()).shards()
                : Partition.classesEach(data.train(), clients, labelsEach, partitionSeed())
                        .shards();
    }
}
