/** Estimators of the Fisher information of a network's head, its diagonal (paper B, Eq. 3 and 4). */
package unlearn4j.fisher;
