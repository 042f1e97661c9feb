package unlearn4j.unlearn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.train.Interrupted;

/** Does the same with each of many things, several at a time; Algorithm 1's parallel loops. */
final class Parallel {
    private static final long MILLIS_BETWEEN_REPORTS = 50;

    /** Each thread that computes has buffers of its own; no machine gains by more. */
    private static final int MOST_THREADS = 256;

    private Parallel() {}

    /** Refuses a number of threads that no machine can use. */
    static void checkThreads(int count) {
        Check.that(
                count >= 1 && count <= MOST_THREADS,
                "threads (%d) must be from 1 to %d: more than processors gain nothing",
                count,
                MOST_THREADS);
    }

    /**
     * Applies a task to each input. The calling thread waits and reports; if it is interrupted, it tells the workers, waits
     * until they have stopped, and throws. A task that fails stops the others, and its error is thrown.
     *
     * @param task must not depend on the order in which inputs are taken up
     * @param before how many units of the progress were done before
     * @return the results in the inputs' order, whatever the number of threads
     * @throws Interrupted if the calling thread is interrupted
     */
    static <A, B> List<B> map(List<A> inputs, int most, Progress progress, long before, Function<A, B> task) {
        int threads = Math.max(1, Math.min(most, inputs.size()));
        AtomicReferenceArray<B> results = new AtomicReferenceArray<>(inputs.size());
        AtomicReferenceArray<Throwable> errors = new AtomicReferenceArray<>(inputs.size());
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        CountDownLatch running = new CountDownLatch(threads);
        Thread[] workers = new Thread[threads];
        Runnable work = () -> {
            try {
                for (int i = next.getAndIncrement(); i < inputs.size(); i = next.getAndIncrement()) {
                    try {
                        results.set(i, task.apply(inputs.get(i)));
                        done.incrementAndGet();
                    } catch (RuntimeException | Error e) {
                        errors.set(i, e);
                        next.set(inputs.size());
                    }
                }
            } finally {
                running.countDown();
            }
        };
        for (int i = 0; i < threads; i++) {
            workers[i] = new Thread(work, "unlearn4j-" + i);
            workers[i].setDaemon(true);
            workers[i].start();
        }
        boolean interrupted = false;
        while (running.getCount() > 0) {
            try {
                running.await(MILLIS_BETWEEN_REPORTS, TimeUnit.MILLISECONDS);
                progress.done(before + done.get());
            } catch (InterruptedException e) {
                interrupted = true;
                next.set(inputs.size());
                Arrays.stream(workers).forEach(Thread::interrupt);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new Interrupted("interrupted with " + done + " of " + inputs.size() + " done: nothing is changed");
        }
        List<B> all = new ArrayList<>(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            if (errors.get(i) instanceof RuntimeException e) {
                throw withCaller(e);
            }
            if (errors.get(i) instanceof Error e) {
                throw withCaller(e);
            }
            all.add(results.get(i));
        }
        progress.done(before + done.get());
        return all;
    }

    /** Puts the caller's frames under the worker's, so that a reader finds the line of his own that asked for it. */
    private static <T extends Throwable> T withCaller(T error) {
        StackTraceElement[] caller = new Throwable().getStackTrace();
        StackTraceElement[] worker = error.getStackTrace();
        StackTraceElement[] whole = Arrays.copyOf(worker, worker.length + caller.length);
        System.arraycopy(caller, 0, whole, worker.length, caller.length);
        error.setStackTrace(whole);
        return error instanceof IllegalArgumentException ? Check.inOneLine(error) : error;
    }
}
