package unlearn4j.unlearn;

import java.util.List;
import java.util.Map;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * Re-training, paper B's benchmark: the nodes of the unlearning graph are trained from scratch in their order, each on the
 * images that reached it without those to forget. A node without parents starts from fresh weights; any other from its
 * parents', re-trained where they were concerned: their average by the weights of the edges where there are several. A
 * node with nothing left to learn from keeps what it started from.
 *
 * <p>For federated graphs that is an approximation: the rounds of federated averaging, in which clients and server pass
 * weights to and fro, are not run again; each node is trained once, on all that reached it.
 */
public final class Retrain extends TrainedMethod<Retrain> {

    private Retrain(Umig umig) {
        super(umig, TrainingConfig.DEFAULT);
    }

    /** Begins with {@link TrainingConfig#DEFAULT}; give it the one that the graph was trained with. */
    public static Retrain on(Umig umig) {
        return new Retrain(umig);
    }

    @Override
    Retrain self() {
        return this;
    }

    @Override
    Images shown(UnlearningGraph unlearning, Images reached) {
        return unlearning.retained(reached);
    }

    @Override
    Classifier start(ModelNode node, Map<ModelNode, Classifier> parents, Seed seed) {
        Classifier start = Classifier.create(node.model().spec(), node.shard(), seed.value());
        // A parent of another architecture has no weights to start from.
        List<ModelNode> alike = parents.keySet().stream()
                .filter(parent -> parent.model().spec().equals(node.model().spec()))
                .toList();
        if (!alike.isEmpty()) {
            start.load(Weights.average(
                    alike.stream().map(parent -> parents.get(parent).weights()).toList(),
                    alike.stream()
                            .mapToDouble(parent -> umig.weight(parent, node))
                            .toArray()));
        }
        return start;
    }

    @Override
    Training prepare(
            UnlearningGraph unlearning, ModelNode node, Classifier start, Images shown, TrainingConfig config) {
        return Training.of(start, shown, config);
    }
}
