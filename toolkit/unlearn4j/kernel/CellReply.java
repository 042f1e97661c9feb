package unlearn4j.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.channels.StdinChannel;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;

/** A cell's way to the notebook, on which an error that can be told in a sentence is one. */
final class CellReply extends ShellReplyEnvironment {
    private static final String OF_COMPILER = "CompilationException";
    /** Letters in a colour, red on the red ground of an error say, can't be read in JupyterLab's dark theme. */
    private static final Pattern COLOURED = Pattern.compile("\u001B\\[[\\d;]*[39][0-7]m");

    private static final String BOLD = "\u001B[1m";

    private final Variables variables;
    private final Misspelt misspelt;

    private CellReply(ShellReplyEnvironment env, StdinChannel stdin, Variables variables, Misspelt misspelt) {
        super((ShellChannel) env.getShell(), stdin, env.getIopub(), env.getContext());
        this.variables = variables;
        this.misspelt = misspelt;
    }

    /** Returns a cell's way with these sentences, or JJava's own where that is built otherwise. */
    static ShellReplyEnvironment of(ShellReplyEnvironment env, Variables variables, Misspelt misspelt) {
        try {
            StdinChannel stdin = (StdinChannel) Inside.get(ShellReplyEnvironment.class, env, "stdin");
            return new CellReply(env, stdin, variables, misspelt);
        } catch (ReflectiveOperationException e) {
            return env;
        }
    }

    @Override
    public <T extends ContentType<T>> void publish(T content) {
        if (content instanceof PublishError error) {
            List<String> told = told(error.getErrorName(), error.getErrorMessage(), error.getStacktrace());
            super.publish(new PublishError(error.getErrorName(), error.getErrorMessage(), told));
        } else {
            super.publish(content);
        }
    }

    @Override
    public void replyError(MessageType<?> type, ErrorReply error) {
        List<String> told = told(error.getErrorName(), error.getErrorMessage(), error.getStacktrace());
        ErrorReply reply = new ErrorReply(error.getErrorName(), error.getErrorMessage(), told);
        try {
            Inside.set(ErrorReply.class, reply, "count", Inside.get(ErrorReply.class, error, "count"));
        } catch (ReflectiveOperationException e) {
            // The cell then has no number.
        }
        super.replyError(type, reply);
    }

    private List<String> told(String name, String message, List<String> trace) {
        Optional<String> empty = variables.explains(message);
        if (empty.isPresent()) {
            return List.of(empty.get());
        }
        List<String> lines = new ArrayList<>();
        trace.forEach(line -> lines.add(COLOURED.matcher(line).replaceAll(BOLD)));
        if (name.equals(OF_COMPILER)) {
            misspelt.meant().ifPresent(lines::add);
        }
        return lines;
    }
}
