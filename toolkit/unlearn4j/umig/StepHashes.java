package unlearn4j.umig;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import unlearn4j.data.Images;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.Classifier;
import unlearn4j.train.TrainingConfig;

/** Hashes of all that decides the weights of a step: what it begins with, its images, how it is trained, its chance. */
final class StepHashes {
    private final Map<Images, String> images = new IdentityHashMap<>();
    private final Map<String, String> steps = new HashMap<>();

    private StepHashes() {}

    /** Returns each step's hash; that of a known model is of its weights. */
    static Map<String, String> of(TrainingPlan plan, Map<String, Classifier> known) {
        StepHashes hashes = new StepHashes();
        known.forEach((name, model) -> hashes.steps.put(name, model.weights().sha256()));
        plan.steps().forEach(step -> hashes.steps.computeIfAbsent(step.name(), any -> hashes.of(plan, step)));
        return hashes.steps;
    }

    private String of(TrainingPlan plan, Step step) {
        StringBuilder text = new StringBuilder();
        text.append(plan.seed()).append('\n').append(step.name()).append('\n');
        text.append(GraphFolder.JSON.toJson(step.model(), ModelSpec.class)).append('\n');
        text.append(plan.like().shape())
                .append(' ')
                .append(plan.like().classes())
                .append(' ');
        text.append(GraphFolder.JSON.toJson(plan.like().normalisation())).append('\n');
        step.parents()
                .forEach((parent, share) ->
                        text.append(steps.get(parent)).append(' ').append(share).append('\n'));
        if (!step.images().isEmpty()) {
            TrainingConfig training = step.training();
            text.append(images.computeIfAbsent(step.images(), Images::sha256)).append('\n');
            text.append(List.of(
                    training.epochs(),
                    training.batchSize(),
                    training.learningRate(),
                    training.momentum(),
                    training.weightDecay(),
                    training.clipNorm(),
                    training.schedule(),
                    training.augment(),
                    step.headOnly()));
        }
        return DigestUtils.sha256Hex(text.toString());
    }
}
