package unlearn4j.hdus;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import unlearn4j.data.Images;
import unlearn4j.train.Interrupted;

/**
 * A second thread that asks some clients in turn, about the same images each time, until it is closed. After each answer
 * it rests for as long as that took, so that asking takes half of one core's time at most.
 */
final class Asker implements AutoCloseable {
    private final Framework framework;
    private final List<String> clients;
    private final Images images;
    private final List<Answered> answers = new ArrayList<>();
    private final Thread thread = new Thread(this::ask, "asks during unlearning");
    private RuntimeException failure;
    private boolean closing;

    /**
     * An answer, in the nanoseconds of {@link System#nanoTime}.
     *
     * @param accuracy in percent
     */
    record Answered(String client, long asked, long answered, double accuracy) {}

    Asker(Framework framework, List<String> clients, Images images) {
        this.framework = framework;
        this.clients = clients;
        this.images = images;
        thread.setDaemon(true);
        thread.start();
    }

    private void ask() {
        try {
            for (int turn = 0; ; turn++) {
                String client = clients.get(turn % clients.size());
                long asked = System.nanoTime();
                double accuracy =
                        framework.outputs(client, images).against(images).accuracy();
                note(new Answered(client, asked, System.nanoTime(), accuracy));
            }
        } catch (InterruptedException e) {
            // It was closed.
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private synchronized void note(Answered answer) throws InterruptedException {
        answers.add(answer);
        notifyAll();
        long rest = answer.answered - answer.asked;
        long until = System.nanoTime() + rest;
        while (!closing && rest > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, rest);
            rest = until - System.nanoTime();
        }
        if (closing) {
            throw new InterruptedException();
        }
    }

    private synchronized void fail(RuntimeException error) {
        failure = error;
        notifyAll();
    }

    /**
     * Waits until some time has passed and each client has answered something that it was asked since then.
     *
     * @throws Interrupted if the thread that waits is interrupted
     */
    synchronized void await(double seconds) {
        long from = System.nanoTime();
        try {
            while (true) {
                if (failure != null) {
                    throw failure;
                }
                long left = (long) (seconds * 1e9) - (System.nanoTime() - from);
                boolean all = clients.stream().allMatch(client -> answers.stream()
                        .anyMatch(answer -> answer.client.equals(client) && answer.asked >= from));
                if (all && left <= 0) {
                    return;
                }
                if (all) {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                } else {
                    wait();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Interrupted("interrupted: " + framework.name() + " is as it was, and watched no more");
        }
    }

    /** Returns the answers so far, in the order in which they were asked. */
    synchronized List<Answered> answers() {
        return List.copyOf(answers);
    }

    /** Ends the thread and waits for its end: nobody asks after that. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
