package unlearn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParallelTest {
    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

    @AfterEach
    void noFlagIsLeft() {
        Thread.interrupted();
    }

    @Test
    void resultsComeInTheInputsOrder() {
        for (int threads : new int[] {1, 2, 7}) {
            assertThat(Parallel.map(HUNDRED, threads, done -> {}, i -> i * i))
                    .isEqualTo(HUNDRED.stream().map(i -> i * i).toList());
        }
        assertThat(Parallel.map(List.<Integer>of(), 3, done -> {}, i -> i)).isEmpty();
    }

    @Test
    void anErrorStopsTheOthersAndIsThrown() {
        AtomicInteger begun = new AtomicInteger();
        assertThatThrownBy(() -> Parallel.map(HUNDRED, 2, done -> {}, i -> {
                    begun.incrementAndGet();
                    throw new IllegalArgumentException("node " + i);
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("node ")
                .satisfies(e -> assertThat(e.getStackTrace())
                        .as("who asked")
                        .extracting(StackTraceElement::getMethodName)
                        .contains("anErrorStopsTheOthersAndIsThrown"));
        assertThat(begun).hasValueLessThanOrEqualTo(2);
    }

    /** The task that is interrupted waits until it is: were the workers not told, this would not end. */
    @Test
    void whoWaitsTellsTheWorkersAndWaitsForThem() {
        Thread waiting = Thread.currentThread();
        AtomicInteger running = new AtomicInteger();
        assertThatThrownBy(() -> Parallel.map(HUNDRED, 3, done -> {}, i -> {
                    running.incrementAndGet();
                    try {
                        waiting.interrupt();
                        new CountDownLatch(1).await();
                        return i;
                    } catch (InterruptedException e) {
                        throw new Interrupted("told");
                    } finally {
                        running.decrementAndGet();
                    }
                }))
                .isInstanceOf(Interrupted.class)
                .hasMessageContaining("of 100 done: nothing is changed");
        assertThat(running).hasValue(0);
        assertThat(Thread.currentThread().isInterrupted())
                .as("the flag stays for the caller's caller")
                .isTrue();
    }

    /** The task beside the one that fails waits until it is told: were it not, this would not end. */
    @Test
    void aTaskThatFailsStopsTheOthersAndIsTheCause() {
        CountDownLatch waits = new CountDownLatch(1);
        assertThatThrownBy(() -> Parallel.map(List.of(0, 1), 2, done -> {}, i -> {
                    try {
                        if (i == 1) {
                            waits.await();
                            throw new IllegalArgumentException("the cause");
                        }
                        waits.countDown();
                        return new CountDownLatch(1).await(1, TimeUnit.DAYS);
                    } catch (InterruptedException e) {
                        throw new Interrupted("stopped");
                    }
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the cause");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
