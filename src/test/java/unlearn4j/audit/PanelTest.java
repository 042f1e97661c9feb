package unlearn4j.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import unlearn4j.Silent;
import unlearn4j.audit.Panel.Gap;
import unlearn4j.audit.Panel.Series;
import unlearn4j.audit.Panel.Verdict;
import unlearn4j.data.Dataset;
import unlearn4j.data.Datasets;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.fisher.Mlp;
import unlearn4j.train.Classifier;
import unlearn4j.train.Head;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;

@ExtendWith(Silent.class)
class PanelTest {
    private static final Labels LABEL = Labels.of(1);
    private static final Dataset DATA = Datasets.fashionMnistSample();
    private static final Images LEARNED = DATA.train().only(Labels.range(0, 5)).balanced(150, 1);
    private static final Images RETAINED = LEARNED.without(LABEL);
    private static final Images UNSEEN = DATA.test().only(Labels.range(0, 5)).balanced(200, 1);
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(30).batchSize(25).learningRate(0.05);
    private static final Map<String, List<Gap>> GAPS = new HashMap<>();
    private static Panel panel = Panel.of(LEARNED.only(LABEL), RETAINED, UNSEEN)
            .relearning(CONFIG.epochs(6).batchSize(10));

    private static Classifier trained(Images images, long seed) {
        return Training.of(Classifier.create(new Mlp(32, 16), LEARNED, seed), images, CONFIG.seed(seed))
                .run();
    }

    @BeforeAll
    static void audit() {
        for (long seed = 1; seed <= 3; seed++) {
            Classifier original = trained(LEARNED, seed);
            Classifier again = trained(RETAINED, seed + 100);
            Classifier masked = original.copy();
            Head head = original.head();
            float[] bias = head.bias().clone();
            bias[1] = Float.NEGATIVE_INFINITY;
            masked.load(new Head(head.classes(), head.features(), head.weight(), bias));
            Weights before = original.weights();
            panel = panel.audit(
                    seed, trained(RETAINED, seed), Map.of("original", original, "again", again, "masked", masked));
            assertThat(original.weights()).isEqualTo(before);
        }
        GAPS.putAll(panel.gaps().stream().collect(Collectors.groupingBy(Gap::model)));
    }

    @Test
    void theOriginalIsConvicted() {
        assertThat(panel.convicts("original")).isTrue();
        Map<String, Verdict> verdicts =
                GAPS.get("original").stream().collect(Collectors.toMap(Gap::measure, Gap::verdict));
        assertThat(verdicts)
                .containsEntry("AD_f", Verdict.DIFFERS)
                .containsEntry("unseen AD_f", Verdict.DIFFERS)
                .containsKeys(
                        "AD_r",
                        "AUC by loss",
                        "AUC by sureness",
                        "probe",
                        "linear probe",
                        "from 1 image",
                        "from 20 images",
                        "steps to relearn",
                        "CKA",
                        "JS",
                        "weights");
    }

    @Test
    void aModelReTrainedOnceMoreIsNot() {
        assertThat(GAPS.get("again")).noneMatch(gap -> gap.verdict() == Verdict.DIFFERS);
        assertThat(panel.convicts("again")).isFalse();
        // Of 15 intervals of 95 % each, about one misses; by Holm's correction none convicts.
        assertThat(GAPS.get("again"))
                .filteredOn(gap -> !gap.difference().interval().holds(0))
                .hasSizeLessThanOrEqualTo(2);
    }

    /** The control of every comparison: it says nothing of the label, and an attacker lifts the mask. */
    @Test
    void aMaskedHeadIsAuditedAsWell() {
        Map<String, Gap> masked = GAPS.get("masked").stream().collect(Collectors.toMap(Gap::measure, gap -> gap));
        assertThat(masked).hasSameSizeAs(GAPS.get("original"));
        assertThat(masked.get("AD_f").value().estimate()).isZero();
        assertThat(masked.get("steps to relearn").value().estimate())
                .isLessThan(masked.get("steps to relearn").retrained().estimate());
        assertThat(masked.get("probe").value())
                .isEqualTo(GAPS.get("original").stream()
                        .filter(gap -> gap.measure().equals("probe"))
                        .findFirst()
                        .orElseThrow()
                        .value());
    }

    @Test
    void everyNumberOfEveryRunIsThere() {
        int measures = GAPS.get("again").size();
        assertThat(panel.values()).hasSize(3 * 4 * measures).anySatisfy(one -> assertThat(one)
                .extracting(Panel.Value::seed, Panel.Value::model, Panel.Value::measure, Panel.Value::value)
                .containsExactly(2L, "re-trained", "AD_f", 0.0));
        assertThat(panel.toString()).endsWith("beside the re-trained model, 3 seeds");
    }

