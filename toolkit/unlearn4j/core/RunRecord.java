package unlearn4j.core;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a result needs in order to be a result: all that decided its numbers. The same seeds, data, configuration, versions,
 * device and numbers of threads give the same bits on a CPU. Another number of threads, device or version adds up in another
 * order: the numbers then agree but for rounding, which training enlarges.
 *
 * @param experiment the experiment's name, also its folder's
 * @param scale how large it ran
 * @param seeds the seeds it ran with
 * @param data each data file's SHA-256, in hexadecimal
 * @param configuration each setting by name
 * @param versions the version of each library, of Java and of the operating system, and how many threads the engine uses
 * @param device what it computed on
 * @param commit the source's git commit, with {@code -dirty} behind it where files had changed
 * @param started when it started
 * @param seconds how long it ran
 */
public record RunRecord(
        String experiment,
        Scale scale,
        List<Long> seeds,
        SortedMap<String, String> data,
        SortedMap<String, String> configuration,
        SortedMap<String, String> versions,
        String device,
        String commit,
        Instant started,
        double seconds) {

    /** Makes a record; its lists and maps are copied. */
    public RunRecord {
        Check.given("experiment", experiment);
        Check.given("scale", scale);
        seeds = List.copyOf(Check.allGiven("seeds", seeds));
        data = sorted("data", data);
        configuration = sorted("configuration", configuration);
        versions = sorted("versions", versions);
        Check.given("device", device);
        Check.given("commit", commit);
        Check.given("started", started);
        Check.notNegative("seconds", seconds);
    }

    private static SortedMap<String, String> sorted(String name, Map<String, String> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(Check.allGiven(name, map)));
    }
}
