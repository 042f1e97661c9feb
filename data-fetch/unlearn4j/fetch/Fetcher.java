package unlearn4j.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import unlearn4j.core.Check;
import unlearn4j.core.Reason;

/**
 * Gets data sets into the cache. A file comes from the cache, else from the mirror if one is set, else from its authors
 * and, if they can't be reached, from a Debian package. Whatever it comes from, it is checked before it enters the
 * cache; a download that broke off goes on at the next call; two kernels never fetch the same file at once.
 */
public final class Fetcher {
    /** The environment variable that names the cache's folder; {@code ~/.cache/unlearn4j} where it is not set. */
    public static final String CACHE_VARIABLE = "UNLEARN4J_DATA";
    /** The environment variable that names a mirror, a folder or a URL with a file {@code SHA256SUMS}. */
    public static final String MIRROR_VARIABLE = "UNLEARN4J_MIRROR";

    private final Cache cache;
    private final Optional<Mirror> mirror;
    private final Duration pause;

    private Fetcher(Cache cache, Optional<Mirror> mirror, Duration pause) {
        this.cache = cache;
        this.mirror = mirror;
        this.pause = pause;
    }

    /** Returns a fetcher set up by {@value #CACHE_VARIABLE} and {@value #MIRROR_VARIABLE}. */
    public static Fetcher fromEnvironment() {
        return from(System.getenv());
    }

    /** Returns a fetcher set up by these variables. */
    public static Fetcher from(Map<String, String> environment) {
        return from(Check.given("environment", environment), Duration.ofSeconds(1));
    }

    static Fetcher from(Map<String, String> environment, Duration pause) {
        String folder = environment.getOrDefault(CACHE_VARIABLE, "").strip();
        Path root =
                folder.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache", "unlearn4j") : Path.of(folder);
        String mirror = environment.getOrDefault(MIRROR_VARIABLE, "").strip();
        return new Fetcher(
                new Cache(root.toAbsolutePath().normalize()),
                mirror.isEmpty() ? Optional.empty() : Optional.of(Mirror.of(mirror)),
                pause);
    }

    /** Returns the cache's folder. */
    public Path cache() {
        return cache.root();
    }

    /** Returns the mirror in use, as it was set. */
    public Optional<String> mirror() {
        return mirror.map(Mirror::setting);
    }

    /**
     * Gets a data set into the cache, or finds it there.
     *
     * @throws FetchException if a file of it can't be had; the files that were in the cache stay as they were
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; what has come is kept, and the
     *         next call goes on from there
     */
    public Fetched fetch(Source source) {
        Check.given("source", source);
        try {
            return new Fetched(source, mirror.isPresent() ? fromMirror(source, mirror.get()) : fromAuthors(source));
        } catch (IOException e) {
            throw new FetchException(
                    source.name() + " can't be kept in the cache " + cache.root() + " ("
                            + Reason.of(e) + "): set " + CACHE_VARIABLE
                            + " to a folder that can be written and has room",
                    e);
        }
    }

    /** Returns where a file of a data set lies in the cache, or would. */
    Path place(SourceFile file) {
        return cache.place(file, mirror.isPresent());
    }

    /** How a file gets into its partial file; the answer says whether some of it is from an earlier call. */
    private interface Way {
        boolean bring(Path part) throws Failure, IOException;
    }

    private List<FetchedFile> fromMirror(Source source, Mirror from) throws IOException {
        Map<String, String> sums;
        try {
            sums = from.sums();
        } catch (Failure e) {
            Optional<List<FetchedFile>> had = e.kind() == Failure.Kind.WRONG ? Optional.empty() : hadFrom(source, from);
            return had.orElseThrow(() -> failed(source, source.files().get(0), from, e));
        }
        List<FetchedFile> files = new ArrayList<>();
        for (SourceFile file : source.files()) {
            try {
                Expected expected = Mirror.expected(sums, file);
                files.add(get(
                        file,
                        List.of(expected),
                        expected,
                        from.origin(file.path()),
                        part -> from.bring(task(source, file), file, part, pause)));
            } catch (Failure e) {
                throw failed(source, file, from, e);
            }
        }
        return files;
    }

    /** Without a connection to the mirror, what came from it before will do. */
    private Optional<List<FetchedFile>> hadFrom(Source source, Mirror from) throws IOException {
        List<FetchedFile> files = new ArrayList<>();
        for (SourceFile file : source.files()) {
            Path place = cache.place(file, true);
            Optional<CacheEntry> entry =
                    CacheEntry.read(place).filter(known -> known.origin().equals(from.origin(file.path())));
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            cache.remembered(file, place, List.of(Expected.sha256(entry.get().sha256(), "")))
                    .ifPresent(files::add);
        }
        return files.size() == source.files().size() ? Optional.of(files) : Optional.empty();
    }

    private List<FetchedFile> fromAuthors(Source source) throws IOException {
        List<FetchedFile> files = new ArrayList<>();
        Failure network = null;
        for (SourceFile file : source.files()) {
            if (network == null) {
                try {
                    files.add(get(
                            file,
                            accepted(source, file),
                            Expected.published(file),
                            file.uri().toString(),
                            part -> new Download(
                                            task(source, file), file.uri(), file.bytes(), file.bytes(), part, pause)
                                    .run()));
                    continue;
                } catch (Failure e) {
                    // Where the first file can't be had the next one can't either: a dead host is waited for once.
                    network = e;
                }
            }
            files.add(fromDebian(source, file, network));
        }
        return files;
    }

