package unlearn4j.unlearn;

import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.fisher.Mlp;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;

/**
 * Paper B's Figure 4, in small: two roots that know different labels, w_s 0–3 and w_f 2–5; w_j inherits from w_s, and w_h
 * from w_j and w_f. Each trained for a moment.
 */
final class SmallGraph {
    static final Images IMAGES = TinyImages.of(6, 20, 4);
    static final TrainingConfig TRAINING =
            TrainingConfig.DEFAULT.epochs(15).batchSize(16).learningRate(0.05);

    private static final Images OF_S = IMAGES.slice(0, 60).only(Labels.range(0, 4));
    private static final Images OF_F = IMAGES.only(Labels.range(2, 6)).slice(0, 40);
    private static final Images OF_J = IMAGES.slice(60, 90).only(Labels.range(0, 4));
    private static final Images OF_H = IMAGES.slice(90, 120);
    private static final Classifier S = trained(fresh(1), OF_S);
    private static final Classifier F = trained(fresh(2), OF_F);
    private static final Classifier J = trained(S.copy(), OF_J);
    private static final Classifier H = trained(J.copy(), OF_H);

    private SmallGraph() {}

    private static Classifier fresh(long seed) {
        return Classifier.create(new Mlp(12, 8), IMAGES, seed);
    }

    private static Classifier trained(Classifier start, Images shard) {
        return Training.of(start, shard, TRAINING).run();
    }

    /** Returns a graph of one's own. */
    static Umig trained() {
        return Umig.of()
                .add(new ModelNode("w_s", S.copy(), OF_S))
                .add(new ModelNode("w_f", F.copy(), OF_F))
                .add(new ModelNode("w_j", J.copy(), OF_J))
                .add(new ModelNode("w_h", H.copy(), OF_H))
                .inherit("w_j", "w_s")
                .inherit("w_h", "w_j", "w_f");
    }
}
