package unlearn4j.unlearn;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.train.TrainingException;

/**
 * A search for a method's settings: a baseline that was not tuned proves nothing, and one whose tuning was not recorded
 * little.
 *
 * @param chosen the configuration with the highest criterion; of equals, the first
 * @param tried a row for each: the configuration, the criterion, the seconds it took, and why it failed if it did
 * @param <C> what is varied: a {@link FiunConfig}, a {@link unlearn4j.train.TrainingConfig}, a number
 */
public record Search<C>(C chosen, Table tried) {

    /**
     * Tries each configuration on the same graph, and undoes it before the next.
     *
     * @param configurations what to try, at least one
     * @param method makes the method of a configuration, with its request
     * @param criterion measures what it did; more is better. Measured on validation images, not on those that the result is
     *     reported for
     * @throws IllegalArgumentException if each fails; the message is the first's
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; the graph is as it was before
     */
    public static <C> Search<C> over(
            List<C> configurations,
            Function<C, ? extends UnlearningMethod<?>> method,
            ToDoubleFunction<UnlearningResult> criterion) {
        Check.notEmpty("configurations", configurations);
        Check.given("method", method);
        Check.given("criterion", criterion);
        StringColumn names = StringColumn.create("configuration");
        DoubleColumn scores = column("criterion", 2);
        DoubleColumn seconds = column("seconds", 3);
        StringColumn failures = StringColumn.create("failure");
        C best = null;
        double highest = Double.NEGATIVE_INFINITY;
        for (C configuration : configurations) {
            names.append(String.valueOf(configuration));
            long start = System.nanoTime();
            double score = Double.NaN;
            double taken;
            String failure = "";
            try {
                UnlearningResult result = method.apply(configuration).run();
                taken = (System.nanoTime() - start) / 1e9;
                try {
                    score = criterion.applyAsDouble(result);
                } finally {
                    result.undo();
                }
            } catch (IllegalArgumentException | TrainingException e) {
                taken = (System.nanoTime() - start) / 1e9;
                failure = e.getMessage();
            }
            scores.append(score);
            seconds.append(taken);
            failures.append(failure);
            if (score > highest) {
                highest = score;
                best = configuration;
            }
        }
        Check.that(
                best != null,
                "none of %d configurations could be measured, the first failed: %s",
                configurations.size(),
                failures.get(0));
        return new Search<>(best, Table.create("Configurations tried", names, scores, seconds, failures));
    }

    private static DoubleColumn column(String name, int decimals) {
        DoubleColumn column = DoubleColumn.create(name);
        column.setPrintFormatter(NumberColumnFormatter.fixedWithGrouping(decimals));
        return column;
    }

    /**
     * Returns paper B's Δ_acc (§5.1) as a criterion: AD_r − AD_f in points, averaged over the nodes concerned.
     *
     * @param validation images that no node was trained on and that the result is not reported for
     */
    public static ToDoubleFunction<UnlearningResult> accuracyDifference(Images validation) {
        Check.given("validation", validation);
        return result -> {
            Table table = result.table(validation);
            return table.doubleColumn("AD_r")
                    .subtract(table.doubleColumn("AD_f"))
                    .mean();
        };
    }
}
