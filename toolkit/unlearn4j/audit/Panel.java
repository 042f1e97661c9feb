package unlearn4j.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Classifier;
import unlearn4j.train.Origin;
import unlearn4j.train.TrainingConfig;

/**
 * Every audit of a network, beside one that was re-trained without what is to be forgotten: each as a difference to the
 * re-trained model over several seeds, with an interval and a {@link Verdict}. The panel knows networks and images, and not
 * which method made them; {@code "original"}, the network before any, is a model like others.
 *
 * <p>AD_r and AD_f are of the images that were learned, in percent, as are the {@code unseen} ones of images that were not.
 * {@code AUC by loss} and {@code by sureness} tell the images to forget from unseen ones of the same labels
 * ({@link Membership}). Where whole labels are to be forgotten, {@code probe} and {@code linear probe} are how many percent of
 * their unseen images the features tell ({@link FeatureProbe}, {@link LinearProbe}), {@code from 1 image} and on how many a
 * head tells again ({@link Relearning#fromPrototypes}), {@code steps to relearn} how many steps it takes until it tells half of
 * them. CKA, JS and {@code weights} ({@link Distance}) are distances to the re-trained model of <i>another</i> seed, and what
 * stands beside each is the distance between these two re-trained models; from three seeds on. Where runs differ by less than
 * can be counted, one image of 30 say, the interval is as wide as that rounding makes it.
 *
 * <p>A value; each method returns a changed copy.
 */
public final class Panel {
    /** What tables call the model that the others are held against. */
    public static final String RETRAINED = "re-trained";

    private static final double ALARM = 1 - Interval.LEVEL;

    private final Data data;
    private final TrainingConfig relearning;
    private final Map<Long, Map<String, Audited>> runs;

