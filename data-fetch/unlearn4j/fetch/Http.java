package unlearn4j.fetch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import unlearn4j.core.Reason;

/** GET, with redirects followed a few times and never from HTTPS to HTTP. */
final class Http {
    private static final int REDIRECTS = 10;
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private Http() {}

    /** Made when first needed: it loads the certificates. It follows the system's proxy settings. */
    private static final class Client {
        private static final HttpClient INSTANCE = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
    }

    /** Returns whether a URI may be published in a description: HTTPS, or HTTP on this machine itself. */
    static boolean isSafe(URI uri) {
        return uri.getHost() != null
                && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && isLoopback(uri.getHost()));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }

    /**
     * Asks for a URI.
     *
     * @return an answer that is no redirect; its body is null unless it is 200 or 206, and must be closed
     * @throws Failure if there is no answer, or only redirects
     * @throws CancellationException if the thread is interrupted
     */
    static HttpResponse<Body> get(URI uri, Map<String, String> headers) throws Failure {
        URI at = uri;
        for (int i = 0; i <= REDIRECTS; i++) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(at).timeout(ANSWER).header("User-Agent", "unlearn4j");
            headers.forEach(request::header);
            HttpResponse<Body> response = send(request.build());
            String location = response.headers().firstValue("Location").orElse("");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                return response;
            }
            at = follow(at, location);
        }
        throw new Failure(Failure.Kind.WRONG, "it redirects more than " + REDIRECTS + " times");
    }

    /** Returns where a redirect leads; not from HTTPS to HTTP. */
    static URI follow(URI at, String location) throws Failure {
        URI next;
        try {
            next = at.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.Kind.WRONG, "it redirects to " + location + ", which is no URL", e);
        }
        boolean https = "https".equals(next.getScheme());
        boolean http = "http".equals(next.getScheme()) && "http".equals(at.getScheme());
        if (next.getHost() == null || !https && !http) {
            throw new Failure(Failure.Kind.WRONG, "it redirects to " + next + ", which is not HTTPS");
        }
        return next;
    }

    private static HttpResponse<Body> send(HttpRequest request) throws Failure {
        try {
            return Client.INSTANCE.send(
                    request,
                    info -> info.statusCode() == 200 || info.statusCode() == 206
                            ? new Body()
                            : BodySubscribers.replacing(null));
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ConnectException | HttpConnectTimeoutException e) {
            // An unknown host comes as a ConnectException without a message.
            throw new Failure(
                    Failure.Kind.UNREACHABLE,
                    "no connection to " + request.uri().getHost(),
                    e);
        } catch (IOException e) {
            throw new Failure(Failure.Kind.BROKEN, e.getMessage() == null ? "the connection broke" : Reason.of(e), e);
        }
    }

    /** Sets the thread's interrupt flag again and returns what to throw. */
    static CancellationException interrupted() {
        Thread.currentThread().interrupt();
        return new CancellationException("fetching was interrupted: what has come is kept, call again to go on");
    }
}
