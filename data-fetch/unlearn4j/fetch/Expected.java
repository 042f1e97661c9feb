package unlearn4j.fetch;

import java.util.Optional;

/**
 * What a file must be in order to be let in.
 *
 * @param bytes its size, 0 if only the checksum is stated
 * @param algorithm the checksum's kind, {@code MD5} or {@code SHA-256}
 * @param checksum the checksum in hexadecimal
 * @param stated who says so, for messages
 */
record Expected(long bytes, String algorithm, String checksum, String stated) {

    static Expected published(SourceFile file) {
        return new Expected(file.bytes(), "MD5", file.md5(), "its authors state");
    }

    static Expected sha256(String checksum, String stated) {
        return new Expected(0, "SHA-256", checksum, stated);
    }

    /** Returns the checksum with its kind, as the cache's records hold it. */
    String label() {
        return algorithm + " " + checksum;
    }

    /** Returns what is wrong with a file, in a few words; empty if nothing is. */
    Optional<String> objection(Digests found) {
        if (bytes > 0 && found.bytes() != bytes) {
            return Optional.of("it has " + found.bytes() + " bytes where " + stated + " " + bytes);
        }
        String actual = algorithm.equals("MD5") ? found.md5() : found.sha256();
        return actual.equals(checksum)
                ? Optional.empty()
                : Optional.of("its " + algorithm + " is " + actual + " where " + stated + " " + checksum);
    }
}
