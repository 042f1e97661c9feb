package unlearn4j.fetch;

import java.net.URI;
import unlearn4j.core.Check;

/**
 * One file of a data set, as its authors publish it.
 *
 * @param path where it lies in the cache and in a mirror, {@code mnist/train-images-idx3-ubyte.gz} say; its ending
 *         ({@code .tar.gz}, {@code .zip} or {@code .gz}) says how it is packed
 * @param uri where it is published, by HTTPS
 * @param bytes its size
 * @param md5 its MD5 in hexadecimal, the checksum that the authors state
 * @param unpackedBytes more bytes than this, unpacked, it can't hold: what goes on is a bomb
 */
record SourceFile(String path, URI uri, long bytes, String md5, long unpackedBytes) {

    /** Makes a description of a file. */
    public SourceFile {
        Check.that(
                path.matches("([a-z0-9-]+/)*[A-Za-z0-9._-]+\\.(gz|zip)"),
                "path (%s) must be a relative path that ends in .gz, .tar.gz or .zip",
                path);
        Check.that(Http.isSafe(uri), "uri (%s) of %s must begin with https://", uri, path);
        Check.that(bytes > 0, "bytes (%d) of %s must be 1 or more", bytes, path);
        Check.that(md5.matches("[0-9a-f]{32}"), "md5 (%s) of %s must be 32 hexadecimal digits", md5, path);
        Check.that(unpackedBytes > 0, "unpackedBytes (%d) of %s must be 1 or more", unpackedBytes, path);
    }

    /** Returns the file's name without its folder. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
