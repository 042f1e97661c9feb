package unlearn4j.unlearn;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import unlearn4j.core.Check;
import unlearn4j.train.Classifier;
import unlearn4j.train.Head;
import unlearn4j.train.Origin;
import unlearn4j.train.Weights;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Past;

/** What a method changes of a node's network: the head alone, or all weights. */
public abstract sealed class NodeWeights {

    private final Origin origin;

    private NodeWeights(Origin origin) {
        this.origin = origin;
    }

    /** Returns a head, under which the body stays as it is. */
    public static NodeWeights of(Head head) {
        return new OfHead(Check.given("head", head), Origin.UNKNOWN);
    }

    /** Returns all weights of a network. */
    public static NodeWeights of(Weights weights) {
        return new Whole(Check.given("weights", weights).copy(), Origin.UNKNOWN);
    }

    /** Returns all weights of a network, which know how they were made. */
    static NodeWeights of(Classifier made) {
        return new Whole(made.weights().copy(), made.origin());
    }

    /** Returns how they were made, if that is known. */
    final Origin origin() {
        return origin;
    }

    /** Returns the same part of a network as it is now. */
    abstract NodeWeights now(Classifier model);

    /** Puts this part into a network, which then comes from where it does. */
    final void load(Classifier model) {
        put(model);
        model.comesFrom(origin);
    }

    abstract void put(Classifier model);

    /** Gives it to a graph's past, as what the node was. */
    abstract void keep(Past past, ModelNode node);

    /** Returns the numbers, array by array. */
    abstract List<float[]> arrays();

    /** Returns whether every number is the same, bit for bit. */
    final boolean sameAs(NodeWeights other) {
        return changed(other).isEmpty();
    }

    /** Returns the places, counted from the first number of the first array, at which another differs in some bit. */
    final BitSet changed(NodeWeights other) {
        BitSet places = new BitSet();
        int start = 0;
        for (int array = 0; array < arrays().size(); array++) {
            float[] mine = arrays().get(array);
            float[] others = other.arrays().get(array);
            for (int i = Arrays.mismatch(mine, others); i >= 0 && i < mine.length; i++) {
                if (Float.floatToIntBits(mine[i]) != Float.floatToIntBits(others[i])) {
                    places.set(start + i);
                }
            }
            start += mine.length;
        }
        return places;
    }

    /** A head. */
    static final class OfHead extends NodeWeights {
        private final Head head;

        OfHead(Head head, Origin origin) {
            super(origin);
            this.head = head;
        }

        Head head() {
            return head;
        }

        @Override
        NodeWeights now(Classifier model) {
            return new OfHead(model.head(), model.origin());
        }

        @Override
        void put(Classifier model) {
            model.load(head);
        }

        @Override
        void keep(Past past, ModelNode node) {
            past.keep(node, head);
        }

        @Override
        List<float[]> arrays() {
            return List.of(head.weight(), head.bias());
        }
    }

    /** All weights: the numbers of each parameter, the head's last. */
    static final class Whole extends NodeWeights {
        private final List<float[]> arrays;

        Whole(List<float[]> arrays, Origin origin) {
            super(origin);
            this.arrays = arrays;
        }

        @Override
        NodeWeights now(Classifier model) {
            return of(model);
        }

        @Override
        void put(Classifier model) {
            model.load(Weights.of(arrays));
        }

        @Override
        void keep(Past past, ModelNode node) {
            past.keep(node, Weights.of(arrays));
        }

        @Override
        List<float[]> arrays() {
            return arrays;
        }
    }
}
