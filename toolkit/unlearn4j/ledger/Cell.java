package unlearn4j.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.stream.Stream;
import unlearn4j.core.Scale;

/**
 * A number, or a word, that a paper's table prints, and what was measured of it.
 *
 * @param key what tells it from the table's other rows, by the columns' names
 * @param column the column that it stands in
 * @param published as it is printed; empty if it can't be read
 * @param doubt what is uncertain about it; empty if nothing is
 * @param measured what stands beside it; none if nothing was run
 */
record Cell(Map<String, String> key, String column, String published, String doubt, Map<Variant, Value> measured) {

    /**
     * A measured number.
     *
     * @param mean the mean over the seeds, in the printed unit
     * @param from where its 95 % interval begins; NaN for one seed
     * @param to where it ends; NaN for one seed
     * @param seeds how many seeds
     * @param scale how large it ran
     * @param record the folder of the run that measured it, from the ledger's own
     */
    record Value(double mean, double from, double to, int seeds, Scale scale, String record) {}

    Cell {
        key = new LinkedHashMap<>(key);
        measured = new LinkedHashMap<>(measured);
    }

    /** Returns the printed number; nothing if it is none. */
    Optional<Double> number() {
        return switch (published) {
            case "yes" -> Optional.of(1.0);
            case "no" -> Optional.of(0.0);
            default ->
                published.matches("-?\\d+(\\.\\d+)?") ? Optional.of(Double.valueOf(published)) : Optional.empty();
        };
    }

    /** Returns by how much what was measured differs from what is printed, in points or in the printed unit, by variant. */
    Stream<Entry<Variant, Double>> differences() {
        return number().stream().flatMap(printed -> measured.entrySet().stream()
                .map(one ->
                        Map.entry(one.getKey(), Math.abs(percent(one.getValue().mean()) - percent(printed)))));
    }

    /** Returns an accuracy of this cell in percent: paper A prints fractions of 1. */
    double percent(double accuracy) {
        return key.containsKey("base_model") ? 100 * accuracy : accuracy;
    }

    /** Returns whether it is an accuracy, in percent or as a fraction of 1. */
    boolean isAccuracy() {
        return key.getOrDefault("metric", "").startsWith("AD_") || key.containsKey("base_model");
    }
}
