package unlearn4j.unlearn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import unlearn4j.audit.Forgetting;
import unlearn4j.core.Refusal;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Gradients;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;
import unlearn4j.umig.ModelNode;

/**
 * Gradient ascent at one discovery node as paper B's published scripts have it, and what the node's heirs get of it:
 * 2 (g₁ − g₂). g₁ is the gradient of the cross entropy of a batch of all the node's images before it ascends, g₂ that which
 * the last step of ascent went against, of the negative cross entropy of images to forget. Gradients are read off steps of
 * plain descent: what a step took from the weights, divided by its rate.
 */
final class PublishedAscent {
    private static final double ENOUGH = 20;

    private final Classifier model;
    private final Images forgotten;
    private final double rate;
    private final List<float[]> all;
    private Weights before;
    private Weights after;

    /**
     * Takes g₁.
     *
     * @param model the network that is to ascend, as its node has it; only its running means and variances change here
     * @param data all images of the node
     * @param forgotten those to forget
     * @param config how it is to ascend
     */
    PublishedAscent(Classifier model, Images data, Images forgotten, TrainingConfig config) {
        this.model = model;
        this.forgotten = forgotten;
        rate = config.learningRate();
        Seed seed = config.seed().child("all");
        int size = Math.min(config.batchSize(), data.size());
        Images batch = data.at(Arrays.copyOf(seed.permutation(data.size()), size));
        Weights start = model.weights();
        Training.of(model, batch, config.epochs(1).batchSize(size)).run();
        all = taken(start, model.weights());
        List<float[]> arrays = model.weights().copy();
        List<float[]> old = start.copy();
        for (int i : Gradients.trained(model)) {
            arrays.set(i, old.get(i));
        }
        model.load(Weights.of(arrays));
        before = start;
        after = start;
    }

    /** Says after each step whether enough is forgotten. */
    boolean isEnough() {
        // Measured first: an interrupt then leaves no step noted that will be taken again.
        boolean enough = Forgetting.of(model, forgotten.slice(0, 0), forgotten).forgotten() < ENOUGH;
        before = after;
        after = model.weights();
        return enough;
    }

    /** Returns a step's gradient, zero where nothing is trained. */
    private List<float[]> taken(Weights from, Weights to) {
        List<float[]> old = from.copy();
        List<float[]> now = to.copy();
        List<float[]> gradient = new ArrayList<>();
        old.forEach(values -> gradient.add(new float[values.length]));
        for (int i : Gradients.trained(model)) {
            for (int l = 0; l < old.get(i).length; l++) {
                gradient.get(i)[l] = (float) ((old.get(i)[l] - now.get(i)[l]) / rate);
            }
        }
        return gradient;
    }

    /**
     * Adds what an heir gets.
     *
     * @param weights the heir's weights
     * @param heir whose they are, for the message
     */
    Weights transferred(Weights weights, ModelNode heir) {
        List<float[]> last = taken(before, after);
        List<float[]> arrays = weights.copy();
        Refusal.unless(
                arrays.stream()
                        .map(array -> array.length)
                        .toList()
                        .equals(last.stream().map(array -> array.length).toList()),
                "%s is of another network than the node that it inherits from, %s: gradients can't be transferred",
                heir,
                model.spec().name());
        for (int i = 0; i < arrays.size(); i++) {
            for (int l = 0; l < arrays.get(i).length; l++) {
                arrays.get(i)[l] += 2 * (all.get(i)[l] - last.get(i)[l]);
            }
        }
        return Weights.of(arrays);
    }
}
