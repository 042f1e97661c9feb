package unlearn4j.fetch;

import java.nio.file.Path;
import java.util.Map;
import unlearn4j.core.Check;

/**
 * A Debian package that ships the same data in files with other checksums: a source for a machine without a network.
 *
 * @param name the package's name
 * @param folder where it puts its files
 * @param sha256 each file's SHA-256 in hexadecimal, by its name
 */
record DebianPackage(String name, Path folder, Map<String, String> sha256) {

    /** Makes a description of a package; the map is copied. */
    public DebianPackage {
        sha256 = Map.copyOf(sha256);
        sha256.forEach((file, sum) ->
                Check.that(sum.matches("[0-9a-f]{64}"), "sha256 (%s) of %s must be 64 hexadecimal digits", sum, file));
    }
}
