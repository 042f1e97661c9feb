package unlearn4j.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Holds every file of a store against its ledger. */
final class Verification {
    private final Folder folder;
    private final State state;
    private final Table table = Table.create(
            "what doesn't match the ledger",
            StringColumn.create("what"),
            StringColumn.create("wrong"),
            StringColumn.create("in the ledger"),
            StringColumn.create("found"));

    Verification(Folder folder, State state) {
        this.folder = folder;
        this.state = state;
    }

    /** Returns a row for each thing that is wrong. */
    Table table() throws IOException {
        if (state.broken() > 0) {
            row("ledger.sqlite", "edited", "another seal", "entry " + state.broken());
        }
        for (Asked asked : state.requests.values()) {
            if (asked.isUnderWay()) {
                row(asked.asked.request(), "under way", "", asked.changed.size() + " models changed");
            }
        }
        Map<Path, String> known = new LinkedHashMap<>();
        state.files.forEach((path, hash) -> known.put(folder.path().resolve(path), hash));
        state.models.forEach((node, hash) -> known.put(folder.model(node), hash));
        state.fims.forEach((node, hash) -> known.put(folder.fim(node), hash));
        for (Map.Entry<Path, String> file : known.entrySet()) {
            check(file.getKey(), file.getValue());
        }
        for (Path part : new Path[] {folder.path(), folder.graph(), folder.fims()}) {
            foreign(part, known);
        }
        return table;
    }

    private void check(Path file, String hash) throws IOException {
        if (!Files.isRegularFile(file)) {
            row(name(file), "missing", hash, "");
            return;
        }
        String found = Synced.hash(file);
        if (!found.equals(hash) && !isAboutTo(file, found)) {
            row(name(file), "changed", hash, found);
        }
    }

    /** Whether a request that is under way has entered that it makes this of the file. */
    private boolean isAboutTo(Path file, String found) {
        return state.underWay().stream()
                .flatMap(asked -> asked.changing.values().stream())
                .anyMatch(entry ->
                        folder.model(entry.node()).equals(file) && entry.after().equals(found));
    }

    private void foreign(Path part, Map<Path, String> known) throws IOException {
        if (!Files.isDirectory(part)) {
            row(name(part), "missing", "", "");
            return;
        }
        try (Stream<Path> files = Files.list(part)) {
            for (Path file : new TreeSet<>(files.toList())) {
                if (!known.containsKey(file) && !folder.isOwn(file) && !isAside(file, known)) {
                    row(
                            name(file),
                            "not in the ledger",
                            "",
                            Files.isRegularFile(file) ? Synced.hash(file) : "a folder");
                }
            }
        }
    }

    /** Whether somebody who was killed has left it, and whoever goes on writes it anew. */
    private boolean isAside(Path file, Map<Path, String> known) {
        return state.underWay().isPresent()
                && known.keySet().stream().anyMatch(one -> Synced.aside(one).equals(file));
    }

    private String name(Path file) {
        return folder.path().relativize(file).toString();
    }

    private void row(String... cells) {
        for (int i = 0; i < cells.length; i++) {
            table.stringColumn(i).append(cells[i]);
        }
    }
}
