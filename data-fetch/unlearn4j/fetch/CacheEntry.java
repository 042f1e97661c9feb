package unlearn4j.fetch;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What the cache remembers of a file, in a small file beside it. As long as size and time stay the same the file need
 * not be read again.
 *
 * @param bytes the file's size
 * @param modified when it was last changed, in milliseconds
 * @param sha256 its SHA-256
 * @param checked the checksum that it was checked against, as {@link Expected#label()} writes it
 * @param origin where it came from
 */
record CacheEntry(long bytes, long modified, String sha256, String checked, String origin) {

    static CacheEntry of(Path file, Digests digests, Expected passed, String origin) throws IOException {
        return new CacheEntry(digests.bytes(), modified(file), digests.sha256(), passed.label(), origin);
    }

    /** Reads the entry of a file; empty if there is none that can be understood. */
    static Optional<CacheEntry> read(Path file) throws IOException {
        Properties lines = new Properties();
        try (var in = Files.newBufferedReader(beside(file))) {
            lines.load(in);
            return Optional.of(new CacheEntry(
                    Long.parseLong(lines.getProperty("bytes")),
                    Long.parseLong(lines.getProperty("modified")),
                    lines.getProperty("sha256", ""),
                    lines.getProperty("checked", ""),
                    lines.getProperty("origin", "")));
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Writes the entry of a file, all of it or nothing. */
    void write(Path file) throws IOException {
        Properties lines = new Properties();
        lines.setProperty("bytes", Long.toString(bytes));
        lines.setProperty("modified", Long.toString(modified));
        lines.setProperty("sha256", sha256);
        lines.setProperty("checked", checked);
        lines.setProperty("origin", origin);
        StringWriter text = new StringWriter();
        lines.store(text, "unlearn4j: what the file beside this one was checked against");
        Path written = Files.createTempFile(file.getParent(), ".", ".origin");
        try {
            Files.writeString(written, text.toString());
            Files.move(written, beside(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** Forgets what was remembered of a file, so that it will be checked again. */
    static void forget(Path file) throws IOException {
        Files.deleteIfExists(beside(file));
    }

    /** Returns whether the file is the one remembered, and was checked against one of these. */
    boolean stillOf(Path file, List<Expected> accepted) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == bytes
                && modified(file) == modified
                && accepted.stream().anyMatch(expected -> expected.label().equals(checked));
    }

    private static long modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toMillis();
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".origin");
    }
}
