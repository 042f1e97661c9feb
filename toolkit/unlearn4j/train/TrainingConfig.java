package unlearn4j.train;

import unlearn4j.core.Check;
import unlearn4j.core.Seed;

/**
 * How a network is trained: stochastic gradient descent with momentum. A value; each method returns a changed copy.
 *
 * @param epochs passes over the images, 1 or more
 * @param batchSize images a step, 2 or more
 * @param learningRate the schedule's highest rate, above 0
 * @param momentum the share of the last step that is kept, in [0, 1)
 * @param weightDecay the weights' share that is added to their gradient, 0 or more
 * @param clipNorm the Euclidean norm that the whole gradient is scaled down to, above 0
 * @param schedule how the rate changes
 * @param augment whether images are moved and flipped at random
 * @param seed where batch order, augmentation and dropout come from: the same seed gives the same bits with the same
 *     engine and as many threads on the same processor, whatever else is trained meanwhile
 */
public record TrainingConfig(
        int epochs,
        int batchSize,
        double learningRate,
        double momentum,
        double weightDecay,
        double clipNorm,
        Schedule schedule,
        boolean augment,
        Seed seed) {

    /** Ten epochs, batches of 64, rate 0.1 on one cycle, momentum 0.9, weight decay 5e-4. */
    public static final TrainingConfig DEFAULT =
            new TrainingConfig(10, 64, 0.1, 0.9, 5e-4, 5, Schedule.ONE_CYCLE, false, Seed.of(0));

    /** Makes a configuration; each number must be within its bounds. */
    public TrainingConfig {
        Check.positive("epochs", epochs);
        Check.that(batchSize >= 2, "batchSize (%d) must be 2 or more, for batch normalisation", batchSize);
        Check.positive("learningRate", learningRate);
        Check.in("momentum", momentum, 0, 1);
        Check.notNegative("weightDecay", weightDecay);
        Check.positive("clipNorm", clipNorm);
        Check.given("schedule", schedule);
        Check.given("seed", seed);
    }

    /** Returns a copy with that many epochs. */
    public TrainingConfig epochs(int value) {
        return new TrainingConfig(
                value, batchSize, learningRate, momentum, weightDecay, clipNorm, schedule, augment, seed);
    }

    /** Returns a copy with that batch size. */
    public TrainingConfig batchSize(int value) {
        return new TrainingConfig(
                epochs, value, learningRate, momentum, weightDecay, clipNorm, schedule, augment, seed);
    }

    /** Returns a copy with that learning rate. */
    public TrainingConfig learningRate(double value) {
        return new TrainingConfig(epochs, batchSize, value, momentum, weightDecay, clipNorm, schedule, augment, seed);
    }

    /** Returns a copy with that momentum. */
    public TrainingConfig momentum(double value) {
        return new TrainingConfig(
                epochs, batchSize, learningRate, value, weightDecay, clipNorm, schedule, augment, seed);
    }

    /** Returns a copy with that weight decay. */
    public TrainingConfig weightDecay(double value) {
        return new TrainingConfig(epochs, batchSize, learningRate, momentum, value, clipNorm, schedule, augment, seed);
    }

    /** Returns a copy with that bound on the gradient's norm. */
    public TrainingConfig clipNorm(double value) {
        return new TrainingConfig(
                epochs, batchSize, learningRate, momentum, weightDecay, value, schedule, augment, seed);
    }

    /** Returns a copy with that schedule. */
    public TrainingConfig schedule(Schedule value) {
        return new TrainingConfig(
                epochs, batchSize, learningRate, momentum, weightDecay, clipNorm, value, augment, seed);
    }

    /** Returns a copy that moves and flips images at random, or doesn't. */
    public TrainingConfig augment(boolean value) {
        return new TrainingConfig(
                epochs, batchSize, learningRate, momentum, weightDecay, clipNorm, schedule, value, seed);
    }

    /** Returns a copy with that seed. */
    public TrainingConfig seed(long value) {
        return new TrainingConfig(
                epochs, batchSize, learningRate, momentum, weightDecay, clipNorm, schedule, augment, Seed.of(value));
    }
}
