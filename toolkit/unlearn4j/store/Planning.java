package unlearn4j.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.data.Images;
import unlearn4j.fisher.Fisher;
import unlearn4j.fisher.FisherEstimator;
import unlearn4j.train.HeadFile;
import unlearn4j.train.Interrupted;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Request;
import unlearn4j.umig.StoredGraph;
import unlearn4j.umig.TrainingData;
import unlearn4j.umig.UnlearningGraph;
import unlearn4j.unlearn.FiunConfig;
import unlearn4j.unlearn.FiunUpdate;

/**
 * Works out what a request takes, lines 1 to 8 of Algorithm 1, and leaves it on the disk: the unlearning FIM of each
 * discovery node, and the model FIM of each node whose weights have changed since its own was estimated. No model is changed.
 */
final class Planning {
    private final Folder folder;
    private final RequestLedger ledger;
    private final StoredGraph graph;
    private final FisherEstimator estimator;

    Planning(Folder folder, RequestLedger ledger, Map<String, Images> shards, FiunConfig config) {
        this.folder = folder;
        this.ledger = ledger;
        graph = StoredGraph.open(folder.graph(), shards);
        estimator = config.fisher();
    }

    /** Finds what a request concerns. */
    UnlearningGraph unlearning(Request request) {
        return graph.umig().unlearning(request);
    }

    /** Plans a request. */
    Plan plan(String id, UnlearningGraph unlearning) throws IOException {
        Set<ModelNode> roots = unlearning.discovered().keySet();
        Folder.delete(folder.underWay());
        Files.createDirectories(folder.underWay());
        for (ModelNode node : unlearning.nodes()) {
            Folder.check(folder.model(node.name()), ledger.state().models.get(node.name()));
            FiunUpdate.checkFinite(
                    node.name(), HeadFile.read(folder.model(node.name())).head());
        }
        Map<String, String> fims = new LinkedHashMap<>();
        try (Progress progress =
                Screen.current().progress("planning", unlearning.nodes().size() + roots.size(), "FIMs")) {
            int done = 0;
            for (ModelNode node : unlearning.nodes()) {
                Interrupted.check(id + " is planned anew when the store is next asked");
                String hash = ledger.state().models.get(node.name());
                if (roots.contains(node)) {
                    Fisher fim = estimator.of(graph.load(node.name()).model(), unlearning.images(node));
                    Synced file = Synced.aside(folder.unlearningFim(node.name()), new FimFile(hash, fim)::write);
                    file.place();
                    fims.put(node.name(), file.hash());
                    progress.done(++done);
                }
                estimate(node.name(), hash);
                progress.done(++done);
            }
        }
        Plan plan = Plan.of(id, unlearning, fims);
        plan.write(folder);
        return plan;
    }

    /** Estimates a node's model FIM (Eq. 4) if that at hand is of other weights. It is entered, then it takes its place. */
    private void estimate(String node, String hash) throws IOException {
        Path file = folder.fim(node);
        String entered = ledger.state().fims.get(node);
        if (Files.exists(file)
                && Synced.hash(file).equals(entered)
                && FimFile.read(file).of().equals(hash)) {
            return;
        }
        ModelNode loaded = graph.load(node);
        Fisher fim = estimator.of(loaded.model(), graph.umig().data(loaded, TrainingData.OWN_SHARD));
        Synced aside = Synced.aside(file, new FimFile(hash, fim)::write);
        if (!aside.hash().equals(entered)) {
            ledger.append(Entry.of(Entry.Kind.ESTIMATED, "", node, "", aside.hash(), 0, ""));
        }
        aside.place();
    }
}
