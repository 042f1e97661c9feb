package unlearn4j.train;

import ai.djl.ndarray.NDManager;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicLong;

/** Native memory that is given back when the object that it belongs to is collected: nobody has to close anything. */
final class NativeMemory {
    private static final Cleaner CLEANER = Cleaner.create();
    /** The collector sees an owner as a few bytes, so past this many new native ones it is asked to run. */
    private static final long BYTES_BETWEEN_COLLECTIONS = 1L << 30;

    private static final AtomicLong BYTES_SINCE_COLLECTION = new AtomicLong();

    private NativeMemory() {}

    /** Closes a manager, which holds about so many bytes, once nothing refers to its owner any more. */
    static void givenBackWith(Object owner, NDManager manager, long bytes) {
        CLEANER.register(owner, manager::close);
        if (BYTES_SINCE_COLLECTION.addAndGet(bytes) > BYTES_BETWEEN_COLLECTIONS) {
            BYTES_SINCE_COLLECTION.set(0);
            System.gc();
        }
    }
}
