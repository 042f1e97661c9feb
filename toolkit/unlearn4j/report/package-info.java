/**
 * How an experiment shows what it found and keeps it: charts in one style, pictures of inheritance graphs, tables, and
 * results on disk with the record of what made them. Nothing here trains or measures. {@link unlearn4j.report.Figures}
 * shows, {@link unlearn4j.report.Results} keeps:
 *
 * <pre>{@code
 * var chart = Figures.comparison("What is left of the label", compared, "AD_f");
 * Results.of("mine", Scale.current()).rows(compared.measurements()).chart("left", chart).write();
 * Results.read(Path.of("results/mine/quick")).rows();                      // the newest run's
 * }</pre>
 */
package unlearn4j.report;
