package unlearn4j.hdus;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.train.Evaluation;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Outputs;

/**
 * How often each seed says what most of the others say, on images that need no labels. A seed of a poisoned client rarely
 * does, so that whoever holds seeds can tell it without anybody's data. Paper A names poisoning as a reason to unlearn
 * (§I); to detect it so is ours.
 *
 * <p>It takes for granted that fewer than half of the seeds are poisoned.
 *
 * @param percent each seed's agreement with the others in percent, by its owner's name, in the order of the seeds
 * @param images how many images the seeds were asked about
 */
public record SeedAgreement(Map<String, Double> percent, int images) {
    /** What makes the median absolute deviation of a normal sample its standard deviation. */
    private static final double MAD_TO_DEVIATION = 1.4826;
    /** Deviations below the median from where on a value is an outlier (Leys et al. 2013). */
    private static final double DEVIATIONS = 3;

    /** Makes the agreement of three seeds or more; the map is copied. */
    public SeedAgreement {
        Check.allGiven("percent", percent);
        Check.that(percent.size() >= 3, "%d seeds have no majority among the others: have 3 or more", percent.size());
        Check.positive("images", images);
        percent = Collections.unmodifiableMap(new LinkedHashMap<>(percent));
    }

    /**
     * Asks every seed about the images. It agrees where its answer is that of most of the other seeds, or one of those that
     * are given equally often.
     *
     * @param seeds three or more, a client's repository say; no owner twice
     * @param images what they are asked about, the client's reference images say
     */
    public static SeedAgreement of(List<SeedModel> seeds, Images images) {
        Check.notEmpty("seeds", seeds);
        Check.given("images", images);
        Map<String, Outputs> outputs = new LinkedHashMap<>();
        for (SeedModel seed : seeds) {
            Outputs before = outputs.put(seed.owner(), Evaluator.logits(seed.model(), images));
            Check.that(before == null, "there are two seeds of %s", seed.owner());
        }
        return of(outputs, images.size());
    }

    static SeedAgreement of(Map<String, Outputs> outputs, int images) {
        Map<String, Integer> agreed = new LinkedHashMap<>();
        for (int image = 0; image < images; image++) {
            int at = image;
            int[] votes = new int[outputs.values().iterator().next().classes()];
            outputs.values().forEach(seed -> votes[seed.predicted(at)]++);
            outputs.forEach((owner, seed) -> {
                int own = seed.predicted(at);
                votes[own]--;
                agreed.merge(owner, votes[own] == Arrays.stream(votes).max().orElseThrow() ? 1 : 0, Integer::sum);
                votes[own]++;
            });
        }
        Map<String, Double> percent = new LinkedHashMap<>();
        agreed.forEach((owner, count) -> percent.put(owner, 100.0 * count / images));
        return new SeedAgreement(percent, images);
    }

    /** Returns the median agreement, in percent. */
    public double median() {
        return median(percent.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * Returns the agreement below which a seed is suspected: the median less three standard deviations, which are those
     * that the median absolute deviation tells, but no less than what chance makes of so many images.
     */
    public double threshold() {
        double median = median();
        double spread = MAD_TO_DEVIATION
                * median(percent.values().stream()
                        .mapToDouble(value -> Math.abs(value - median))
                        .toArray());
        double chance = 100 * Math.sqrt(median / 100 * (1 - median / 100) / images);
        return median - DEVIATIONS * Math.max(spread, chance);
    }

    /** Returns the owners of the seeds that agree too rarely with the others, perhaps nobody. */
    public List<String> suspects() {
        double threshold = threshold();
        return percent.keySet().stream()
                .filter(owner -> percent.get(owner) < threshold)
                .toList();
    }

    private static double median(double... values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Returns a row for each seed: its owner, its agreement in percent, and whether it is suspected. */
    public Table table() {
        StringColumn owner = StringColumn.create("seed of");
        DoubleColumn agreement = Evaluation.column("agreement %");
        StringColumn suspected = StringColumn.create("suspected");
        List<String> suspects = suspects();
        percent.forEach((name, value) -> {
            owner.append(name);
            agreement.append(value);
            suspected.append(suspects.contains(name) ? "yes" : "no");
        });
        return Table.create(
                String.format(
                        Locale.ROOT,
                        "Agreement of seeds: median %.1f %%, suspected below %.1f %%",
                        median(),
                        threshold()),
                owner,
                agreement,
                suspected);
    }
}
