package unlearn4j.unlearn;

import java.util.Optional;
import unlearn4j.core.Check;
import unlearn4j.fisher.FisherEstimator;
import unlearn4j.fisher.Merge;
import unlearn4j.train.Schedule;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.Role;

/**
 * The settings of FIUn (paper B, Table 8). A value; each method returns a changed copy.
 *
 * @param fisher how Fisher information is estimated
 * @param discovery how the model FIM of a discovery node is estimated, in the same way but for {@link #published()}
 * @param modelData which of a node's training data its model FIM is of
 * @param fit how a discovery node's head is fitted on what is to be forgotten before Eq. 3 is evaluated there; without,
 *     Eq. 3 is evaluated at the node's own weights
 * @param columnShares whether each matrix is divided by its sum over the classes, feature by feature, before it is merged
 *     and compared
 * @param merge what is made of the unlearning FIMs of several discovery nodes
 * @param gamma γ, the ratio above which a parameter is scaled, 0 or more
 * @param tau τ, what the inverse ratio is multiplied by, above 0
 * @param eta η, the largest factor that a parameter is scaled by, in [0, 1]
 */
public record FiunConfig(
        FisherEstimator fisher,
        FisherEstimator discovery,
        ModelData modelData,
        Optional<TrainingConfig> fit,
        boolean columnShares,
        Merge merge,
        double gamma,
        double tau,
        double eta) {

    /**
     * What Table 8 has for FIUn beside τ, γ and η: SGD at a rate of 0.1, 100 epochs, batches of 64. Momentum 0.9 and weight
     * decay 5e-4 are those by which the published scripts train networks; Table 8 says nothing of them.
     */
    public static final TrainingConfig TABLE_8 =
            TrainingConfig.DEFAULT.epochs(100).schedule(Schedule.CONSTANT);

    /** Makes a configuration; each number must be within its bounds. */
    public FiunConfig {
        Check.given("fisher", fisher);
        Check.given("discovery", discovery);
        Check.that(
                discovery.layers() == fisher.layers(),
                "discovery looks at %d layers, fisher at %d: both must look at the same",
                discovery.layers(),
                fisher.layers());
        Check.given("modelData", modelData);
        Check.that(
                Check.given("fit", fit).isEmpty() || fisher.layers() == 1,
                "layers (%d) must be 1 where the head is fitted: layers before it are fitted by nothing",
                fisher.layers());
        Check.given("merge", merge);
        Check.notNegative("gamma", gamma);
        Check.positive("tau", tau);
        Check.that(eta >= 0 && eta <= 1, "eta (%s) must lie in [0, 1]", eta);
    }

    /**
     * Returns Table 8 to the letter: the last layer, γ = 1, τ = 1, η = 0.1, with Eq. 3 and 4 as printed and the element-wise
     * maximum. The optimiser, learning rate, epochs and batch size that Table 8 names too have a place in one reading of Eq. 3
     * alone: {@link #fitted}.
     */
    public static FiunConfig paper() {
        return of(FisherEstimator.perSample(), false, Merge.MAXIMUM, 1, 1, 0.1);
    }

    /**
     * Returns ours, the default: softmax at T = 16, column shares, γ = 1, τ = 1, η = 0.1. On memorised data p → 1, and the
     * information of Eq. 3 fades just where forgetting is asked for; a higher temperature keeps it. And F̂ and F of
     * different nodes belong to different features; in shares, the features' scales cancel.
     */
    public static FiunConfig tempered() {
        return of(FisherEstimator.perSample(16), true, Merge.MAXIMUM, 1, 1, 0.1);
    }

    /**
     * Returns what the scripts do that paper B's authors published: the square of the gradient of a batch's mean loss, in
     * batches of 64 of which the first 32 images are taken, all 64 for the images D of a discovery node; the maximum
     * divided by 5 for each discovery node beyond the first; α = 1 for γ, λ = 1 for τ, and 1, not η = 0.1, as the largest
     * factor.
     *
     * <p>D holds the labels to forget everywhere, {@link ModelData#ALL}. The scripts take them out of a client's loader once
     * the first node of that client has been updated, so a later node of the same client has an F without them: of
     * {@link unlearn4j.umig.PublishedGraphs#federated} {@code r2} and the later one of {@code r3} and {@code r4}, as the
     * order of the scripts has it. {@link ModelData#RETAINED_AT_HEIRS} is that for a graph whose heirs are of clients that came before.
     */
    public static FiunConfig published() {
        FisherEstimator.BatchMean batches = FisherEstimator.batchMean(64);
        return new FiunConfig(
                batches.firstOfEach(32),
                batches,
                ModelData.ALL,
                Optional.empty(),
                false,
                Merge.maximumDividedBy(5),
                1,
                1,
                1);
    }

    private static FiunConfig of(
            FisherEstimator fisher, boolean columnShares, Merge merge, double gamma, double tau, double eta) {
        return new FiunConfig(fisher, fisher, ModelData.ALL, Optional.empty(), columnShares, merge, gamma, tau, eta);
    }

    /** Returns how a node's model FIM is estimated. */
    FisherEstimator model(Role role) {
        return role == Role.DISCOVERY ? discovery : fisher;
    }

    /** Returns a copy with that estimator. */
    public FiunConfig fisher(FisherEstimator value) {
        return new FiunConfig(value, value, modelData, fit, columnShares, merge, gamma, tau, eta);
    }

    /** Returns a copy whose model FIMs are of that part of a node's training data. */
    public FiunConfig modelData(ModelData value) {
        return new FiunConfig(fisher, discovery, value, fit, columnShares, merge, gamma, tau, eta);
    }

    /**
     * Returns a copy that evaluates Eq. 3 at w*, "the optimal parameters learned on D̂" (§4.2.1), as Eq. 3 is printed: a copy
     * of the discovery node's head is fitted on the images to forget, from its own weights, under the body as it is ("other
     * layers remain frozen"), and F̂ is of that head. The node keeps its own. A node with a single image to forget, which is
     * not enough to train on, is refused.
     *
     * @param value how it is fitted: {@link #TABLE_8}
     */
    public FiunConfig fitted(TrainingConfig value) {
        return new FiunConfig(
                fisher,
                discovery,
                modelData,
                Optional.of(Check.given("fitted", value)),
                columnShares,
                merge,
                gamma,
                tau,
                eta);
    }

    /**
     * Returns a copy that looks at and updates that many of the last layers, the head among them (Fig. 9): 1, 4, 7, or
     * {@link FisherEstimator#ALL_LAYERS}. All others stay as they are. {@link FisherEstimator#layers} says what it costs.
     */
    public FiunConfig layers(int value) {
        return new FiunConfig(
                fisher.layers(value), discovery.layers(value), modelData, fit, columnShares, merge, gamma, tau, eta);
    }

    /** Returns a copy that compares the head's shares, or doesn't; layers before the head are always compared as they are. */
    public FiunConfig columnShares(boolean value) {
        return new FiunConfig(fisher, discovery, modelData, fit, value, merge, gamma, tau, eta);
    }

    /** Returns a copy with that merging function. */
    public FiunConfig merge(Merge value) {
        return new FiunConfig(fisher, discovery, modelData, fit, columnShares, value, gamma, tau, eta);
    }

    /** Returns a copy with that γ. */
    public FiunConfig gamma(double value) {
        return new FiunConfig(fisher, discovery, modelData, fit, columnShares, merge, value, tau, eta);
    }

    /** Returns a copy with that τ. */
    public FiunConfig tau(double value) {
        return new FiunConfig(fisher, discovery, modelData, fit, columnShares, merge, gamma, value, eta);
    }

    /** Returns a copy with that η. */
    public FiunConfig eta(double value) {
        return new FiunConfig(fisher, discovery, modelData, fit, columnShares, merge, gamma, tau, value);
    }
}
