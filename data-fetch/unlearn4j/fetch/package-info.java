/**
 * The data sets' files: where they come from, how they get into the cache, and how their archives are read. {@link
 * unlearn4j.fetch.Fetcher} is the way in; {@link unlearn4j.fetch.Sources} describes the data sets, and a new one is a
 * description more. No file enters the cache before its size, its checksum and all that is packed in it have been
 * checked.
 *
 * <pre>{@code
 * var files = Fetcher.fromEnvironment().fetch(Sources.FASHION_MNIST);      // downloaded once, verified, cached
 * var labels = files.file("t10k-labels-idx1-ubyte.gz").path();
 * files.sha256();                                                          // for the run's record
 * }</pre>
 */
package unlearn4j.fetch;
