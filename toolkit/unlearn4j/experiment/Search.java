package unlearn4j.experiment;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.core.Refusal;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.TrainingException;
import unlearn4j.unlearn.UnlearningMethod;
import unlearn4j.unlearn.UnlearningResult;

/**
 * A search for settings: a baseline that was not tuned proves nothing, and one whose tuning was not recorded little.
 *
 * @param chosen the configuration with the highest criterion; of equals, the first
 * @param tried a row for each: the configuration, the criterion, the seconds it took, and why it failed if it did
 * @param <C> what is varied: a configuration, a number
 */
public record Search<C>(C chosen, Table tried) {

    /** Makes what was found. */
    public Search {
        Check.given("chosen", chosen);
        Check.given("tried", tried);
    }

    /**
     * Tries each configuration. One that refuses, or whose loss is no number any more, has no criterion; any other exception
     * ends the search.
     *
     * @param configurations what to try, at least one
     * @param criterion measures a configuration; more is better. Measured on validation images, and with a seed, that the
     *     result is not reported for
     * @throws Refusal if each fails; the message has the first's
     * @throws unlearn4j.train.Interrupted if the thread is interrupted
     */
    public static <C> Search<C> over(List<C> configurations, ToDoubleFunction<C> criterion) {
        Check.notEmpty("configurations", configurations);
        Check.given("criterion", criterion);
        StringColumn names = StringColumn.create("configuration");
        DoubleColumn scores = Measurements.number("criterion", 2);
        DoubleColumn seconds = Measurements.number("seconds", 3);
        StringColumn failures = StringColumn.create("failure");
        C best = null;
        double highest = Double.NEGATIVE_INFINITY;
        for (C configuration : configurations) {
            names.append(String.valueOf(Check.given("configuration", configuration)));
            long start = System.nanoTime();
            double score = Double.NaN;
            String failure = "";
            try {
                score = criterion.applyAsDouble(configuration);
            } catch (Refusal | TrainingException e) {
                failure = e.getMessage();
            }
            scores.append(score);
            seconds.append((System.nanoTime() - start) / 1e9);
            failures.append(failure);
            if (score > highest) {
                highest = score;
                best = configuration;
            }
        }
        Refusal.unless(
                best != null,
                "none of %d configurations could be measured, the first failed: %s",
                configurations.size(),
                failures.get(0));
        return new Search<>(best, Table.create("Configurations tried", names, scores, seconds, failures));
    }

    /**
     * Returns paper B's Δ_acc (§5.1) as a criterion of unlearning: AD_r − AD_f in points, averaged over the nodes concerned.
     * The graph is as it was afterwards.
     *
     * @param method makes the method of a configuration
     * @param labels what it is to forget: labels that the result is not reported for
     * @param validation images that no node was trained on and that the result is not reported for
     */
    public static <C> ToDoubleFunction<C> accuracyDifference(
            Function<C, ? extends UnlearningMethod<?>> method, Labels labels, Images validation) {
        Check.given("method", method);
        Check.given("labels", labels);
        Check.given("validation", validation);
        return configuration -> {
            UnlearningResult result = method.apply(configuration).forget(labels);
            try {
                Table table = result.evaluate(validation);
                return table.doubleColumn("AD_r")
                        .subtract(table.doubleColumn("AD_f"))
                        .mean();
            } finally {
                result.undo();
            }
        };
    }
}
