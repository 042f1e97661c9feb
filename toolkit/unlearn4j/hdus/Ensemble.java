package unlearn4j.hdus;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Outputs;

/**
 * A main model and the seed models beside it, which answer together:
 * F = (1 − λ) f(θ, x) + λ/K Σ_k f(s_k, x) (paper A, Eq. 2). Without seeds the main model answers alone.
 *
 * @param main the client's own model
 * @param seeds its neighbours' seeds, K of them
 * @param lambda λ, the seeds' weight, in [0, 1)
 * @param combination what is added up
 */
public record Ensemble(Classifier main, List<SeedModel> seeds, double lambda, Combination combination) {

    /** Makes an ensemble; the list is copied. */
    public Ensemble {
        Check.given("main", main);
        Check.in("lambda", lambda, 0, 1);
        Check.given("combination", combination);
        seeds = List.copyOf(seeds);
        for (SeedModel seed : seeds) {
            Check.that(seed.model().classes() == main.classes(), "the seed of %s has %d classes, the main model has %d",
                    seed.owner(), seed.model().classes(), main.classes());
        }
    }

    /** Returns the ensemble's outputs: probabilities, or weighted logits if those are added up. */
    public Outputs outputs(Images images) {
        return outputs(images, model -> Evaluator.logits(model, images));
    }

    /** Returns the outputs, with each model's logits from a source that may have them already. */
    Outputs outputs(Images images, Function<Classifier, Outputs> logits) {
        Outputs own = contribution(logits.apply(main));
        if (seeds.isEmpty()) {
            return own;
        }
        return combine(own, seeds.stream().map(seed -> contribution(logits.apply(seed.model()))).toList(), lambda);
    }

    private Outputs contribution(Outputs logits) {
        return combination == Combination.PROBABILITIES ? logits.softmax(1) : logits;
    }

    /** Eq. 2, summed over the seeds in their order and in double precision. */
    static Outputs combine(Outputs main, Collection<Outputs> seeds, double lambda) {
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
}
