package unlearn4j.experiment;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.audit.Panel;
import unlearn4j.core.Check;

/** What a {@link Panel} of audits found, as rows and as a table. */
public final class Audits {
    private Audits() {}

    /** Returns every number of every run, as {@link Comparison} has its own: the metric, the approach, the seed. */
    public static Measurements of(Panel panel) {
        return Measurements.of(Check.given("panel", panel).values().stream()
                .map(one -> Measurement.of(one.measure(), one.value(), one.unit())
                        .about("approach", one.model())
                        .seed(one.seed()))
                .toList());
    }

    /**
     * Returns a row for each measure of each approach: its mean, the re-trained model's, their difference with its 95 %
     * interval (missing for one seed), p by Holm's correction for all measures of the approach, and the verdict.
     */
    public static Table table(Panel panel) {
        List<Panel.Gap> gaps = Check.given("panel", panel).gaps();
        return Table.create(
                "Beside the re-trained model",
                words("approach", gaps, Panel.Gap::model),
                words("measure", gaps, Panel.Gap::measure),
                words("unit", gaps, Panel.Gap::unit),
                numbers("value", gaps, gap -> gap.value().estimate()),
                numbers("re-trained", gaps, gap -> gap.retrained().estimate()),
                numbers("difference", gaps, gap -> gap.difference().interval().estimate()),
                numbers("from", gaps, gap -> gap.difference().interval().low()),
                numbers("to", gaps, gap -> gap.difference().interval().high()),
                numbers("p", gaps, gap -> gap.difference().p()),
                words("verdict", gaps, gap -> gap.verdict().toString()));
    }

    private static StringColumn words(String name, List<Panel.Gap> gaps, Function<Panel.Gap, String> of) {
        return StringColumn.create(name, gaps.stream().map(of));
    }

    private static DoubleColumn numbers(String name, List<Panel.Gap> gaps, ToDoubleFunction<Panel.Gap> of) {
        DoubleColumn numbers = Measurements.number(name, 3);
        gaps.forEach(gap -> numbers.append(of.applyAsDouble(gap)));
        return numbers;
    }
}
