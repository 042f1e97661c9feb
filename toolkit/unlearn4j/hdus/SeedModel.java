package unlearn4j.hdus;

import unlearn4j.core.Check;
import unlearn4j.data.Labels;
import unlearn4j.train.Classifier;

/**
 * A seed model as a client's neighbours receive it: paper A's s_k.
 *
 * @param owner the client whose main model it was distilled from
 * @param known the classes of which that client has images
 * @param model the network; it does not change any more
 * @param sha256 the SHA-256 of its weights, by which a request to forget names it
 */
public record SeedModel(String owner, Labels known, Classifier model, String sha256) {

    /** Makes a seed model. */
    public SeedModel {
        Check.given("owner", owner);
        Check.given("known", known);
        Check.given("model", model);
        Check.given("sha256", sha256);
    }

    /** Makes a seed model of a network as it is now. */
    public SeedModel(String owner, Labels known, Classifier model) {
        this(owner, known, model, Check.given("model", model).weights().sha256());
    }

    /** Returns the length of the message that brings it: its numbers as 32-bit floats, and a bit a class. */
    public long bytes() {
        return model.bytes() + (model.classes() + 7) / 8;
    }
}
