package unlearn4j.core;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Where an experiment shows itself: the cell's output in a notebook, plain text everywhere else. Lower layers report
 * here without knowing which.
 */
public interface Screen {

    /** Shows a value: a table, a chart, a graph, or anything by its {@code toString}. */
    void show(Object value);

    /**
     * Opens the display of one long computation. It is closed by its {@link Progress#close}.
     *
     * @param task what is computed, a few words
     * @param total how many units it takes, 0 if that is not known
     * @param unit the unit's name, {@code "images"} say; {@code "B"} for bytes
     */
    Progress progress(String task, long total, String unit);

    /**
     * Runs a computation that opens many displays under a single one: it counts what all of them count, and names the one
     * that is open. Their curves are left out.
     *
     * @param task what is computed, a few words
     * @param unit the unit's name, {@code "images"} say
     * @param computation what is run, on this thread
     * @return what it returns
     */
    static <T> T folded(String task, String unit, Supplier<T> computation) {
        Check.given("computation", computation);
        Screen outer = current();
        try (Progress whole = outer.progress(task, 0, unit)) {
            use(new FoldedScreen(outer, whole));
            return computation.get();
        } finally {
            use(outer);
        }
    }

    /** Returns the screen in use. */
    static Screen current() {
        return Holder.CURRENT.get();
    }

    /** Puts another screen in use; the kernel does so when it starts. */
    static void use(Screen screen) {
        Holder.CURRENT.set(Check.given("screen", screen));
    }

    /** The one mutable place. */
    final class Holder {
        private static final AtomicReference<Screen> CURRENT = new AtomicReference<>(new TextScreen(System.out));

        private Holder() {}
    }
}
