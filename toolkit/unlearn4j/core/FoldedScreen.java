package unlearn4j.core;

/** A screen whose displays are all parts of one. */
final class FoldedScreen implements Screen {
    private final Screen outer;
    private final Progress whole;
    private long before;

    FoldedScreen(Screen outer, Progress whole) {
        this.outer = outer;
        this.whole = whole;
    }

    @Override
    public void show(Object value) {
        outer.show(value);
    }

    @Override
    public Progress progress(String task, long total, String unit) {
        whole.note(task);
        return new Progress() {
            private long units;

            @Override
            public void done(long done) {
                units = done;
                whole.done(before + done);
            }

            @Override
            public void note(String text) {
                whole.note(task + ", " + text);
            }

            @Override
            public void point(String curve, double x, double y) {
                // Curves of different computations don't belong in one picture.
            }

            @Override
            public void close() {
                before += units;
            }
        };
    }
}
