package unlearn4j.unlearn;

import unlearn4j.core.Check;
import unlearn4j.fisher.Fisher;
import unlearn4j.train.Head;

/**
 * The update of one head (paper B, Eq. 6): a parameter w with F̂/F &gt; γ becomes min(τ F/F̂, η) w, any other stays.
 * With F̂ = 0 a parameter stays; with F = 0 and F̂ &gt; 0 the ratio is infinite and the factor 0.
 *
 * @param head the head afterwards
 * @param touched how many of its parameters were scaled
 */
public record FiunUpdate(Head head, int touched) {

    /**
     * Updates.
     *
     * @param node the node's name, for messages
     * @param head its head; not changed
     * @param merged F̂, the merged unlearning FIM, or its column shares
     * @param model F, the model FIM, or its column shares
     * @param config γ, τ and η
     * @throws IllegalArgumentException if the matrices don't fit the head, or the head holds NaN or infinite weights
     */
    public static FiunUpdate of(String node, Head head, Fisher merged, Fisher model, FiunConfig config) {
        for (Fisher fisher : new Fisher[] {merged, model}) {
            Check.that(fisher.classes() == head.classes() && fisher.features() == head.features(),
                    "Fisher information of %d×%d does not fit the head of %s, which is %d×%d", fisher.classes(),
                    fisher.features(), node, head.classes(), head.features());
        }
        checkFinite(node, head);
        float[] weight = head.weight().clone();
        float[] bias = head.bias().clone();
        int touched = scale(weight, merged.weight(), model.weight(), config)
                + scale(bias, merged.bias(), model.bias(), config);
        return new FiunUpdate(new Head(head.classes(), head.features(), weight, bias), touched);
    }

    private static int scale(float[] values, float[] merged, float[] model, FiunConfig config) {
        int touched = 0;
        for (int l = 0; l < values.length; l++) {
            double unlearning = merged[l];
            double trained = model[l];
            // F̂ > γ F says what F̂/F > γ says, and says it without a division by zero.
            if (unlearning > 0 && unlearning > config.gamma() * trained) {
                values[l] = (float) (Math.min(config.tau() * trained / unlearning, config.eta()) * values[l]);
                touched++;
            }
        }
        return touched;
    }

    /** Refuses a head with NaN or infinite weights. */
    static void checkFinite(String node, Head head) {
        checkFinite(node, "weight", head.weight());
        checkFinite(node, "bias", head.bias());
    }

    private static void checkFinite(String node, String layer, float[] values) {
        for (float value : values) {
            Check.that(Float.isFinite(value), "node %s, head %s holds %s: only finite numbers can be scaled, %s", node,
                    layer, value, value == Float.NEGATIVE_INFINITY ? "undo its HeadMask first" : "train it anew");
        }
    }
}
