/**
 * What a model that was made to forget still knows: what it says, {@link unlearn4j.audit.Forgetting}, and what its
 * features would let others say, {@link unlearn4j.audit.FeatureProbe}.
 *
 * <pre>{@code
 * var label = Labels.of(3);
 * Forgetting.of(model, data.test().without(label), data.test().only(label));       // AD_r and AD_f
 * FeatureProbe.of(model, data.train()).accuracy(data.test(), label);               // in percent
 * }</pre>
 */
package unlearn4j.audit;
