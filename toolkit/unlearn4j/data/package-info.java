/**
 * Data sets in memory: images as the bytes they are stored as, views of them by class and by row, and partitions of
 * them among clients. Nothing here touches native memory; {@code unlearn4j.train} makes tensors, a batch at a time.
 * {@link unlearn4j.data.Datasets} is the front door:
 *
 * <pre>{@code
 * var data = Datasets.fashionMnist().sample(6_000, 1_000, 7);              // or Datasets.folder(Path.of("pets"))
 * var seen = data.train().without(Labels.of(3));
 * var shards = Partition.classesEach(seen, 4, 5, 7);                       // 4 clients, 5 classes each
 * }</pre>
 */
package unlearn4j.data;
