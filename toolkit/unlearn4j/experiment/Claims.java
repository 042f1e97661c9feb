package unlearn4j.experiment;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;

/** What paper B claims of FIUn (§6.1), checked against what a {@link Comparison} measured. */
public final class Claims {
    private static final String RETRAINED = "retrain";
    private static final double POINTS = 3;
    private static final double TIMES = 100;
    private static final String ONE_RUN = ", one run";

    private final Measurements all;
    private final Map<List<Object>, Double> original;
    private final Map<List<Object>, Double> retrained;
    private final Map<List<Object>, Double> guessed;
    private final Table claims = Table.create(
            "What is claimed, and whether it holds here",
            StringColumn.create("claim"),
            StringColumn.create("approach"),
            StringColumn.create("holds"),
            IntColumn.create("nodes"),
            Measurements.number("holds at, %", 1),
            Measurements.number("mean", 2),
            Measurements.number("from", 2),
            Measurements.number("to", 2),
            Measurements.number("worst", 2),
            StringColumn.create("worst at"));

    private Claims(Measurements all) {
        this.all = all;
        original = values(all.where("method", Comparison.ORIGINAL));
        retrained = values(all.where("method", RETRAINED));
        guessed = values(all.where(one -> one.metric().startsWith(NodeMeasuring.GUESSED)));
    }

    /**
     * Returns a row for each claim and approach. A claim about a mean holds where its whole 95 % interval does; one run has
     * none, and its verdict says so. What an original never learned, no better than one who guesses, is not
     * judged: "nodes" are those of which the claim was.
     */
    public static Table of(Measurements all) {
        return new Claims(Check.given("all", all)).judged();
    }

    private static Map<List<Object>, Double> values(Measurements some) {
        // Re-training may be there twice, on two parts of a graph: the faster is the harder to beat.
        return some.list().stream().collect(Collectors.toMap(Claims::place, Measurement::value, Math::min));
    }

    /** What two numbers must agree in to be compared. */
    private static List<Object> place(Measurement one) {
        return place(one, one.metric());
    }

    private static List<Object> place(Measurement one, String metric) {
        Map<String, String> subject = new java.util.LinkedHashMap<>(one.subject());
        subject.remove("approach");
        subject.remove("method");
        return List.of(subject, one.where(), one.seed(), metric);
    }

    /** Whether the original knew what a number is about: where it did no better than by guessing there is nothing to judge. */
    private boolean learned(Measurement one) {
        Double was = original.get(place(one));
        return was == null || was > guessed.getOrDefault(place(one, NodeMeasuring.GUESSED + one.metric()), 0.0);
    }

    private Table judged() {
        List<String> approaches =
                all.where(one -> !List.of(Comparison.ORIGINAL, RETRAINED).contains(one.text("method"))).list().stream()
                        .map(one -> one.text("approach"))
                        .distinct()
                        .toList();
        for (String approach : approaches) {
            String claim = "AD_f is 0 %";
            add(
                    claim,
                    approach,
                    learned(claim, approach, "AD_f"),
                    value -> value == 0,
                    true,
                    Comparator.reverseOrder());
        }
        for (String approach : approaches) {
            String claim = "AD_r falls by 3 points at most, on average";
            List<Measurement> falls = learned(claim, approach, "AD_r").stream()
                    .map(one -> valued(one, original.get(place(one)) - one.value()))
                    .toList();
            add(claim, approach, falls, value -> value <= POINTS, false, Comparator.reverseOrder());
        }
        for (String approach : approaches) {
            List<Measurement> times = of(approach, "seconds").stream()
                    .filter(one -> retrained.containsKey(place(one)))
                    .map(one -> valued(one, retrained.get(place(one)) / one.value()))
                    .toList();
            add(
                    "100 times as fast as re-training",
                    approach,
                    times,
                    value -> value >= TIMES,
                    true,
                    Comparator.naturalOrder());
        }
        return claims;
    }

    private List<Measurement> of(String approach, String metric) {
        return all.where("approach", approach).where("metric", metric).list();
    }

    /** Returns the numbers about which a claim can be judged, and says so in its row where there are none. */
    private List<Measurement> learned(String claim, String approach, String metric) {
        List<Measurement> rows = of(approach, metric);
        List<Measurement> judged = rows.stream().filter(this::learned).toList();
        if (judged.isEmpty() && !rows.isEmpty()) {
            double known = rows.stream()
                    .mapToDouble(one -> original.get(place(one)))
                    .average()
                    .orElseThrow();
            claims.stringColumn("claim").append(claim);
            claims.stringColumn("approach").append(approach);
            claims.stringColumn("holds")
                    .append(String.format(Locale.ROOT, "not judged: the original is at %.0f %%", known));
            claims.intColumn("nodes").append(0);
            for (String column : List.of("holds at, %", "mean", "from", "to", "worst")) {
                claims.doubleColumn(column).append(Double.NaN);
            }
            claims.stringColumn("worst at").append("");
        }
        return judged;
    }

    private static Measurement valued(Measurement one, double value) {
        return new Measurement(
                one.subject(), one.where(), one.seed(), one.scale(), one.metric(), value, "", Double.NaN, "");
    }

    /**
     * Adds a row.
     *
     * @param atEach whether the claim is about each node, not about the mean
     * @param holds whether it holds of a number; of the mean it does where it does of the whole interval
     * @param worstFirst which of two numbers is the worse
     */
    private void add(
            String claim,
            String approach,
            List<Measurement> rows,
            DoublePredicate holds,
            boolean atEach,
            Comparator<Double> worstFirst) {
        if (rows.isEmpty()) {
            return;
        }
        Table mean = Measurements.of(rows).spread(rows.get(0).metric());
        long held = rows.stream().filter(one -> holds.test(one.value())).count();
        Measurement worst = rows.stream()
                .min(Comparator.comparing(Measurement::value, worstFirst))
                .orElseThrow();
        claims.stringColumn("claim").append(claim);
        claims.stringColumn("approach").append(approach);
        claims.stringColumn("holds").append(atEach ? atEach(held == rows.size(), mean) : onAverage(holds, mean));
        claims.intColumn("nodes").append(rows.size());
        claims.doubleColumn("holds at, %").append(100.0 * held / rows.size());
        for (String column : List.of("mean", "from", "to")) {
            claims.doubleColumn(column).append(mean.doubleColumn(column).get(0));
        }
        claims.doubleColumn("worst").append(worst.value());
        claims.stringColumn("worst at")
                .append(worst.where() + ", labels " + worst.text("forgotten")
                        + (worst.seed().isPresent() ? ", seed " + worst.text("seed") : ""));
    }

    private static String atEach(boolean holds, Table mean) {
        return (holds ? "yes" : "no") + (hasInterval(mean) ? "" : ONE_RUN);
    }

    /** Of the claims about means each is that they are no more than so much. */
    private static String onAverage(DoublePredicate holds, Table mean) {
        if (!hasInterval(mean)) {
            return (holds.test(mean.doubleColumn("mean").getDouble(0)) ? "yes" : "no") + ONE_RUN;
        }
        return holds.test(mean.doubleColumn("to").getDouble(0))
                ? "yes"
                : holds.test(mean.doubleColumn("from").getDouble(0)) ? "can't tell" : "no";
    }

    private static boolean hasInterval(Table mean) {
        return !Double.isNaN(mean.doubleColumn("from").getDouble(0));
    }
}
