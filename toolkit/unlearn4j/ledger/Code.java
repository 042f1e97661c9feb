package unlearn4j.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** The code that decides a run's numbers, by its hash: a run that other code made is run again. */
final class Code {
    private static final List<String> DECIDING =
            List.of("core", "data", "model", "train", "hdus", "fisher", "umig", "audit", "unlearn", "experiment");

    private Code() {}

    /** Returns the SHA-256 of the classes of all packages that measure. */
    static String sha256() {
        try {
            Path from = Path.of(Code.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(from)) {
                return sha256(classes(from));
            }
            try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + from.toUri()), java.util.Map.of())) {
                return sha256(classes(jar.getPath("/")));
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("the toolkit's own classes can't be read (" + e.getMessage() + ")", e);
        }
    }

    private static List<Path> classes(Path root) throws IOException {
        Path packages = root.resolve("unlearn4j");
        try (Stream<Path> all = Files.walk(packages)) {
            return all.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> DECIDING.contains(
                            packages.relativize(file).getName(0).toString()))
                    .sorted(java.util.Comparator.comparing(
                            file -> packages.relativize(file).toString()))
                    .toList();
        }
    }

    /** Returns the SHA-256 of a file. */
    static String sha256(Path file) {
        return sha256(List.of(file));
    }

    private static String sha256(List<Path> files) {
        try {
            MessageDigest digest = DigestUtils.getSha256Digest();
            for (Path file : files) {
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(files + " can't be read (" + e.getMessage() + ")", e);
        }
    }
}
