package unlearn4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static unlearn4j.WrongCall.wrong;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.WrongCall;
import unlearn4j.core.Refusal;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.fisher.Mlp;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Head;
import unlearn4j.train.Interrupted;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.TrainingData;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;
import unlearn4j.unlearn.Fiun;
import unlearn4j.unlearn.FiunConfig;
import unlearn4j.unlearn.HeadMask;
import unlearn4j.unlearn.NodeWeights;
import unlearn4j.unlearn.Retrain;
import unlearn4j.unlearn.UnlearningMethod;
import unlearn4j.unlearn.UnlearningResult;

class ComparisonTest {
    private static final Dataset DATA = TinyImages.dataset(6, 20, 4);
    private static final TrainingConfig TRAINING =
            TrainingConfig.DEFAULT.epochs(15).batchSize(16).learningRate(0.05);
    private static final Umig UMIG = Umig.incremental(DATA)
            .first(4)
            .step(1)
            .models(2)
            .model(new Mlp(12, 8))
            .training(TRAINING)
            .seed(3)
            .train();

    private static Comparison masked() {
        return Comparison.of().method("mask", HeadMask::on);
    }

    private static List<Weights> weights() {
        return UMIG.nodes().stream().map(node -> node.model().weights()).toList();
    }

    @Test
    void everyMethodIsMeasuredAsItsOwnResultIsAndTheGraphIsLeftAsItWas() {
        List<Weights> before = weights();
        Table own = Fiun.on(UMIG).forget(Labels.of(2)).evaluate();
        UMIG.restore();

        Measurements table = Comparison.of()
                .method("ours", umig -> Fiun.on(umig))
                .method("mask", HeadMask::on)
                .run(UMIG, Labels.of(2))
                .measurements();

        assertThat(weights()).isEqualTo(before);
        for (Row row : own) {
            assertThat(value(table, "ours", row.getString("node"), "AD_r")).isEqualTo(row.getDouble("AD_r"));
            assertThat(value(table, "ours", row.getString("node"), "AD_f")).isEqualTo(row.getDouble("AD_f"));
            assertThat(value(table, "original", row.getString("node"), "AD_f")).isEqualTo(row.getDouble("AD_f before"));
            assertThat(value(table, "mask", row.getString("node"), "AD_f")).isZero();
            assertThat(value(table, "mask", row.getString("node"), "Δ_acc"))
                    .isEqualTo(value(table, "mask", row.getString("node"), "AD_r"));
        }
    }

    private static double value(Measurements all, String approach, String node, String metric) {
        List<Measurement> found = all.where("approach", approach)
                .where("where", node)
                .where("metric", metric)
                .list();
        assertThat(found).hasSize(1);
        return found.get(0).value();
    }

    @Test
    void aMethodMayBeRunOnAPartOfTheGraphAndForSomeRequestsOnly() {
        Table seconds = Comparison.of()
                .method("re-trained", asked -> asked.labels().size() == 2, umig -> Retrain.on(umig.part("w_0"))
                        .training(TRAINING.epochs(1)))
                .method("mask", HeadMask::on)
                .run(UMIG, Labels.of(1), Labels.of(1, 2))
                .beside("seconds");

        assertThat(seconds.columnNames()).containsExactly("labels", "node", "re-trained", "mask");
        assertThat(seconds.numberColumn("labels").asDoubleArray()).containsExactly(1, 1, 2, 2);
        assertThat(seconds.rowCount()).isEqualTo(4);
        for (Row row : seconds) {
            boolean asked =
                    row.getNumber("labels") == 2 && row.getString("node").equals("w_0");
            assertThat(Double.isFinite(row.getDouble("re-trained"))).isEqualTo(asked);
        }
    }

    @Test
    void aNodeThatNeverLearnedTheLabelIsNotMeasured() {
        Measurements table = masked().run(UMIG, Labels.of(4)).measurements();

        assertThat(table.list()).extracting(Measurement::where).containsOnly("w_1");
    }

