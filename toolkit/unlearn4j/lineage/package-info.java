/**
 * Registries of models that descend from one another, without their weights: who must forget a data set or labels, who need
 * not, and of whom nobody knows. {@link unlearn4j.lineage.Lineage} is the front door:
 *
 * <pre>{@code
 * var lineage = Lineage.cards(Path.of("cards"));                           // or .mlflow(Path.of("mlflow.db"))
 * var duties = lineage.mustForget("cifar10");
 * show(duties.table());
 * }</pre>
 */
package unlearn4j.lineage;
