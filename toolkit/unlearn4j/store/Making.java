package unlearn4j.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.data.Images;
import unlearn4j.train.Interrupted;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.TrainingData;
import unlearn4j.umig.Umig;
import unlearn4j.unlearn.FiunConfig;

/** Makes a store of a graph: its files, synced, and last the ledger that names them. */
final class Making {
    private Making() {}

    /** Makes it and returns each node's own images. */
    static Map<String, Images> of(Folder folder, Umig umig, FiunConfig config) throws IOException {
        folder.begin();
        return folder.alone(() -> {
            umig.save(folder.graph());
            Files.createDirectories(folder.fims());
            Map<String, Images> shards = new HashMap<>();
            Map<Path, String> models = new HashMap<>();
            List<Entry> entries = new ArrayList<>();
            umig.nodes().forEach(node -> models.put(folder.model(node.name()), node.name()));
            for (Path file : files(folder.graph())) {
                Synced.sync(file);
                String node = models.getOrDefault(file, "");
                String path = node.isEmpty() ? folder.path().relativize(file).toString() : "";
                entries.add(Entry.of(Entry.Kind.STORED, "", node, "", Synced.hash(file), 0, path));
            }
            try (Progress progress =
                    Screen.current().progress("storing", umig.nodes().size(), "model FIMs")) {
                for (ModelNode node : umig.nodes()) {
                    Interrupted.check(folder.path() + " holds no store yet");
                    Images images = umig.data(node, TrainingData.OWN_SHARD);
                    FimFile fim = new FimFile(
                            Synced.hash(folder.model(node.name())),
                            config.fisher().of(node.model(), images));
                    Synced file = Synced.aside(folder.fim(node.name()), fim::write);
                    file.place();
                    entries.add(Entry.of(Entry.Kind.ESTIMATED, "", node.name(), "", file.hash(), 0, ""));
                    shards.put(node.name(), node.shard());
                    progress.done(shards.size());
                }
            }
            Synced.sync(folder.graph());
            RequestLedger.create(folder.ledger(), entries);
            folder.made();
            return shards;
        });
    }

    private static Iterable<Path> files(Path graph) throws IOException {
        try (Stream<Path> files = Files.list(graph)) {
            return new TreeSet<>(files.toList());
        }
    }
}
