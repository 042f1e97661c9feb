/**
 * What a model that was made to forget still knows: what it says, {@link unlearn4j.audit.Forgetting}, and what its
 * features would let others say, {@link unlearn4j.audit.FeatureProbe}.
 *
 * <pre>{@code
 * Forgetting.of(model, data.test().without(Labels.of(3)), data.test().only(Labels.of(3)));   // AD_r and AD_f
 * var probe = FeatureProbe.of(Features.of(model, data.train()));
 * probe.evaluate(Features.of(model, data.test())).accuracy(Labels.of(3));                    // in percent
 * }</pre>
 */
package unlearn4j.audit;
