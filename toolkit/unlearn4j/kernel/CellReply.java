package unlearn4j.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.channels.StdinChannel;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;

/** A cell's way to the notebook, on which an error that can be told in a sentence is one. */
final class CellReply extends ShellReplyEnvironment {
    private final Function<String, Optional<String>> sentence;

    private CellReply(ShellReplyEnvironment env, StdinChannel stdin, Function<String, Optional<String>> sentence) {
        super((ShellChannel) env.getShell(), stdin, env.getIopub(), env.getContext());
        this.sentence = sentence;
    }

    /**
     * Returns a cell's way with these sentences, or the one given where JJava is built otherwise.
     *
     * @param env JJava's own
     * @param sentence of an exception's message, the sentence that says it all, if there is one
     */
    static ShellReplyEnvironment of(ShellReplyEnvironment env, Function<String, Optional<String>> sentence) {
        try {
            return new CellReply(env, (StdinChannel) Inside.get(ShellReplyEnvironment.class, env, "stdin"), sentence);
        } catch (ReflectiveOperationException e) {
            return env;
        }
    }

    @Override
    public <T extends ContentType<T>> void publish(T content) {
        if (content instanceof PublishError error) {
            Optional<String> said = sentence.apply(error.getErrorMessage());
            if (said.isPresent()) {
                super.publish(new PublishError(error.getErrorName(), said.get(), List.of(said.get())));
                return;
            }
        }
        super.publish(content);
    }

    @Override
    public void replyError(MessageType<?> type, ErrorReply error) {
        super.replyError(
                type,
                sentence.apply(error.getErrorMessage())
                        .map(said -> told(error, said))
                        .orElse(error));
    }

    private static ErrorReply told(ErrorReply error, String said) {
        ErrorReply told = new ErrorReply(error.getErrorName(), said, List.of(said));
        try {
            told.setExecutionCount((Integer) Inside.get(ErrorReply.class, error, "count"));
        } catch (ReflectiveOperationException e) {
            // The cell then has no number.
        }
        return told;
    }
}
