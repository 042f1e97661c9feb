package unlearn4j.audit;

import java.util.Locale;
import java.util.function.Function;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluation;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Features;
import unlearn4j.train.Head;

/**
 * What a network still says of the images it was to keep and of those it was to forget: paper B's AD_r and AD_f (§5.1).
 *
 * @param retained AD_r, the accuracy on the images that stay, in percent; NaN if there are none
 * @param forgotten AD_f, the accuracy on the images to forget, in percent; NaN if there are none
 */
public record Forgetting(double retained, double forgotten) {

    /** Makes a measurement. */
    public Forgetting {
        checkPercentage("retained", retained);
        checkPercentage("forgotten", forgotten);
    }

    private static void checkPercentage(String name, double value) {
        Check.that(
                Double.isNaN(value) || value >= 0 && value <= 100,
                "%s (%s) must be from 0 to 100 percent, or NaN where there is no image",
                name,
                value);
    }

    /**
     * Measures a network.
     *
     * @param retained the images that stay, perhaps none
     * @param forgotten the images to forget, perhaps none
     * @throws IllegalArgumentException if the images do not fit the network
     */
    public static Forgetting of(Classifier model, Images retained, Images forgotten) {
        Check.given("model", model);
        Check.given("retained", retained);
        Check.given("forgotten", forgotten);
        return new Forgetting(
                accuracy(retained, images -> Evaluator.evaluate(model, images)),
                accuracy(forgotten, images -> Evaluator.evaluate(model, images)));
    }

    /**
     * Measures what a network's features alone still tell.
     *
     * @param retained the features of the images that stay, perhaps of none
     * @param forgotten the features of the images to forget, perhaps of none
     */
    public static Forgetting of(FeatureProbe probe, Features retained, Features forgotten) {
        Check.given("probe", probe);
        return of(probe::evaluate, retained, forgotten);
    }

    /**
     * Measures a head on features that were kept.
     *
     * @param retained the features of the images that stay, perhaps of none
     * @param forgotten the features of the images to forget, perhaps of none
     * @throws IllegalArgumentException if the head does not fit them
     */
    public static Forgetting of(Head head, Features retained, Features forgotten) {
        Check.given("head", head);
        return of(features -> features.evaluate(head), retained, forgotten);
    }

    private static Forgetting of(Function<Features, Evaluation> answers, Features retained, Features forgotten) {
        Check.given("retained", retained);
        Check.given("forgotten", forgotten);
        return new Forgetting(
                accuracy(retained.images(), images -> answers.apply(retained)),
                accuracy(forgotten.images(), images -> answers.apply(forgotten)));
    }

    private static double accuracy(Images images, Function<Images, Evaluation> answers) {
        return images.isEmpty() ? Double.NaN : answers.apply(images).accuracy();
    }

    /** Returns Δ_acc = AD_r − AD_f in points, NaN if one of them is: the greater, the better was forgotten (§5.1). */
    public double difference() {
        return retained - forgotten;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "AD_r %.2f %%, AD_f %.2f %%", retained, forgotten);
    }
}
