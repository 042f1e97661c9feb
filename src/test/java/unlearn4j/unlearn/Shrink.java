package unlearn4j.unlearn;

import unlearn4j.train.Head;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/** A method as somebody else would write it: a tenth of each weight of what is to be forgotten. */
final class Shrink extends UnlearningMethod<Shrink> {
    Shrink(Umig umig) {
        super(umig);
    }

    @Override
    protected NodeWeights unlearn(ModelNode node, UnlearningGraph unlearning) {
        Head head = node.model().head();
        float[] weight = head.weight().clone();
        for (int label : unlearning.known(node).values()) {
            for (int j = 0; j < head.features(); j++) {
                weight[label * head.features() + j] *= 0.1f;
            }
        }
        return NodeWeights.of(new Head(head.classes(), head.features(), weight, head.bias()));
    }
}
