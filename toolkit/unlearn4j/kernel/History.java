package unlearn4j.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;

/**
 * The cells that this kernel has run; a console's arrow keys go through them. Of earlier kernels it knows nothing. JJava
 * has none, and would word the answer as no notebook reads it.
 */
final class History {
    private record Cell(int number, String code) {
        /** Returns the cell as the protocol has it: session, number, code, or code and output. */
        List<Object> line(boolean output) {
            return List.of(0, number, output ? Arrays.asList(code, null) : code);
        }
    }

    private final List<Cell> cells = new ArrayList<>();
    private int number;

    /** Notes a cell, unless it asks not to be. */
    synchronized void add(ExecuteRequest cell) {
        number++;
        if (cell.shouldStoreHistory() && !cell.isSilent()) {
            cells.add(new Cell(number, cell.getCode()));
        }
    }

    @SuppressWarnings("unchecked")
    void answer(ShellReplyEnvironment env, HistoryRequest request) {
        env.setBusyDeferIdle();
        List<List<Object>> lines = found(request).stream()
                .map(cell -> cell.line(request.includeOutput()))
                .toList();
        MessageType<Object> type = (MessageType<Object>) (MessageType<?>) MessageType.HISTORY_REPLY;
        env.reply(new Message<Object>(env.getContext(), type, Map.of("status", "ok", "history", lines)));
    }

    private synchronized List<Cell> found(HistoryRequest request) {
        if (request instanceof HistoryRequest.Search search) {
            return last(search.getPattern(), search.filterUnique(), search.getMaxReturnLength());
        }
        if (request instanceof HistoryRequest.Range range && range.getSessionIndex() == 0) {
            return cells.stream()
                    .filter(cell -> cell.number >= range.getStart() && cell.number < range.getStop())
                    .toList();
        }
        return request instanceof HistoryRequest.Tail tail ? last("*", false, tail.getMaxReturnLength()) : List.of();
    }

    /** Returns the last cells that are like the pattern, in which * stands for any characters and ? for one. */
    private List<Cell> last(String pattern, boolean unique, int most) {
        StringBuilder regex = new StringBuilder();
        for (char one : pattern.toCharArray()) {
            regex.append(one == '*' ? ".*" : one == '?' ? "." : Pattern.quote(String.valueOf(one)));
        }
        Pattern like = Pattern.compile(regex.toString(), Pattern.DOTALL);
        Set<String> seen = new HashSet<>();
        List<Cell> found = new ArrayList<>();
        for (int i = cells.size() - 1; i >= 0 && (most <= 0 || found.size() < most); i--) {
            Cell cell = cells.get(i);
            if (like.matcher(cell.code).matches() && (seen.add(cell.code) || !unique)) {
                found.add(cell);
            }
        }
        Collections.reverse(found);
        return found;
    }
}
