package unlearn4j.kernel;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.Loop;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellHandler;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.HelpLink;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.InterruptRequest;

/**
 * The notebook's requests that the toolkit answers in JJava's place. Each notebook asks first what kernel this is, and the
 * answer has help links: they are read on the thread of the connection, which JJava hands to nobody.
 */
final class Requests extends AbstractList<HelpLink> {
    private final List<HelpLink> links;
    private final Answers answers;
    private final BaseKernel kernel;
    private final JShell shell;
    private final History history = new History();
    private boolean taken;

    private Requests(BaseKernel kernel) throws ReflectiveOperationException {
        this.kernel = kernel;
        shell = Inside.shell(kernel);
        links = List.copyOf(kernel.getHelpLinks());
        answers = new Answers(kernel);
    }

    /** Takes the requests of a kernel; one that is built otherwise answers them itself. */
    static void take(BaseKernel kernel) {
        try {
            Inside.set(BaseKernel.class, kernel, "helpLinks", new Requests(kernel));
        } catch (ReflectiveOperationException e) {
            refuse();
        }
    }

    private static void refuse() {
        System.err.println(
                "unlearn4j: this JJava answers the notebook itself: no Javadoc, and no word while a cell runs");
    }

    @Override
    public synchronized Iterator<HelpLink> iterator() {
        if (!taken && Thread.currentThread() instanceof Loop) {
            taken = true;
            try {
                take(connection((Loop) Thread.currentThread()));
            } catch (ReflectiveOperationException e) {
                refuse();
            }
        }
        return links.iterator();
    }

    private static JupyterConnection connection(Loop thread) throws ReflectiveOperationException {
        Runnable body = Inside.captured(Inside.get(Loop.class, thread, "loopBody"), Runnable.class);
        ShellChannel channel = Inside.captured(body, ShellChannel.class);
        return (JupyterConnection) Inside.get(ShellChannel.class, channel, "connection");
    }

    private void take(JupyterConnection connection) {
        ShellHandler<ExecuteRequest> execute = connection.getHandler(MessageType.EXECUTE_REQUEST);
        ShellHandler<InterruptRequest> interrupt = connection.getHandler(MessageType.INTERRUPT_REQUEST);
        Cells cells = new Cells(connection, execute, kernel::interrupt, shell);
        connection.setHandler(MessageType.EXECUTE_REQUEST, (cell, message) -> {
            history.add(message.getContent());
            cells.run(cell, message);
        });
        connection.setHandler(MessageType.INTERRUPT_REQUEST, (env, message) -> {
            cells.interrupted();
            interrupt.handle(env, message);
        });
        connection.setHandler(MessageType.HISTORY_REQUEST, (env, message) -> history.answer(env, message.getContent()));
        connection.setHandler(
                MessageType.COMPLETE_REQUEST,
                (env, message) -> answers.complete(env, message.getContent(), cells.running()));
        connection.setHandler(
                MessageType.INSPECT_REQUEST,
                (env, message) -> answers.inspect(env, message.getContent(), cells.running()));
    }

    @Override
    public HelpLink get(int index) {
        return links.get(index);
    }

    @Override
    public int size() {
        return links.size();
    }
}
