package unlearn4j.fetch;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.core.Progress;
import unlearn4j.core.Reason;
import unlearn4j.core.Screen;

/**
 * Brings one file over HTTP into a partial file, and goes on where an earlier call stopped. Beside the partial file lies
 * a note of the URL and the version (ETag or date) that its bytes are of. Nothing is verified here but the size.
 */
final class Download {
    /** Attempts in a row that bring no byte before the host counts as unreachable. */
    private static final int FRUITLESS = 3;

    private final String task;
    private final URI uri;
    private final long bytes;
    private final long limit;
    private final Path part;
    private final Path version;
    private final Duration pause;
    private Progress progress;
    private long startedAt;

    /**
     * Describes a download.
     *
     * @param task what to call it on the screen
     * @param uri where from
     * @param bytes the size it must have, 0 if unknown
     * @param limit the size it can't exceed
     * @param part where to
     * @param pause how long to wait after a first failure; twice as long after the next
     */
    Download(String task, URI uri, long bytes, long limit, Path part, Duration pause) {
        this.task = task;
        this.uri = uri;
        this.bytes = bytes;
        this.limit = bytes > 0 ? bytes : limit;
        this.part = part;
        this.version = part.resolveSibling(part.getFileName() + ".of");
        this.pause = pause;
    }

    /**
     * Downloads the rest, or all.
     *
     * @return whether some of the bytes are from an earlier call
     * @throws Failure if the connection breaks again and again, and then the partial file stays; or if the host has no
     *         such file, or one of another size
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; the partial file stays
     */
    boolean run() throws Failure, IOException {
        long had = resumable();
        try {
            long best = had;
            int fruitless = 0;
            while (bytes == 0 || resumable() != bytes) {
                try {
                    attempt(resumable());
                    break;
                } catch (Failure e) {
                    long now = resumable();
                    fruitless = now > best ? 0 : fruitless + 1;
                    best = Math.max(best, now);
                    if (e.kind() != Failure.Kind.BROKEN || fruitless == FRUITLESS) {
                        throw e;
                    }
                    Thread.sleep(pause.toMillis() << fruitless);
                }
            }
        } catch (InterruptedException | ClosedByInterruptException e) {
            throw Http.interrupted();
        } finally {
            if (progress != null) {
                progress.close();
            }
            if (resumable() == 0) {
                discard(part);
            }
        }
        return had > 0;
    }

    /** Deletes a partial file and its note. */
    static void discard(Path part) throws IOException {
        Files.deleteIfExists(part);
        Files.deleteIfExists(part.resolveSibling(part.getFileName() + ".of"));
    }

    /** Returns how many bytes of this URL are there. */
    private long resumable() throws IOException {
        boolean ours = Files.exists(part)
                && Files.exists(version)
                && Files.readString(version)
                        .lines()
                        .findFirst()
                        .filter(uri.toString()::equals)
                        .isPresent();
        long size = ours ? Files.size(part) : 0;
        return size <= limit ? size : 0;
    }

    private void attempt(long from) throws Failure, IOException, InterruptedException {
        Map<String, String> headers = new HashMap<>();
        if (from > 0) {
            headers.put("Range", "bytes=" + from + "-");
            Files.readString(version)
                    .lines()
                    .skip(1)
                    .findFirst()
                    .filter(line -> !line.isEmpty())
                    .ifPresent(line -> headers.put("If-Range", line));
        }
        HttpResponse<Body> response = Http.get(uri, headers);
        int status = response.statusCode();
        if (status == 200) {
            receive(response, 0);
        } else if (status == 206
                && response.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + from + "-")) {
            receive(response, from);
        } else if (status == 206 || status == 416) {
            if (response.body() != null) {
                response.body().close();
            }
            discard(part);
            throw new Failure(Failure.Kind.BROKEN, "it answers another range than asked for");
        } else if (status >= 500 || status == 429) {
            throw new Failure(Failure.Kind.BROKEN, "it answers " + status);
        } else {
            throw new Failure(Failure.Kind.WRONG, "it answers " + status);
        }
    }

    private void receive(HttpResponse<Body> response, long from) throws Failure, IOException, InterruptedException {
        long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        try (Body body = response.body()) {
            long total = length < 0 ? bytes : from + length;
            refuse(length >= 0 && (total > limit || bytes > 0 && total != bytes), "has " + total + " bytes");
            if (progress == null) {
                startedAt = from;
                progress = Screen.current().progress(task, Math.max(0, total - from), "B");
                if (from > 0) {
                    progress.note(String.format(java.util.Locale.ROOT, "%.1f MB were here already", from / 1e6));
                }
            }
            if (from == 0) {
                Files.writeString(version, uri + "\n" + validator(response.headers()) + "\n");
            }
            try (OutputStream out =
                    from == 0 ? Files.newOutputStream(part) : Files.newOutputStream(part, StandardOpenOption.APPEND)) {
                long at = from;
                for (List<ByteBuffer> piece = next(body); piece != null; piece = next(body)) {
                    for (ByteBuffer buffer : piece) {
                        byte[] chunk = new byte[buffer.remaining()];
                        buffer.get(chunk);
                        refuse(at + chunk.length > limit, "has more than " + limit + " bytes");
                        out.write(chunk);
                        at += chunk.length;
                    }
                    progress.done(Math.max(0, at - startedAt));
                }
                if (total > 0 && at < total) {
                    throw new Failure(Failure.Kind.BROKEN, "it ends after " + at + " of " + total + " bytes");
                }
            }
        }
    }

    private static List<ByteBuffer> next(Body body) throws Failure, InterruptedException {
        try {
            return body.next();
        } catch (IOException e) {
            throw new Failure(Failure.Kind.BROKEN, e.getMessage() == null ? "the connection broke" : Reason.of(e), e);
        }
    }

    private void refuse(boolean wrong, String what) throws Failure, IOException {
        if (wrong) {
            discard(part);
            throw new Failure(
                    Failure.Kind.WRONG,
                    "it " + what + " where " + (bytes > 0 ? "" : "at most ") + limit + " were expected");
        }
    }

    /** A strong ETag names a version for certain; a date does nearly. */
    private static String validator(HttpHeaders headers) {
        return headers.firstValue("ETag")
                .filter(tag -> !tag.startsWith("W/"))
                .or(() -> headers.firstValue("Last-Modified"))
                .orElse("");
    }
}
