package unlearn4j.fetch;

import java.nio.file.Path;
import unlearn4j.core.Check;

/**
 * A file in the cache.
 *
 * @param file its description
 * @param path where it lies
 * @param sha256 its SHA-256 in hexadecimal
 * @param origin where it came from: a URL, a mirror's path or a Debian package
 */
public record FetchedFile(SourceFile file, Path path, String sha256, String origin) {

    /** Makes it. */
    public FetchedFile {
        Check.given("file", file);
        Check.given("path", path);
        Check.given("sha256", sha256);
        Check.given("origin", origin);
    }

    /** Returns a reader of what is packed in it. */
    public Archive archive() {
        return Archive.of(path, file.unpackedBytes());
    }
}
