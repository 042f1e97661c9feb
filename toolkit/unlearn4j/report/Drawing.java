package unlearn4j.report;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import unlearn4j.train.Interrupted;

/**
 * Draws on a thread of its own. The first use of fonts, of the layout and of XML clears an interrupt of the thread that
 * they are used on, and it would be lost; the thread that waits here keeps it.
 */
final class Drawing {
    private Drawing() {}

    /**
     * Returns what is drawn.
     *
     * @throws Interrupted if this thread is interrupted; the flag stays set, and so is that of the thread that draws
     */
    static <T> T apart(Callable<T> drawing) {
        FutureTask<T> task = new FutureTask<>(drawing);
        Thread thread = new Thread(task, "unlearn4j-drawing");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new Interrupted("interrupted: nothing is drawn");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            if (e.getCause() instanceof RuntimeException exception) {
                throw exception;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
