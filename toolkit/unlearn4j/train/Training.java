package unlearn4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;

/**
 * The one training loop. It can be interrupted and run again: the network is then as it was after the last finished
 * epoch, and {@link #run} goes on from there to the very numbers that an uninterrupted run gives.
 */
public final class Training {
    private final Classifier model;
    private final Images images;
    private final TrainingConfig config;
    private final Objective objective;
    private final Images heldOut;
    private boolean headOnly;
    private boolean asInUse;
    private final List<Epoch> history = new ArrayList<>();
    private List<float[]> velocities;
    private Ending ending = Ending.IN_TIME;
    private Origin how = Origin.of("training");
    private Origin before;
    private Origin after;
    private boolean stopped;
    private final AtomicBoolean running = new AtomicBoolean();

    private Training(Classifier model, Images images, TrainingConfig config, Objective objective, Images heldOut) {
        Check.given("model", model).checkFits(images);
        model.checkFits(heldOut == null ? images : heldOut);
        Check.that(images.size() >= 2, "%s: %d image is not enough to train on, 2 are", images.name(), images.size());
        model.head().checkUnmasked(model.spec().name());
        this.model = model;
        this.images = images;
        this.config = Check.given("config", config);
        this.objective = objective;
        this.heldOut = heldOut;
    }

    /**
     * Prepares training on images and their labels.
     *
     * @param model the network, trained in place
     * @param images what it is trained on, 2 or more
     * @param config how
     * @throws IllegalArgumentException if the images do not fit the network, or if its head is masked: −∞ is no start
     */
    public static Training of(Classifier model, Images images, TrainingConfig config) {
        return new Training(model, images, config, Objective.crossEntropy(images), null);
    }

    /**
     * Prepares the fine-tuning of the head alone, as in transfer learning (paper B, §5.2): the body neither learns nor drops
     * features, and normalises by its running means and variances, which stay as they are.
     *
     * @param model the network, whose head is trained in place
     * @param images what it is trained on, 2 or more
     * @param config how
     * @throws IllegalArgumentException if the images do not fit the network, or if its head is masked: −∞ is no start
     */
    public static Training ofHead(Classifier model, Images images, TrainingConfig config) {
        Training training = of(model, images, config);
        training.headOnly = true;
        training.how = training.how.with("head only", true);
        return training;
    }

    /** Prepares a distillation as the next one does, with {@link Softening#BOTH}. */
    public static Training distilling(
            Classifier teacher, Classifier student, Images reference, double temperature, TrainingConfig config) {
        return distilling(teacher, student, reference, temperature, Softening.BOTH, config);
    }

    /**
     * Prepares the distillation of one network into another (paper A, Eq. 1); the images' labels are not looked at.
     *
     * @param teacher the network that is imitated; it does not change
     * @param student the network that imitates, trained in place
     * @param reference the images on which it does
     * @param temperature T, above 0
     * @param softening whether T softens the student's outputs too
     * @param config how
     */
    public static Training distilling(
            Classifier teacher,
            Classifier student,
            Images reference,
            double temperature,
            Softening softening,
            TrainingConfig config) {
        Objective imitation = Objective.imitation(teacher, student, reference, temperature, softening);
        Training training = new Training(student, reference, config, imitation, null);
        training.how = Origin.of("distillation")
                .with("teacher", teacher.origin())
                .with("temperature", temperature)
                .with("softening", softening);
        return training;
    }

    /**
     * Prepares gradient ascent: the cross entropy of the images' own labels is made large. The network looks at the images
     * as it does when it is used: no dropout, and running means and variances as they are, for those of the images to
     * forget alone would be wrong for all others.
     *
     * @param model the network, trained in place
     * @param images what it is to get wrong, 2 or more
     * @param config how
     */
    public static Training ascending(Classifier model, Images images, TrainingConfig config) {
        Objective descent = Objective.crossEntropy(images);
        Training training = new Training(
                model,
                images,
                config,
                (logits, positions) -> descent.loss(logits, positions).neg(),
                null);
        training.asInUse = true;
        training.how = Origin.of("ascent");
        return training;
    }

    /**
     * Returns a copy, not yet begun, that learns the images' own labels too: their cross entropy is added to its loss.
     *
     * @param before what the loss so far counts, 0 or more
     * @param labels what the cross entropy counts, 0 or more
     */
    public Training withLabels(double before, double labels) {
        Check.notNegative("before", before);
        Check.notNegative("labels", labels);
        Training copy = copy(objective.mixed(before, Objective.crossEntropy(images), labels), heldOut);
        copy.how = how.with("share of labels", List.of(before, labels));
        return copy;
    }

