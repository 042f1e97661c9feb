package unlearn4j.kernel;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** What was meant by a name that the compiler doesn't know: of those that Tab would show there, the one most like it. */
final class Misspelt {
    private static final String UNKNOWN = "compiler.err.cant.resolve";
    private static final Pattern SYMBOL = Pattern.compile("symbol:\\s+(\\w+)");
    private static final Pattern LOCATION =
            Pattern.compile("location:\\s+(?:variable \\w+ of type|class|interface) (?:[\\w.]+\\.)?(\\w+)");

    private final JShell shell;
    private Snippet refused;

    /** Looks at what a shell refuses. */
    Misspelt(JShell shell) {
        this.shell = shell;
        shell.onSnippetEvent(this::changed);
    }

    private void changed(SnippetEvent event) {
        if (event.status() == Snippet.Status.REJECTED) {
            refused = event.snippet();
        }
    }

    /** Returns what was meant in the snippet that was refused last, if a name in it is like one that is known. */
    Optional<String> meant() {
        return refused == null
                ? Optional.empty()
                : shell.diagnostics(refused)
                        .filter(one -> one.getCode().startsWith(UNKNOWN))
                        .findFirst()
                        .flatMap(one -> meant(refused.source(), one));
    }

    private Optional<String> meant(String source, Diag unknown) {
        int at = (int) unknown.getPosition();
        boolean member = at < source.length() && source.charAt(at) == '.';
        at += member ? 1 : 0;
        int end = at;
        while (end < source.length() && Character.isJavaIdentifierPart(source.charAt(end))) {
            end++;
        }
        String name = source.substring(at, end);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String before = source.substring(0, member ? at : at + 1);
        return shell.sourceCodeAnalysis().completionSuggestions(before, before.length(), new int[1]).stream()
                .map(Suggestion::continuation)
                .map(one -> one.replaceFirst("\\(.*", ""))
                .filter(one -> distance(one, name) <= Math.max(1, name.length() / 3))
                .min(Comparator.comparingInt(one -> distance(one, name)))
                .map(one -> said(unknown.getMessage(Locale.ROOT), name, one));
    }

    /** Returns how many letters to put in, take out or replace make one of the other: Levenshtein's distance. */
    static int distance(String one, String other) {
        int[] row = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= one.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = corner + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }

    private static String said(String message, String name, String meant) {
        Matcher symbol = SYMBOL.matcher(message);
        Matcher location = LOCATION.matcher(message);
        return "no %s \"%s\"%s: did you mean \"%s\"?"
                .formatted(
                        symbol.find() ? symbol.group(1) : "name",
                        name,
                        location.find() ? " in " + location.group(1) : "",
                        meant.equals(name) ? meant + "()" : meant);
    }
}