    /** What a difference shows. */
    public enum Verdict {
        /** The whole 95 % interval of the difference lies within the measure's resolution: no gap that matters. */
        AS_RETRAINED("as the re-trained"),
        /** The difference isn't chance: p, by Holm's correction for all of the model's measures, is 0.05 or less. */
        DIFFERS("differs"),
        /** Neither: too few seeds for so small a gap. */
        CANT_TELL("can't tell");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /**
         * Says what a difference shows.
         *
         * @param difference two models' difference; p corrected if there are more
         * @param resolution the smallest difference that matters, 0 or more, in the measure's unit
         */
        public static Verdict of(Difference difference, double resolution) {
            Check.given("difference", difference);
            Check.notNegative("resolution", resolution);
            if (difference.p() <= ALARM) {
                return DIFFERS;
            }
            Interval interval = difference.interval();
            return interval.low() >= -resolution && interval.high() <= resolution ? AS_RETRAINED : CANT_TELL;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * What a measure found.
     *
     * @param measure the measure
     * @param unit its unit; empty for a pure number
     * @param model which model
     * @param value the model's mean over the seeds; its interval is cut where the measure's numbers end, at 0 and 100 % say
     * @param retrained the re-trained model's
     * @param difference the one less the other, seed by seed; p is corrected for all measures of the model
     * @param verdict what that shows
     */
    public record Gap(
            String measure,
            String unit,
            String model,
            Interval value,
            Interval retrained,
            Difference difference,
            Verdict verdict) {
        /** Makes a finding. */
        public Gap {
            Check.given("measure", measure);
            Check.given("unit", unit);
            Check.given("model", model);
            Check.given("value", value);
            Check.given("retrained", retrained);
            Check.given("difference", difference);
            Check.given("verdict", verdict);
        }
    }

    /**
     * One number of one run.
     *
     * @param seed the run's seed
     * @param model which model, {@value #RETRAINED} among them
     * @param measure the measure
     * @param unit its unit; empty for a pure number
     * @param value the number; finite
     */
    public record Value(long seed, String model, String measure, String unit, double value) {
        /** Makes a number. */
        public Value {
            Check.given("model", model);
            Check.given("measure", measure);
            Check.given("unit", unit);
            Check.that(Double.isFinite(value), "%s (%s) must be a finite number", measure, value);
        }
    }

    /** The images that networks are audited on. */
    record Data(Images forgotten, Images retained, Images unseen) {
        /** Whether whole labels are to be forgotten, and not some images of labels that stay. */
        boolean ofLabels() {
            return forgotten.labels().shared(retained.labels()).isEmpty();
        }

        /** How many images there are of the label that has the fewest. */
        int fewest() {
            int[] counts = forgotten.counts();
            return forgotten.labels().values().stream()
                    .mapToInt(label -> counts[label])
                    .min()
                    .orElse(0);
        }
    }

    /** What a measure found in each run, and the same of the re-trained model. */
    record Series(Measure measure, double[] values, double[] retrained) {}

    private Panel(Data data, TrainingConfig relearning, Map<Long, Map<String, Audited>> runs) {
        this.data = data;
        this.relearning = relearning;
        this.runs = runs;
    }

    /**
     * Begins without models.
     *
     * @param forgotten images that the original learned and the re-trained model did not, 2 or more
     * @param retained images that both learned
     * @param unseen images that neither did, 2 or more of the labels of {@code forgotten} among them
     */
    public static Panel of(Images forgotten, Images retained, Images unseen) {
        Check.given("unseen", unseen);
        for (Images learned : List.of(Check.given("forgotten", forgotten), Check.given("retained", retained))) {
            Check.that(!learned.isEmpty(), "%s holds no images", learned.name());
        }
        Labels labels = forgotten.labels();
        int others = labels.values().stream()
                .filter(label -> label < unseen.classes())
                .mapToInt(label -> unseen.counts()[label])
                .sum();
        Check.that(
                forgotten.size() >= 2 && others >= 2,
                "%d images to forget and %d unseen ones of labels %s are too few to tell apart: take 2 of each or more",
                forgotten.size(),
                others,
                labels);
        return new Panel(new Data(forgotten, retained, unseen), null, Map.of());
    }

    /** Returns a copy that counts the steps to relearn too: a copy of each network is trained so on the images to forget. */
    public Panel relearning(TrainingConfig config) {
        Check.that(runs.isEmpty(), "seeds %s were audited without: say how to relearn before", runs.keySet());
        return new Panel(data, Check.given("config", config), runs);
    }

    /**
     * Returns a copy that has audited the networks of one more seed. They stay as they are.
     *
     * @param seed the seed that they were made with; halves and prototypes are drawn from it too
     * @param retrained the model re-trained without what is to be forgotten
     * @param models the others by name, the same names for each seed
     * @throws IllegalArgumentException if the images do not fit a network
     * @throws unlearn4j.train.Interrupted if the thread is interrupted
     */
    public Panel audit(long seed, Classifier retrained, Map<String, Classifier> models) {
        Check.allGiven("models", models);
        Check.that(!models.isEmpty(), "models must not be empty");
        Check.that(!models.containsKey(RETRAINED), "%s is the model that the others are held against", RETRAINED);
        Check.that(!runs.containsKey(seed), "seed %d is audited already: another run has another seed", seed);
        for (Map<String, Audited> run : runs.values()) {
            Check.that(
                    run.size() == models.size() + 1 && run.keySet().containsAll(models.keySet()),
                    "models %s are not those of the seeds before, %s",
                    models.keySet(),
                    run.keySet());
        }
        Map<String, Audited> run = new LinkedHashMap<>();
        run.put(RETRAINED, Audited.of(Check.given("retrained", retrained), data, relearning, seed));
        models.forEach((name, model) -> run.put(name, Audited.of(model, data, relearning, seed)));
        Map<Long, Map<String, Audited>> more = new LinkedHashMap<>(runs);
        more.put(seed, run);
        return new Panel(data, relearning, more);
    }

    /** Returns what each measure found of each model: a gap each, model by model. */
    public List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        for (String model : models()) {
            gaps.addAll(judged(model, series(model)));
        }
        return gaps;
    }

    private List<String> models() {
        return runs.values().stream()
                .limit(1)
                .flatMap(run -> run.keySet().stream())
                .filter(name -> !name.equals(RETRAINED))
                .toList();
    }

    /** Returns whether any measure of a model differs from the re-trained model's; by chance one does in 5 % of panels. */
    public boolean convicts(String model) {
        Check.that(models().contains(Check.given("model", model)), "%s was not audited, but %s", model, models());
        return judged(model, series(model)).stream().anyMatch(gap -> gap.verdict == Verdict.DIFFERS);
    }

