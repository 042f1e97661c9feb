package unlearn4j.train;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A hidden file beside another, whose place it takes once it is whole. Its writer has it locked, so that what a killed one
 * has left is known for it and is swept by the next.
 */
final class Aside implements AutoCloseable {
    /** Of this process: to open and close one of them would give its lock away. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path target;
    private final Path path;
    /** A stream, for an interrupt closes a channel. */
    private final FileOutputStream file;

    private final OutputStream out;

    /** Begins what is to take that file's place. */
    Aside(Path file) throws IOException {
        target = file.toAbsolutePath();
        sweep(target);
        path = target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID());
        OWN.add(path);
        this.file = locked(path);
        out = new BufferedOutputStream(this.file);
    }

    /** Another writer may sweep the file before it is locked. */
    private static FileOutputStream locked(Path path) throws IOException {
        while (true) {
            FileOutputStream file = new FileOutputStream(path.toFile());
            if (file.getChannel().tryLock() != null && Files.exists(path)) {
                return file;
            }
            file.close();
        }
    }

    private static void sweep(Path target) throws IOException {
        Pattern name = Pattern.compile(Pattern.quote("." + target.getFileName() + "-") + "[0-9a-f-]{36}");
        List<Path> left;
        try (Stream<Path> files = Files.list(target.getParent())) {
            left = files.filter(
                            one -> name.matcher(one.getFileName().toString()).matches())
                    .filter(one -> !OWN.contains(one))
                    .toList();
        }
        for (Path one : left) {
            try (FileChannel channel = FileChannel.open(one, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                if (lock != null) {
                    Files.deleteIfExists(one);
                }
            } catch (NoSuchFileException e) {
                // Another has swept it.
                continue;
            }
        }
    }

    /** Returns where to write. */
    OutputStream out() {
        return out;
    }

    /** Ends the file and gives it its place. */
    void replace() throws IOException {
        out.flush();
        // The name must not be on the disk before the bytes are, or a power cut leaves neither old nor new.
        file.getFD().sync();
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Gives the file up, if it hasn't its place. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
        file.close();
        OWN.remove(path);
    }
}