    @Test
    void whatThePaperPrintsStandsBesideTheNodesThatItNames() {
        Table published = Table.create(
                "printed",
                StringColumn.create("setting", "labels", "labels", "overlap"),
                IntColumn.create("setting_value", 1, 1, 1),
                StringColumn.create("metric", "AD_f", "AD_f", "AD_f"),
                StringColumn.create("approach", "HeadMask", "original", "original"),
                StringColumn.create("node", "w_g", "w_g", "w_g"),
                DoubleColumn.create("value", 12, 99, 1));
        Comparison comparison = masked().called("w_0", "w_g").run(UMIG, Labels.of(2));

        Table beside = comparison.beside("AD_f", published);
        Measurements rows = comparison.measurements(published);

        assertThat(beside.columnNames())
                .containsExactly("labels", "node", "published original", "original", "published mask", "mask");
        assertThat(beside.stringColumn("node").asList()).containsExactly("w_g");
        assertThat(beside.doubleColumn("published mask").get(0)).isEqualTo(12);
        assertThat(rows.list()).extracting(Measurement::where).containsOnly("w_g", "w_1");
        assertThat(rows.table().doubleColumn("published").removeMissing().asList())
                .containsExactly(99.0, 12.0);
    }

    @Test
    void ofTestImagesItIsMeasuredWhatAModelSaysAndWhatItsFeaturesTell() {
        Measurements table =
                masked().unseen(DATA.test()).run(UMIG, Labels.of(2)).measurements();

        assertThat(value(table, "mask", "w_0", "unseen AD_f")).isZero();
        assertThat(value(table, "mask", "w_0", "probe"))
                .isEqualTo(value(table, "original", "w_0", "probe"))
                .isPositive();
        assertThat(value(table, "mask", "w_0", "probe of the rest"))
                .isEqualTo(value(table, "original", "w_0", "probe of the rest"))
                .isPositive();
    }

    @Test
    void howManyOfANetworksNumbersAMethodChangedIsMeasuredInPercent() {
        Measurements table = masked().run(UMIG, Labels.of(2)).measurements();

        // The mask sets the row of label 2 and its bias: 8 features, or as many as were not so before, and 1.
        double numbers = UMIG.node("w_0").model().parameters();
        assertThat(value(table, "mask", "w_0", "changed")).isEqualTo(100 * 9 / numbers, within(1e-9));
    }

    @Test
    void aMethodThatRefusesHasChangedNothingAndIsMeasuredSo() {
        Comparison comparison = Comparison.of()
                .method("too high", umig -> Fiun.on(umig)
                        .config(FiunConfig.paper().gamma(1e30)))
                .run(UMIG, Labels.of(2));

        assertThat(comparison.refusals().stringColumn("why").get(0)).contains("gamma");
        assertThat(value(comparison.measurements(), "too high", "w_0", "AD_f"))
                .isEqualTo(value(comparison.measurements(), "original", "w_0", "AD_f"));
    }

