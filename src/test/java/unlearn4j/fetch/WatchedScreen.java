package unlearn4j.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;

/** A screen that others can wait at, until something is to be seen. */
final class WatchedScreen implements Screen, Progress {
    private final List<String> shown = new ArrayList<>();
    private long done;

    @Override
    public synchronized void show(Object value) {
        shown.add(value.toString());
        notifyAll();
    }

    @Override
    public synchronized Progress progress(String task, long total, String unit) {
        shown.add(task + ", " + total + " " + unit);
        done = 0;
        notifyAll();
        return this;
    }

    @Override
    public synchronized void done(long units) {
        done = units;
        notifyAll();
    }

    @Override
    public void note(String text) {
        show(text);
    }

    @Override
    public void point(String curve, double x, double y) {
        throw new AssertionError("a download has no curve");
    }

    @Override
    public void close() {
        show("closed");
    }

    synchronized void forget() {
        shown.clear();
        done = 0;
    }

    synchronized List<String> shown() {
        return List.copyOf(shown);
    }

    void awaitDone(long units) {
        await(() -> done >= units);
    }

    void awaitShown(String text, int times) {
        await(() -> shown.stream().filter(text::equals).count() >= times);
    }

    private synchronized void await(BooleanSupplier seen) {
        try {
            while (!seen.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
