package unlearn4j.audit;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import unlearn4j.core.Check;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Features;
import unlearn4j.train.Head;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;

/**
 * How easily a label that was forgotten is learned again. The audited network stays as it is; and a re-trained one learns the
 * label too, so its figure belongs beside this.
 */
public final class Relearning {
    private Relearning() {}

    /**
     * Gives a head the labels back from a few images, without training: each label's row becomes the mean of its images'
     * features, as long as the other rows are on average, its bias theirs (weight imprinting, Qi et al. 2018; as an attack on
     * unlearning, arXiv 2506.01318). {@link Forgetting#of(Head, Features, Features)} measures it.
     *
     * @param head the audited network's
     * @param known features, of the same network, of the images that the attacker has
     * @param labels the labels to bring back, of which there must be images among them; not all of the head's
     * @param shots of how many images of each label a mean is taken, 1 or more
     * @param seed which images these are
     */
    public static Head fromPrototypes(Head head, Features known, Labels labels, int shots, long seed) {
        Check.given("head", head);
        Check.positive("shots", shots);
        Check.that(
                Check.given("known", known).width() == head.features(),
                "%d features of an image do not fit a head of %d: take both from one network",
                known.width(),
                head.features());
        int[] others = IntStream.range(0, head.classes())
                .filter(label -> !Check.given("labels", labels).contains(label))
                .filter(label -> Float.isFinite(head.bias()[label]))
                .toArray();
        Check.that(
                others.length > 0,
                "labels %s are all that the head tells: leave one to take a row's length from",
                labels);
        double length = Arrays.stream(others)
                .mapToDouble(label -> norm(head.weight(), label, head.features()))
                .average()
                .orElseThrow();
        double bias = meanBias(head, label -> !labels.contains(label));
        float[] weight = head.weight().clone();
        float[] biases = head.bias().clone();
        for (int label : labels.values()) {
            Features own = known.only(Labels.of(label));
            int size = own.images().size();
            Check.that(
                    label < head.classes() && size >= shots,
                    "%s has %d images of label %d, and %d shots take as many",
                    known.images().name(),
                    size,
                    label,
                    shots);
            float[] mean = new float[head.features()];
            int[] order = Seed.of(seed).child("shots").child(label).permutation(size);
            for (int shot = 0; shot < shots; shot++) {
                for (int j = 0; j < mean.length; j++) {
                    mean[j] += own.values()[order[shot] * mean.length + j] / shots;
                }
            }
            double scale = length / Math.max(Float.MIN_NORMAL, norm(mean, 0, mean.length));
            for (int j = 0; j < mean.length; j++) {
                weight[label * mean.length + j] = (float) (mean[j] * scale);
            }
            biases[label] = (float) bias;
        }
        return new Head(head.classes(), head.features(), weight, biases);
    }

    /** Returns the mean bias of those labels that are not masked, 0 if there are none. */
    private static double meanBias(Head head, IntPredicate of) {
        return IntStream.range(0, head.classes())
                .filter(of)
                .mapToDouble(label -> head.bias()[label])
                .filter(Double::isFinite)
                .average()
                .orElse(0);
    }

    private static Head unmasked(Head head) {
        float[] bias = head.bias().clone();
        for (int label = 0; label < bias.length; label++) {
            bias[label] = bias[label] == Float.NEGATIVE_INFINITY ? (float) meanBias(head, any -> true) : bias[label];
        }
        return new Head(head.classes(), head.features(), head.weight(), bias);
    }

    private static double norm(float[] rows, int row, int width) {
        double squares = 0;
        for (int j = row * width; j < (row + 1) * width; j++) {
            squares += (double) rows[j] * rows[j];
        }
        return Math.sqrt(squares);
    }

    /**
     * Trains a copy until it tells enough of some images again, and counts the steps; none where it does so from the start. A
     * label that is masked, by a bias of −∞, first gets the mean bias of the others: nothing is learned through a mask.
     *
     * @param model the audited network; it stays as it is, bit for bit
     * @param shown what the copy is trained on, 2 or more images
     * @param asked of which images it is to tell enough; not those shown, or memory is measured
     * @param percent how many percent of them are enough, above 0, at most 100
     * @param config how it is trained, and for how long at most
     * @return the steps, or nothing if all of them were not enough
     * @throws unlearn4j.train.Interrupted if the thread is interrupted
     */
    public static OptionalInt steps(
            Classifier model, Images shown, Images asked, double percent, TrainingConfig config) {
        Check.that(percent > 0 && percent <= 100, "percent (%s) must be above 0, at most 100", percent);
        Classifier copy = Check.given("model", model).copy();
        copy.checkFits(asked);
        copy.load(unmasked(copy.head()));
        Training training = Training.of(copy, shown, config);
        if (Evaluator.evaluate(copy, asked).accuracy() >= percent) {
            return OptionalInt.of(0);
        }
        int[] steps = {0};
        boolean[] back = {false};
        training.until(1, () -> {
                    steps[0]++;
                    back[0] = Evaluator.evaluate(copy, asked).accuracy() >= percent;
                    return back[0];
                })
                .run();
        return back[0] ? OptionalInt.of(steps[0]) : OptionalInt.empty();
    }
}
