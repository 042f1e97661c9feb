package unlearn4j.unlearn;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import unlearn4j.core.Check;
import unlearn4j.core.Refusal;
import unlearn4j.data.Images;
import unlearn4j.fisher.Fisher;
import unlearn4j.fisher.FisherEstimator;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.TrainingData;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * The model FIMs F_j of a graph's nodes (paper B, Eq. 4). Each is computed once and kept for as long as the node's weights and
 * the graph's edges stay what they are, so that a request to forget need not pay for it (§4.4.2). Several threads may ask at
 * a time.
 */
final class ModelFims {
    private static final Map<Umig, ModelFims> KEPT = new WeakHashMap<>();

    private final Map<Key, Kept> fims = new ConcurrentHashMap<>();

    /** {@code tried}: where nobody kept a record of training data, the images that nodes were tried on stand for it. */
    private record Key(ModelNode node, FisherEstimator estimator, TrainingData data, Images tried) {}

    /** A FIM, and what it belongs to. */
    private record Kept(Unchanged unchanged, long edges, Fisher fim) {}

    /** Returns those of a graph. */
    static ModelFims of(Umig umig) {
        synchronized (KEPT) {
            return KEPT.computeIfAbsent(umig, any -> new ModelFims());
        }
    }

    /**
     * Returns a node's model FIM. One of what the node is to keep alone depends on the request, and is not kept.
     *
     * @param unlearning says what the node's training data is
     * @param config how it is estimated, and on which of that
     * @throws Refusal if nothing is left of the node's training data
     */
    Fisher fim(ModelNode node, UnlearningGraph unlearning, TrainingData data, FiunConfig config) {
        FisherEstimator estimator = config.model(unlearning.role(node));
        Images all = unlearning.data(node, data);
        if (config.modelData().isOfRetained(unlearning.role(node))) {
            Images retained = unlearning.retained(all);
            Refusal.unless(
                    !retained.isEmpty(),
                    "%s has no images but those of %s: there is nothing to estimate F on, choose ModelData.ALL",
                    node,
                    unlearning.request());
            return estimated(estimator, node, retained);
        }
        Key key = new Key(node, estimator, data, unlearning.tried());
        Kept kept = fims.get(key);
        if (kept == null || kept.edges != unlearning.umig().edges() || !kept.unchanged.holds()) {
            kept = new Kept(Unchanged.since(node), unlearning.umig().edges(), estimated(estimator, node, all));
            fims.put(key, kept);
        }
        return kept.fim;
    }

    private static Fisher estimated(FisherEstimator estimator, ModelNode node, Images images) {
        return Check.given("Fisher information of " + node, estimator.of(node.model(), images));
    }
}
