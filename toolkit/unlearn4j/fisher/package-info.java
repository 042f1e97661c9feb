/**
 * Estimators of the Fisher information of a network's last layers, its diagonal (paper B, Eq. 3 and 4), and what is made of
 * several such matrices (Eq. 5).
 */
package unlearn4j.fisher;
