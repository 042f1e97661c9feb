package unlearn4j.fetch;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An answer's body, taken piece by piece by the thread that asked. Unlike the client's own input stream it gives up on
 * a host that falls silent, and it answers an interrupt.
 */
final class Body implements HttpResponse.BodySubscriber<Body>, AutoCloseable {
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final int PIECES_AHEAD = 16;

    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    /** Bytes, or what ended them. */
    private record Piece(List<ByteBuffer> bytes, Throwable error) {
        private static final Piece END = new Piece(null, null);
    }

    @Override
    public CompletionStage<Body> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        given.request(PIECES_AHEAD);
        subscription.complete(given);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        pieces.add(new Piece(bytes, null));
    }

    @Override
    public void onError(Throwable error) {
        pieces.add(new Piece(null, error));
    }

    @Override
    public void onComplete() {
        pieces.add(Piece.END);
    }

    /** Waits for the next bytes and returns them, or null at the end. */
    List<ByteBuffer> next() throws IOException, InterruptedException {
        Piece piece = pieces.poll(SILENCE.toSeconds(), TimeUnit.SECONDS);
        if (piece == null) {
            throw new IOException("no bytes for " + SILENCE.toSeconds() + " s");
        }
        if (piece.error != null) {
            throw new IOException(
                    piece.error.getMessage() == null ? "connection lost" : piece.error.getMessage(), piece.error);
        }
        if (piece.bytes != null) {
            subscription.thenAccept(given -> given.request(1));
        }
        return piece.bytes;
    }

    @Override
    public void close() {
        subscription.thenAccept(Flow.Subscription::cancel);
    }
}
