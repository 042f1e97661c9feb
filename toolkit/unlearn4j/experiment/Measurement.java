package unlearn4j.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import unlearn4j.core.Check;
import unlearn4j.core.Scale;

/**
 * One number that was measured: the row type of all results. A value; each method returns a changed copy.
 *
 * @param subject what was asked: by the names of its columns, in their order, an approach, a setting, a network say
 * @param where the node or the client that it was measured at; empty for the whole
 * @param seed the seed of the run; none where chance has no part
 * @param scale the scale of the run
 * @param metric what was measured, {@code "AD_r"} say
 * @param value the number; finite
 * @param unit its unit, {@code "%"}, {@code "s"}, {@code "points"}; empty for a pure number
 * @param published what the paper prints for it; NaN where it prints nothing
 * @param doubt what is uncertain about the published number; empty if nothing is
 */
public record Measurement(
        Map<String, String> subject,
        String where,
        OptionalLong seed,
        Scale scale,
        String metric,
        double value,
        String unit,
        double published,
        String doubt) {

    /** Makes a measurement; the map is copied. */
    public Measurement {
        subject = Collections.unmodifiableMap(new LinkedHashMap<>(Check.given("subject", subject)));
        subject.forEach((name, asked) -> Check.given("subject " + name, asked));
        Check.given("where", where);
        Check.given("seed", seed);
        Check.given("scale", scale);
        Check.that(metric != null && !metric.isBlank(), "metric must be given, not blank");
        Check.that(
                Double.isFinite(value),
                "%s (%s) must be a finite number: leave out what was not measured",
                metric,
                value);
        Check.given("unit", unit);
        Check.given("doubt", doubt);
        subject.keySet()
                .forEach(name -> Check.that(
                        name != null && !name.isBlank() && !MeasurementTable.COLUMNS.contains(name),
                        "a subject can't be named %s: it must not be blank, nor one of %s",
                        name,
                        MeasurementTable.COLUMNS));
    }

    /** Returns a measurement of this run's scale, about nothing yet. */
    public static Measurement of(String metric, double value, String unit) {
        return new Measurement(
                Map.of(), "", OptionalLong.empty(), Scale.current(), metric, value, unit, Double.NaN, "");
    }

    /** Returns a copy that says of one thing more what was asked; a number is written without needless digits. */
    public Measurement about(String name, Object asked) {
        Map<String, String> more = new LinkedHashMap<>(subject);
        more.put(name, Measurements.text(Check.given(name, asked)));
        return new Measurement(more, where, seed, scale, metric, value, unit, published, doubt);
    }

    /** Returns a copy that was measured at that node or client. */
    public Measurement at(String place) {
        return new Measurement(subject, place, seed, scale, metric, value, unit, published, doubt);
    }

    /** Returns a copy of the run with that seed. */
    public Measurement seed(long number) {
        return new Measurement(subject, where, OptionalLong.of(number), scale, metric, value, unit, published, doubt);
    }

    /** Returns a copy with what the paper prints, and what is uncertain about that. */
    public Measurement published(double printed, String uncertain) {
        return new Measurement(subject, where, seed, scale, metric, value, unit, printed, uncertain);
    }

    /** Returns what stands in a column of {@link Measurements#table}, as text; empty if there is no such column. */
    public String text(String column) {
        return switch (Check.given("column", column)) {
            case "where" -> where;
            case "seed" -> seed.isPresent() ? "" + seed.getAsLong() : "";
            case "scale" -> scale.name();
            case "metric" -> metric;
            case "value" -> Measurements.text(value);
            case "unit" -> unit;
            case "published" -> Double.isNaN(published) ? "" : Measurements.text(published);
            case "doubt" -> doubt;
            default -> subject.getOrDefault(column, "");
        };
    }
}
