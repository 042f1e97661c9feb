package unlearn4j.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
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

    /**
     * Returns a row for each measure and a column for each approach: its mean less the re-trained model's, in the measure's
     * unit, and the verdict.
     */
    public static Table beside(Panel panel) {
        List<Panel.Gap> gaps = Check.given("panel", panel).gaps();
        Table table = Table.create(
                "Minus the re-trained model's",
                StringColumn.create("measure", gaps.stream().map(Audits::named).distinct()));
        models(gaps)
                .forEach(model -> table.addColumns(StringColumn.create(
                        model, table.stringColumn(0).asList().stream().map(measure -> gaps.stream()
                                .filter(gap ->
                                        gap.model().equals(model) && named(gap).equals(measure))
                                .map(gap -> String.format(
                                        Locale.ROOT,
                                        "%+.2f %s",
                                        gap.difference().interval().estimate(),
                                        gap.verdict()))
                                .collect(Collectors.joining())))));
        return table;
    }

    private static String named(Panel.Gap gap) {
        return gap.unit().isEmpty() ? gap.measure() : gap.measure() + ", " + gap.unit();
    }

    private static List<String> models(List<Panel.Gap> gaps) {
        return gaps.stream().map(Panel.Gap::model).distinct().toList();
    }

    /**
     * Returns whether each approach has forgotten as re-training does: "no" if a measure differs, and how many do, agree, or
     * can't tell. That none differs is no acquittal. Nobody is judged where the panel doesn't convict the original.
     *
     * @param original what the panel calls the network before any method
     */
    public static Table verdicts(Panel panel, String original) {
        boolean judged = Check.given("panel", panel).convicts(Check.given("original", original));
        List<Panel.Gap> gaps = panel.gaps();
        Table table = Table.create(
                "Has it forgotten as re-training does?",
                StringColumn.create("approach"),
                StringColumn.create("verdict"),
                IntColumn.create("differs"),
                IntColumn.create("as the re-trained"),
                IntColumn.create("can't tell"),
                StringColumn.create("differs in"));
        for (String model : models(gaps)) {
            Map<Panel.Verdict, List<String>> of = gaps.stream()
                    .filter(gap -> gap.model().equals(model))
                    .collect(Collectors.groupingBy(
                            Panel.Gap::verdict, Collectors.mapping(Panel.Gap::measure, Collectors.toList())));
            List<String> differs = of.getOrDefault(Panel.Verdict.DIFFERS, List.of());
            table.stringColumn("approach").append(model);
            table.stringColumn("verdict")
                    .append(
                            !judged
                                    ? "not judged: the panel doesn't tell the original"
                                    : differs.isEmpty() ? "not shown otherwise" : "no");
            table.intColumn("differs").append(differs.size());
            table.intColumn("as the re-trained")
                    .append(of.getOrDefault(Panel.Verdict.AS_RETRAINED, List.of())
                            .size());
            table.intColumn("can't tell")
                    .append(of.getOrDefault(Panel.Verdict.CANT_TELL, List.of()).size());
            table.stringColumn("differs in").append(String.join(", ", differs));
        }
        return table;
    }

    /**
     * Returns where each approach stands between the re-trained model, 0, and the original, 1, in each measure in which the
     * original differs: the one's mean difference over the other's, cut at −1 and 2.
     *
     * @param original what the panel calls the network before any method
     */
    public static Measurements places(Panel panel, String original) {
        List<Panel.Gap> gaps = Check.given("panel", panel).gaps();
        Check.that(
                models(gaps).contains(Check.given("original", original)),
                "%s was not audited, but %s",
                original,
                models(gaps));
        Map<String, Double> whole = gaps.stream()
                .filter(gap -> gap.model().equals(original) && gap.verdict() == Panel.Verdict.DIFFERS)
                .collect(Collectors.toMap(
                        Panel.Gap::measure, gap -> gap.difference().interval().estimate()));
        return Measurements.of(gaps.stream()
                .filter(gap -> whole.containsKey(gap.measure()))
                .map(gap -> Measurement.of(
                                "place",
                                Math.max(
                                        -1,
                                        Math.min(2, gap.difference().interval().estimate() / whole.get(gap.measure()))),
                                "")
                        .about("approach", gap.model())
                        .about("audit", gap.measure()))
                .toList());
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
