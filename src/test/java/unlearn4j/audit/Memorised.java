package unlearn4j.audit;

import unlearn4j.core.Seed;
import unlearn4j.data.Datasets;
import unlearn4j.data.Images;
import unlearn4j.fisher.Mlp;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;

/** Real images with labels drawn at random: all that a network can do with them is to know them by heart. */
final class Memorised {
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(40).batchSize(20).learningRate(0.05).weightDecay(0);

    private Memorised() {}

    /** Returns so many images of the sample of Fashion-MNIST. */
    static Images images(int count) {
        Images some = Datasets.fashionMnistSample().train().balanced(count, 3);
        int[] drawn = Seed.of(9).random().ints(60_000, 0, 10).toArray();
        return some.relabelled((row, label) -> drawn[row]);
    }

    /** Returns a network that knows these images by heart. */
    static Classifier of(Images images, long seed) {
        Classifier model = Classifier.create(new Mlp(64, 32), images, seed);
        return Training.of(model, images, CONFIG.seed(seed)).run();
    }
}
