package unlearn4j.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.DisplayStream;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import unlearn4j.core.Pace;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;

/**
 * The output of the cell that runs. Any thread may call it.
 *
 * <p>Messages go out on a thread of the screen's own: the kernel's sockets refuse a thread that was interrupted, and
 * one that is interrupted in mid-message leaves half of it behind. An interrupted cell has no output any more while
 * its thread winds down, so what a computation leaves then waits for the next cell that shows something.
 */
final class CellScreen implements Screen {
    private final BaseKernel kernel;
    private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "unlearn4j-screen");
        thread.setDaemon(true);
        return thread;
    });
    /** Last states that no cell was there to take; the sender's. */
    private final List<DisplayData> missed = new ArrayList<>();
    /** What each thread opened last. */
    private final ThreadLocal<CellProgress> opened = new ThreadLocal<>();

    CellScreen(BaseKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public void show(Object value) {
        display(kernel.getRenderer().render(value == null ? "null" : value));
    }

    /** {@inheritDoc} A computation inside another has no display of its own: it has its say in the other's. */
    @Override
    public Progress progress(String task, long total, String unit) {
        CellProgress whole = opened.get();
        if (whole != null && !whole.closed()) {
            return whole.inside(task);
        }
        CellProgress progress = new CellProgress(this, new Pace(task, total, unit));
        opened.set(progress);
        return progress;
    }

    /** Opens a display that can change and returns its id. */
    String open(DisplayData data) {
        String id = UUID.randomUUID().toString();
        display(named(id, data));
        return id;
    }

    /** Changes a display, if there is a cell to do so. */
    void change(String id, DisplayData data) {
        send(() -> output().updateDisplay(named(id, data)));
    }

    /** Changes a display for the last time, now or as soon as there is a cell to do so. */
    void leave(String id, DisplayData data) {
        send(() -> {
            missed.add(named(id, data));
            bringUpToDate();
        });
    }

    private void display(DisplayData data) {
        send(() -> {
            bringUpToDate();
            output().display(data);
        });
    }

    private void bringUpToDate() {
        if (output().isAttached()) {
            missed.forEach(output()::updateDisplay);
            missed.clear();
        }
    }

    /** Waits, or a cell might end before its output; an interrupt stays noted and does not end the wait. */
    private void send(Runnable message) {
        CompletableFuture.runAsync(message, sender).join();
    }

    private DisplayStream output() {
        return kernel.getIO().display;
    }

    /** JJava's own {@code setDisplayId} has another signature in each of its pre-releases. */
    private static DisplayData named(String id, DisplayData data) {
        data.putTransientData("display_id", id);
        return data;
    }
}
