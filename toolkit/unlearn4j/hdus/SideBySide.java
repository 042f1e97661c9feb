package unlearn4j.hdus;

import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import unlearn4j.core.Progress;
import unlearn4j.train.Interrupted;
import unlearn4j.train.Parallel;

/**
 * Trains clients that know nothing of one another, several at a time. A small network keeps hardly more than one processor
 * busy; the bits are those of one client after another.
 */
final class SideBySide {
    /** More would take memory, and the engine's own threads are there too. */
    private static final int MOST = 8;

    private final Progress whole;
    private final AtomicLongArray shown;
    private final Queue<Consumer<Progress>> said = new ConcurrentLinkedQueue<>();

    private SideBySide(Progress whole, int count) {
        this.whole = whole;
        shown = new AtomicLongArray(count);
    }

    /**
     * Trains each client.
     *
     * @param progress counts the images of all; the calling thread alone uses it
     * @param training what trains a client, and tells a progress of its own
     * @return what it gives, in the order of the clients
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; then each training goes on with the next call
     */
    static <A, B> List<B> train(Collection<A> clients, Progress progress, BiFunction<A, Progress, B> training) {
        List<A> ordered = List.copyOf(clients);
        SideBySide together = new SideBySide(progress, ordered.size());
        try {
            return Parallel.map(
                    IntStream.range(0, ordered.size()).boxed().toList(),
                    Math.min(MOST, Runtime.getRuntime().availableProcessors()),
                    done -> together.tell(),
                    i -> training.apply(ordered.get(i), together.part(i)));
        } catch (Interrupted e) {
            throw new Interrupted("interrupted: each client's training goes on from its last finished epoch");
        }
    }

    private void tell() {
        for (Consumer<Progress> next = said.poll(); next != null; next = said.poll()) {
            next.accept(whole);
        }
        whole.done(
                LongStream.range(0, shown.length()).map(i -> shown.get((int) i)).sum());
    }

    private Progress part(int client) {
        return new Progress() {
            @Override
            public void done(long done) {
                shown.set(client, done);
            }

            @Override
            public void note(String text) {
                said.add(progress -> progress.note(text));
            }

            @Override
            public void point(String curve, double x, double y) {
                said.add(progress -> progress.point(curve, x, y));
            }

            @Override
            public void close() {
                // The whole goes on.
            }
        };
    }
}
