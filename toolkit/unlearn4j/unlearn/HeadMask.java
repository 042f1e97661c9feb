package unlearn4j.unlearn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Head;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * The control that every result on the last layer stands beside: the forgotten labels' logits become −∞, and nothing else
 * changes. No Fisher information, and nothing forgotten: the network still knows, it does not say. A node can only be
 * silenced on labels of which it is to forget every image.
 */
public final class HeadMask extends UnlearningMethod<HeadMask> {
    private HeadMask(Umig umig) {
        super(umig);
    }

    /** Begins with a graph. */
    public static HeadMask on(Umig umig) {
        return new HeadMask(umig);
    }

    @Override
    HeadMask self() {
        return this;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException also if no node is to forget every image of a label
     */
    @Override
    public UnlearningResult run() {
        UnlearningGraph unlearning = unlearning();
        Map<String, Double> phases = new LinkedHashMap<>();
        Map<ModelNode, Double> seconds = new LinkedHashMap<>();
        long start = System.nanoTime();
        Map<ModelNode, NodeWeights> heads = new LinkedHashMap<>();
        for (ModelNode node : unlearning.nodes()) {
            long begin = System.nanoTime();
            Labels labels = whollyForgotten(unlearning, umig.reached(node));
            if (!labels.isEmpty()) {
                heads.put(node, new NodeWeights.OfHead(masked(node.model().head(), labels)));
            }
            seconds.put(node, (System.nanoTime() - begin) / 1e9);
        }
        Check.that(
                !heads.isEmpty(),
                "HeadMask silences whole labels, and every node keeps some images of each label of "
                        + "these %s: use another method",
                unlearning.request());
        Changes changes = new Changes(heads);
        changes.apply();
        lap("mask", start, phases);
        return new UnlearningResult("HeadMask", umig, unlearning, changes, phases, seconds);
    }

    private static Labels whollyForgotten(UnlearningGraph unlearning, Images reached) {
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
