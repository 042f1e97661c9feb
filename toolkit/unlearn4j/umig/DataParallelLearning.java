package unlearn4j.umig;

import java.util.List;
import unlearn4j.core.Check;
import unlearn4j.data.Dataset;
import unlearn4j.data.Partition;
import unlearn4j.train.TrainingConfig;

/**
 * Trains a graph of distributed data-parallel learning (paper B, §3.1.2): sub-tasks on shards of the data go on from the
 * common model side by side, and their weights are averaged when they synchronise, after each round of {@link #training}'s
 * epochs. Where a round is one step on the whole of each shard, that is one step on the large batch of all of them, as
 * long as no gradient is clipped and no layer normalises by its batch; momentum begins anew in each round.
 *
 * <p>A node is a model at the end of a round r: {@code task-1/r}, and their average {@code w_g/r}. The first common model of
 * the graph stands for all rounds before it: all images are its own. It is the paper's w_g in Fig. 6(b), the tasks that go
 * on from it are w_a and w_b.
 */
public final class DataParallelLearning extends GraphTraining<DataParallelLearning> {
    private int shards = 3;
    private int rounds = 10;
    private int graphRounds = 1;
    private Partition partition;

    /** Begins with the paper's three shards, dealt out at random; ten rounds of one epoch. */
    DataParallelLearning(Dataset data) {
        super(data, TrainingConfig.DEFAULT.epochs(1));
    }

    /** Sets how many shards the images are divided into, at random and in equal numbers. */
    public DataParallelLearning shards(int count) {
        Check.that(
                partition == null, "shards (%d) and partition can't both be set: the partition says how many", count);
        Check.positive("shards", count);
        return with(copy -> copy.shards = count);
    }

    /** Sets what each sub-task is trained on instead: overlapping labels, say (§5.3). */
    public DataParallelLearning partition(Partition parts) {
        Check.given("partition", parts);
        return with(copy -> {
            copy.partition = parts;
            copy.shards = parts.shards().size();
        });
    }

    /** Sets how many times the sub-tasks are synchronised. */
    public DataParallelLearning rounds(int count) {
        Check.positive("rounds", count);
        return with(copy -> copy.rounds = count);
    }

    /** Sets how many of the last rounds are in the graph with every model, up to all of them. */
    public DataParallelLearning graphRounds(int count) {
        Check.positive("graphRounds", count);
        return with(copy -> copy.graphRounds = count);
    }

    @Override
    List<Step> steps() {
        Check.that(graphRounds <= rounds, "graphRounds (%d) must be at most the %d rounds", graphRounds, rounds);
        Partition parts = partition == null ? Partition.equal(data.train(), shards, partitionSeed()) : partition;
        return AveragingRounds.of(this, "task", parts.shards(), 0, rounds, graphRounds);
    }
}
