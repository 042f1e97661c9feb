package unlearn4j.unlearn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import unlearn4j.data.Labels;
import unlearn4j.train.Head;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * The control that every result on the last layer stands beside: the forgotten labels' logits become −∞, and nothing else
 * changes. No Fisher information, and nothing forgotten: the network still knows, it does not say.
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

    @Override
    public UnlearningResult run() {
        UnlearningGraph unlearning = unlearning();
        Map<String, Double> seconds = new LinkedHashMap<>();
        long start = System.nanoTime();
        Map<ModelNode, Head> heads = new LinkedHashMap<>();
        Map<ModelNode, Integer> touched = new LinkedHashMap<>();
        for (ModelNode node : unlearning.nodes()) {
            heads.put(node, masked(node.model().head(), unlearning.known(node)));
            touched.put(node, unlearning.known(node).size() * (node.model().spec().features() + 1));
        }
        lap("mask", start, seconds);
        return new UnlearningResult("HeadMask", umig, unlearning, heads, touched, seconds);
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
