/**
 * What makes a Java kernel a notebook of unlearn4j: the imports at its start, how values look in a cell, and the screen
 * that long computations report to. Nothing else depends on it.
 */
package unlearn4j.kernel;
