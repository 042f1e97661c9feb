package unlearn4j.hdus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Classifier;
import unlearn4j.train.Outputs;

/**
 * A main model and the seed models beside it, which answer together:
 * F = (1 − λ) f(θ, x) + λ/K Σ_k f(s_k, x) (paper A, Eq. 2). Without seeds the main model answers alone.
 *
 * @param main the client's own model
 * @param known the classes of which the client has images
 * @param seeds its neighbours' seeds, K of them
 * @param lambda λ, the seeds' weight, in [0, 1)
 * @param combination what is added up
 */
record Ensemble(Classifier main, Labels known, List<SeedModel> seeds, double lambda, Combination combination) {

    /** Makes an ensemble; the list is copied. */
    Ensemble {
        Check.given("main", main);
        Check.given("known", known);
        Check.in("lambda", lambda, 0, 1);
        Check.given("combination", combination);
        seeds = List.copyOf(seeds);
        for (SeedModel seed : seeds) {
            Check.that(
                    seed.model().classes() == main.classes(),
                    "the seed of %s has %d classes, the main model has %d",
                    seed.owner(),
                    seed.model().classes(),
                    main.classes());
        }
    }

    /** Returns the ensemble's outputs: probabilities, or weighted logits if those are added up. */
    Outputs outputs(Images images) {
        return outputs(new ModelOutputs(images));
    }

    /** Returns the outputs for images about which some models may have been asked already. */
    Outputs outputs(ModelOutputs asked) {
        return switch (combination) {
            case LOGITS ->
                combine(
                        asked.logits(main),
                        seeds.stream().map(seed -> asked.logits(seed.model())).toList(),
                        lambda);
            case PROBABILITIES ->
                combine(
                        asked.probabilities(main),
                        seeds.stream()
                                .map(seed -> asked.probabilities(seed.model()))
                                .toList(),
                        lambda);
            case KNOWN_CLASSES -> {
                List<Outputs> outputs = new ArrayList<>(List.of(asked.probabilities(main)));
                List<Labels> labels = new ArrayList<>(List.of(known));
                for (SeedModel seed : seeds) {
                    outputs.add(asked.probabilities(seed.model()));
                    labels.add(seed.known());
                }
                yield combineKnown(outputs, labels, lambda);
            }
        };
    }

    /** Eq. 2, summed over the seeds in their order and in double precision. */
    static Outputs combine(Outputs main, Collection<Outputs> seeds, double lambda) {
        if (seeds.isEmpty()) {
            return main;
        }
        double[] sums = new double[main.values().length];
        for (Outputs seed : seeds) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += seed.values()[i];
            }
        }
        float[] combined = new float[sums.length];
        for (int i = 0; i < combined.length; i++) {
            combined[i] = (float) ((1 - lambda) * main.values()[i] + lambda / seeds.size() * sums[i]);
        }
        return new Outputs(main.classes(), combined);
    }

    /**
     * Eq. 2 class by class over the models that know the class, their weights scaled to add up to 1; then each row is.
     *
     * @param models probabilities, the main model's first
     * @param known each model's classes
     */
    static Outputs combineKnown(List<Outputs> models, List<Labels> known, double lambda) {
        int seeds = models.size() - 1;
        int classes = models.get(0).classes();
        double[] sums = new double[models.get(0).values().length];
        double[] weights = new double[classes];
        for (int model = 0; model < models.size(); model++) {
            double weight = seeds == 0 ? 1 : model == 0 ? 1 - lambda : lambda / seeds;
            float[] values = models.get(model).values();
            for (int label : known.get(model).values()) {
                weights[label] += weight;
                for (int at = label; at < sums.length; at += classes) {
                    sums[at] += weight * values[at];
                }
            }
        }
        float[] combined = new float[sums.length];
        for (int row = 0; row < sums.length; row += classes) {
            double total = 0;
            for (int label = 0; label < classes; label++) {
                // At λ = 0 a seed has no weight, even where it alone knows a class.
                sums[row + label] = weights[label] > 0 ? sums[row + label] / weights[label] : 0;
                total += sums[row + label];
            }
            for (int label = 0; label < classes; label++) {
                combined[row + label] = total > 0 ? (float) (sums[row + label] / total) : 0;
            }
        }
        return new Outputs(classes, combined);
    }
}
