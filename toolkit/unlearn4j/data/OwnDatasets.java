package unlearn4j.data;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The data sets of one's own that this process has read. A record names them by their content and settings; it is replayed
 * where they were read before, from wherever they lie there, for a record keeps no path.
 */
final class OwnDatasets {
    private static final Map<String, Supplier<Dataset>> READ = new ConcurrentHashMap<>();
    private static final int DIGITS = 12;

    private OwnDatasets() {}

    /**
     * Reads a data set and remembers how, not what.
     *
     * @param config how it is read: the same files in another size are another data set
     * @param reader what reads it
     */
    static Dataset read(ReadingConfig config, Supplier<Dataset> reader) {
        Dataset read = reader.get();
        String name = name(read, config);
        READ.put(name, () -> again(name, config, reader));
        return read.named(name);
    }

    private static Dataset again(String name, ReadingConfig config, Supplier<Dataset> reader) {
        Dataset read = reader.get();
        if (!name(read, config).equals(name)) {
            throw new DataException(name + " was changed since it was read: take the files as they were");
        }
        return read.named(name);
    }

    private static String name(Dataset read, ReadingConfig config) {
        Fingerprint of = new Fingerprint();
        of.add(read.sha256(), config);
        return read.name() + " " + of.hex().substring(0, DIGITS);
    }

    /** Returns the data set of that name, read once more; nothing if none of that name was read. */
    static Optional<Dataset> named(String name) {
        return Optional.ofNullable(READ.get(name)).map(Supplier::get);
    }
}
