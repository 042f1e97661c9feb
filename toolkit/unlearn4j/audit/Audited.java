package unlearn4j.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Features;
import unlearn4j.train.Head;
import unlearn4j.train.Origin;
import unlearn4j.train.Outputs;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;

/**
 * What one network was measured by itself, and what its distance to another is taken from.
 *
 * @param values each measure's number, in order; finite
 * @param features what it makes of the unseen images
 * @param said its logits for them
 * @param weights its weights
 * @param origin how they were made
 */
record Audited(Map<Measure, Double> values, Features features, Outputs said, Weights weights, Origin origin) {
    private static final int[] SHOTS = {1, 5, 20};
    /** From how many percent of the unseen images on a label counts as learned again. */
    private static final double BACK = 50;

    /**
     * Measures a network, which stays as it is.
     *
     * @param relearning how it is trained to learn the labels again; null if it isn't
     */
    static Audited of(Classifier model, Panel.Data data, TrainingConfig relearning, long seed) {
        Images forgotten = data.forgotten();
        Labels labels = forgotten.labels();
        Features retained = Features.of(model, data.retained());
        Features learned = Features.of(model, forgotten);
        Features unseen = Features.of(model, data.unseen());
        Map<Measure, Double> values = new LinkedHashMap<>();
        Forgetting known = Forgetting.of(model.head(), retained, learned);
        values.put(Measure.percent("AD_r", data.retained().size()), known.retained());
        values.put(Measure.percent("AD_f", forgotten.size()), known.forgotten());
        Images others = data.unseen().only(labels);
        double pair = 1.0 / Math.min(forgotten.size(), others.size());
        values.put(
                new Measure("AUC by loss", "", pair),
                Membership.byLoss(model, forgotten, others).area().estimate());
        values.put(
                new Measure("AUC by sureness", "", pair),
                Membership.bySureness(model, forgotten, others, seed).area().estimate());
        if (data.ofLabels()) {
            Features rest = unseen.without(labels);
            Features asked = unseen.only(labels);
            Forgetting said = Forgetting.of(model.head(), rest, asked);
            values.put(Measure.percent("unseen AD_r", rest.images().size()), said.retained());
            values.put(Measure.percent("unseen AD_f", others.size()), said.forgotten());
            Features all = Features.of(model, data.forgotten().and(data.retained()));
            values.put(
                    Measure.percent("probe", others.size()),
                    Forgetting.of(FeatureProbe.of(all), rest, asked).forgotten());
            values.put(
                    Measure.percent("linear probe", others.size()),
                    Forgetting.of(LinearProbe.of(all), rest, asked).forgotten());
            for (int shots : SHOTS) {
                if (data.fewest() >= shots) {
                    Head back = Relearning.fromPrototypes(model.head(), learned, labels, shots, seed);
                    values.put(
                            Measure.percent("from " + shots + (shots == 1 ? " image" : " images"), others.size()),
                            Forgetting.of(back, rest, asked).forgotten());
                }
            }
            if (relearning != null) {
                int most = relearning.epochs() * (1 + (forgotten.size() - 1) / relearning.batchSize());
                values.put(Measure.STEPS, (double) Relearning.steps(model, forgotten, others, BACK, relearning)
                        .orElse(most));
            }
        } else {
            values.put(
                    Measure.percent("unseen accuracy", data.unseen().size()),
                    unseen.evaluate(model.head()).accuracy());
        }
        // A re-trained model may rule out every label of a part: what is no number is not compared.
        values.values().removeIf(value -> !Double.isFinite(value));
        return new Audited(values, unseen, Evaluator.logits(model, data.unseen()), model.weights(), model.origin());
    }
}
