package unlearn4j.fetch;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import unlearn4j.core.Reason;

/**
 * The folder that fetched files lie in: the authors' files under their paths, those of a mirror apart from them in
 * {@code mirror/}, so that neither is taken for the other. Work in progress lies in {@code .partial/}.
 *
 * @param root the folder
 */
record Cache(Path root) {

    /** Returns where a file lies. */
    Path place(SourceFile file, boolean mirrored) {
        return mirrored ? root.resolve("mirror").resolve(file.path()) : root.resolve(file.path());
    }

    /** Returns where a file is while it comes. */
    Path part(Path place) {
        return working(place, ".part");
    }

    /** Returns whether somebody brings a file now, or was killed at it. */
    boolean isAtWork(Path place) {
        return Files.exists(working(place, ".lock"));
    }

    /** Waits for the right to change a file. */
    CacheLock lock(Path place) throws IOException {
        return CacheLock.on(working(place, ".lock"), place.getFileName().toString());
    }

    private Path working(Path place, String ending) {
        return root.resolve(".partial")
                .resolve(root.relativize(place).toString().replace('/', '_') + ending);
    }

    /** Returns a file that was checked before and has not changed since. */
    Optional<FetchedFile> remembered(SourceFile file, Path place, List<Expected> accepted) throws IOException {
        Optional<CacheEntry> entry = CacheEntry.read(place);
        return entry.isPresent() && entry.get().stillOf(place, accepted)
                ? Optional.of(new FetchedFile(
                        file, place, entry.get().sha256(), entry.get().origin()))
                : Optional.empty();
    }

    /**
     * Checks a file that lies in its place and is not remembered: put there by hand, or changed.
     *
     * @throws Failure if it is not the file
     */
    FetchedFile check(SourceFile file, Path place, List<Expected> accepted) throws Failure, IOException {
        String origin = CacheEntry.read(place).map(CacheEntry::origin).orElse("put there by hand");
        return passed(file, place, place, accepted, origin);
    }

    /**
     * Checks a file that has come and moves it to its place.
     *
     * @throws Failure if it is not the file; it is deleted
     */
    FetchedFile enter(SourceFile file, Path place, Expected expected, String origin) throws Failure, IOException {
        Path part = part(place);
        try {
            FetchedFile fetched = passed(file, part, place, List.of(expected), origin);
            Download.discard(part);
            return fetched;
        } catch (Failure e) {
            Download.discard(part);
            throw e;
        }
    }

    private FetchedFile passed(SourceFile file, Path from, Path place, List<Expected> accepted, String origin)
            throws Failure, IOException {
        try {
            Digests digests = Digests.of(from);
            Optional<Expected> passed = accepted.stream()
                    .filter(expected -> expected.objection(digests).isEmpty())
                    .findFirst();
            if (passed.isEmpty()) {
                throw new Failure(
                        Failure.Kind.WRONG, accepted.get(0).objection(digests).orElseThrow());
            }
            walk(file, from);
            if (!from.equals(place)) {
                Files.createDirectories(place.getParent());
                Files.move(from, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            CacheEntry.of(place, digests, passed.get(), origin).write(place);
            return new FetchedFile(file, place, digests.sha256(), origin);
        } catch (java.io.InterruptedIOException | ClosedByInterruptException e) {
            throw Http.interrupted();
        }
    }

    private static void walk(SourceFile file, Path from) throws Failure {
        try {
            new Archive(file.name(), from, file.unpackedBytes()).walk();
        } catch (IOException e) {
            throw new Failure(Failure.Kind.WRONG, "its archive is refused: " + Reason.of(e), e);
        }
    }
}