    /** Returns every number of every run, the re-trained model's too. */
    public List<Value> values() {
        List<Value> all = new ArrayList<>();
        List<Long> seeds = List.copyOf(runs.keySet());
        List<String> models = models();
        for (int m = 0; m < models.size(); m++) {
            for (Series one : series(models.get(m))) {
                String name = one.measure.name();
                String unit = one.measure.unit();
                for (int i = 0; i < seeds.size(); i++) {
                    if (m == 0) {
                        all.add(new Value(seeds.get(i), RETRAINED, name, unit, one.retrained[i]));
                    }
                    all.add(new Value(seeds.get(i), models.get(m), name, unit, one.values[i]));
                }
            }
        }
        return all;
    }

    /** Returns how it was made: of which networks on which images. */
    public Origin origin() {
        Origin origin = Origin.of("audit")
                .with("forgotten", data.forgotten)
                .with("retained", data.retained)
                .with("unseen", data.unseen)
                .with("seeds", List.copyOf(runs.keySet()));
        Map<String, List<Origin>> models = new LinkedHashMap<>();
        models().forEach(name -> models.put(name, origins(name)));
        origin = origin.with("models", models).with("retrained", origins(RETRAINED));
        return relearning == null ? origin : origin.with("relearning", relearning);
    }

    private List<Origin> origins(String model) {
        return runs.values().stream().map(run -> run.get(model).origin()).toList();
    }

    private List<Series> series(String model) {
        List<Audited> these = runs.values().stream().map(run -> run.get(model)).toList();
        List<Audited> retrained =
                runs.values().stream().map(run -> run.get(RETRAINED)).toList();
        List<Series> all = new ArrayList<>();
        for (Measure measure : retrained.get(0).values().keySet()) {
            if (IntStream.range(0, these.size())
                    .allMatch(i -> these.get(i).values().containsKey(measure)
                            && retrained.get(i).values().containsKey(measure))) {
                all.add(new Series(measure, column(these, measure), column(retrained, measure)));
            }
        }
        if (these.size() >= 3) {
            all.add(distances(Measure.CKA, these, retrained, (a, b) -> Distance.cka(a.features(), b.features())));
            all.add(distances(Measure.JS, these, retrained, (a, b) -> Distance.js(a.said(), b.said())));
            all.add(distances(Measure.WEIGHTS, these, retrained, (a, b) -> Distance.weights(a.weights(), b.weights())));
        }
        return all;
    }

    private static double[] column(List<Audited> of, Measure measure) {
        return of.stream().mapToDouble(one -> one.values().get(measure)).toArray();
    }

    /**
     * Both the model and the re-trained one of its seed are held against the re-trained model of the next seed, so that two of
     * a kind are as far from it. With two seeds the two runs would share one of the distances.
     */
    private static Series distances(
            Measure measure,
            List<Audited> these,
            List<Audited> retrained,
            ToDoubleBiFunction<Audited, Audited> distance) {
        int count = these.size();
        double[] values = new double[count];
        double[] beside = new double[count];
        for (int i = 0; i < count; i++) {
            Audited next = retrained.get((i + 1) % count);
            values[i] = distance.applyAsDouble(these.get(i), next);
            beside[i] = distance.applyAsDouble(retrained.get(i), next);
        }
        return new Series(measure, values, beside);
    }

    /** Judges what all measures found of a model. */
    static List<Gap> judged(String model, List<Series> measured) {
        List<Difference> corrected = Difference.corrected(measured.stream()
                .map(one -> Difference.of(one.values, one.retrained, one.measure.step()))
                .toList());
        List<Gap> gaps = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            Series one = measured.get(i);
            gaps.add(new Gap(
                    one.measure.name(),
                    one.measure.unit(),
                    model,
                    one.measure.mean(one.values),
                    one.measure.mean(one.retrained),
                    corrected.get(i),
                    Verdict.of(corrected.get(i), one.measure.resolution(one.retrained))));
        }
        return gaps;
    }

    @Override
    public String toString() {
        return "Panel of " + models() + " beside the re-trained model, " + runs.size() + " seeds";
    }
}
