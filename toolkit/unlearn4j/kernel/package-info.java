/**
 * What makes a Java kernel a notebook of unlearn4j: the imports at its start, how values look in a cell, and the screen
 * that long computations report to. Nothing else depends on it. {@link unlearn4j.kernel.Notebook} is what the kernel
 * finds, and {@link unlearn4j.kernel.Notebook#show} what a cell calls:
 *
 * <pre>{@code
 * show(umig);                                                              // a picture, in the middle of a cell
 * show(umig.evaluate());                                                   // a table
 * umig.node("w_0");                                                        // a cell's last value is shown by itself
 * }</pre>
 */
package unlearn4j.kernel;