    /**
     * Returns a copy, not yet begun, with a rule that can end it before its epochs are done.
     *
     * @param steps how many steps pass before the rule is asked again; it is asked at the end of each epoch too
     * @param rule whether it is to end now; it may look at the network
     */
    public Training until(int steps, BooleanSupplier rule) {
        return ending(new Ending(steps, rule, false, false));
    }

    /** Returns a copy, not yet begun, that leaves each epoch after the first step for which the rule says so. */
    public Training leavingEpochs(BooleanSupplier rule) {
        return ending(new Ending(1, rule, true, false));
    }

    /**
     * Returns a copy, not yet begun, whose network looks at images as in use, no dropout and running means and variances as
     * they are, once its rule was first asked: paper B's published scripts measure a network and leave it so.
     */
    public Training inUseOnceMeasured() {
        Training copy = ending(new Ending(ending.steps(), ending.rule(), ending.epochAlone(), true));
        copy.asInUse = false;
        return copy;
    }

    private Training ending(Ending other) {
        Training copy = copy(objective, heldOut);
        copy.ending = other;
        copy.how = how.with("ends by", "a rule");
        return copy;
    }

    /** Returns a copy, not yet begun, with an accuracy on other images measured after every epoch. */
    public Training heldOut(Images others) {
        return copy(objective, Check.given("heldOut", others));
    }

    private Training copy(Objective small, Images measured) {
        Training copy = new Training(model, images, config, small, measured);
        copy.headOnly = headOnly;
        copy.asInUse = asInUse;
        copy.ending = ending;
        copy.how = how;
        return copy;
    }

    /** Returns the network, as it is after the last finished epoch. */
    public Classifier model() {
        return model;
    }

    /** Returns the images that it is trained on. */
    public Images images() {
        return images;
    }

    /** Returns how many epochs are done. */
    public int epochsDone() {
        return history.size();
    }

    /** Returns how many images the epochs still to come will show the network. */
    public long imagesToGo() {
        return stopped ? 0 : (long) (config.epochs() - history.size()) * images.size();
    }

    /**
     * Trains until all epochs are done; those done before are not done again.
     *
     * @return the trained network
     * @throws IllegalArgumentException if another thread runs this training now; that one is not disturbed
     * @throws Interrupted if the thread is interrupted, within a batch
     * @throws TrainingException if the loss is no number any more
     */
    public Classifier run() {
        try (Progress progress =
                Screen.current().progress("training " + model.spec().name(), imagesToGo(), "images")) {
            return run(progress.part(model.spec().name(), 0));
        }
    }

    /**
     * Saves how far the training is, the network, its momentum and the finished epochs, so that another process can
     * {@link #resume} it.
     *
     * @param file where to; one of that name is replaced when the new one is whole, and not before
     * @param of what training this is, any text
     * @throws IllegalArgumentException if no epoch is finished
     * @throws unlearn4j.data.DataException if the file can't be written
     */
    public void save(Path file, String of) {
        Check.that(velocities != null, "no epoch is finished: there is nothing to save yet");
        new Checkpoint(history, model.weights(), velocities).save(file, Check.given("of", of), model, headOnly);
    }

    /**
     * Goes on from what {@link #save} wrote, to the very numbers that an uninterrupted training gives.
     *
     * @param file where that is; if there is none, or one of another training, nothing is changed
     * @param of what training this is
     * @return whether it goes on from there
     * @throws unlearn4j.data.DataException if the file is damaged
     */
    public boolean resume(Path file, String of) {
        Check.given("of", of);
        Optional<Checkpoint> saved =
                Files.exists(Check.given("file", file)) ? Checkpoint.load(file, of, model, headOnly) : Optional.empty();
        saved.ifPresent(there -> {
            before = history.isEmpty() ? model.origin() : before;
            model.load(there.weights());
            velocities = there.velocities();
            history.clear();
            history.addAll(there.history());
            comesFrom(before);
        });
        return saved.isPresent();
    }

    /** Trains as {@link #run()} does and reports to a display that several trainings share. */
    public Classifier run(Progress progress) {
        return runTo(config.epochs(), progress);
    }

    /**
     * Trains until that many epochs are done; momentum, learning rate and batches go on as if there had been no stop.
     * Before the next call the network's weights may be replaced, as federated averaging does.
     *
     * @param epochs up to which epoch, counted from the first, at most the configuration's
     * @param progress where it reports the images of this call
     * @return the network as it is then
     * @throws IllegalArgumentException if another thread runs this training now; that one is not disturbed
     */
    public Classifier runTo(int epochs, Progress progress) {
        Check.that(
                epochs <= config.epochs(),
                "epochs (%d) must be at most the %d of this training",
                epochs,
                config.epochs());
        Check.given("progress", progress);
        Check.that(
                running.compareAndSet(false, true),
                "the training of %s runs in another thread already: wait for it, or train a copy",
                model.spec().name());
        try {
            if (history.size() < epochs && !stopped) {
                Sgd.undifferentiated(() -> train(epochs, progress));
            }
        } finally {
            running.set(false);
        }
        return model;
    }

