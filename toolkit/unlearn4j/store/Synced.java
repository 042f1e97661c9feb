package unlearn4j.store;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/** A file that is written aside, synced to the disk, and only then given its place; its hash is known before. */
final class Synced {
    private static final String ASIDE = ".aside";

    private final Path target;
    private final Path aside;
    private final String sha256;

    private Synced(Path target, Path aside, String sha256) {
        this.target = target;
        this.aside = aside;
        this.sha256 = sha256;
    }

    /** What is to be written. */
    interface Contents {
        void write(OutputStream out) throws IOException;
    }

    /** Returns where what is to take that file's place is written. */
    static Path aside(Path target) {
        return target.resolveSibling(target.getFileName() + ASIDE);
    }

    /** Writes aside; what a killed writer has left there is overwritten. */
    static Synced aside(Path target, Contents contents) throws IOException {
        Path aside = aside(target);
        MessageDigest digest = DigestUtils.getSha256Digest();
        try (FileOutputStream file = new FileOutputStream(aside.toFile());
                OutputStream out = new DigestOutputStream(new BufferedOutputStream(file), digest)) {
            contents.write(out);
            out.flush();
            file.getFD().sync();
        }
        return new Synced(target, aside, HexFormat.of().formatHex(digest.digest()));
    }

    /** Returns the hash of what was written, in hexadecimal. */
    String hash() {
        return sha256;
    }

    /** Gives the file its place, for good. */
    void place() throws IOException {
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(target.getParent());
    }

    /** Has the disk keep a file, or the names in a folder, as they are. */
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Returns the SHA-256 of a file, in hexadecimal: what {@code sha256sum} prints. */
    static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(in);
        }
    }
}
