package unlearn4j.umig;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import unlearn4j.core.Check;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.TrainingConfig;

/**
 * Trains a graph of transfer learning (paper B, §3.1.4 and §5.2): a model {@code w_g} on the first labels, and models
 * {@code w_a}, {@code w_b} and so on that take its weights and learn more labels with their head alone, the body frozen.
 * The nodes are these models, a star (Fig. 6(b)). A model's own images are all those that it is trained on.
 */
public final class TransferLearning extends GraphTraining<TransferLearning> {
    private int first;
    private int[] tasks;
    private TrainingConfig heirs;

    /** Begins as the paper does: labels 0–90 of 100, transferred to 0–92 and 0–98; 0–190 of 200, to 0–192 and 0–198. */
    TransferLearning(Dataset data) {
        super(data, TrainingConfig.DEFAULT);
        first = Math.max(1, data.classes() - 9);
        tasks = new int[] {first + 2, first + 8};
    }

    /** Sets how many labels the first model learns, beginning with label 0. */
    public TransferLearning first(int labels) {
        Check.positive("first", labels);
        return with(copy -> copy.first = labels);
    }

    /** Sets how many labels each of the models has that the first is transferred to, beginning with label 0. */
    public TransferLearning tasks(int... labels) {
        Check.given("tasks", labels);
        Check.that(labels.length > 0 && labels.length < 24, "tasks %s must be 1 to 23", Arrays.toString(labels));
        return with(copy -> copy.tasks = labels.clone());
    }

    /** Sets how the heirs are trained, where not as the first model is: for fewer epochs, say. */
    public TransferLearning heirs(TrainingConfig config) {
        Check.given("heirs", config);
        return with(copy -> copy.heirs = config);
    }

    @Override
    List<Step> steps() {
        Check.that(
                first < data.classes(),
                "first (%d) must be below the %d classes of %s, for there to be more to learn",
                first,
                data.classes(),
                data.name());
        Images base = data.train().only(Labels.range(0, first));
        List<Step> steps = new ArrayList<>(List.of(trained("w_g", alike(List.of()), base)));
        for (int i = 0; i < tasks.length; i++) {
            Check.that(
                    tasks[i] > first && tasks[i] <= data.classes(),
                    "tasks: %d labels must be more than first (%d) and at " + "most the %d classes of %s",
                    tasks[i],
                    first,
                    data.classes(),
                    data.name());
            // The letter of the first model is left out.
            String name = "w_" + (char) ('a' + (i < 'g' - 'a' ? i : i + 1));
            Images task = data.train().only(Labels.range(0, tasks[i]));
            steps.add(trained(name, alike(List.of("w_g")), task)
                    .training(heirs == null ? training() : heirs)
                    .headOnly(true));
        }
        return steps;
    }
}
