package unlearn4j.umig;

import java.util.ArrayList;
import java.util.List;
import unlearn4j.core.Check;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.Partition;
import unlearn4j.train.TrainingConfig;

/**
 * Trains a graph of incremental learning (paper B, §3.1.3 and §5.2): the first model on the first labels, each next from
 * the weights of the one before, on all labels so far and some more. The nodes are a chain, {@code w_0}, {@code w_1} and so
 * on: the paper's w_g, w_a, w_b. A model's own images are all those that it is trained on, of its old labels too.
 */
public final class IncrementalLearning extends GraphTraining<IncrementalLearning> {
    private int first;
    private int step = 2;
    private int models = 3;
    private TrainingConfig heirs;

    /** Begins with all labels but nine, as the paper has 0–90 of 100 and 0–190 of 200; two more a step, three models. */
    IncrementalLearning(Dataset data) {
        super(data, TrainingConfig.DEFAULT);
        first = Math.max(1, data.classes() - 9);
    }

    /** Sets how many labels the first model learns, beginning with label 0. */
    public IncrementalLearning first(int labels) {
        Check.positive("first", labels);
        return with(copy -> copy.first = labels);
    }

    /** Sets how many labels each next model learns besides. */
    public IncrementalLearning step(int labels) {
        Check.positive("step", labels);
        return with(copy -> copy.step = labels);
    }

    /** Sets how many models there are. */
    public IncrementalLearning models(int count) {
        Check.positive("models", count);
        return with(copy -> copy.models = count);
    }

    /** Sets how the heirs are trained, where not as the first model is: for fewer epochs, say. */
    public IncrementalLearning heirs(TrainingConfig config) {
        Check.given("heirs", config);
        return with(copy -> copy.heirs = config);
    }

    @Override
    List<Step> steps() {
        List<Images> ranges = Partition.labelRanges(data.train(), first, step, models);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < models; i++) {
            List<String> before = i == 0 ? List.of() : List.of("w_" + (i - 1));
            steps.add(trained("w_" + i, alike(before), ranges.get(i))
                    .training(i == 0 || heirs == null ? training() : heirs));
        }
        return steps;
    }
}
