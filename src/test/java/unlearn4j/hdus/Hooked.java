package unlearn4j.hdus;

import java.util.function.LongConsumer;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;

/** A screen that does something whenever a computation reports: asks from another thread, or interrupts. */
record Hooked(LongConsumer report) implements Screen, Progress {

    /** Runs a computation under this screen, and puts the other back. */
    void during(Runnable computation) {
        Screen before = Screen.current();
        Screen.use(this);
        try {
            computation.run();
        } finally {
            Screen.use(before);
        }
    }

    /** A screen that interrupts its own thread, as the kernel would, when so many images are done. */
    static Hooked interrupting(long after) {
        return new Hooked(done -> {
            if (done >= after) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void show(Object value) {}

    @Override
    public Progress progress(String task, long total, String unit) {
        return this;
    }

    @Override
    public void done(long done) {
        report.accept(done);
    }

    @Override
    public void note(String text) {}

    @Override
    public void point(String curve, double x, double y) {}

    @Override
    public void close() {}
}