    @Test
    void ofOneSeedNothingCanBeTold() {
        Classifier model = trained(RETAINED, 1);
        Panel one = Panel.of(LEARNED.only(LABEL), RETAINED, UNSEEN)
                .audit(1, model, Map.of("original", trained(LEARNED, 1)));
        assertThat(one.gaps()).isNotEmpty().allSatisfy(gap -> {
            assertThat(gap.verdict()).hasToString("can't tell");
            assertThat(gap.difference().toString()).endsWith("(no interval: one run)");
        });
        assertThatThrownBy(() -> one.audit(1, model, Map.of("original", model)))
                .hasMessage("seed 1 is audited already: another run has another seed");
        assertThatThrownBy(() -> one.audit(2, model, Map.of("FIUn", model)))
                .hasMessage("models [FIUn] are not those of the seeds before, [re-trained, original]");
    }

    @Test
    void imagesOfALabelThatStaysAreForgottenToo() {
        Images some = LEARNED.slice(0, 20);
        Images rest = LEARNED.slice(20, 150);
        Classifier model = trained(rest, 1);
        assertThat(Panel.of(some, rest, UNSEEN)
                        .audit(1, model, Map.of("same", model))
                        .gaps())
                .extracting(Gap::measure)
                .containsExactly("AD_r", "AD_f", "AUC by loss", "AUC by sureness", "unseen accuracy");
    }

    private static List<Series> synthetic(Random random, int seeds, double apart) {
        List<Series> measured = new ArrayList<>();
        for (String measure : List.of("AD_r", "AD_f", "unseen AD_r", "unseen AD_f", "probe", "linear probe")) {
            measured.add(new Series(
                    new Measure(measure, "%", 0),
                    IntervalTest.normal(random, seeds, 60 + apart, 3),
                    IntervalTest.normal(random, seeds, 60, 3)));
        }
        return measured;
    }

    @Test
    void noIntervalLeavesWhatItsMeasureCanBe() {
        double[] low = {0, 0, 0.5};
        double[] high = {100, 99, 100};
        double[] one = {0.99, 1, 1};
        List<Gap> gaps = Panel.judged(
                "any",
                List.of(
                        new Series(new Measure("AD_f", "%", 0), low, high),
                        new Series(Measure.CKA, low, one),
                        new Series(Measure.JS, low, new double[] {0.6, 0.69, 0.69}),
                        new Series(Measure.STEPS, low, high),
                        new Series(Measure.WEIGHTS, low, high)));
        assertThat(gaps).allSatisfy(gap -> assertThat(gap.value().low()).isZero());
        List<Double> ends = gaps.stream().map(gap -> gap.retrained().high()).toList();
        assertThat(ends.subList(0, 3)).containsExactly(100.0, 1.0, Math.log(2));
        assertThat(ends.subList(3, 5)).allMatch(end -> end > 100);
    }

    @Test
    void falseAlarmsAreAsRareAsTheyClaim() {
        Random random = new Random(20);
        int panels = 0;
        int measures = 0;
        for (int repetition = 0; repetition < 200; repetition++) {
            List<Gap> gaps = Panel.judged("any", synthetic(random, 3, 0));
            panels += gaps.stream().anyMatch(gap -> gap.verdict() == Verdict.DIFFERS) ? 1 : 0;
            measures += (int) gaps.stream()
                    .filter(gap -> !gap.difference().interval().holds(0))
                    .count();
        }
        assertThat(100.0 * panels / 200).isBetween(2.0, 8.0);
        assertThat(100.0 * measures / 1200).isBetween(2.0, 8.0);
    }

    @Test
    void aGapIsFoundOrSaidToBeSmallWhereSeedsAreEnough() {
        Random random = new Random(4);
        assertThat(Panel.judged("any", synthetic(random, 10, 30)))
                .allSatisfy(gap -> assertThat(gap.verdict()).hasToString("differs"));
        assertThat(Panel.judged("any", synthetic(random, 40, 0)))
                .allSatisfy(gap -> assertThat(gap.verdict()).hasToString("as the re-trained"));
        assertThat(Panel.judged("any", synthetic(random, 2, 0)))
                .allSatisfy(gap -> assertThat(gap.verdict()).isNotEqualTo(Verdict.AS_RETRAINED));
    }
}
