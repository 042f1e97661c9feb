package unlearn4j.hdus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;

/**
 * A client's images in slices, and its model, trained first on slice 1, then on slices 1 and 2, and so on, with a
 * checkpoint after each step (SISA, Bourtoule et al. 2021). With one slice that is plain training.
 *
 * <p>Which slice an image is in depends on the seed and its row in the data set alone, so that it stays there when others
 * are deleted. A step begins with its optimiser at rest; so weights are all that a checkpoint has to keep, and what is
 * trained from there on is bit for bit what it would be if the deleted images had never been there.
 */
final class SlicedTraining {
    private final String name;
    private final ModelSpec spec;
    private final int slices;
    private final TrainingConfig config;
    private final Seed seed;
    private final Images original;
    private final List<Weights> checkpoints = new ArrayList<>();
    /** Rows that are deleted; {@link #imagesToGo} says whether the model is trained without them yet. */
    private final Set<Integer> deleted = new TreeSet<>();

    private Training step;

    /**
     * Prepares training.
     *
     * @param name whose images they are
     * @param images the images
     * @param slices how many, 1 or more
     * @param training how the model would be trained in one go; each step gets 2/(slices + 1) of the epochs, rounded and
     *     at least 1, so that all steps together look at about as many images
     * @param seed the client's
     */
    SlicedTraining(String name, Images images, ModelSpec spec, int slices, TrainingConfig training, Seed seed) {
        this.name = name;
        this.spec = spec;
        this.slices = slices;
        this.seed = seed.child("main");
        original = images;
        config = training.epochs((int) Math.max(1, Math.round(2.0 * training.epochs() / (slices + 1))));
        checkSizes(Set.of());
        step = step(0);
    }

    /** Returns the images that are left in the first slices, in the client's order. */
    private Images images(int first, Set<Integer> without) {
        return original.at(IntStream.range(0, original.size())
                .filter(i -> slice(original.row(i)) < first && !without.contains(original.row(i)))
                .toArray());
    }

    /** Returns which slice the image of a row is in, from 0. */
    private int slice(int row) {
        return (int) Math.floorMod(seed.child("slice").child(row).value(), (long) slices);
    }

    private void checkSizes(Set<Integer> without) {
        int least = images(1, without).size();
        Check.that(
                least >= 2,
                "the first of %d slices of %s holds %d images of its %d, and training needs 2: take fewer "
                        + "slices, or leave more images",
                slices,
                name,
                least,
                images(slices, without).size());
    }

    private Training step(int number) {
        Images images = images(number + 1, deleted);
        Classifier model = Classifier.create(spec, images, seed.child("weights").value());
        if (number > 0) {
            model.load(checkpoints.get(number - 1));
        }
        // The last step is the whole training if there is one slice.
        Seed training = seed.child("training");
        return Training.of(
                model, images, config.seed((number == slices - 1 ? training : training.child(number)).value()));
    }

    /** Returns how many images the training still to come will show the model, 0 if it is up to date. */
    long imagesToGo() {
        long images = step.imagesToGo();
        for (int number = checkpoints.size() + 1; number < slices; number++) {
            images += (long) config.epochs() * images(number + 1, deleted).size();
        }
        return images;
    }

    /** Trains what is not trained yet. */
    Classifier train(Progress progress) {
        long all = imagesToGo();
        while (checkpoints.size() < slices) {
            step.run(progress.part(slices == 1 ? "" : "slice " + (checkpoints.size() + 1), all - imagesToGo()));
            checkpoints.add(step.model().weights());
            if (checkpoints.size() < slices) {
                step = step(checkpoints.size());
            }
        }
        return step.model();
    }

    /**
     * Deletes images: the model falls back to the last checkpoint that has not seen any of them.
     *
     * @param rows the images' rows in the data set; some deleted before are skipped while the model is not trained
     *     without them yet
     * @throws IllegalArgumentException if one is not among the client's images, or too few are left; nothing is deleted
     */
    void delete(Collection<Integer> rows) {
        Set<Integer> known = new TreeSet<>();
        IntStream.range(0, original.size()).map(original::row).forEach(known::add);
        Set<Integer> going = new TreeSet<>(rows);
        for (int row : going) {
            Check.that(
                    known.contains(row),
                    "row (%d) is not among the images of %s: take some of images.row(position)",
                    row,
                    name);
            Check.that(imagesToGo() > 0 || !deleted.contains(row), "row (%d) of %s was forgotten before", row, name);
        }
        Set<Integer> all = new TreeSet<>(deleted);
        all.addAll(going);
        checkSizes(all);
        going.removeAll(deleted);
        if (going.isEmpty()) {
            return;
        }
        int first = going.stream().mapToInt(this::slice).min().orElseThrow();
        deleted.addAll(going);
        if (first <= checkpoints.size()) {
            checkpoints.subList(first, checkpoints.size()).clear();
            step = step(checkpoints.size());
        }
    }

    /** Returns how many slices the newest checkpoint is trained on. */
    int slicesTrained() {
        return checkpoints.size();
    }

    /** Returns how many bytes the checkpoints before the newest take: what only forgetting an image needs. */
    long history() {
        return checkpoints.stream()
                .limit(Math.max(0, checkpoints.size() - 1))
                .mapToLong(Weights::bytes)
                .sum();
    }

    /** Returns the classes that it has images of. */
    Labels known() {
        return images(slices, deleted).labels();
    }

    /** Returns how many images are left. */
    int size() {
        return original.size() - deleted.size();
    }

    /** Returns what answers: the newest checkpoint, or the untrained model. */
    Snapshot snapshot() {
        if (checkpoints.size() == slices) {
            return Snapshot.of(step.model());
        }
        if (checkpoints.isEmpty()) {
            return Snapshot.of(() ->
                    Classifier.create(spec, original, seed.child("weights").value()));
        }
        return Snapshot.of(spec, original, checkpoints.get(checkpoints.size() - 1));
    }
}
