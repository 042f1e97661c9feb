package unlearn4j.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;

/** Claims, what was measured of each, and whether it holds. A value; each method returns a copy with one claim more. */
public final class Verdicts {
    private static final String NO_INTERVAL = ", no interval";

    private final String title;
    private final List<Verdict> verdicts;

    private record Verdict(String claim, String measured, String holds) {}

    private Verdicts(String title, List<Verdict> verdicts) {
        this.title = title;
        this.verdicts = verdicts;
    }

    /** Begins without claims. */
    public static Verdicts of(String title) {
        return new Verdicts(Check.given("title", title), List.of());
    }

    /**
     * Judges a claim about what may come out otherwise with another seed, of which only the sign is known. The verdict says
     * that it has no interval: nobody can tell how sure it is.
     *
     * @param measured a {@link String#format} pattern of what was measured, and its values
     */
    public Verdicts claim(String claim, boolean holds, String measured, Object... values) {
        return with(claim, formatted(measured, values), (holds ? "yes" : "no") + NO_INTERVAL);
    }

    /**
     * Judges a claim about what was counted, read or computed: it is so or it isn't, and needs no interval. What a method
     * does to a model is no fact but a {@link #claim}.
     *
     * @param measured a {@link String#format} pattern of what was found, and its values
     */
    public Verdicts fact(String claim, boolean holds, String measured, Object... values) {
        return with(claim, formatted(measured, values), holds ? "yes" : "no");
    }

    private static String formatted(String measured, Object... values) {
        return String.format(Locale.ROOT, Check.given("measured", measured), values);
    }

    /**
     * Judges a claim that numbers go a certain way, from the first to the last; without an interval, as {@link #claim}.
     *
     * @param way {@code "rises"}, {@code "falls"} or {@code "stays"}, as {@link #way} has them
     */
    public Verdicts goes(String claim, String way, DoubleColumn values) {
        Check.that(
                List.of("rises", "falls", "stays").contains(Check.given("way", way)),
                "way (%s) must be rises, falls or stays",
                way);
        String measured = Check.given("values", values).asList().stream()
                .map(value -> String.format(Locale.ROOT, "%.2f", value))
                .collect(Collectors.joining(" → "));
        return with(claim, measured, (way(values).equals(way) ? "yes" : "no") + NO_INTERVAL);
    }

    /**
     * Returns which way numbers go, from the first to the last: {@code "rises"} where one is higher than that before it and
     * none lower, {@code "falls"} where it is the other way round, {@code "stays"} where all are equal; else
     * {@code "neither"}.
     */
    public static String way(DoubleColumn values) {
        Check.given("values", values);
        boolean up = IntStream.range(1, values.size()).anyMatch(i -> values.get(i) > values.get(i - 1));
        boolean down = IntStream.range(1, values.size()).anyMatch(i -> values.get(i) < values.get(i - 1));
        return up && down ? "neither" : up ? "rises" : down ? "falls" : "stays";
    }

    /**
     * Judges a claim that a number exceeds a bound, by the number's 95 % interval: it holds where the whole interval lies
     * above, is refuted where it lies below, and can't be told between. Without an interval, from one run, only the sign is
     * known, and the verdict says so.
     *
     * @param spread a row of {@link Tables#spread}: {@code mean}, {@code from} and {@code to}
     */
    public Verdicts exceeds(String claim, Table spread, int row, double bound) {
        checkSpread(spread);
        Check.that(
                row >= 0 && row < spread.rowCount(),
                "row (%d) must be from 0 to %d, the last of %s",
                row,
                spread.rowCount() - 1,
                spread.name());
        double mean = spread.doubleColumn("mean").getDouble(row);
        double from = spread.doubleColumn("from").getDouble(row);
        double to = spread.doubleColumn("to").getDouble(row);
        String measured = Double.isNaN(from)
                ? String.format(Locale.ROOT, "%.2f, one run: no interval", mean)
                : String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", mean, from, to);
        return with(claim, measured, holds(mean, from, to, bound));
    }

    private static void checkSpread(Table spread) {
        List.of("mean", "from", "to").forEach(column -> Tables.has(spread, column));
    }

    private static String holds(double mean, double from, double to, double bound) {
        if (Double.isNaN(from)) {
            return mean > bound ? "yes, one run" : "no, one run";
        }
        return from > bound ? "yes" : to < bound ? "no" : "can't tell";
    }

    private Verdicts with(String claim, String measured, String holds) {
        Check.that(claim != null && !claim.isBlank(), "claim must be given, not blank");
        Verdict verdict = new Verdict(claim, measured, holds);
        return new Verdicts(
                title, Stream.concat(verdicts.stream(), Stream.of(verdict)).toList());
    }

    /** Returns a copy of {@link Tables#spread}'s table with one more column: whether each mean exceeds a bound. */
    public static Table exceeds(Table spread, String column, double bound) {
        checkSpread(spread);
        Tables.checkNew(spread, column);
        List<String> holds = new ArrayList<>();
        for (int row = 0; row < spread.rowCount(); row++) {
            holds.add(holds(
                    spread.doubleColumn("mean").getDouble(row),
                    spread.doubleColumn("from").getDouble(row),
                    spread.doubleColumn("to").getDouble(row),
                    bound));
        }
        return spread.copy().addColumns(StringColumn.create(column, holds));
    }

    /** Returns a row for each claim: what was measured, and whether it holds. */
    public Table table() {
        return Table.create(
                title,
                StringColumn.create("claim", verdicts.stream().map(Verdict::claim)),
                StringColumn.create("measured", verdicts.stream().map(Verdict::measured)),
                StringColumn.create("holds", verdicts.stream().map(Verdict::holds)));
    }

    @Override
    public String toString() {
        return title + ": " + verdicts.size() + " claims";
    }
}