    /** Only the forward pass of a step tracks gradients. */
    private void train(int epochs, Progress progress) {
        long shown = 0;
        // Weights that were put in since, as by federated averaging, are of nobody knows what.
        before = history.isEmpty() ? model.origin() : model.origin() == after ? before : Origin.UNKNOWN;
        try (NDManager manager = model.scope()) {
            Sgd sgd = new Sgd(manager, headOnly ? model.trainableHead() : model.trainable(), config);
            if (velocities != null) {
                sgd.load(velocities);
            }
            Batch batch = new Batch(images, Math.min(config.batchSize(), images.size()));
            while (history.size() < epochs && !stopped) {
                Weights then = model.weights();
                Origin origin = model.origin();
                boolean finished = false;
                try {
                    Epoch epoch = epoch(manager, sgd, batch, progress, shown);
                    velocities = sgd.velocities();
                    history.add(epoch);
                    comesFrom(before);
                    finished = true;
                } finally {
                    if (!finished) {
                        model.load(then);
                        model.comesFrom(origin);
                        stopped = false;
                    }
                }
                shown += images.size();
                progress.done(shown);
                history.get(history.size() - 1).show(progress, history.size(), config.epochs());
            }
        }
    }

    private void comesFrom(Origin begun) {
        after = Epoch.origin(how.with("of", begun).with("images", images).with("training", config), history);
        model.comesFrom(after);
    }

    private Epoch epoch(NDManager manager, Sgd sgd, Batch batch, Progress progress, long shown) {
        long start = System.nanoTime();
        if (!headOnly) {
            model.bodyChanges();
        }
        int number = history.size();
        Seed seed = config.seed().child("epoch").child(number);
        int[] order = seed.child("order").permutation(images.size());
        SplittableRandom augmentation = seed.child("augmentation").random();
        SplittableRandom dropout = seed.child("dropout").random();
        int size = Math.min(config.batchSize(), images.size());
        // A last batch of one image has no variance to normalise by; that image waits for the next epoch.
        int usable = order.length % size == 1 ? order.length - 1 : order.length;
        int batches = 1 + (usable - 1) / size;
        double lossSum = 0;
        long correct = 0;
        double rate = 0;
        int seen = 0;
        boolean measured = number > 0;
        boolean left = false;
        for (int step = 0; step < batches && !left; step++) {
            Epoch.goesOn(progress, model.spec().name(), number, config.epochs());
            int from = step * size;
            int[] positions = Arrays.copyOfRange(order, from, Math.min(from + size, usable));
            boolean inUse = asInUse || ending.thenInUse() && measured;
            rate = config.learningRate()
                    * config.schedule().factor((number + (double) step / batches) / config.epochs());
            try (NDManager scope = manager.newSubManager()) {
                NDArray pixels = config.augment()
                        ? batch.augmented(scope, positions, augmentation)
                        : batch.pixels(scope, positions);
                NDArray[] logits = new NDArray[1];
                NDArray frozen = headOnly ? model.features(pixels) : null;
                NDArray loss = Sgd.differentiated(() -> {
                    NDArray features = headOnly
                            ? frozen
                            : inUse ? model.features(pixels) : model.trainingFeatures(pixels, dropout.nextLong());
                    logits[0] = model.logits(features, true);
                    return objective.loss(logits[0], positions);
                });
                float value = loss.getFloat();
                if (!Float.isFinite(value)) {
                    sgd.drop();
                }
                TrainingException.checkFinite("loss", value, model, number, rate, config);
                TrainingException.checkFinite("gradient", sgd.step(scope, rate), model, number, rate, config);
                lossSum += (double) value * positions.length;
                correct += batch.correct(scope, logits[0], positions);
            }
            seen = from + positions.length;
            progress.done(shown + seen);
            if ((step + 1) % ending.steps() == 0 || step + 1 == batches) {
                left = ending.rule().getAsBoolean();
                stopped = left && !ending.epochAlone();
                measured = true;
            }
        }
        double held = heldOut == null
                ? Double.NaN
                : Evaluator.evaluate(model, heldOut).accuracy();
        return new Epoch(rate, lossSum / seen, 100.0 * correct / seen, held, (System.nanoTime() - start) / 1e9);
    }

    /**
     * Returns a row for each finished epoch: its number, the last learning rate, the mean loss, the accuracy in percent
     * on the training images while it ran and on the held-out images (missing if there are none), and its seconds.
     */
    public Table history() {
        return Epoch.table("Training of " + model.spec().name(), history);
    }

    @Override
    public String toString() {
        return model.spec().name() + ", " + history.size() + " of " + config.epochs() + " epochs on " + images.name();
    }
}
