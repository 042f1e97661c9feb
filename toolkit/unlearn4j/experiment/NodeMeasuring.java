package unlearn4j.experiment;

import java.util.List;
import java.util.Map;
import unlearn4j.audit.FeatureProbe;
import unlearn4j.audit.Forgetting;
import unlearn4j.data.Images;
import unlearn4j.umig.ModelNode;
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

    /** AD_r, AD_f and Δ_acc on the node's training data (paper B, §5.1). */
    void trainingData(TrainingData data) {
        UnlearningGraph.Division division = unlearning.division(node, data);
        Forgetting said = Forgetting.of(node.model(), division.retained(), division.forgotten());
        add("AD_r", said.retained(), "%");
        add("AD_f", said.forgotten(), "%");
        add("Δ_acc", said.difference(), "points");
    }

    /** The same on images that nobody was trained on, and what a probe of the features tells of them. */
    void unseen(Images images, TrainingData data) {
        Images known = images.only(unlearning.umig().known(node));
        Images retained = unlearning.retained(known);
        Images forgotten = unlearning.forgotten(known);
        Forgetting said = Forgetting.of(node.model(), retained, forgotten);
        add("unseen AD_r", said.retained(), "%");
        add("unseen AD_f", said.forgotten(), "%");
        FeatureProbe probe = FeatureProbe.of(node.model(), unlearning.data(node, data));
        Forgetting told = Forgetting.of(probe, retained, forgotten);
        add("probe", told.forgotten(), "%");
        add("probe of the rest", told.retained(), "%");
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
