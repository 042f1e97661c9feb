package unlearn4j.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import unlearn4j.core.Check;
import unlearn4j.model.MobileNetV2;

/**
 * Structured pruning: makes a trained MobileNetV2 narrower by leaving whole channels out, as paper A's MobileNet-M and -S
 * are made of MobileNet-L (§IV.A.2). A layer keeps the channels of the largest norms (Li et al. 2017). A channel's norm is
 * the sum of the absolute values of all weights that make it, scale it, shift it or read it; the blocks of a stage share
 * their width, so those of all of them count (Fang et al. 2023). The weights that stay are copied as they are: train the
 * network on for an epoch or a few to recover.
 */
public final class Pruning {
    private final Weights weights;
    private final List<Layer> layers = new ArrayList<>();

    /** Channels that stay or go together, wherever they are made and read. */
    private static final class Channels {
        private final double[] norms;
        private final int count;
        private int[] kept;

        Channels(String where, int before, int count) {
            Check.that(count <= before, "%s (%d) must be at most the %d before pruning", where, count, before);
            norms = new double[before];
            this.count = count;
        }

        static Channels all(int count) {
            return new Channels("channels", count, count);
        }

        /** The channels of the largest norms, of equals the first, in their order. */
        int[] kept() {
            if (kept == null) {
                kept = IntStream.range(0, norms.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(channel -> -norms[channel]))
                        .limit(count)
                        .mapToInt(Integer::intValue)
                        .sorted()
                        .toArray();
            }
            return kept;
        }
    }

    /**
     * A layer's weights, (made, read, taps), and the arrays that follow, one number a channel made: batch normalisation's
     * scale, shift, mean and variance, or the head's bias.
     */
    private record Layer(Channels made, Channels read, int taps, int followers) {}

    private Pruning(Classifier model, MobileNetV2 before, MobileNetV2 narrower, Weights weights) {
        this.weights = weights;
        Channels between = new Channels("stem", before.stem(), narrower.stem());
        normalised(between, Channels.all(model.shape().channels()), 9);
        for (int stage = 0; stage < before.stages().size(); stage++) {
            MobileNetV2.Stage from = before.stages().get(stage);
            MobileNetV2.Stage to = narrower.stages().get(stage);
            Channels width = new Channels("width of stage " + (stage + 1), from.width(), to.width());
            for (int block = 0; block < from.expanded().size(); block++) {
                Channels expanded = new Channels(
                        "expanded channels of stage " + (stage + 1),
                        from.expanded().get(block),
                        to.expanded().get(block));
                normalised(expanded, between, 1);
                normalised(expanded, Channels.all(1), 9);
                normalised(width, expanded, 1);
                between = width;
            }
        }
        Channels features = new Channels("features", before.features(), narrower.features());
        normalised(features, between, 1);
        layers.add(new Layer(Channels.all(model.classes()), features, 1, 1));
    }

    private void normalised(Channels made, Channels read, int taps) {
        layers.add(new Layer(made, read, taps, 4));
    }

    /**
     * Prunes to a narrower network.
     *
     * @param model a trained MobileNetV2; it does not change
     * @param narrower a description of the same stages and blocks with as many channels as {@code model} has, or fewer
     * @return a new network
     * @throws IllegalArgumentException if {@code model} is another kind of network, or {@code narrower} not a narrower one
     */
    public static Classifier to(Classifier model, MobileNetV2 narrower) {
        Check.given("narrower", narrower);
        MobileNetV2 before = mobileNet(model);
        Check.that(
                shape(before).equals(shape(narrower)),
                "%s has other stages than %s: their strides and their blocks must be the same",
                narrower,
                before);
        Pruning pruning = new Pruning(model, before, narrower, model.weights());
        pruning.measure();
        return model.as(narrower, pruning.selected());
    }

    /**
     * Prunes every layer by the same share, in steps of a thousandth, to the widest network of a size.
     *
     * @param model a trained MobileNetV2; it does not change
     * @param parameters how many numbers the network may have at most, counted as {@link Classifier#parameters()} does
     * @return a new network
     * @throws IllegalArgumentException if {@code model} is another kind of network, or no network is that small
     */
    public static Classifier toParameters(Classifier model, long parameters) {
        MobileNetV2 before = mobileNet(model);
        Weights weights = model.weights();
        for (int share = 1000; share > 0; share--) {
            MobileNetV2 narrower = before.narrowed(before.name() + " × " + share / 1000.0, share / 1000.0);
            if (new Pruning(model, before, narrower, weights).parameters() <= parameters) {
                return to(model, narrower);
            }
        }
        throw Check.refusal(
                "parameters (%d) are too few for %s, even with one channel in every layer", parameters, before);
    }

    private static MobileNetV2 mobileNet(Classifier model) {
        if (Check.given("model", model).spec() instanceof MobileNetV2 spec) {
            return spec;
        }
        throw Check.refusal(
                "%s is no MobileNetV2, and only those can be pruned: MobileNetV2.LARGE, say",
                model.spec().name());
    }

    /** What pruning leaves: each stage's stride and number of blocks. */
    private static List<List<Integer>> shape(MobileNetV2 spec) {
        return spec.stages().stream()
                .map(stage -> List.of(stage.stride(), stage.expanded().size()))
                .toList();
    }

    private long parameters() {
        return layers.stream()
                .mapToLong(layer -> (long) layer.made.count * (layer.read.count * layer.taps + layer.followers))
                .sum();
    }

    private void measure() {
        int array = 0;
        for (Layer layer : layers) {
            float[] values = weights.array(array++);
            for (int i = 0; i < values.length; i++) {
                double size = Math.abs(values[i]);
                layer.made.norms[i / layer.taps / layer.read.norms.length] += size;
                layer.read.norms[i / layer.taps % layer.read.norms.length] += size;
            }
            for (int follower = 0; follower < layer.followers; follower++) {
                float[] each = weights.array(array++);
                // Batch normalisation's mean and variance are no weights.
                for (int channel = 0; follower < 2 && channel < each.length; channel++) {
                    layer.made.norms[channel] += Math.abs(each[channel]);
                }
            }
        }
    }

    private Weights selected() {
        List<float[]> arrays = new ArrayList<>();
        for (Layer layer : layers) {
            arrays.add(selected(
                    weights.array(arrays.size()),
                    layer.made.kept(),
                    layer.read.norms.length,
                    layer.read.kept(),
                    layer.taps));
            for (int follower = 0; follower < layer.followers; follower++) {
                arrays.add(selected(weights.array(arrays.size()), layer.made.kept(), 1, new int[1], 1));
            }
        }
        return new Weights(arrays);
    }

    private static float[] selected(float[] values, int[] made, int reads, int[] read, int taps) {
        float[] selected = new float[made.length * read.length * taps];
        int next = 0;
        for (int row : made) {
            for (int column : read) {
                System.arraycopy(values, (row * reads + column) * taps, selected, next, taps);
                next += taps;
            }
        }
        return selected;
    }
}
