package unlearn4j.hdus;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import unlearn4j.data.Images;

/** What images are recognised by: the SHA-256 of their shape, their pixels and their labels, in their order. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(Images images) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(images.shape().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            ByteBuffer label = ByteBuffer.allocate(Integer.BYTES);
            byte[] pixels = new byte[images.shape().bytes()];
            for (int i = 0; i < images.size(); i++) {
                images.copy(i, pixels, 0);
                digest.update(pixels);
                digest.update(label.putInt(0, images.label(i)).array());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
