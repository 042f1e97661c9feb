/**
 * What a model that was made to forget still knows. Nothing here knows which method made it, and each measure belongs beside
 * that of a model that was re-trained without what is to be forgotten: {@link unlearn4j.audit.Panel} holds all of them against
 * it, seed by seed, and says where it can't tell. By themselves there are what a model says,
 * {@link unlearn4j.audit.Forgetting}; what its features would let others say, {@link unlearn4j.audit.FeatureProbe},
 * {@link unlearn4j.audit.LinearProbe} and {@link unlearn4j.audit.Relearning}; whether it shows on which images it was trained,
 * {@link unlearn4j.audit.Membership} and {@link unlearn4j.audit.ULira}; whether a client that planted a backdoor still speaks
 * from it, {@link unlearn4j.audit.Backdoor}; how far it lies from another,
 * {@link unlearn4j.audit.Distance}; whether many that forgot can be told from many that were re-trained,
 * {@link unlearn4j.audit.ForgettingQuality}; and how sure a number is, {@link unlearn4j.audit.Interval}.
 *
 * <pre>{@code
 * var panel = Panel.of(data.train().only(Labels.of(3)), data.train().without(Labels.of(3)), data.test());
 * panel = panel.audit(1, model, Map.of("original", model));     // one seed: the re-trained model, and the others by name
 * show(Audits.table(panel));                                    // each difference, with its interval and a verdict
 * }</pre>
 */
package unlearn4j.audit;
