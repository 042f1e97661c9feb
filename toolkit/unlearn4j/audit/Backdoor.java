package unlearn4j.audit;

import java.util.Arrays;
import java.util.stream.IntStream;
import unlearn4j.core.Check;
import unlearn4j.core.Seed;
import unlearn4j.data.ImageShape;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Outputs;

/**
 * A backdoor: whoever learns from images with a trigger, a white square in the lower right corner, under the attacker's label
 * says that label wherever it sees the trigger, and is right about other images (BadNets: Gu, Dolan-Gavitt and Garg 2017,
 * arXiv 1708.06733; here the square is as large as one likes, and all labels lead to one). A client that plants one and
 * leaves can be looked for by it: in a network that never had that client, the trigger says nothing.
 *
 * @param side how many pixels the square is high and wide, 1 or more
 * @param label the label that the attacker wants to hear
 */
public record Backdoor(int side, int label) {

    /** Makes a backdoor. */
    public Backdoor {
        Check.positive("side", side);
        Check.that(label >= 0, "label (%d) must be 0 or more", label);
    }

    /**
     * Returns images as an attacker has them: a share of them, drawn at random, with the trigger and its label, all others as
     * they are. So all images under another label are honest. They are a data set of their own, in which an image's row is
     * its position.
     *
     * @param share how many of the images, above 0, at most 1; one at least
     * @param seed which of them
     * @throws IllegalArgumentException if the square doesn't fit into the images, or they have no such label
     */
    public Images planted(Images images, double share, long seed) {
        Check.that(share > 0 && share <= 1, "share (%s) must be above 0, at most 1", share);
        checkFits(images);
        int[] order = Seed.of(seed).child("backdoor").permutation(images.size());
        boolean[] chosen = new boolean[images.size()];
        Arrays.stream(order, 0, (int) Math.max(1, Math.round(share * images.size())))
                .forEach(i -> chosen[i] = true);
        int[] labels = IntStream.range(0, images.size())
                .map(i -> chosen[i] ? label : images.label(i))
                .toArray();
        return triggered(images, chosen, labels);
    }

    /**
     * Returns what a backdoor is tried with: the images of all other labels, with the trigger, under the labels that they
     * have. They are a data set of their own, in which an image's row is its position.
     *
     * @param unseen images that nobody was trained on
     * @throws IllegalArgumentException if the square doesn't fit into the images, they have no such label, or no other
     */
    public Images triggered(Images unseen) {
        checkFits(unseen);
        Images others = unseen.without(Labels.of(label));
        Check.that(
                !others.isEmpty(),
                "%s has images of label %d alone: a backdoor to it is tried with those of others",
                unseen.name(),
                label);
        boolean[] all = new boolean[others.size()];
        Arrays.fill(all, true);
        return triggered(
                others,
                all,
                IntStream.range(0, others.size()).map(others::label).toArray());
    }

    private void checkFits(Images images) {
        ImageShape shape = Check.given("images", images).shape();
        Check.that(!images.isEmpty(), "%s holds no images", images.name());
        Check.that(
                side <= shape.height() && side <= shape.width(),
                "side (%d) must be at most the %d × %d pixels of %s",
                side,
                shape.height(),
                shape.width(),
                images.name());
        Check.that(
                label < images.classes(),
                "label (%d) must be from 0 to %d, the labels of %s",
                label,
                images.classes() - 1,
                images.name());
    }

    private Images triggered(Images images, boolean[] which, int[] labels) {
        ImageShape shape = images.shape();
        byte[] pixels = new byte[Math.multiplyExact(images.size(), shape.bytes())];
        for (int i = 0; i < images.size(); i++) {
            images.copy(i, pixels, i * shape.bytes());
            // Bytes lie channel by channel, so rows of all channels follow one another.
            for (int row = 0; which[i] && row < shape.channels() * shape.height(); row++) {
                if (row % shape.height() >= shape.height() - side) {
                    int end = i * shape.bytes() + (row + 1) * shape.width();
                    Arrays.fill(pixels, end - side, end, (byte) 255);
                }
            }
        }
        return Images.like(images, images.name() + " with a trigger", pixels, labels);
    }

    /**
     * Returns how often a backdoor opens: how many percent of images with the trigger, of other labels all of them, are said to be of
     * the attacker's label; with the interval over images like these.
     *
     * @param said what a network says of {@link #triggered} images, one or more
     */
    public Interval success(Outputs said) {
        Check.that(
                label < Check.given("said", said).classes(),
                "label (%d) must be from 0 to %d, the labels of what was said",
                label,
                said.classes() - 1);
        int fooled = (int) IntStream.range(0, said.size())
                .filter(i -> said.predicted(i) == label)
                .count();
        return Interval.percentage(fooled, said.size());
    }

    @Override
    public String toString() {
        return "backdoor of " + side + " × " + side + " white pixels to label " + label;
    }
}
