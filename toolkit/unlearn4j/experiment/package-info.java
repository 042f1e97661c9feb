/**
 * The one place that measures. {@link unlearn4j.experiment.Comparison} is the front door:
 *
 * <pre>{@code
 * var compared = Comparison.of().method("FIUn", Fiun::on).method("HeadMask", HeadMask::on).run(umig, Labels.of(3));
 * compared.beside("AD_f");
 * Results.of("mine", Scale.current()).rows(compared.measurements()).write();
 * }</pre>
 */
package unlearn4j.experiment;
