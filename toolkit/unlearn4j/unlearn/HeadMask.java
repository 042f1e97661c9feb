package unlearn4j.unlearn;

import java.util.Arrays;
import unlearn4j.core.Refusal;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Head;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.TrainingData;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * The control that every result on the last layer stands beside: the forgotten labels' logits become −∞, and nothing else
 * changes. No Fisher information, and nothing forgotten: the network still knows, it does not say. A node can only be
 * silenced on labels of which it is to forget every image that reached it.
 */
public final class HeadMask extends UnlearningMethod<HeadMask> {
    private HeadMask(Umig umig) {
        super(umig);
    }

    /** Begins with a graph. */
    public static HeadMask on(Umig umig) {
        return new HeadMask(umig);
    }

    /** Refuses where no node is to forget every image of a label. */
    @Override
    UnlearningResult run(UnlearningGraph unlearning) {
        Refusal.unless(
                unlearning.nodes().stream()
                        .anyMatch(node -> !whollyForgotten(unlearning, node).isEmpty()),
                "HeadMask silences whole labels, and every node keeps some images of each label of %s: use another "
                        + "method",
                unlearning.request());
        return super.run(unlearning);
    }

    @Override
    protected NodeWeights unlearn(ModelNode node, UnlearningGraph unlearning) {
        return NodeWeights.of(masked(node.model().head(), whollyForgotten(unlearning, node)));
    }

    private static Labels whollyForgotten(UnlearningGraph unlearning, ModelNode node) {
        Images reached = unlearning.data(node, TrainingData.ALL_THAT_REACHED);
        return unlearning
                .forgotten(reached)
                .labels()
                .without(unlearning.retained(reached).labels());
    }

    private static Head masked(Head head, Labels labels) {
        float[] weight = head.weight().clone();
        float[] bias = head.bias().clone();
        for (int label : labels.values()) {
            Arrays.fill(weight, label * head.features(), (label + 1) * head.features(), 0);
            bias[label] = Float.NEGATIVE_INFINITY;
        }
        return new Head(head.classes(), head.features(), weight, bias);
    }
}
