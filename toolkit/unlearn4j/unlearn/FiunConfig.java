package unlearn4j.unlearn;

import unlearn4j.core.Check;
import unlearn4j.fisher.FisherEstimator;

/**
 * The settings of FIUn (paper B, Table 8). A value; each method returns a changed copy.
 *
 * @param fisher how Fisher information is estimated
 * @param columnShares whether each matrix is divided by its sum over the classes, feature by feature, before it is merged
 *     and compared
 * @param gamma γ, the ratio above which a parameter is scaled, 0 or more
 * @param tau τ, what the inverse ratio is multiplied by, above 0
 * @param eta η, the largest factor that a parameter is scaled by, in [0, 1]
 */
public record FiunConfig(FisherEstimator fisher, boolean columnShares, double gamma, double tau, double eta) {

    /** Makes a configuration; each number must be within its bounds. */
    public FiunConfig {
        Check.given("fisher", fisher);
        Check.notNegative("gamma", gamma);
        Check.positive("tau", tau);
        Check.that(eta >= 0 && eta <= 1, "eta (%s) must lie in [0, 1]", eta);
    }

    /** Returns Table 8 to the letter: Eq. 3 and 4 as printed, γ = 1, τ = 1, η = 0.1. */
    public static FiunConfig paper() {
        return new FiunConfig(FisherEstimator.perSample(), false, 1, 1, 0.1);
    }

    /**
     * Returns ours, the default: softmax at T = 16, column shares, γ = 1, τ = 1, η = 0.1. On memorised data p → 1, and the
     * information of Eq. 3 fades just where forgetting is asked for; a higher temperature keeps it. And F̂ and F of
     * different nodes belong to different features; in shares, the features' scales cancel.
     */
    public static FiunConfig tempered() {
        return new FiunConfig(FisherEstimator.perSample(16), true, 1, 1, 0.1);
    }

    /** Returns a copy with that estimator. */
    public FiunConfig fisher(FisherEstimator value) {
        return new FiunConfig(value, columnShares, gamma, tau, eta);
    }

    /** Returns a copy that compares shares, or doesn't. */
    public FiunConfig columnShares(boolean value) {
        return new FiunConfig(fisher, value, gamma, tau, eta);
    }

    /** Returns a copy with that γ. */
    public FiunConfig gamma(double value) {
        return new FiunConfig(fisher, columnShares, value, tau, eta);
    }

    /** Returns a copy with that τ. */
    public FiunConfig tau(double value) {
        return new FiunConfig(fisher, columnShares, gamma, value, eta);
    }

    /** Returns a copy with that η. */
    public FiunConfig eta(double value) {
        return new FiunConfig(fisher, columnShares, gamma, tau, value);
    }
}
