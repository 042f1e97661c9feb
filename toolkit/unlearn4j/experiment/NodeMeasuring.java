package unlearn4j.experiment;

import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.BinomialDistribution;
import unlearn4j.audit.FeatureProbe;
import unlearn4j.audit.Forgetting;
import unlearn4j.data.Images;
import unlearn4j.train.Features;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Request;
import unlearn4j.umig.TrainingData;
import unlearn4j.umig.UnlearningGraph;

/**
 * Measures a node as it is now.
 *
 * @param unlearning what is to be forgotten
 * @param node the node
 * @param subject what its numbers are about
 * @param where what the node is called
 * @param measured where the numbers go
 */
record NodeMeasuring(
        UnlearningGraph unlearning,
        ModelNode node,
        Map<String, String> subject,
        String where,
        List<Measurement> measured) {

    /** What stands before AD_r and AD_f for the most that guessing gives, {@link #guessing}. */
    static final String GUESSED = "guessed ";

    private static final double SURE = 0.99;

    /**
     * AD_r, AD_f and Δ_acc on the node's training data (paper B, §5.1).
     *
     * @param asTrained whether its body is as it was trained
     */
    void trainingData(TrainingData data, Bodies bodies, boolean asTrained) {
        UnlearningGraph.Division division = unlearning.division(node, data);
        Forgetting said;
        if (ofLabels()) {
            Features all = bodies.known(node, asTrained);
            Features forgotten = all.only(unlearning.labels());
            said = Forgetting.of(
                    node.model().head(),
                    all.without(unlearning.labels()),
                    // A node that has none of its own is measured on what reached it.
                    forgotten.images().isEmpty() ? Features.of(node.model(), division.forgotten()) : forgotten);
        } else {
            said = Forgetting.of(node.model(), division.retained(), division.forgotten());
        }
        add("AD_r", said.retained(), "%");
        add("AD_f", said.forgotten(), "%");
        add("Δ_acc", said.difference(), "points");
    }

    /**
     * How good one would be who guesses among the labels that the node knows, in 99 of 100 tries at most: the accuracy at
     * that place of the binomial distribution. An original that is no better never learned the images.
     */
    void guessing(TrainingData data) {
        UnlearningGraph.Division division = unlearning.division(node, data);
        int labels = unlearning.umig().known(node).size();
        add(GUESSED + "AD_r", guessed(division.retained().size(), labels), "%");
        add(GUESSED + "AD_f", guessed(division.forgotten().size(), labels), "%");
    }

    static double guessed(int images, int labels) {
        return images == 0
                ? Double.NaN
                : 100.0 * new BinomialDistribution(images, 1.0 / labels).inverseCumulativeProbability(SURE) / images;
    }

    /** The same on images that nobody was trained on, and what a probe of the features tells of them. */
    void unseen(Bodies bodies, boolean asTrained) {
        Features all = bodies.unseen(node, asTrained);
        Images known = all.images();
        Features retained =
                ofLabels() ? all.without(unlearning.labels()) : Features.of(node.model(), unlearning.retained(known));
        Features forgotten =
                ofLabels() ? all.only(unlearning.labels()) : Features.of(node.model(), unlearning.forgotten(known));
        Forgetting said = Forgetting.of(node.model().head(), retained, forgotten);
        add("unseen AD_r", said.retained(), "%");
        add("unseen AD_f", said.forgotten(), "%");
        FeatureProbe probe = FeatureProbe.of(bodies.known(node, asTrained));
        Forgetting told = Forgetting.of(probe, retained, forgotten);
        add("probe", told.forgotten(), "%");
        add("probe of the rest", told.retained(), "%");
    }

    private boolean ofLabels() {
        return unlearning.request() instanceof Request.ByLabels;
    }

    /** Adds a number, if there is one: AD_f of a node that has nothing to forget isn't. */
    void add(String metric, double value, String unit) {
        if (!Double.isNaN(value)) {
            Measurement one = Measurement.of(metric, value, unit).at(where);
            for (Map.Entry<String, String> each : subject.entrySet()) {
                one = one.about(each.getKey(), each.getValue());
            }
            measured.add(
                    unlearning.umig().seed().isPresent()
                            ? one.seed(unlearning.umig().seed().getAsLong())
                            : one);
        }
    }
}