    @Test
    void anExceptionThatIsNoRefusalEndsTheRunAndLeavesTheGraphAsItWas() {
        List<Weights> before = weights();
        Comparison comparison = masked().method("a bug", umig -> new Broken(umig));

        assertThatThrownBy(() -> comparison.run(UMIG, Labels.of(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .isNotInstanceOf(Refusal.class)
                .hasMessageContaining("a head of 1×1 does not fit");
        assertThat(weights()).isEqualTo(before);
    }

    /** Returns a head of a wrong shape. */
    private static final class Broken extends UnlearningMethod<Broken> {
        Broken(Umig umig) {
            super(umig);
        }

        @Override
        protected NodeWeights unlearn(ModelNode node, UnlearningGraph unlearning) {
            Head wrong = new Head(1, 1, new float[1], new float[1]);
            node.model().copy().load(wrong);
            return NodeWeights.of(wrong);
        }
    }

    @Test
    void aComparisonThatIsStoppedLeavesNoRowAndTheGraphAsItWas() {
        List<Weights> before = weights();
        Comparison comparison = masked().method("stopped", umig -> {
            Thread.currentThread().interrupt();
            return Retrain.on(umig);
        });

        assertThatThrownBy(() -> comparison.run(UMIG, Labels.of(2))).isInstanceOf(Interrupted.class);
        Thread.interrupted();

        assertThat(comparison.measurements().isEmpty()).isTrue();
        assertThat(weights()).isEqualTo(before);
    }

    @Test
    void twoVariantsOfOneComparisonShareNothing() {
        Comparison one = masked();
        Comparison other = one.method("ours", Fiun::on);
        assertThat(one.run(UMIG, Labels.of(2)).beside("AD_f").columnNames()).doesNotContain("ours");
        assertThat(other.measurements().isEmpty()).isTrue();
    }

    @Test
    void aNodeIsMeasuredOnItsOwnShardOrOnAllThatReachedIt() {
        Umig umig = Umig.federated(DATA)
                .clients(3)
                .labelsEach(3)
                .rounds(1)
                .model(new Mlp(12, 8))
                .training(TRAINING.epochs(2))
                .train();
        Labels own = umig.node("client-1/1").shard().labels();
        Labels forgotten = Labels.of(own.values().first());
        Measurements onOwn = masked().run(umig, forgotten).measurements();
        Measurements onAll = masked().data(TrainingData.ALL_THAT_REACHED)
                .run(umig, forgotten)
                .measurements();
        ModelNode client = umig.node("client-1/1");
        Images shard = client.shard().without(forgotten);
        assertThat(value(onOwn, "original", "client-1/1", "AD_r"))
                .isEqualTo(Evaluator.evaluate(client.model(), shard).accuracy());
        Images all = umig.reached(umig.node("w_g/1")).without(forgotten);
        assertThat(value(onAll, "original", "w_g/1", "AD_r"))
                .isEqualTo(value(onOwn, "original", "w_g/1", "AD_r"))
                .isEqualTo(Evaluator.evaluate(umig.node("w_g/1").model(), all).accuracy());
    }

    private static Measurement measured(long seed, String approach, String method, String metric, double value) {
        return Measurement.of(metric, value, "%")
                .at("w_g")
                .seed(seed)
                .about("forgotten", Labels.of(3))
                .about("approach", approach)
                .about("method", method);
    }

    @Test
    void claimsAreJudgedByTheWorstNodeAndByTheMeanOverSeeds() {
        List<Measurement> rows = new ArrayList<>();
        for (long seed = 1; seed <= 2; seed++) {
            rows.add(measured(seed, "original", "original", "AD_r", 90));
            rows.add(measured(seed, "anew", "retrain", "seconds", 60));
            rows.add(measured(seed, "FIUn", "fiun", "seconds", seed == 1 ? 0.5 : 1));
            rows.add(measured(seed, "FIUn", "fiun", "AD_f", seed == 1 ? 0 : 4));
            rows.add(measured(seed, "FIUn", "fiun", "AD_r", seed == 1 ? 89 : 85));
        }
        Table claims = Claims.of(Measurements.of(rows));

        assertThat(claims.stringColumn("holds").asList()).containsExactly("no", "can't tell", "no");
        assertThat(claims.doubleColumn("holds at, %").asList()).containsExactly(50.0, 50.0, 50.0);
        // Falls of 1 and 5 points; 120 and 60 times.
        assertThat(claims.doubleColumn("mean").asList()).containsExactly(2.0, 3.0, 90.0);
        assertThat(claims.doubleColumn("worst").asList()).containsExactly(4.0, 5.0, 60.0);
        assertThat(claims.stringColumn("worst at").get(0)).isEqualTo("w_g, labels 3, seed 2");
        // Standard deviation √8 over √2 is 2; t for one degree of freedom is 12.7062.
        assertThat(claims.doubleColumn("to").get(1)).isCloseTo(3 + 2 * 12.7062, within(1e-3));
    }

    @Test
    void aMeanIsJudgedByItsWholeInterval() {
        assertThat(fallsBy(1, 1.1)).isEqualTo("yes");
        assertThat(fallsBy(1, 5)).isEqualTo("can't tell");
        assertThat(fallsBy(8, 8.1)).isEqualTo("no");
        assertThat(fallsBy(1)).isEqualTo("yes, one run");
    }

    private static String fallsBy(double... points) {
        List<Measurement> rows = new ArrayList<>();
        for (int seed = 0; seed < points.length; seed++) {
            rows.add(measured(seed, "original", "original", "AD_r", 90));
            rows.add(measured(seed, "FIUn", "fiun", "AD_r", 90 - points[seed]));
        }
        return Claims.of(Measurements.of(rows)).stringColumn("holds").get(0);
    }

    @Test
    void whatTheOriginalNeverLearnedIsNotJudged() {
        List<Measurement> rows = new ArrayList<>();
        for (String metric : List.of("AD_r", "AD_f")) {
            rows.add(measured(1, "original", "original", metric, 20));
            rows.add(measured(1, "original", "original", "guessed " + metric, metric.equals("AD_r") ? 15 : 25));
            rows.add(measured(1, "FIUn", "fiun", metric, 0));
        }
        Table claims = Claims.of(Measurements.of(rows));

        assertThat(claims.stringColumn("holds").asList())
                .containsExactly("not judged: the original is at 20 %", "no, one run");
        assertThat(claims.intColumn("nodes").asList()).containsExactly(0, 1);
        Table unknown = Claims.of(Measurements.of(
                measured(1, "original", "original", "AD_f", 0), measured(1, "FIUn", "fiun", "AD_f", 0)));
        assertThat(unknown.stringColumn("holds").asList()).containsExactly("not judged: the original is at 0 %");
    }

    @Test
    void guessingIsBoundedByTheBinomialDistribution() {
        assertThat(NodeMeasuring.guessed(20, 4)).isEqualTo(100.0 * guessedOf20());
        assertThat(NodeMeasuring.guessed(0, 4)).isNaN();
        Measurements all = masked().run(UMIG, Labels.of(2)).measurements();
        assertThat(value(all, "original", "w_0", "guessed AD_f")).isBetween(25.0, 60.0);
    }

    /** The least share of 20 of which at least 99 % of all tries have no more, each right with probability 1/4. */
    private static double guessedOf20() {
        double sum = 0;
        double term = Math.pow(0.75, 20);
        for (int right = 0; ; right++) {
            sum += term;
            if (sum >= 0.99) {
                return right / 20.0;
            }
            term *= (20.0 - right) / (right + 1) / 3;
        }
    }

    @Test
    void aGraphThatHasForgottenSaysSoInEachRow() {
        UnlearningResult done = HeadMask.on(UMIG).forget(Labels.of(1));
        try {
            assertThat(masked().run(UMIG, Labels.of(2)).measurements().list())
                    .allSatisfy(one -> assertThat(one.text("after")).isEqualTo("HeadMask forgot labels 1"));
        } finally {
            done.undo();
        }
        assertThat(masked().run(UMIG, Labels.of(2)).measurements().list())
                .noneMatch(one -> one.subject().containsKey("after"));
    }

    @Test
    void anIntervalOfPercentagesStaysWithinThem() {
        Table spread = Measurements.of(measured(1, "FIUn", "fiun", "AD_f", 0), measured(2, "FIUn", "fiun", "AD_f", 100))
                .spread("AD_f", "approach");

        assertThat(spread.doubleColumn("from").get(0)).isZero();
        assertThat(spread.doubleColumn("to").get(0)).isEqualTo(100);
    }

    static Stream<WrongCall> wrongCalls() {
        return Stream.of(
                wrong("Comparison.of().run(umig, Labels.of(2))", "methods", "must not be empty", () -> Comparison.of()
                        .run(UMIG, Labels.of(2))),
                wrong("masked.run(umig)", "requests", "must not be empty", () -> masked().run(UMIG)),
                wrong("masked.method(\"mask\", …)", "mask", "names must differ", () -> masked().method(
                                "mask", HeadMask::on)),
                wrong("masked.method(\"original\", …)", "original", "names must differ", () -> masked().method(
                                "original", HeadMask::on)),
                wrong("masked.called(\"w_7\", \"w_g\").run(…)", "w_7", "no node named", () -> masked().called(
                                "w_7", "w_g")
                        .run(UMIG, Labels.of(2))),
                wrong("masked.run(umig, Labels.range(0, 4))", "w_0", "nothing to measure AD_r on", () -> masked().run(
                                UMIG, Labels.range(0, 4))),
                wrong("masked.claims()", "measured", "run the comparison first", () -> masked().claims()),
                wrong("masked.beside(\"loss\")", "loss", "the metrics are", () -> masked().run(UMIG, Labels.of(2))
                        .beside("loss")),
                wrong("beside two models", "printed", "choose those of one", () -> masked().run(UMIG, Labels.of(2))
                        .beside("AD_f", Paper.FIUN.table(9).setName("printed"))));
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void wrongCallsAreRefusedInOneLine(WrongCall call) {
        call.assertRefused();
    }
}
