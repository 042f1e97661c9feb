package unlearn4j.hdus;

import unlearn4j.train.Classifier;

/**
 * A seed model as a client's neighbours receive it: paper A's s_k.
 *
 * @param owner the client whose main model it was distilled from
 * @param model the network; it does not change any more
 */
public record SeedModel(String owner, Classifier model) {
}
