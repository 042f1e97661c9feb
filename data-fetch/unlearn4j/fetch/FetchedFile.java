package unlearn4j.fetch;

import java.nio.file.Path;

/**
 * A file in the cache.
 *
 * @param file its description
 * @param path where it lies
 * @param sha256 its SHA-256 in hexadecimal
 * @param origin where it came from: a URL, a mirror's path or a Debian package
 */
public record FetchedFile(SourceFile file, Path path, String sha256, String origin) {

    /** Returns a reader of what is packed in it. */
    public Archive archive() {
        return Archive.of(path, file.unpackedBytes());
    }
}
