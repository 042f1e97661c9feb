package unlearn4j.core;

/**
 * How far one long computation is. Calls are cheap and may come thousands of times a second: a screen shows a few of
 * them. Used by the thread that computes.
 */
public interface Progress extends AutoCloseable {

    /**
     * Says how many units are done.
     *
     * @param done the units done so far, not those since the last call
     */
    void done(long done);

    /** Says in a few words where the computation is: {@code "epoch 3 of 8, loss 0.41"}. */
    void note(String text);

    /**
     * Adds a point to a live curve.
     *
     * @param curve the curve's name
     * @param x the place, an epoch say
     * @param y the value, an accuracy in percent say
     */
    void point(String curve, double x, double y);

    /** Closes the display and leaves its last state to be read. */
    @Override
    void close();

    /**
     * Returns a view for one part of this computation, which tells the whole what the part tells it.
     *
     * @param name the part's name, put before its notes and its curves
     * @param before the units that are done before the part begins
     */
    default Progress part(String name, long before) {
        Progress whole = this;
        Check.given("name", name);
        return new Progress() {
            @Override
            public void done(long done) {
                whole.done(before + done);
            }

            @Override
            public void note(String text) {
                whole.note(name.isEmpty() ? text : name + ": " + text);
            }

            @Override
            public void point(String curve, double x, double y) {
                whole.point((name + " " + curve).strip(), x, y);
            }

            @Override
            public void close() {
                // The whole goes on.
            }
        };
    }
}
