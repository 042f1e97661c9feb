package unlearn4j.hdus;

import java.util.HashMap;
import java.util.Map;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Outputs;

/** What models say of some images. A seed is in many ensembles; it is asked once. */
final class ModelOutputs {
    private final Images images;
    private final Map<Classifier, Outputs> logits = new HashMap<>();
    private final Map<Classifier, Outputs> probabilities = new HashMap<>();

    ModelOutputs(Images images) {
        this.images = images;
    }

    /** Returns a model's logits. */
    Outputs logits(Classifier model) {
        return logits.computeIfAbsent(model, asked -> Evaluator.logits(asked, images));
    }

    /** Returns a model's probabilities, at temperature 1. */
    Outputs probabilities(Classifier model) {
        return probabilities.computeIfAbsent(model, asked -> logits(asked).softmax(1));
    }

    /** Returns the percentage of images that outputs are right about. */
    double accuracy(Outputs outputs) {
        return outputs.against(images).accuracy();
    }
}
