package unlearn4j.train;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import unlearn4j.core.Check;

/** Does the same with each of many things, several at a time: paper B's Algorithm 1 for nodes, and clients that train alone. */
public final class Parallel {
    private static final long MILLIS_BETWEEN_REPORTS = 50;

    /** Each thread that computes has buffers of its own; no machine gains by more. */
    private static final int MOST_THREADS = 256;

    private Parallel() {}

    /** Refuses a number of threads that no machine can use, which is 1 to 256. */
    public static void checkThreads(int count) {
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
     * @param most how many at a time at most
     * @param report is told from time to time how many are done, by the calling thread
     * @param task must not depend on the order in which inputs are taken up
     * @return the results in the inputs' order, whatever the number of threads
     * @throws Interrupted if the calling thread is interrupted
     */
    public static <A, B> List<B> map(List<A> inputs, int most, LongConsumer report, Function<A, B> task) {
        Check.allGiven("inputs", inputs);
        checkThreads(most);
        Check.given("report", report);
        Check.given("task", task);
        int threads = Math.max(1, Math.min(most, inputs.size()));
        AtomicReferenceArray<B> results = new AtomicReferenceArray<>(inputs.size());
        AtomicReferenceArray<Throwable> errors = new AtomicReferenceArray<>(inputs.size());
        AtomicBoolean failed = new AtomicBoolean();
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
                        failed.set(true);
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
        boolean told = false;
        while (running.getCount() > 0) {
            try {
                running.await(MILLIS_BETWEEN_REPORTS, TimeUnit.MILLISECONDS);
                report.accept(done.get());
            } catch (InterruptedException e) {
                interrupted = true;
                next.set(inputs.size());
            }
            if (!told && (interrupted || failed.get())) {
                told = true;
                Arrays.stream(workers).forEach(Thread::interrupt);
            }
        }
        report.accept(done.get());
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new Interrupted("interrupted with " + done + " of " + inputs.size() + " done: nothing is changed");
        }
        if (failed.get()) {
            throw cause(errors);
        }
        return IntStream.range(0, inputs.size()).mapToObj(results::get).toList();
    }

    /** Returns the first input's error; those that were stopped because of another are not the cause. */
    private static RuntimeException cause(AtomicReferenceArray<Throwable> errors) {
        List<Throwable> all = IntStream.range(0, errors.length())
                .mapToObj(errors::get)
                .filter(Objects::nonNull)
                .toList();
        Throwable first = all.stream()
                .filter(e -> !(e instanceof Interrupted))
                .findFirst()
                .orElse(all.get(0));
        Throwable told = withCaller(first);
        if (told instanceof Error error) {
            throw error;
        }
        return (RuntimeException) told;
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
