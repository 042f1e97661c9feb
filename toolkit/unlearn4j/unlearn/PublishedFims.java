package unlearn4j.unlearn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.data.Labels;
import unlearn4j.fisher.Fisher;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Request;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * FIUn without a coordinator (paper B, §4.4.1): discovery nodes publish their unlearning FIMs, and the owner of each node
 * combines them and updates its own model whenever it likes. An owner that was away catches up, request by request in the
 * order in which they were published, and then has the very weights that {@link Fiun} gives. Owners may work in threads of
 * their own.
 */
public final class PublishedFims {
    private final Umig umig;
    private final FiunConfig config;
    private final List<Notice> notices = new ArrayList<>();
    private final Map<ModelNode, Owner> owners = new LinkedHashMap<>();

    /**
     * What was published for one request.
     *
     * @param unlearning whom it concerns
     * @param fims the discovery nodes' unlearning FIMs
     * @param seconds how long each took
     */
    record Notice(UnlearningGraph unlearning, Map<ModelNode, Fisher> fims, Map<ModelNode, Double> seconds) {}

    private PublishedFims(Umig umig, FiunConfig config) {
        this.umig = Check.given("umig", umig);
        this.config = Check.given("config", config);
        umig.nodes().forEach(node -> owners.put(node, new Owner(this, node)));
    }

    /**
     * Begins, with nothing published.
     *
     * @param umig the graph, all its nodes added
     * @param config what all owners agree on
     */
    public static PublishedFims of(Umig umig, FiunConfig config) {
        return new PublishedFims(umig, config);
    }

    /** Publishes what it takes to forget labels. */
    public void publish(Labels labels) {
        publish(Request.labels(Check.given("labels", labels)));
    }

    /**
     * Publishes what it takes to forget: each discovery node first catches up, so that its FIM is that of the weights which
     * a coordinator would have found, and then publishes. Nobody is updated by this request yet.
     *
     * @throws IllegalArgumentException if no node learned it; then nothing is published
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; then nothing is published
     */
    public void publish(Request request) {
        // Publishing waits for publishing; owners may catch up with what is there meanwhile.
        synchronized (owners) {
            UnlearningGraph unlearning = umig.unlearning(Check.given("request", request));
            Map<ModelNode, Fisher> fims = new LinkedHashMap<>();
            Map<ModelNode, Double> seconds = new LinkedHashMap<>();
            for (ModelNode node : unlearning.discovered().keySet()) {
                owner(node.name()).catchUp();
                long start = System.nanoTime();
                fims.put(node, Fiun.unlearningFim(unlearning, node, config));
                seconds.put(node, (System.nanoTime() - start) / 1e9);
            }
            synchronized (notices) {
                notices.add(new Notice(unlearning, fims, seconds));
            }
        }
    }

    /**
     * Returns the owner of a node.
     *
     * @throws IllegalArgumentException if there is no such node, or it was added after all others had agreed
     */
    public Owner owner(String node) {
        Owner owner = owners.get(umig.node(node));
        Check.that(
                owner != null, "%s was added to the graph later: begin anew with PublishedFims.of(umig, config)", node);
        return owner;
    }

    Umig umig() {
        return umig;
    }

    FiunConfig config() {
        return config;
    }

    /** Returns what was published so far, from the notice of that number on. */
    List<Notice> since(int number) {
        synchronized (notices) {
            return List.copyOf(notices.subList(number, notices.size()));
        }
    }

    @Override
    public String toString() {
        return since(0).size() + " requests published to the owners of " + owners.size() + " nodes";
    }
}
