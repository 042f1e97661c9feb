package unlearn4j.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.messages.reply.CompleteReply;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.InspectReply;
import org.dflib.jjava.jupyter.messages.request.CompleteRequest;
import org.dflib.jjava.jupyter.messages.request.InspectRequest;

/**
 * What Tab and Shift-Tab show. While a cell runs neither shows anything, at once: JShell, which knows the answers, is at
 * work, and a notebook drops an answer that comes after a second.
 */
final class Answers {
    /** What every object can do, and nobody looks for. */
    private static final Set<String> OF_EVERY_OBJECT =
            Set.of("equals(", "getClass()", "hashCode()", "notify()", "notifyAll()", "wait(");

    private final BaseKernel kernel;

    Answers(BaseKernel kernel) {
        this.kernel = kernel;
    }

    /** Answers what the word at the cursor can go on to; what every object has only if there is nothing else. */
    void complete(ShellReplyEnvironment env, CompleteRequest request, boolean busy) {
        env.setBusyDeferIdle();
        try {
            String code = request.getCode();
            int at = code.offsetByCodePoints(0, request.getCursorPos());
            ReplacementOptions found = busy ? null : kernel.complete(code, at);
            List<String> all = found == null ? List.of() : found.getReplacements();
            List<String> own =
                    all.stream().filter(one -> !OF_EVERY_OBJECT.contains(one)).toList();
            env.reply(new CompleteReply(
                    own.isEmpty() ? all : own,
                    found == null ? request.getCursorPos() : code.codePointCount(0, found.getSourceStart()),
                    request.getCursorPos(),
                    Map.of()));
        } catch (RuntimeException e) {
            env.replyError(CompleteReply.MESSAGE_TYPE.error(), ErrorReply.of(e));
        }
    }

    /** Answers what the word at the cursor, or before it, is: its signatures, and what their Javadoc says. */
    void inspect(ShellReplyEnvironment env, InspectRequest request, boolean busy) {
        env.setBusyDeferIdle();
        try {
            String code = request.getCode();
            DisplayData found = busy
                    ? null
                    : inspect(code, code.offsetByCodePoints(0, request.getCursorPos()), request.getDetailLevel() > 0);
            env.reply(new InspectReply(found != null, DisplayData.emptyIfNull(found)));
        } catch (RuntimeException e) {
            env.replyError(InspectReply.MESSAGE_TYPE.error(), ErrorReply.of(e));
        }
    }

    private DisplayData inspect(String code, int at, boolean detail) {
        int last = at;
        while (last >= 0 && !inWord(code, last)) {
            last--;
        }
        while (inWord(code, last + 1)) {
            last++;
        }
        if (last < 0) {
            return null;
        }
        DisplayData found = kernel.inspect(code, last, detail);
        if (found == null) {
            // The name of a method without its parentheses.
            found = kernel.inspect(code.substring(0, last + 1) + "(", last, detail);
        }
        return found == null
                ? null
                : new DisplayData(Arrays.stream(String.valueOf(found.getData(MIMEType.TEXT_PLAIN))
                                .split("\n\n"))
                        .map(signature -> signature
                                + Javadoc.of(signature).map(text -> "\n" + text).orElse(""))
                        .collect(Collectors.joining("\n\n")));
    }

    private static boolean inWord(String code, int at) {
        return at >= 0 && at < code.length() && Character.isJavaIdentifierPart(code.charAt(at));
    }
}
