package unlearn4j.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import unlearn4j.core.Check;
import unlearn4j.core.Reason;
import unlearn4j.data.DataException;
import unlearn4j.train.Interrupted;
import unlearn4j.umig.StoredGraph;

/**
 * What lies where in a store: {@code graph/}, as {@link unlearn4j.umig.Umig#save} writes it; {@code fims/}, a file of model
 * FIM a node; {@code under-way/}, what is planned and not yet done; the ledger.
 *
 * @param path the folder
 */
record Folder(Path path) {
    private static final String LOCK = ".lock";
    /** Of a store that is being made: the folder was empty before. */
    private static final String MAKING = ".making";

    Path graph() {
        return path.resolve("graph");
    }

    Path fims() {
        return path.resolve("fims");
    }

    Path underWay() {
        return path.resolve("under-way");
    }

    Path ledger() {
        return path.resolve("ledger.sqlite");
    }

    Path model(String node) {
        return StoredGraph.file(graph(), node);
    }

    Path fim(String node) {
        return StoredGraph.file(fims(), node);
    }

    Path unlearningFim(String node) {
        return StoredGraph.file(underWay(), node);
    }

    /** Whether the store makes that itself, and the ledger says nothing of it; SQLite has files beside its own. */
    boolean isOwn(Path file) {
        return List.of(graph(), fims(), underWay(), path.resolve(LOCK)).contains(file)
                || file.getParent().equals(path)
                        && file.getFileName().toString().matches("ledger\\.sqlite(-wal|-shm|-journal)?");
    }

    /** Refuses a file that is not as the ledger has it. */
    static void check(Path file, String hash) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DataException("there is no file " + file + ": put a copy of it back, nothing is changed before");
        }
        if (!Synced.hash(file).equals(hash)) {
            throw new DataException(
                    file + " is not as the ledger has it, it was edited or damaged: put a copy of it back,"
                            + " nothing is changed before");
        }
    }

    /** Work on files; what it stumbles over is said in one line. */
    interface Work<T> {
        T run() throws IOException;
    }

    <T> T on(Work<T> work) {
        try {
            return work.run();
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw new Interrupted("interrupted: " + path + " goes on when it is opened, or asked, again");
        } catch (IOException e) {
            throw new DataException(path + " can't be read or written (" + Reason.of(e) + ")", e);
        }
    }

    /** Works while no other process or cell changes the store; says so if one does. */
    <T> T alone(Work<T> work) throws IOException {
        Optional<T> result = ifAlone(work);
        Check.that(
                result.isPresent(), "%s is being changed by another process or cell: wait for it, and ask again", path);
        return result.get();
    }

    /** Works while no other process or cell changes the store, and not at all if one does. */
    <T> Optional<T> ifAlone(Work<T> work) throws IOException {
        try (FileChannel channel =
                FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null ? Optional.empty() : Optional.of(work.run());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    /** Begins a store in a folder that is new, empty, or left by somebody who was killed at it. */
    void begin() throws IOException {
        Check.that(!Files.exists(path) || Files.isDirectory(path), "%s is a file: name a folder for the store", path);
        Files.createDirectories(path);
        List<String> there = names();
        Check.that(
                there.isEmpty() || there.contains(MAKING),
                there.contains("ledger.sqlite")
                        ? "%s holds a store already: Store.open opens it"
                        : "%s holds files already: choose a new folder for the store",
                path);
        if (there.isEmpty()) {
            Files.createFile(path.resolve(MAKING));
        }
        for (String name : there) {
            if (!name.equals(LOCK) && !name.equals(MAKING)) {
                delete(path.resolve(name));
            }
        }
    }

    /** Says that the store is made. */
    void made() throws IOException {
        Synced.sync(path);
        Files.delete(path.resolve(MAKING));
        Synced.sync(path);
    }

    /** Refuses a folder that no store is in. */
    void check() throws IOException {
        Check.that(Files.exists(path), "there is no folder %s: Store.of(folder, umig) makes a store", path);
        Check.that(Files.isDirectory(path), "%s is a file, not the folder of a store", path);
        Check.that(
                !Files.exists(path.resolve(MAKING)),
                "%s holds a store that was not made to its end: make it again with Store.of(folder, umig)",
                path);
        if (!Files.isRegularFile(ledger())) {
            throw new DataException(path + " has no ledger.sqlite: it holds no store, or its ledger was deleted");
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Deletes a file or a folder with all that is in it. */
    static void delete(Path what) throws IOException {
        if (Files.exists(what)) {
            List<Path> all;
            try (Stream<Path> files = Files.walk(what)) {
                all = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path each : all) {
                Files.delete(each);
            }
        }
    }
}
