/**
 * Estimators of the Fisher information of a network's last layers, its diagonal (paper B, Eq. 3 and 4), and what is
 * made of several such matrices (Eq. 5). {@link unlearn4j.fisher.FisherEstimator} is the front door:
 *
 * <pre>{@code
 * var estimator = FisherEstimator.perSample();
 * var ofModel = estimator.of(model, data.train());                         // F, Eq. 4
 * var ofLabel = estimator.of(model, data.train().only(Labels.of(3)));      // F̂, Eq. 3
 * }</pre>
 */
package unlearn4j.fisher;
