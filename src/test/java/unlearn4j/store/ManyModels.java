package unlearn4j.store;

import java.util.List;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;

/** A graph of any number of tiny models: three roots, and heirs of three each; the roots know different labels. */
final class ManyModels {
    static final Dataset DATA = TinyImages.dataset(4, 12, 8);

    private static final ResNet NET = new ResNet("tiny", List.of(1), List.of(4));

    private ManyModels() {}

    static Umig graph(int models) {
        Umig umig = Umig.of();
        for (int i = 0; i < models; i++) {
            Classifier model = Classifier.create(NET, DATA.train(), i % 7);
            umig.add(new ModelNode("w_" + i, model, shard(i)));
            if (i >= 3) {
                umig.inherit("w_" + i, "w_" + i / 3);
            }
            if (i > 3 && i % 5 == 0) {
                umig.inherit("w_" + i, "w_" + i % 3);
            }
        }
        return umig;
    }

    private static Images shard(int i) {
        Images train = DATA.train();
        int from = 4 * (i % 8);
        return i == 0 ? train.slice(0, 3) : train.slice(from, from + 12);
    }
}
