package unlearn4j.train;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;
import unlearn4j.core.Progress;

/**
 * One pass over the images.
 *
 * @param rate its last learning rate
 * @param loss the mean loss
 * @param accuracy on the training images while it ran, in percent
 * @param heldOut on the held-out images after it, in percent; NaN if there are none
 * @param seconds how long it took
 */
record Epoch(double rate, double loss, double accuracy, double heldOut, double seconds) {

    /** Returns the epoch of that number, of so many, in words. */
    String said(int number, int of) {
        return String.format(
                Locale.ROOT,
                "epoch %d of %d, loss %.3f, accuracy %.1f %%%s",
                number,
                of,
                loss,
                accuracy,
                Double.isNaN(heldOut) ? "" : String.format(Locale.ROOT, ", held out %.1f %%", heldOut));
    }

    /** Ends a training whose thread is interrupted, and says where it goes on: in the display, for a cell shows no exception. */
    static void goesOn(Progress progress, String model, int done, int of) {
        if (!Thread.currentThread().isInterrupted()) {
            return;
        }
        String left = String.format(
                Locale.ROOT,
                "stopped in epoch %d of %d and is as it was after epoch %d; the same call goes on from there",
                done + 1,
                of,
                done);
        progress.note(left);
        Interrupted.check(model + " " + left);
    }

    /** Returns the origin of a network after these epochs. */
    static Origin origin(Origin begun, List<Epoch> history) {
        return new Origin(
                begun.kind(),
                begun.with("epochs", history.size()).with(),
                begun.started(),
                history.stream().mapToDouble(Epoch::seconds).sum());
    }

    /** Says it, and draws it on. */
    void show(Progress progress, int number, int of) {
        progress.note(said(number, of));
        progress.point(Double.isNaN(heldOut) ? "" : "training", number, accuracy);
        if (!Double.isNaN(heldOut)) {
            progress.point("held out", number, heldOut);
        }
    }

    /** Returns a row for each epoch. */
    static Table table(String name, List<Epoch> history) {
        return Table.create(
                name,
                IntColumn.create(
                        "epoch", IntStream.rangeClosed(1, history.size()).toArray()),
                column(history, "learning rate", 5, Epoch::rate),
                column(history, "loss", 4, Epoch::loss),
                column(history, "accuracy", 2, Epoch::accuracy),
                column(history, "held out", 2, Epoch::heldOut),
                column(history, "seconds", 2, Epoch::seconds));
    }

    private static DoubleColumn column(List<Epoch> history, String name, int decimals, ToDoubleFunction<Epoch> value) {
        DoubleColumn column =
                DoubleColumn.create(name, history.stream().mapToDouble(value).toArray());
        column.setPrintFormatter(NumberColumnFormatter.fixedWithGrouping(decimals));
        return column;
    }
}
