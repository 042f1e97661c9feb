package unlearn4j.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.CategoryChart;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.core.RunRecord;
import unlearn4j.experiment.Measurement;
import unlearn4j.experiment.Measurements;

/**
 * Runs of one experiment side by side, {@code run 1} first: what was set otherwise, and which numbers came of it.
 *
 * @param runs 2 to 10 results
 */
public record RunComparison(List<Result> runs) {

    /** Puts runs side by side. */
    public RunComparison {
        runs = List.copyOf(Check.allGiven("runs", runs));
        Check.that(
                runs.size() >= 2 && runs.size() <= Charts.COLOURS.size(),
                "there are %d runs: give 2 to %d to compare",
                runs.size(),
                Charts.COLOURS.size());
    }

    /** Returns what the runs' records say differently, times left out: a row for each, a column for each run. */
    public Table settings() {
        List<Map<String, String>> said =
                runs.stream().map(run -> said(run.record())).toList();
        Set<String> names = new LinkedHashSet<>(List.of("folder"));
        said.forEach(one -> names.addAll(one.keySet()));
        names.removeIf(name -> !name.equals("folder")
                && said.stream()
                                .map(one -> one.getOrDefault(name, "–"))
                                .distinct()
                                .count()
                        == 1);
        Table table = Table.create("What was set otherwise", StringColumn.create("what", names));
        for (int i = 0; i < runs.size(); i++) {
            int run = i;
            table.addColumns(StringColumn.create(
                    name(run),
                    names.stream()
                            .map(name -> name.equals("folder")
                                    ? runs.get(run).folder().getFileName().toString()
                                    : said.get(run).getOrDefault(name, "–"))));
        }
        return table;
    }

    private static Map<String, String> said(RunRecord record) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("experiment", record.experiment());
        said.put("scale", record.scale().toString());
        said.put("seeds", record.seeds().toString());
        said.putAll(record.configuration());
        record.data().forEach((file, hash) -> said.put("data " + file, hash.substring(0, 12)));
        record.versions().forEach((library, version) -> said.put("version of " + library, version));
        said.put("device", record.device());
        said.put("commit", record.commit());
        return said;
    }

    /**
     * Returns the numbers, joined by what they are about, where they were measured, and metric: each run's mean over its
     * seeds, and what the last run has more than the first. What a run did not measure is missing.
     */
    public Table numbers() {
        Set<String> subjects = new LinkedHashSet<>();
        runs.forEach(run ->
                run.rows().list().forEach(one -> subjects.addAll(one.subject().keySet())));
        List<String> by = Stream.concat(subjects.stream(), Stream.of("where", "metric", "unit"))
                .toList();
        Function<Measurement, List<String>> key =
                one -> by.stream().map(one::text).toList();
        List<Map<List<String>, Double>> means =
                runs.stream().map(run -> means(run.rows(), key)).toList();
        Set<List<String>> keys = new LinkedHashSet<>();
        means.forEach(run -> keys.addAll(run.keySet()));
        Check.that(
                keys.stream()
                        .anyMatch(row -> means.stream()
                                        .filter(run -> run.containsKey(row))
                                        .count()
                                > 1),
                "the runs have no number in common: compare runs of one experiment, not of %s",
                runs.stream().map(run -> run.record().experiment()).distinct().toList());
        Table table = Table.create("What was measured");
        for (int i = 0; i < by.size(); i++) {
            int at = i;
            table.addColumns(StringColumn.create(by.get(i), keys.stream().map(row -> row.get(at))));
        }
        for (int i = 0; i < runs.size(); i++) {
            Map<List<String>, Double> run = means.get(i);
            table.addColumns(DoubleColumn.create(
                    name(i),
                    keys.stream()
                            .mapToDouble(row -> run.getOrDefault(row, Double.NaN))
                            .toArray()));
        }
        DoubleColumn last = table.doubleColumn(name(runs.size() - 1));
        return table.addColumns(last.subtract(table.doubleColumn(name(0))).setName("difference"));
    }

    private static Map<List<String>, Double> means(Measurements rows, Function<Measurement, List<String>> key) {
        Map<List<String>, List<Double>> values = new LinkedHashMap<>();
        rows.list().forEach(one -> values.computeIfAbsent(key.apply(one), any -> new ArrayList<>())
                .add(one.value()));
        Map<List<String>, Double> means = new LinkedHashMap<>();
        values.forEach((row, all) -> means.put(
                row, all.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
        return means;
    }

    /**
     * Returns a metric as bars, a colour for each run.
     *
     * @param by the subject, or {@code where}, that names the groups of bars; each has its mean
     */
    public CategoryChart chart(String metric, String by) {
        List<Measurement> all = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            all.addAll(runs.get(i)
                    .rows()
                    .where("metric", Check.given("metric", metric))
                    .about("run", name(i))
                    .list());
        }
        Check.that(!all.isEmpty(), "no run measured %s", metric);
        Table beside = Measurements.of(all).beside(metric, "run", Check.given("by", by), "seed");
        return Figures.bars(
                metric + ", run beside run",
                Measurements.of(all).beside(metric, "run", by).name(),
                beside,
                by,
                IntStream.range(0, runs.size())
                        .mapToObj(RunComparison::name)
                        .filter(beside.columnNames()::contains)
                        .toArray(String[]::new));
    }

    private static String name(int run) {
        return "run " + (run + 1);
    }

    /** Names the runs, on one line. */
    @Override
    public String toString() {
        return runs.size() + " runs of " + runs.get(0).record().experiment()
                + ": .settings() and .numbers() say what differs";
    }
}
