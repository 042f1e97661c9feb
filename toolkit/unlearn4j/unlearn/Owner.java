package unlearn4j.unlearn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.fisher.Fisher;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Request;
import unlearn4j.umig.TrainingData;
import unlearn4j.umig.UnlearningGraph;

/** The owner of one node, who updates it from {@link PublishedFims} when it likes. */
public final class Owner {
    private static final TrainingData DATA = TrainingData.OWN_SHARD;

    private final PublishedFims published;
    private final ModelNode node;
    private int read;

    Owner(PublishedFims published, ModelNode node) {
        this.published = published;
        this.node = node;
    }

    /** Returns the requests that concern the node and that it has not met yet, in the order of publication. */
    public synchronized List<Request> outstanding() {
        return published.since(read).stream()
                .map(PublishedFims.Notice::unlearning)
                .filter(this::concerned)
                .map(UnlearningGraph::request)
                .toList();
    }

    private boolean concerned(UnlearningGraph unlearning) {
        return unlearning.sources().containsKey(node);
    }

    /**
     * Meets all outstanding requests, one after another: merges what the node's discovery nodes published and updates the
     * node. Where that stops, by an interrupt say, the requests met so far stay met, and {@link #outstanding} names the rest.
     *
     * @return what was done, a result for each request, none if none was outstanding; undo the last first
     * @throws IllegalArgumentException if the head holds NaN
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; the node is never between two requests
     */
    public synchronized List<UnlearningResult> catchUp() {
        List<UnlearningResult> results = new ArrayList<>();
        for (PublishedFims.Notice notice : published.since(read)) {
            if (concerned(notice.unlearning())) {
                results.add(meet(notice));
            }
            read++;
        }
        return results;
    }

    private UnlearningResult meet(PublishedFims.Notice notice) {
        FiunUpdate.checkFinite(node.name(), node.model().head());
        Map<String, Double> phases = new LinkedHashMap<>();
        long start = System.nanoTime();
        Fisher modelFim = ModelFims.of(published.umig()).fim(node, notice.unlearning(), DATA, published.config());
        start = UnlearningMethod.lap("model FIMs", start, phases);
        List<ModelNode> sources = notice.unlearning().sources().get(node);
        List<Fisher> fims = sources.stream().map(notice.fims()::get).toList();
        Changes changes = new Changes(Map.of(
                node, Fiun.updated(node, fims, modelFim, published.config()).weights()));
        changes.apply(published.umig().past());
        UnlearningMethod.lap("merge and update", start, phases);
        double waited =
                sources.stream().mapToDouble(notice.seconds()::get).max().orElseThrow();
        boolean asked =
                published.config().modelData().isOfRetained(notice.unlearning().role(node));
        return new UnlearningResult(
                "FIUn at " + node.name(),
                DATA,
                notice.unlearning(),
                changes,
                phases,
                Map.of(node, waited + phases.get("merge and update") + (asked ? phases.get("model FIMs") : 0)));
    }

    @Override
    public String toString() {
        return "owner of " + node.name() + ", " + outstanding().size() + " requests outstanding";
    }
}
