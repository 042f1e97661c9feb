package unlearn4j.unlearn;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import unlearn4j.train.Classifier;
import unlearn4j.train.Head;
import unlearn4j.train.Weights;

/** What a method changes of a node's network: the head alone, or all weights. */
sealed interface NodeWeights {

    /** Returns the same part of a network as it is now. */
    NodeWeights now(Classifier model);

    /** Puts this part into a network. */
    void load(Classifier model);

    /** Returns the numbers, array by array. */
    List<float[]> arrays();

    /** Returns whether every number is the same, bit for bit. */
    default boolean sameAs(NodeWeights other) {
        return changed(other).isEmpty();
    }

    /** Returns the places, counted from the first number of the first array, at which another differs in some bit. */
    default BitSet changed(NodeWeights other) {
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

    /**
     * A head.
     *
     * @param head the head
     */
    record OfHead(Head head) implements NodeWeights {
        @Override
        public NodeWeights now(Classifier model) {
            return new OfHead(model.head());
        }

        @Override
        public void load(Classifier model) {
            model.load(head);
        }

        @Override
        public List<float[]> arrays() {
            return List.of(head.weight(), head.bias());
        }
    }

    /**
     * All weights.
     *
     * @param arrays the numbers of each parameter, the head's last
     */
    record Whole(List<float[]> arrays) implements NodeWeights {
        @Override
        public NodeWeights now(Classifier model) {
            return new Whole(model.weights().copy());
        }

        @Override
        public void load(Classifier model) {
            model.load(Weights.of(arrays));
        }
    }
}
