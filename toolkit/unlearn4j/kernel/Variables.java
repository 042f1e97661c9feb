package unlearn4j.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The notebook's variables that have lost their values. When a variable is made again, JShell makes those again whose
 * types it found by that variable, {@code var accuracy = graph.evaluate()}, and leaves them null, without a word.
 */
final class Variables {
    private static final Pattern NULL = Pattern.compile("because \"REPL\\.\\$JShell\\$\\w+\\.(\\w+)\" is null");
    private static final int LONGEST = 100;
    private static final String WAY_OUT = "run the cells below again (Run › Run Selected Cell and All Below)";

    /** Those without a value, and what was made again. */
    private final Map<String, String> lost = new LinkedHashMap<>();
    /** Those that the cell which runs has taken the value of. */
    private final Map<String, String> now = new LinkedHashMap<>();

    private boolean explained;

    /** Looks at what becomes of a shell's variables. */
    Variables(JShell shell) {
        shell.onSnippetEvent(this::changed);
    }

    private synchronized void changed(SnippetEvent event) {
        Snippet.Status status = event.status();
        if (!(event.snippet() instanceof VarSnippet variable)
                || variable.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
                || !status.isActive()) {
            return;
        }
        if (event.causeSnippet() == null) {
            lost.remove(variable.name());
            now.remove(variable.name());
        } else if (event.causeSnippet() instanceof PersistentSnippet cause) {
            lost.put(variable.name(), cause.name());
            now.put(variable.name(), cause.name());
        }
    }

    /** Returns what a cell that has ended should say: which variables it has emptied, or finds empty. */
    synchronized Optional<String> words(String cell) {
        Map<String, String> emptied = new LinkedHashMap<>(now);
        now.clear();
        boolean silent = explained;
        explained = false;
        if (!emptied.isEmpty()) {
            return Optional.of("%s lost %s, for %s was made again: %s%n"
                    .formatted(
                            quoted(emptied.keySet().stream().toList()),
                            emptied.size() == 1 ? "its value" : "their values",
                            quoted(emptied.values().stream()
                                    .filter(cause -> !emptied.containsKey(cause))
                                    .distinct()
                                    .toList()),
                            WAY_OUT));
        }
        return silent ? Optional.empty() : named(cell).map(name -> empty(name) + "\n");
    }

    /** Returns the sentence for an exception's message that a variable without a value explains. */
    synchronized Optional<String> explains(String message) {
        Matcher found = NULL.matcher(message == null ? "" : message);
        explained = found.find() && lost.containsKey(found.group(1));
        return explained ? Optional.of(empty(found.group(1))) : Optional.empty();
    }

    /**
     * Returns a row for each variable of a shell: its type, and its value on a line.
     *
     * @param shell the notebook's
     */
    static Table table(JShell shell) {
        List<VarSnippet> all = shell.variables()
                .filter(one -> one.subKind() != Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND)
                .filter(one -> shell.status(one) == Snippet.Status.VALID)
                .toList();
        return Table.create(
                "Variables",
                StringColumn.create("name", all.stream().map(VarSnippet::name)),
                StringColumn.create("type", all.stream().map(VarSnippet::typeName)),
                StringColumn.create("value", all.stream().map(one -> line(shell.varValue(one)))));
    }

    private static String line(String value) {
        String first = value.strip().lines().findFirst().orElse("").strip();
        String cut = first.length() > LONGEST ? first.substring(0, LONGEST) : first;
        return cut.length() < value.strip().length() ? cut + " …" : cut;
    }

    private String empty(String name) {
        return "\"%s\" has no value since \"%s\", which it comes from, was made again: %s"
                .formatted(name, lost.get(name), WAY_OUT);
    }

    private Optional<String> named(String cell) {
        Predicate<String> used = name -> Pattern.compile("(?<![\\w.\"])" + name + "(?![\\w\"])")
                .matcher(cell)
                .find();
        return lost.keySet().stream().filter(used).findFirst();
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
    }
}
