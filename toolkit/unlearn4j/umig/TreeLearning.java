package unlearn4j.umig;

import java.util.ArrayList;
import java.util.List;
import unlearn4j.core.Check;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.Partition;
import unlearn4j.train.TrainingConfig;

/**
 * Trains the binary tree of Fig. 6(d), by which paper B asks whether depth matters (§6.3): the images are divided at random
 * into segments, each model begins with its parent's weights and is trained on one segment. The nodes are all models,
 * level by level: {@code w_0}, its heirs {@code w_1} and {@code w_2}, theirs {@code w_3} to {@code w_6}, and so on; w_i has
 * segment i modulo their number.
 */
public final class TreeLearning extends GraphTraining<TreeLearning> {
    private int depth = 3;
    private int segments = 5;

    /** Begins with the paper's five segments, and three steps from the root to the leaves. */
    TreeLearning(Dataset data) {
        super(data, TrainingConfig.DEFAULT);
    }

    /** Sets how many steps lie between the root and the leaves: 0 for the root alone, d for 2^(d+1) − 1 models. */
    public TreeLearning depth(int steps) {
        Check.that(steps >= 0 && steps <= 12, "depth (%d) must be from 0 to 12, which is 8,191 models", steps);
        return with(copy -> copy.depth = steps);
    }

    /** Sets how many segments the images are divided into. */
    public TreeLearning segments(int count) {
        Check.positive("segments", count);
        return with(copy -> copy.segments = count);
    }

    @Override
    List<Step> steps() {
        List<Images> parts =
                Partition.equal(data.train(), segments, partitionSeed()).shards();
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < (2 << depth) - 1; i++) {
            List<String> parent = i == 0 ? List.of() : List.of("w_" + (i - 1) / 2);
            steps.add(trained("w_" + i, alike(parent), parts.get(i % segments)));
        }
        return steps;
    }
}
