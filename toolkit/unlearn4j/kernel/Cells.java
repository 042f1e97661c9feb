package unlearn4j.kernel;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellHandler;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;

/**
 * Runs cells on a thread of their own, so that what the notebook asks meanwhile needn't wait for the cell's end; and says
 * it in the cell when its code goes on in spite of an interrupt, for Java can't end a thread that doesn't listen.
 */
final class Cells {
    private static final Set<MessageType<?>> AT_ONCE = Set.of(
            MessageType.COMPLETE_REQUEST,
            MessageType.INSPECT_REQUEST,
            MessageType.HISTORY_REQUEST,
            MessageType.KERNEL_INFO_REQUEST,
            MessageType.SHUTDOWN_REQUEST);
    private static final int POLLIN = 1;
    private static final int MILLIS = 20;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);
    private static final String GOES_ON = "The cell's code goes on in spite of the interrupt, and keeps a core busy:"
            + " Kernel › Restart ends it. Loops that look at Thread.currentThread().isInterrupted() end by themselves.\n";

    private final JupyterConnection connection;
    private final ShellHandler<ExecuteRequest> kernel;
    private final Runnable interrupt;
    private final Variables variables;
    private final Misspelt misspelt;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "unlearn4j-cell");
        made.setDaemon(true);
        return made;
    });
    /** What has to wait for the cell that runs; the connection's thread alone knows it. */
    private final Deque<Message<?>> waiting = new ArrayDeque<>();

    private boolean emptying;
    private volatile boolean running;
    private volatile boolean interrupted;

    /**
     * @param connection the notebook's
     * @param kernel what runs a cell
     * @param interrupt what ends the statement that runs
     * @param shell what runs its code
     */
    Cells(JupyterConnection connection, ShellHandler<ExecuteRequest> kernel, Runnable interrupt, JShell shell) {
        this.connection = connection;
        this.kernel = kernel;
        this.interrupt = interrupt;
        variables = new Variables(shell);
        misspelt = new Misspelt(shell);
    }

    /** Returns whether a cell runs now. */
    boolean running() {
        return running;
    }

    /** Notes that the cell which runs is told to end. */
    void interrupted() {
        interrupted = true;
    }

    /** Runs a cell to its end, on the connection's thread, and then what has waited for it. */
    void run(ShellReplyEnvironment given, Message<ExecuteRequest> cell) {
        ShellReplyEnvironment env = CellReply.of(given, variables, misspelt);
        ShellChannel shell = (ShellChannel) env.getShell();
        interrupted = false;
        running = true;
        try {
            CompletableFuture<Void> end = CompletableFuture.runAsync(() -> toItsEnd(env, cell), thread);
            for (int i = 0; !ended(end); i++) {
                if (interrupted && i % 10 == 0) {
                    // One that comes between two statements of a cell is lost.
                    interrupt.run();
                }
                while ((shell.getEvents() & POLLIN) != 0) {
                    Message<?> message = shell.readMessage();
                    if (AT_ONCE.contains(message.getHeader().getType())) {
                        answer(shell, message);
                        // The answer has said that the kernel is idle.
                        connection.prepareReplyEnv(shell, cell).setStatusBusy();
                    } else {
                        waiting.add(message);
                    }
                }
            }
        } finally {
            running = false;
        }
        env.resolveDeferrals();
        if (!emptying) {
            emptying = true;
            try {
                while (!waiting.isEmpty()) {
                    answer(shell, waiting.remove());
                }
            } finally {
                emptying = false;
            }
        }
    }

    private static boolean ended(CompletableFuture<Void> cell) {
        try {
            cell.get(MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            // The kernel shuts down.
            Thread.currentThread().interrupt();
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private <T> void answer(ShellChannel shell, Message<T> message) {
        ShellHandler<T> handler = connection.getHandler(message.getHeader().getType());
        if (handler == null) {
            return;
        }
        ShellReplyEnvironment env = connection.prepareReplyEnv(shell, message);
        try {
            handler.handle(env, message);
        } finally {
            env.resolveDeferrals();
        }
        if (env.isMarkedForShutdown()) {
            connection.close();
        }
    }

    private void toItsEnd(ShellReplyEnvironment env, Message<ExecuteRequest> cell) {
        Set<Thread> before = busy();
        kernel.handle(env, cell);
        variables.words(cell.getContent().getCode()).ifPresent(env::writeToStdErr);
        long until = System.nanoTime() + PATIENCE;
        while (interrupted && !before.containsAll(busy())) {
            if (System.nanoTime() > until) {
                env.writeToStdErr(GOES_ON);
                return;
            }
            try {
                Thread.sleep(MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Returns the kernel's threads that are in the code of a cell. */
    private static Set<Thread> busy() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(one -> one.getKey().getName().startsWith("jjava-exec-"))
                .filter(one -> Arrays.stream(one.getValue())
                        .anyMatch(at -> at.getClassName().startsWith("REPL.")))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
