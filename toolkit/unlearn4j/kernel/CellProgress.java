package unlearn4j.kernel;

import java.util.Locale;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import unlearn4j.core.Pace;
import unlearn4j.core.Progress;

/**
 * One computation in a cell: a line of words, a thin bar, and the live curve. It changes at most three times a second,
 * the curve once a second or less often, because the notebook's server drops a flood of messages.
 */
final class CellProgress implements Progress {
    private static final long NANOS_BETWEEN_CHANGES = 333_000_000L;
    private static final long NANOS_BETWEEN_CURVES = 1_000_000_000L;
    /** Drawing holds up the computation for one part in so many, no more. */
    private static final long DRAWING_SHARE = 20;

    private final CellScreen screen;
    private final Pace pace;
    private final LiveCurve curve = new LiveCurve();
    private final long start = System.nanoTime();
    private final String id;
    private long lastChange = start;
    private long nextCurve = start;
    private long done;
    private String note = "";
    private boolean closed;

    CellProgress(CellScreen screen, Pace pace) {
        this.screen = screen;
        this.pace = pace;
        this.id = screen.open(view(pace.task(), bar()));
    }

    @Override
    public synchronized void done(long units) {
        done = units;
        change();
    }

    @Override
    public synchronized void note(String text) {
        note = text;
        change();
    }

    @Override
    public synchronized void point(String name, double x, double y) {
        curve.add(name, x, y);
        change();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            curve.finish();
            screen.leave(id, view(pace.finished(done, seconds(System.nanoTime())), ""));
        }
    }

    synchronized boolean closed() {
        return closed;
    }

    /** Returns the progress of a computation that this one began: its words are shown, its units and curves are not. */
    Progress inside(String task) {
        note(task);
        return new Progress() {
            @Override
            public void done(long done) {
                // The whole counts in units of its own.
            }

            @Override
            public void note(String text) {
                CellProgress.this.note(task + ": " + text);
            }

            @Override
            public void point(String name, double x, double y) {
                // The whole has curves of its own.
            }

            @Override
            public void close() {
                CellProgress.this.note("");
            }
        };
    }

    private void change() {
        long now = System.nanoTime();
        if (closed || now - lastChange < NANOS_BETWEEN_CHANGES) {
            return;
        }
        lastChange = now;
        if (now - nextCurve >= 0) {
            curve.draw();
            nextCurve = now + Math.max(NANOS_BETWEEN_CURVES, DRAWING_SHARE * (System.nanoTime() - now));
        }
        screen.change(id, view(pace.line(done, seconds(now)), bar()));
    }

    private DisplayData view(String words, String bar) {
        String line = (note.isEmpty() ? words : words + "  " + note).replace("  ", " · ");
        DisplayData data = new DisplayData(line);
        data.putHTML("<div style=\"max-width:%dpx\"><div>%s</div>%s%s</div>"
                .formatted(LiveCurve.WIDTH, Html.escape(line), bar, curve.html()));
        return data;
    }

    private String bar() {
        if (pace.total() <= 0) {
            return "";
        }
        double percent = Math.min(100.0, 100.0 * done / pace.total());
        return String.format(
                Locale.ROOT,
                "<div style=\"height:4px;background-color:rgba(128,128,128,0.25)\">"
                        + "<div style=\"height:4px;background-color:#1976d2;width:%.1f%%\"></div></div>",
                percent);
    }

    private double seconds(long now) {
        return (now - start) / 1e9;
    }
}
