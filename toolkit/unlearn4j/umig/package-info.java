/**
 * The unified model inheritance graph (paper B, §3): models that inherit from one another, which of them learned a label
 * first, and which inherited it.
 */
package unlearn4j.umig;
