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
}
