package unlearn4j.report;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import unlearn4j.core.Reason;
import unlearn4j.core.Scale;
import unlearn4j.train.Interrupted;

/**
 * The runs of one experiment at one scale, each in a folder of its own, named by the time, to the millisecond and in UTC,
 * so that names sort by time. A run is there whole or not at all, whenever its writer dies.
 *
 * <p>{@code latest} is a symbolic link to the newest. Not every disk has links, and a link that is copied may become a
 * folder; what survives everywhere is the names, so {@link #newest} goes by them and the link is for people.
 *
 * @param folder where they lie
 */
record Runs(Path folder) {
    static final String LATEST = "latest";

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS");
    private static final String RULE = "\\d{8}-\\d{6}-\\d{3}";
    /** What no one but the writer who holds the lock has in work. */
    private static final String WORK = ".work-";
    /** A file lock holds for a whole process, so the threads of this one need a lock of their own. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    /** Returns an experiment's runs at a scale. */
    static Runs of(Path root, String experiment, Scale scale) {
        return new Runs(root.resolve(experiment).resolve(scale.name().toLowerCase(Locale.ROOT)));
    }

    /**
     * Adds a run, when no other is being added.
     *
     * @param files the contents of its files, by their names
     * @return the run's folder
     * @throws Interrupted if the thread is interrupted before the run is there
     */
    Path add(Map<String, byte[]> files) throws IOException {
        try {
            THREADS.lockInterruptibly();
        } catch (InterruptedException e) {
            throw interrupted();
        }
        try {
            Files.createDirectories(folder);
            // The lock file stays: a file that is deleted with its lock would let two writers hold two files.
            try (FileChannel file =
                    FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                file.lock();
                return write(files);
            }
        } catch (FileLockInterruptionException | ClosedByInterruptException e) {
            throw interrupted();
        } finally {
            THREADS.unlock();
        }
    }

    private Path write(Map<String, byte[]> files) throws IOException {
        sweep();
        String name = name();
        Path work = Files.createDirectory(folder.resolve(WORK + name));
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw interrupted();
                }
                // A channel would be closed by an interrupt, a stream is not.
                try (FileOutputStream out =
                        new FileOutputStream(work.resolve(file.getKey()).toFile())) {
                    out.write(file.getValue());
                    out.getFD().sync();
                }
            }
            Path run = Files.move(work, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            link(name);
            return run;
        } finally {
            sweep();
        }
    }

    /** Returns the time as a name, later than every run's. */
    private String name() throws IOException {
        LocalDateTime now =
                LocalDateTime.ofInstant(Instant.now(), ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
        return newest().map(run ->
                        LocalDateTime.parse(run.getFileName().toString(), NAME).plus(1, ChronoUnit.MILLIS))
                .filter(next -> next.isAfter(now))
                .orElse(now)
                .format(NAME);
    }

    /** Returns the newest run's folder; nothing where there is none. */
    Optional<Path> newest() throws IOException {
        try (Stream<Path> runs = Files.list(folder)) {
            return runs.filter(run -> run.getFileName().toString().matches(RULE))
                    .max(Comparator.comparing(run -> run.getFileName().toString()));
        }
    }

    /** Returns the folders of an experiment's runs at all scales, the oldest first. */
    static List<Path> below(Path experiment) {
        if (!Files.isDirectory(experiment)) {
            return List.of();
        }
        try (Stream<Path> all = Files.find(
                experiment,
                2,
                (path, file) ->
                        file.isDirectory() && path.getFileName().toString().matches(RULE))) {
            return all.sorted(Comparator.comparing(run -> run.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the runs in " + experiment + " can't be listed (" + Reason.of(e) + ")", e);
        }
    }

    private void link(String name) throws IOException {
        Path link = folder.resolve(WORK + LATEST);
        try {
            Files.createSymbolicLink(link, Path.of(name));
            Files.move(link, folder.resolve(LATEST), StandardCopyOption.ATOMIC_MOVE);
        } catch (UnsupportedOperationException | FileSystemException e) {
            // A disk without links: the names tell.
        }
    }

    /** Deletes what writers that died have left behind. */
    private void sweep() throws IOException {
        List<Path> left;
        try (Stream<Path> all = Files.list(folder)) {
            left = all.filter(path -> path.getFileName().toString().startsWith(WORK))
                    .toList();
        }
        for (Path each : left) {
            try (Stream<Path> files = Files.walk(each)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static Interrupted interrupted() {
        Thread.currentThread().interrupt();
        return new Interrupted("interrupted: nothing is written, call .write() again to write it");
    }
}
