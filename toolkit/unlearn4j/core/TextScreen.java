package unlearn4j.core;

import java.io.PrintStream;

/** A screen of plain text: a line every few seconds while a computation runs, and one when it ends. */
public final class TextScreen implements Screen {
    private static final long NANOS_BETWEEN_LINES = 5_000_000_000L;

    private final PrintStream out;

    /** Makes a screen that prints to {@code out}. */
    public TextScreen(PrintStream out) {
        this.out = Check.given("out", out);
    }

    @Override
    public void show(Object value) {
        out.println(value);
    }

    @Override
    public Progress progress(String task, long total, String unit) {
        return new Lines(new Pace(task, total, unit));
    }

    private final class Lines implements Progress {
        private final Pace pace;
        private final long start = System.nanoTime();
        private long lastLine = start;
        private long done;
        private String note = "";

        Lines(Pace pace) {
            this.pace = pace;
        }

        @Override
        public void done(long units) {
            done = units;
            long now = System.nanoTime();
            if (now - lastLine >= NANOS_BETWEEN_LINES) {
                lastLine = now;
                out.println(pace.line(done, seconds(now)) + (note.isEmpty() ? "" : "  " + note));
            }
        }

        @Override
        public void note(String text) {
            note = Check.given("text", text);
        }

        @Override
        public void point(String curve, double x, double y) {
            Check.given("curve", curve);
            // A curve needs a chart; the note says the same in words.
        }

        @Override
        public void close() {
            out.println(pace.finished(done, seconds(System.nanoTime())) + (note.isEmpty() ? "" : "  " + note));
        }

        private double seconds(long now) {
            return (now - start) / 1e9;
        }
    }
}
