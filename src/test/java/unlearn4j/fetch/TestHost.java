package unlearn4j.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/** A web server on this machine that can misbehave. */
final class TestHost implements AutoCloseable {
    static {
        // Else each answer waits for a delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, String> redirects = new ConcurrentHashMap<>();

    /** Whether it knows Range. */
    volatile boolean ranges = true;
    /** Its files' version; none if empty. */
    volatile String etag = "\"1\"";
    /** How many answers it cuts, and after how many bytes of the body. */
    final AtomicInteger cuts = new AtomicInteger();

    volatile int cutAt;
    /** What it does before the cut or the rest, if there is one; given the place in the file. */
    volatile IntConsumer midway = place -> {};
    /** The status of all its answers, 0 for the right ones. */
    volatile int status;

    final List<String> requests = new CopyOnWriteArrayList<>();
    final AtomicLong bodyBytes = new AtomicLong();

    TestHost() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path);
    }

    URI serve(String path, byte[] bytes) {
        files.put("/" + path, bytes);
        return uri(path);
    }

    URI redirect(String path, String location) {
        redirects.put("/" + path, location);
        return uri(path);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String range = exchange.getRequestHeaders().getFirst("Range");
            requests.add(path + (range == null ? "" : " " + range));
            if (redirects.containsKey(path)) {
                exchange.getResponseHeaders().add("Location", redirects.get(path));
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            byte[] bytes = files.get(path);
            if (bytes == null || status != 0) {
                exchange.sendResponseHeaders(status != 0 ? status : 404, -1);
                return;
            }
            if (!etag.isEmpty()) {
                exchange.getResponseHeaders().add("ETag", etag);
            }
            String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
            int from = 0;
            if (ranges && range != null && (ifRange == null || ifRange.equals(etag))) {
                from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
                if (from >= bytes.length) {
                    exchange.sendResponseHeaders(416, -1);
                    return;
                }
                exchange.getResponseHeaders()
                        .add("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
            }
            send(exchange, from, Arrays.copyOfRange(bytes, from, bytes.length));
        }
    }

    private void send(HttpExchange exchange, int from, byte[] body) throws IOException {
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, body.length);
        boolean cut = cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        int first = Math.min(cutAt, body.length);
        exchange.getResponseBody().write(body, 0, first);
        exchange.getResponseBody().flush();
        bodyBytes.addAndGet(first);
        if (first < body.length) {
            midway.accept(from + first);
        }
        if (!cut) {
            exchange.getResponseBody().write(body, first, body.length - first);
            bodyBytes.addAndGet(body.length - first);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
