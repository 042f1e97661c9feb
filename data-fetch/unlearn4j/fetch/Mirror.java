package unlearn4j.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import unlearn4j.core.Progress;
import unlearn4j.core.Reason;
import unlearn4j.core.Screen;

/**
 * A folder or URL with the data sets' files under the paths of their descriptions, and a file {@code SHA256SUMS} as
 * {@code sha256sum} writes it. A mirror may hold a part of a data set, so its own sums count, not the authors'.
 *
 * @param setting what the user wrote
 * @param url where it is, if it is a URL
 * @param folder where it is, if it is a folder
 */
record Mirror(String setting, Optional<URI> url, Path folder) {
    private static final String SUMS = "SHA256SUMS";
    private static final int SUMS_LIMIT = 1 << 20;
    private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{64}) [ *](?:\\./)?(\\S.*)");

    static Mirror of(String setting) {
        try {
            if (setting.matches("https?://.*")) {
                URI url = URI.create(setting.endsWith("/") ? setting : setting + "/");
                if (url.getHost() == null) {
                    throw new IllegalArgumentException("a URL needs a host");
                }
                return new Mirror(setting, Optional.of(url), null);
            }
            return new Mirror(
                    setting,
                    Optional.empty(),
                    setting.startsWith("file:")
                            ? Path.of(URI.create(setting))
                            : Path.of(setting).toAbsolutePath().normalize());
        } catch (IllegalArgumentException e) {
            throw new FetchException(
                    Fetcher.MIRROR_VARIABLE + " (" + setting + ") must be a folder or an https:// URL", e);
        }
    }

    /** Returns where a file of that path is. */
    String origin(String path) {
        return url.map(base -> base.resolve(path).toString())
                .orElseGet(() -> folder.resolve(path).toString());
    }

    /** Returns each file's SHA-256, by path, as the mirror states it. */
    Map<String, String> sums() throws Failure {
        String text;
        try {
            text = url.isPresent() ? get(url.get().resolve(SUMS)) : Files.readString(folder.resolve(SUMS));
        } catch (ClosedByInterruptException e) {
            throw Http.interrupted();
        } catch (IOException e) {
            throw new Failure(Failure.Kind.UNREACHABLE, "no " + SUMS + " can be read there", e);
        }
        Map<String, String> sums = new HashMap<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher line = LINE.matcher(lines.get(i));
            if (line.matches()) {
                sums.put(line.group(2), line.group(1).toLowerCase(java.util.Locale.ROOT));
            } else if (!lines.get(i).isBlank()) {
                throw new Failure(
                        Failure.Kind.WRONG,
                        "line " + (i + 1) + " of its " + SUMS + " is not a SHA-256, two spaces and a path");
            }
        }
        return sums;
    }

    /** Returns what a file must be, by the mirror's own sums. */
    static Expected expected(Map<String, String> sums, SourceFile file) throws Failure {
        String sum = sums.get(file.path());
        if (sum == null) {
            throw new Failure(Failure.Kind.WRONG, "its " + SUMS + " does not name " + file.path());
        }
        return Expected.sha256(sum, "the mirror's " + SUMS + " states");
    }

    /** Brings a file into a partial file, as {@link Download#run()} does. */
    boolean bring(String task, SourceFile file, Path part, Duration pause) throws Failure, IOException {
        if (url.isPresent()) {
            return new Download(task, url.get().resolve(file.path()), 0, file.unpackedBytes(), part, pause).run();
        }
        copy(task, folder.resolve(file.path()), part);
        return false;
    }

    /** Copies a file of this machine into a partial file. */
    static void copy(String task, Path from, Path part) throws Failure, IOException {
        Download.discard(part);
        if (Files.isDirectory(from)) {
            throw new Failure(Failure.Kind.UNREACHABLE, "it is a folder there");
        }
        try (InputStream in = open(from);
                OutputStream out = Files.newOutputStream(part);
                Progress progress = Screen.current().progress(task, Files.size(from), "B")) {
            byte[] buffer = new byte[1 << 16];
            long done = 0;
            for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
                out.write(buffer, 0, read);
                done += read;
                progress.done(done);
            }
        } catch (ClosedByInterruptException e) {
            Download.discard(part);
            throw Http.interrupted();
        }
    }

    /** A source that fails is the mirror's fault, what is written is the cache's. */
    private static int read(InputStream in, byte[] buffer) throws Failure, IOException {
        try {
            return in.read(buffer);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new Failure(Failure.Kind.UNREACHABLE, "it can't be read there: " + Reason.of(e), e);
        }
    }

    private static InputStream open(Path file) throws Failure {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new Failure(Failure.Kind.UNREACHABLE, "it can't be read there", e);
        }
    }

    private static String get(URI uri) throws Failure, IOException {
        HttpResponse<Body> response = Http.get(uri, Map.of());
        if (response.statusCode() != 200) {
            if (response.body() != null) {
                response.body().close();
            }
            throw new Failure(
                    response.statusCode() >= 500 ? Failure.Kind.UNREACHABLE : Failure.Kind.WRONG,
                    "its " + SUMS + " answers " + response.statusCode());
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (Body body = response.body()) {
            for (List<ByteBuffer> piece = body.next(); piece != null; piece = body.next()) {
                for (ByteBuffer buffer : piece) {
                    byte[] chunk = new byte[buffer.remaining()];
                    buffer.get(chunk);
                    text.write(chunk);
                }
                if (text.size() > SUMS_LIMIT) {
                    throw new Failure(Failure.Kind.WRONG, "its " + SUMS + " has more than " + SUMS_LIMIT + " bytes");
                }
            }
        } catch (InterruptedException e) {
            throw Http.interrupted();
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
