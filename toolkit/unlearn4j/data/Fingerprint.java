package unlearn4j.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of what is read, by which a record recognises it. */
final class Fingerprint {
    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Returns that of a file's bytes, in hexadecimal. */
    static String of(byte[] bytes) {
        Fingerprint of = new Fingerprint();
        of.digest.update(bytes);
        return of.hex();
    }

    /** Returns that of a stream's bytes, in hexadecimal. */
    static String of(InputStream in) throws IOException {
        Fingerprint of = new Fingerprint();
        new DigestInputStream(in, of.digest).transferTo(OutputStream.nullOutputStream());
        return of.hex();
    }

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
