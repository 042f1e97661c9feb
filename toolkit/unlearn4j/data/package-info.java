/**
 * Data sets in memory: images as the bytes they are stored as, views of them by class and by row, and partitions of
 * them among clients. Nothing here touches native memory; {@code unlearn4j.train} makes tensors, a batch at a time.
 */
package unlearn4j.data;
