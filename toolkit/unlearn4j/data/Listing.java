package unlearn4j.data;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The files of a data set before they are read.
 *
 * @param name what to call the data set
 * @param labelNames each label's name
 * @param files the files, by name: in the same order whatever the order of the file system
 * @param bad what is no file, found while listing
 */
record Listing(String name, List<String> labelNames, List<Entry> files, BadFiles bad) {
    private static final String NUMBER = "\\d{1,18}";

    /**
     * A file.
     *
     * @param path where it lies
     * @param name its name within the data set, folders divided by {@code /}
     * @param label its label
     * @param test whether it is a test image
     */
    record Entry(Path path, String name, int label, boolean test) {}

    /** Makes a listing; files are put in order. */
    Listing {
        labelNames = List.copyOf(labelNames);
        files = files.stream().sorted(Comparator.comparing(Entry::name)).toList();
    }

    boolean hasTest() {
        return files.stream().anyMatch(Entry::test);
    }

    /** Returns labels' names in their order, each once: by number if all are whole numbers, else by name. */
    static List<String> inOrder(Collection<String> labels) {
        Comparator<String> byName = Comparator.naturalOrder();
        boolean numbers = labels.stream().allMatch(label -> label.matches(NUMBER));
        Comparator<String> order = numbers
                ? Comparator.<String, BigInteger>comparing(BigInteger::new).thenComparing(byName)
                : byName;
        return labels.stream().distinct().sorted(order).toList();
    }

    /** Returns the first label whose name is another's but for the case, in words; such are one on many file systems. */
    static java.util.Optional<String> twice(List<String> labels) {
        java.util.Map<String, String> seen = new java.util.HashMap<>();
        for (String label : labels) {
            String before = seen.put(label.toLowerCase(java.util.Locale.ROOT), label);
            if (before != null) {
                return java.util.Optional.of(before + " and " + label);
            }
        }
        return java.util.Optional.empty();
    }
}
