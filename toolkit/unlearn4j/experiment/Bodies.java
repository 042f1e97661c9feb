package unlearn4j.experiment;

import java.util.IdentityHashMap;
import java.util.Map;
import unlearn4j.data.Images;
import unlearn4j.train.Features;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.TrainingData;
import unlearn4j.umig.Umig;

/**
 * What the bodies of a graph's nodes make of the images that these are measured on, kept while the bodies are what they were:
 * most methods change heads alone, and then nobody's body has to be run again.
 */
final class Bodies {
    /** What the features may take of the memory that Java has. */
    private static final int SHARE = 4;

    private final Umig umig;
    private final TrainingData data;
    private final Images unseen;
    private final Map<ModelNode, Features> known = new IdentityHashMap<>();
    private final Map<ModelNode, Features> other = new IdentityHashMap<>();
    private long free = Runtime.getRuntime().maxMemory() / SHARE / Float.BYTES;

    /**
     * Begins with nothing.
     *
     * @param unseen images that no node was trained on; null if there are none
     */
    Bodies(Umig umig, TrainingData data, Images unseen) {
        this.umig = umig;
        this.data = data;
        this.unseen = unseen;
    }

    /** Returns what a node makes of its training data. */
    Features known(ModelNode node, boolean asTrained) {
        return of(node, umig.data(node, data), asTrained ? known : null);
    }

    /** Returns what a node makes of the unseen images of the labels that it knows. */
    Features unseen(ModelNode node, boolean asTrained) {
        return of(node, unseen.only(umig.known(node)), asTrained ? other : null);
    }

    private Features of(ModelNode node, Images images, Map<ModelNode, Features> kept) {
        if (kept != null && kept.containsKey(node)) {
            return kept.get(node);
        }
        Features features = Features.of(node.model(), images);
        if (kept != null && features.values().length <= free) {
            free -= features.values().length;
            kept.put(node, features);
        }
        return features;
    }
}
