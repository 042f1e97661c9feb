package unlearn4j.unlearn;

import unlearn4j.core.Check;
import unlearn4j.train.Head;
import unlearn4j.umig.ModelNode;

/** A node's weights at one moment, to notice later whether they are still the same. */
record Unchanged(ModelNode node, long bodyVersion, Head head) {

    /** Takes note of a node as it is now. */
    static Unchanged since(ModelNode node) {
        return new Unchanged(node, node.model().bodyVersion(), node.model().head());
    }

    /** Returns whether the node's weights are still the same. */
    boolean holds() {
        return bodyVersion == node.model().bodyVersion()
                && head.sameAs(node.model().head());
    }

    /**
     * Refuses if the node was changed.
     *
     * @param format what is wrong then and the way out; its first value is the node
     * @param values the others
     */
    void check(String format, Object... values) {
        if (!holds()) {
            Object[] all = new Object[values.length + 1];
            all[0] = node;
            System.arraycopy(values, 0, all, 1, values.length);
            throw Check.refusal(format, all);
        }
    }
}
