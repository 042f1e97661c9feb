package unlearn4j.experiment;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.umig.UnlearningGraph;
import unlearn4j.unlearn.UnlearningResult;

/** What the runs of a comparison found so far. */
final class Found {
    private final List<Measurement> measured = new ArrayList<>();
    private final List<Phase> phases = new ArrayList<>();
    private final List<Refused> refusals = new ArrayList<>();

    private record Phase(String approach, String phase, double seconds) {}

    private record Refused(String seed, String asked, String approach, String why) {}

    /** Returns a copy that goes its own way. */
    Found copy() {
        Found copy = new Found();
        copy.measured.addAll(measured);
        copy.phases.addAll(phases);
        copy.refusals.addAll(refusals);
        return copy;
    }

    /** Returns what was measured; more is added to it. */
    List<Measurement> measured() {
        return measured;
    }

    /** Adds how long the phases of an approach took. */
    void took(String approach, UnlearningResult result) {
        result.seconds().forEach((phase, seconds) -> phases.add(new Phase(approach, phase, seconds)));
    }

    /** Adds that an approach has refused a request. */
    void refused(UnlearningGraph unlearning, String approach, String why) {
        OptionalLong seed = unlearning.umig().seed();
        refusals.add(new Refused(
                seed.isPresent() ? "" + seed.getAsLong() : "",
                unlearning.request().toString(),
                approach,
                why));
    }

    /** Returns a row for each approach and phase. */
    Table phases() {
        Map<List<String>, DoubleSummaryStatistics> seconds = new LinkedHashMap<>();
        phases.forEach(
                one -> seconds.computeIfAbsent(List.of(one.approach, one.phase), any -> new DoubleSummaryStatistics())
                        .accept(one.seconds));
        Table table = Table.create(
                "Seconds of each phase",
                StringColumn.create("approach"),
                StringColumn.create("phase"),
                Measurements.number("mean, s", 3),
                Measurements.number("longest, s", 3));
        seconds.forEach((key, of) -> {
            table.stringColumn(0).append(key.get(0));
            table.stringColumn(1).append(key.get(1));
            table.doubleColumn(2).append(of.getAverage());
            table.doubleColumn(3).append(of.getMax());
        });
        return table;
    }

    /** Returns a row for each refusal. */
    Table refusals() {
        Table table = Table.create(
                "Refused",
                StringColumn.create("seed"),
                StringColumn.create("forgotten"),
                StringColumn.create("approach"),
                StringColumn.create("why"));
        refusals.forEach(one -> {
            table.stringColumn(0).append(one.seed);
            table.stringColumn(1).append(one.asked);
            table.stringColumn(2).append(one.approach);
            table.stringColumn(3).append(one.why);
        });
        return table;
    }
}
