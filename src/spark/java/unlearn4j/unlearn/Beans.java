package unlearn4j.unlearn;

import java.util.ArrayList;
import java.util.List;
import unlearn4j.core.Check;
import unlearn4j.fisher.Fisher;
import unlearn4j.train.Head;

/** Rows of Spark's datasets: its encoder of beans is the one that gives arrays of floats as they are. */
final class Beans {
    private Beans() {}

    /** What a merge set's unlearning FIMs make together: one matrix an update. */
    public static class MergedRow {
        private int mergeSet = -1;
        private float[][] mergedWeight;
        private float[][] mergedBias;

        /** A row of nothing, which Spark fills. */
        public MergedRow() {}

        MergedRow(int mergeSet, List<Fisher> merged) {
            this.mergeSet = mergeSet;
            mergedWeight = merged.stream().map(Fisher::weight).toArray(float[][]::new);
            mergedBias = merged.stream().map(Fisher::bias).toArray(float[][]::new);
        }

        List<Fisher> merged() {
            List<Fisher> merged = new ArrayList<>();
            for (int i = 0; i < mergedWeight.length; i++) {
                merged.add(fim(mergedWeight[i], mergedBias[i]));
            }
            return merged;
        }

        /** Lets go of what the job alone needed. */
        void untold() {
            mergedWeight = null;
            mergedBias = null;
        }

        public int getMergeSet() {
            return mergeSet;
        }

        public void setMergeSet(int value) {
            mergeSet = value;
        }

        public float[][] getMergedWeight() {
            return mergedWeight;
        }

        public void setMergedWeight(float[][] value) {
            mergedWeight = value;
        }

        public float[][] getMergedBias() {
            return mergedBias;
        }

        public void setMergedBias(float[][] value) {
            mergedBias = value;
        }
    }

    /** A head and its FIM; in the middle of a job it is joined with what its merge set makes. */
    public static final class HeadRow extends MergedRow {
        private int node;
        private float[] weight;
        private float[] bias;
        private float[] fimWeight;
        private float[] fimBias;
        private int touched;

        /** A row of nothing, which Spark fills. */
        public HeadRow() {}

        HeadRow(int node, Head head, Fisher fim) {
            this.node = node;
            weight = head.weight();
            bias = head.bias();
            fimWeight = fim == null ? null : fim.weight();
            fimBias = fim == null ? null : fim.bias();
        }

        Head head() {
            Check.that(
                    weight != null && bias != null,
                    "node %d has no weight or no bias in its heads: store it anew",
                    node);
            return new Head(bias.length, weight.length / bias.length, weight, bias);
        }

        /** Returns F; null where nobody has estimated it for this head. */
        Fisher fim() {
            return fimWeight == null || fimBias == null ? null : Beans.fim(fimWeight, fimBias);
        }

        void updated(FiunUpdate update) {
            weight = update.head().weight();
            bias = update.head().bias();
            touched = update.touched();
            if (touched > 0) {
                fimWeight = null;
                fimBias = null;
            }
            untold();
        }

        public int getNode() {
            return node;
        }

        public void setNode(int value) {
            node = value;
        }

        public float[] getWeight() {
            return weight;
        }

        public void setWeight(float[] value) {
            weight = value;
        }

        public float[] getBias() {
            return bias;
        }

        public void setBias(float[] value) {
            bias = value;
        }

        public float[] getFimWeight() {
            return fimWeight;
        }

        public void setFimWeight(float[] value) {
            fimWeight = value;
        }

        public float[] getFimBias() {
            return fimBias;
        }

        public void setFimBias(float[] value) {
            fimBias = value;
        }

        public int getTouched() {
            return touched;
        }

        public void setTouched(int value) {
            touched = value;
        }
    }

    /** The unlearning FIM of a discovery node, for some labels; in a job, at a place of a merge set. */
    public static final class FimRow {
        private int node;
        private String labels;
        private float[] weight;
        private float[] bias;
        private int mergeSet;
        private int place;

        /** A row of nothing, which Spark fills. */
        public FimRow() {}

        FimRow(int node, String labels, Fisher fim) {
            this.node = node;
            this.labels = labels;
            weight = fim.weight();
            bias = fim.bias();
        }

        Fisher fim() {
            return Beans.fim(weight, bias);
        }

        public int getNode() {
            return node;
        }

        public void setNode(int value) {
            node = value;
        }

        public String getLabels() {
            return labels;
        }

        public void setLabels(String value) {
            labels = value;
        }

        public float[] getWeight() {
            return weight;
        }

        public void setWeight(float[] value) {
            weight = value;
        }

        public float[] getBias() {
            return bias;
        }

        public void setBias(float[] value) {
            bias = value;
        }

        public int getMergeSet() {
            return mergeSet;
        }

        public void setMergeSet(int value) {
            mergeSet = value;
        }

        public int getPlace() {
            return place;
        }

        public void setPlace(int value) {
            place = value;
        }
    }

    private static Fisher fim(float[] weight, float[] bias) {
        return new Fisher(bias.length, weight.length / bias.length, weight, bias);
    }
}
