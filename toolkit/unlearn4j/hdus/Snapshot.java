package unlearn4j.hdus;

import java.util.function.Supplier;
import unlearn4j.data.Images;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.Classifier;
import unlearn4j.train.Weights;

/**
 * A network as it was at one moment. It answers while the network that it was taken from is trained on; the copy is made
 * when somebody first asks.
 */
final class Snapshot {
    private final Supplier<Classifier> source;
    private Classifier model;

    private Snapshot(Supplier<Classifier> source) {
        this.source = source;
    }

    /** Returns a network that does not change any more. */
    static Snapshot of(Classifier finished) {
        return new Snapshot(() -> finished);
    }

    /** Returns what makes a network when it is first asked for; if that fails, the next who asks tries again. */
    static Snapshot of(Supplier<Classifier> source) {
        return new Snapshot(source);
    }

    /** Returns a network of those weights. */
    static Snapshot of(ModelSpec spec, Images like, Weights weights) {
        return new Snapshot(() -> {
            Classifier copy = Classifier.create(spec, like, 0);
            copy.load(weights);
            return copy;
        });
    }

    /** Returns the network; not to be trained. */
    synchronized Classifier model() {
        if (model == null) {
            model = source.get();
        }
        return model;
    }
}