    private FetchedFile fromDebian(Source source, SourceFile file, Failure network) throws IOException {
        Optional<DebianPackage> debian = source.debian()
                .filter(known -> Files.isRegularFile(known.folder().resolve(file.name())));
        if (debian.isEmpty()) {
            throw failed(source, file, network);
        }
        Path from = debian.get().folder().resolve(file.name());
        try {
            return get(file, accepted(source, file), packaged(debian.get(), file), from.toString(), part -> {
                Mirror.copy(task(source, file), from, part);
                return false;
            });
        } catch (Failure e) {
            throw failed(
                    source,
                    file,
                    new Failure(
                            network.kind(),
                            network.getMessage() + ", nor from " + from + ": " + e.getMessage(),
                            network));
        }
    }

    private static List<Expected> accepted(Source source, SourceFile file) {
        Expected published = Expected.published(file);
        return source.debian()
                .map(debian -> List.of(published, packaged(debian, file)))
                .orElse(List.of(published));
    }

    private static Expected packaged(DebianPackage debian, SourceFile file) {
        return Expected.sha256(debian.sha256().get(file.name()), "the known package " + debian.name() + " has");
    }

    private FetchedFile get(SourceFile file, List<Expected> accepted, Expected expected, String origin, Way way)
            throws Failure, IOException {
        Path place = place(file);
        Optional<FetchedFile> known = cache.remembered(file, place, accepted);
        if (known.isPresent() && !cache.isAtWork(place)) {
            return known.get();
        }
        CacheLock lock = cache.lock(place);
        try (lock) {
            String there = "";
            if (Files.isRegularFile(place)) {
                // Another may have fetched it meanwhile.
                known = cache.remembered(file, place, accepted);
                if (known.isPresent()) {
                    // Who was killed with the file in its place had no time to clear up.
                    Download.discard(cache.part(place));
                    return known.get();
                }
                try {
                    return cache.check(file, place, accepted);
                } catch (Failure e) {
                    there = "; what lies at " + place + " is not it, " + e.getMessage();
                }
            }
            try {
                return bring(file, place, expected, origin, way);
            } catch (Failure e) {
                throw new Failure(e.kind(), e.getMessage() + there, e);
            }
        }
    }

    private FetchedFile bring(SourceFile file, Path place, Expected expected, String origin, Way way)
            throws Failure, IOException {
        try {
            boolean resumed = way.bring(cache.part(place));
            try {
                return cache.enter(file, place, expected, origin);
            } catch (Failure e) {
                if (!resumed) {
                    throw e;
                }
                // The bytes of the earlier call may have been of another version of the file.
                way.bring(cache.part(place));
                return cache.enter(file, place, expected, origin);
            }
        } catch (IOException e) {
            // A full disk gets back what this took of it.
            Download.discard(cache.part(place));
            throw e;
        }
    }

    /**
     * Reads every cached file of a data set again and compares it with what is known of it. A damaged file stays, but
     * the cache no longer trusts it, so that the next fetch gets it anew.
     *
     * @return a line for each file in the cache
     */
    List<Verdict> verify(Source source) {
        List<Verdict> verdicts = new ArrayList<>();
        try {
            for (SourceFile file : source.files()) {
                for (boolean mirrored : new boolean[] {false, true}) {
                    Path place = cache.place(file, mirrored);
                    if (Files.isRegularFile(place)) {
                        verdicts.add(verify(source, file, place, mirrored));
                    }
                }
            }
        } catch (IOException e) {
            throw new FetchException(
                    source.name() + " in the cache " + cache.root() + " can't be read (" + Reason.of(e)
                            + "): delete it and fetch it again",
                    e);
        }
        return verdicts;
    }

    private Verdict verify(Source source, SourceFile file, Path place, boolean mirrored) throws IOException {
        Optional<CacheEntry> entry = CacheEntry.read(place);
        if (entry.isEmpty() && mirrored) {
            return new Verdict(place, false, "nothing is known of it: delete it, or get it again with the mirror set");
        }
        Digests digests = Digests.of(place);
        List<Expected> accepted = entry.isPresent()
                ? List.of(Expected.sha256(entry.get().sha256(), "it was fetched with"))
                : accepted(source, file);
        if (accepted.stream().anyMatch(expected -> expected.objection(digests).isEmpty())) {
            return new Verdict(place, true, "sha256 " + digests.sha256());
        }
        CacheEntry.forget(place);
        return new Verdict(place, false, accepted.get(0).objection(digests).orElseThrow() + ": get it again");
    }

    /** What became of checking one file of the cache. */
    record Verdict(Path path, boolean good, String words) {}

    private static String task(Source source, SourceFile file) {
        return source.name() + ": " + file.name();
    }

    private FetchException failed(Source source, SourceFile file, Failure failure) {
        return new FetchException(
                source.name() + ": " + file.name() + " can't be had from " + file.uri() + " ("
                        + failure.getMessage() + "): try again later, set " + MIRROR_VARIABLE
                        + " to a mirror's folder or URL, "
                        + source.debian()
                                .map(debian -> "install Debian's package " + debian.name() + ", ")
                                .orElse("")
                        + "or put the file at " + place(file),
                failure);
    }

    private static FetchException failed(Source source, SourceFile file, Mirror from, Failure failure) {
        return new FetchException(
                source.name() + ": " + file.name() + " can't be had from the mirror " + from.setting()
                        + " (" + failure.getMessage() + "): mend the mirror, or unset " + MIRROR_VARIABLE
                        + " to fetch from the authors",
                failure);
    }
}
