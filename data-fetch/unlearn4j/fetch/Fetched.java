package unlearn4j.fetch;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import unlearn4j.core.Check;

/**
 * A data set whose files all lie in the cache.
 *
 * @param source its description
 * @param files its files, in the description's order
 */
public record Fetched(Source source, List<FetchedFile> files) {

    /** Makes it; the list is copied. */
    public Fetched {
        Check.given("source", source);
        files = List.copyOf(Check.allGiven("files", files));
    }

    /** Returns the file of that name, without its folder. */
    public FetchedFile file(String name) {
        return files.stream()
                .filter(fetched -> fetched.file().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(source.name() + " has no file " + name + ": it has "
                        + files.stream().map(fetched -> fetched.file().name()).toList()));
    }

    /** Returns each file's SHA-256 in hexadecimal, by the file's path in a mirror: what a run's record names. */
    public SortedMap<String, String> sha256() {
        SortedMap<String, String> sums = new TreeMap<>();
        files.forEach(fetched -> sums.put(fetched.file().path(), fetched.sha256()));
        return sums;
    }
}
