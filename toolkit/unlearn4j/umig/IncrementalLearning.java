package unlearn4j.umig;

import java.util.ArrayList;
import java.util.List;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.core.Seed;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.Partition;
import unlearn4j.model.AlexNet;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;

/**
 * Trains a graph of incremental learning (paper B, §3.1.3 and §5.2): the first model on the first labels, each next from
 * the weights of the one before, on all labels so far and some more. An interrupted {@link #train} can be called again and
 * goes on from the last finished epoch.
 */
public final class IncrementalLearning {
    private final Dataset data;
    private int first;
    private int step = 2;
    private int models = 3;
    private ModelSpec model = AlexNet.SPEC;
    private TrainingConfig training = TrainingConfig.DEFAULT;
    private Seed seed = Seed.of(0);
    private List<Training> begun;

    /** Begins with all labels but nine, as the paper has 0–90 of 100 and 0–190 of 200; two more a step, three models. */
    IncrementalLearning(Dataset data) {
        this.data = Check.given("data", data);
        first = Math.max(1, data.classes() - 9);
    }

    /** Sets how many labels the first model learns, beginning with label 0. */
    public IncrementalLearning first(int labels) {
        untrained();
        first = Check.positive("first", labels);
        return this;
    }

    /** Sets how many labels each next model learns besides. */
    public IncrementalLearning step(int labels) {
        untrained();
        step = Check.positive("step", labels);
        return this;
    }

    /** Sets how many models there are. */
    public IncrementalLearning models(int count) {
        untrained();
        models = Check.positive("models", count);
        return this;
    }

    /** Sets the network. */
    public IncrementalLearning model(ModelSpec spec) {
        untrained();
        model = Check.given("model", spec);
        return this;
    }

    /** Sets how each model is trained; its seed is replaced by one a model, drawn from {@link #seed}. */
    public IncrementalLearning training(TrainingConfig config) {
        untrained();
        training = Check.given("training", config);
        return this;
    }

    /** Sets the seed. */
    public IncrementalLearning seed(long value) {
        untrained();
        seed = Seed.of(value);
        return this;
    }

    private void untrained() {
        Check.that(begun == null, "training has begun: settings can't change now, begin anew with Umig.incremental(data)");
    }

    /**
     * Trains the chain. A model's own images are those of its new labels; the others reached it through its parent.
     *
     * @return the graph, its nodes named w_0, w_1, and so on
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call goes on from there
     */
    public Umig train() {
        List<Images> ranges = Partition.labelRanges(data.train(), first, step, models);
        if (begun == null) {
            begun = new ArrayList<>();
        }
        long total = ranges.stream().mapToLong(images -> (long) images.size() * training.epochs()).sum()
                - begun.stream().mapToLong(one -> (long) one.epochsDone() * one.images().size()).sum();
        Umig umig = Umig.of();
        long done = 0;
        try (Progress progress = Screen.current().progress("training " + models + " models", total, "images")) {
            for (int i = 0; i < models; i++) {
                String name = "w_" + i;
                Seed own = seed.child(name);
                if (begun.size() == i) {
                    Classifier start = i == 0
                            ? Classifier.create(model, data.train(), own.child("weights"))
                            : begun.get(i - 1).model().copy();
                    begun.add(Training.of(start, ranges.get(i), training.seed(own.child("training"))));
                }
                Training one = begun.get(i);
                long before = one.imagesToGo();
                one.run(progress.part(name, done));
                done += before;
                Images news = i == 0 ? ranges.get(0) : ranges.get(i).without(ranges.get(i - 1).labels());
                umig.add(new ModelNode(name, one.model(), news));
                if (i > 0) {
                    umig.inherit(name, "w_" + (i - 1));
                }
            }
        }
        return umig;
    }
}
