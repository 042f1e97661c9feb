package unlearn4j.unlearn;

import java.util.List;
import unlearn4j.core.Check;
import unlearn4j.fisher.Fisher;
import unlearn4j.train.Head;

/**
 * The update of one node (paper B, Eq. 6): a parameter w with F̂/F &gt; γ becomes min(τ F/F̂, η) w, any other stays.
 * With F̂ = 0 a parameter stays; with F = 0 and F̂ &gt; 0 the ratio is infinite and the factor 0.
 *
 * @param head the head afterwards
 * @param body the parameters of the layers before the head that are updated too, afterwards; none but for Fig. 9
 * @param touched how many parameters were scaled
 */
public record FiunUpdate(Head head, List<float[]> body, int touched) {

    /** Makes an update; what it holds is taken over, not copied. */
    public FiunUpdate {
        Check.given("head", head);
        Check.allGiven("body", body);
        Check.notNegative("touched", touched);
    }

    /**
     * Updates a head from what is on a disk, say, with no network at hand: lines 9 and 10 of Algorithm 1.
     *
     * @param node the node's name, for messages
     * @param head its head; not changed
     * @param unlearning F̂ of each discovery node that it traces back to, as estimated, in their order
     * @param model F, the model FIM as estimated
     * @param config the merging function, column shares, γ, τ and η
     * @throws IllegalArgumentException if the matrices don't fit the node, or it holds NaN or infinite weights
     */
    public static FiunUpdate of(String node, Head head, List<Fisher> unlearning, Fisher model, FiunConfig config) {
        Check.given("config", config);
        List<Fisher> scaled = Check.notEmpty("unlearning", unlearning).stream()
                .map(fisher -> Fiun.scaled(fisher, config))
                .toList();
        Fisher own = Fiun.scaled(Check.given("model", model), config);
        FiunUpdate update = new FiunUpdate(Check.given("head", head), List.of(), 0);
        int touched = 0;
        for (Fisher merged : config.merge().of(scaled)) {
            update = of(node, update.head, merged, own, config);
            touched += update.touched;
        }
        return new FiunUpdate(update.head, List.of(), touched);
    }

    /** Updates a head alone; see the other. */
    static FiunUpdate of(String node, Head head, Fisher merged, Fisher model, FiunConfig config) {
        return of(node, head, List.of(), merged, model, config);
    }

    /**
     * Updates.
     *
     * @param node the node's name, for messages
     * @param head its head; not changed
     * @param body its parameters before the head that the matrices speak of; not changed
     * @param merged F̂, the merged unlearning FIM, or its column shares
     * @param model F, the model FIM, or its column shares
     * @param config γ, τ and η
     * @throws IllegalArgumentException if the matrices don't fit the node, or it holds NaN or infinite weights
     */
    static FiunUpdate of(String node, Head head, List<float[]> body, Fisher merged, Fisher model, FiunConfig config) {
        checkFits(node, head, body, merged);
        checkFits(node, head, body, model);
        checkFinite(node, head);
        body.forEach(values -> checkFinite(node, "a layer before the head", values));
        float[] weight = head.weight().clone();
        float[] bias = head.bias().clone();
        List<float[]> scaled = body.stream().map(float[]::clone).toList();
        int touched = scale(weight, merged.weight(), model.weight(), config)
                + scale(bias, merged.bias(), model.bias(), config);
        for (int i = 0; i < scaled.size(); i++) {
            touched += scale(scaled.get(i), merged.body().get(i), model.body().get(i), config);
        }
        return new FiunUpdate(new Head(head.classes(), head.features(), weight, bias), scaled, touched);
    }

    /**
     * Lines 9 and 10 of Algorithm 1: updates once for each matrix that the merging function makes of several (Eq. 5).
     *
     * @param unlearningFims F̂ of the discovery nodes, in their order, scaled as the configuration says
     * @param model F, the model FIM, as it was estimated
     */
    static FiunUpdate merged(
            String node, Head head, List<float[]> body, List<Fisher> unlearningFims, Fisher model, FiunConfig config) {
        return by(config.merge().of(unlearningFims), node, head, body, model, config);
    }

    /** Updates once for each of some merged matrices. */
    static FiunUpdate by(
            List<Fisher> merged, String node, Head head, List<float[]> body, Fisher model, FiunConfig config) {
        Fisher own = Fiun.scaled(model, config);
        FiunUpdate update = new FiunUpdate(head, body, 0);
        for (Fisher one : Check.notEmpty("merged Fisher information of " + node, merged)) {
            Check.given("merged Fisher information of " + node, one);
            FiunUpdate next = of(node, update.head, update.body, one, own, config);
            update = new FiunUpdate(next.head, next.body, update.touched + next.touched);
        }
        return update;
    }

    private static int scale(float[] values, float[] merged, float[] model, FiunConfig config) {
        double gamma = config.gamma();
        double tau = config.tau();
        double eta = config.eta();
        int touched = 0;
        for (int l = 0; l < values.length; l++) {
            double unlearning = merged[l];
            double trained = model[l];
            // F̂ > γ F says what F̂/F > γ says, and says it without a division by zero.
            if (unlearning > 0 && unlearning > gamma * trained) {
                values[l] = (float) (Math.min(tau * trained / unlearning, eta) * values[l]);
                touched++;
            }
        }
        return touched;
    }

    private static void checkFits(String node, Head head, List<float[]> body, Fisher fisher) {
        Check.that(
                fisher.classes() == head.classes() && fisher.features() == head.features(),
                "Fisher information of %d×%d does not fit the head of %s, which is %d×%d",
                fisher.classes(),
                fisher.features(),
                node,
                head.classes(),
                head.features());
        Check.that(
                lengths(fisher.body()).equals(lengths(body)),
                "Fisher information of parameters %s before the head does " + "not fit those of %s, which are %s",
                lengths(fisher.body()),
                node,
                lengths(body));
    }

    private static List<Integer> lengths(List<float[]> arrays) {
        return arrays.stream().map(values -> values.length).toList();
    }

    /**
     * Refuses a head with NaN or infinite weights, which can't be scaled.
     *
     * @param node the node's name, for the message
     */
    public static void checkFinite(String node, Head head) {
        Check.given("head of " + Check.given("node", node), head);
        checkFinite(node, "head weight", head.weight());
        checkFinite(node, "head bias", head.bias());
    }

    private static void checkFinite(String node, String layer, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw Check.refusal(
                        "node %s, %s holds %s: only finite numbers can be scaled, %s",
                        node,
                        layer,
                        value,
                        value == Float.NEGATIVE_INFINITY ? "undo its HeadMask first" : "train it anew");
            }
        }
    }
}
