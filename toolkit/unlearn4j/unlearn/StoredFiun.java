package unlearn4j.unlearn;

import unlearn4j.core.Check;
import unlearn4j.data.Labels;

/**
 * FIUn on stored models (paper B, Algorithm 1), by Spark: the same bits as {@link Fiun} gives the graph in memory. What was
 * interrupted is gone on with when it is asked the same again.
 *
 * @param stored the models
 * @param config how it forgets; its estimator must be the one that the stored FIMs are of
 * @param spark who computes
 */
public record StoredFiun(StoredHeads stored, FiunConfig config, Spark spark) {

    /** Makes a method; {@link Fiun#on(StoredHeads)} begins with all but the models chosen. */
    public StoredFiun {
        Check.given("stored", stored);
        StoredHeads.check(config);
        Check.given("spark", spark);
    }

    /** Returns a copy with that configuration. */
    public StoredFiun config(FiunConfig value) {
        return new StoredFiun(stored, value, spark);
    }

    /** Returns a copy that is computed there. */
    public StoredFiun with(Spark value) {
        return new StoredFiun(stored, config, value);
    }

    /**
     * Forgets labels: every model that is reached is updated, or none is.
     *
     * @throws IllegalArgumentException if no model learned a label, or a FIM is missing that the request needs
     * @throws unlearn4j.core.Refusal if γ selects no parameter; then nothing is changed
     */
    public StoredForgetting forget(Labels labels) {
        Check.that(!Check.given("labels", labels).isEmpty(), "labels must not be empty: name at least one to forget");
        String estimator = stored.estimator();
        Check.that(
                estimator.equals(StoredHeads.estimator(config)),
                "config's FIMs are by %s, those of %s by %s: choose that, or store anew",
                StoredHeads.estimator(config),
                stored,
                estimator);
        return SparkJobs.installed().forget(spark, stored, config, labels);
    }
}
