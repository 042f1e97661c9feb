package unlearn4j.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/** The SHA-256 of words, by which a record recognises what was read. */
final class Fingerprint {
    private final MessageDigest digest = DigestUtils.getSha256Digest();

    /** Adds words, each with its end. */
    void add(Object... words) {
        for (Object word : words) {
            digest.update(word.toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
    }

    /** Returns that of all that was added, in hexadecimal, and begins anew. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
