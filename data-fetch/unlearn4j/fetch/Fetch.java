package unlearn4j.fetch;

import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/** The command line: lists, fetches and verifies data sets. */
public final class Fetch {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final List<Source> sources;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    Fetch(List<Source> sources, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.sources = sources;
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /**
     * Does what the words say; exits with 0 if it is done, 1 if it failed, 2 if the words are wrong.
     *
     * @param words {@code list}, {@code get NAME...}, {@code verify} or {@code where}
     */
    public static void main(String[] words) {
        System.exit(new Fetch(Sources.all(), System.getenv(), System.out, System.err).run(words));
    }

    int run(String... words) {
        String command = words.length == 0 ? "" : words[0];
        if (List.of("help", "--help", "-h").contains(command)) {
            out.print(usage());
            return DONE;
        }
        if (!List.of("list", "get", "verify", "where").contains(command)) {
            return misused(command.isEmpty() ? "no command" : "unknown command " + command);
        }
        if (command.equals("get") == (words.length == 1)) {
            return misused(command.equals("get") ? "get needs a data set's name" : command + " takes no names");
        }
        try {
            Fetcher fetcher = Fetcher.from(environment);
            return switch (command) {
                case "list" -> list(fetcher);
                case "get" -> get(fetcher, List.of(words).subList(1, words.length));
                case "verify" -> verify(fetcher);
                default -> where(fetcher);
            };
        } catch (FetchException | CancellationException e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    private int list(Fetcher fetcher) {
        for (Source source : sources) {
            boolean here = source.files().stream().allMatch(file -> Files.isRegularFile(fetcher.place(file)));
            out.printf(
                    Locale.ROOT,
                    "%-14s %-14s %7.1f MB  %,7d + %,6d images  %-9s %s%n",
                    source.id(),
                    source.name(),
                    source.bytes() / 1e6,
                    source.trainRecords(),
                    source.testRecords(),
                    here ? "here" : "not here",
                    source.terms());
        }
        return DONE;
    }

    private int get(Fetcher fetcher, List<String> names) {
        List<Source> wanted = new ArrayList<>();
        for (String name : names) {
            List<Source> named = name.equalsIgnoreCase("all")
                    ? sources
                    : sources.stream()
                            .filter(source -> source.id().equalsIgnoreCase(name))
                            .toList();
            if (named.isEmpty()) {
                return misused("unknown data set " + name + ": it must be all or one of " + ids());
            }
            wanted.addAll(named);
        }
        int result = DONE;
        for (Source source : wanted) {
            try {
                for (FetchedFile file : fetcher.fetch(source).files()) {
                    out.printf("%s  %s  from %s%n", file.sha256(), file.path(), file.origin());
                }
            } catch (FetchException e) {
                err.println(e.getMessage());
                result = FAILED;
            }
        }
        return result;
    }

    private int verify(Fetcher fetcher) {
        List<Fetcher.Verdict> verdicts = sources.stream()
                .flatMap(source -> fetcher.verify(source).stream())
                .toList();
        verdicts.forEach(verdict ->
                out.printf("%-8s %s  %s%n", verdict.good() ? "good" : "damaged", verdict.path(), verdict.words()));
        if (verdicts.isEmpty()) {
            out.println("nothing to verify: no data set is in " + fetcher.cache());
        }
        return verdicts.stream().allMatch(Fetcher.Verdict::good) ? DONE : FAILED;
    }

    private int where(Fetcher fetcher) {
        Optional<String> mirror = fetcher.mirror();
        out.printf("cache   %s (%s)%n", fetcher.cache(), Fetcher.CACHE_VARIABLE);
        out.printf("mirror  %s (%s)%n", mirror.orElse("none"), Fetcher.MIRROR_VARIABLE);
        sources.stream()
                .flatMap(source -> source.files().stream())
                .map(fetcher::place)
                .filter(Files::isRegularFile)
                .forEach(place -> out.printf("file    %s%n", place));
        return DONE;
    }

    private int misused(String what) {
        err.println(what);
        err.print(usage());
        return MISUSED;
    }

    private String ids() {
        return sources.stream().map(Source::id).collect(Collectors.joining(", "));
    }

    private String usage() {
        return """
                usage: java -cp 'unlearn4j.jar:lib/*' unlearn4j.fetch.Fetch COMMAND
                  list         the data sets there are, and which are here
                  get NAME...  fetch some, or all: %s
                  verify       read every cached file again and compare its checksum
                  where        the cache's folder, the mirror, the files
                %s names the cache's folder, %s a mirror.
                """
                .formatted(ids(), Fetcher.CACHE_VARIABLE, Fetcher.MIRROR_VARIABLE);
    }
}
