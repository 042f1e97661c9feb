package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Seed;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.report.Paper;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Request;
import unlearn4j.umig.Umig;

class BaselinesTest {
    private static final TrainingConfig CONFIG = SmallGraph.TRAINING.epochs(4);
    private final Umig umig = SmallGraph.trained();

    private static TrainingConfig own(String node, long seed) {
        return CONFIG.seed(Seed.of(seed).child(node).child("training").value());
    }

    /** The chain of starts written out: w_s fresh, w_j from w_s, w_h from the mean of w_j and the untouched w_f. */
    @Test
    void retrainingStartsFreshOrFromReTrainedParents() {
        Labels zero = Labels.of(0);
        Images all = SmallGraph.IMAGES;
        ModelNode w_h = umig.node("w_h");
        Classifier s = Classifier.create(
                w_h.model().spec(),
                all,
                Seed.of(9).child("w_s").child("weights").value());
        Training.of(s, umig.reached(umig.node("w_s")).without(zero), own("w_s", 9))
                .run();
        Classifier j = s.copy();
        Training.of(j, umig.reached(umig.node("w_j")).without(zero), own("w_j", 9))
                .run();
        Classifier h = s.copy();
        Weights f = umig.node("w_f").model().weights();
        h.load(Weights.average(List.of(j.weights(), f), new double[] {1, 1}));
        Training.of(h, umig.reached(w_h).without(zero), own("w_h", 9)).run();

        UnlearningResult result =
                Retrain.on(umig).training(CONFIG).seed(9).forget(zero).run();
        assertThat(umig.node("w_s").model().weights()).isEqualTo(s.weights());
        assertThat(umig.node("w_j").model().weights()).isEqualTo(j.weights());
        assertThat(w_h.model().weights()).isEqualTo(h.weights());
        assertThat(umig.node("w_f").model().weights()).isEqualTo(f);
        var seconds = result.cumulativeSeconds();
        assertThat(seconds.get(w_h))
                .as("it waited for w_j, which waited for w_s")
                .isGreaterThan(seconds.get(umig.node("w_j")));
        assertThat(seconds.get(umig.node("w_j"))).isGreaterThan(seconds.get(umig.node("w_s")));
    }

    @Test
    void fineTuningAndDistillingSeeTheRestAlone() {
        Labels five = Labels.of(5);
        ModelNode f = umig.node("w_f");
        Images rest = umig.reached(f).without(five);
        Classifier tuned = f.model().copy();
        Training.of(tuned, rest, own("w_f", 3)).run();
        Classifier student = Classifier.create(
                f.model().spec(), rest, Seed.of(3).child("w_f").child("weights").value());
        Training.distilling(f.model(), student, rest, 2, own("w_f", 3)).run();

        UnlearningResult result =
                FineTune.on(umig).training(CONFIG).seed(3).forget(five).run();
        assertThat(f.model().weights()).isEqualTo(tuned.weights());
        result.undo();
        Distill.on(umig).temperature(2).training(CONFIG).seed(3).forget(five).run();
        assertThat(f.model().weights()).isEqualTo(student.weights());
    }

    @Test
    void ascentStopsAtChanceAndBeforeItWrecksTheRest() {
        TrainingConfig fast = GradientAscent.TRAINING.batchSize(8).learningRate(0.02);
        Request samples = Request.samples(umig.node("w_f").shard().only(Labels.of(5)));
        Table before = GradientAscent.on(umig)
                .training(fast)
                .mayFall(100)
                .forget(samples)
                .run()
                .table();
        assertThat(before.doubleColumn("AD_f").max()).as("chance").isLessThanOrEqualTo(25);

        Umig other = SmallGraph.trained();
        for (double points : new double[] {0, 3, 10}) {
            UnlearningResult result = GradientAscent.on(other)
                    .training(fast.learningRate(0.2))
                    .mayFall(points)
                    .forget(Labels.of(1, 4))
                    .run();
            Table table = result.table();
            result.undo();
            DoubleColumn fall = table.doubleColumn("AD_r before").subtract(table.doubleColumn("AD_r"));
            assertThat(fall.max()).as("a fall of %s", points).isLessThanOrEqualTo(points + 1e-9);
        }
    }

    @Test
    void ascentEndsAtTheAccuracyAskedFor() {
        ModelNode f = umig.node("w_f");
        Images five = umig.reached(f).only(Labels.of(5));
        double was = Evaluator.evaluate(f.model(), five).accuracy();
        UnlearningResult result = GradientAscent.on(umig)
                .forgottenAt(60)
                .checkEvery(1)
                .mayFall(100)
                .training(GradientAscent.TRAINING.epochs(200).batchSize(8).learningRate(0.002))
                .forget(Labels.of(5))
                .run();
        double is = Evaluator.evaluate(f.model(), five).accuracy();
        assertThat(was).isGreaterThan(80);
        assertThat(is).isLessThanOrEqualTo(60).isGreaterThan(20);
        result.undo();
    }

    @Test
    void aNodeWithNothingLeftKeepsWhatItStartedFrom() {
        UnlearningResult result =
                Retrain.on(umig).training(CONFIG).forget(Request.clients("w_s")).run();
        Classifier fresh = Classifier.create(
                umig.node("w_s").model().spec(),
                SmallGraph.IMAGES,
                Seed.of(0).child("w_s").child("weights").value());
        assertThat(umig.node("w_s").model().weights()).isEqualTo(fresh.weights());
        result.undo();
    }

    @Test
    void settingsAreRefusedOnceBegunAndTheGraphMayNotChangeMeanwhile() {
        FineTune tuning = FineTune.on(umig).training(CONFIG).forget(Labels.of(1));
        Thread.currentThread().interrupt();
        assertThatThrownBy(tuning::run).hasMessageContaining("interrupted");
        Thread.interrupted();
        assertThatThrownBy(() -> tuning.seed(4)).hasMessageContaining("FineTune has begun: settings can't change now");
        assertThatThrownBy(() -> tuning.forget(Labels.of(2))).hasMessageContaining("begin anew with FineTune.on(umig)");
        Fiun.on(umig).forget(Labels.of(1)).run();
        assertThatThrownBy(tuning::run)
                .hasMessage("w_s was changed since FineTune was interrupted: begin anew with FineTune.on(umig)");
    }

    @Test
    void aSearchChoosesTheHighestRecordsAllAndLeavesNothingBehind() {
        Map<String, Weights> before = SmallGraph.weights(umig);
        Search<Double> search = Search.over(
                List.of(1e30, 1.0, 0.5),
                gamma -> Fiun.on(umig).config(FiunConfig.paper().gamma(gamma)).forget(Labels.of(1)),
                Search.accuracyDifference(SmallGraph.IMAGES));
        assertThat(SmallGraph.weights(umig)).isEqualTo(before);
        assertThat(search.tried().stringColumn("configuration").asList()).containsExactly("1.0E30", "1.0", "0.5");
        StringColumn failures = search.tried().stringColumn("failure");
        assertThat(failures.get(0)).startsWith("gamma (1.0E30) selects no parameter");
        assertThat(failures.get(1)).isEmpty();
        DoubleColumn criterion = search.tried().doubleColumn("criterion");
        assertThat(criterion.isMissing(0)).isTrue();
        assertThat(search.chosen()).isEqualTo(criterion.get(1) >= criterion.get(2) ? 1.0 : 0.5);
        assertThatThrownBy(() -> Search.over(
                        List.of(1e30),
                        gamma -> Fiun.on(umig)
                                .config(FiunConfig.paper().gamma(gamma))
                                .forget(Labels.of(1)),
                        result -> 0))
                .hasMessageStartingWith("none of 1 configurations could be measured, the first failed: gamma (1.0E30)");
    }

    @Test
    void measuredStandsBesidePublished() {
        Table published = Table.create(
                "Table 9",
                StringColumn.create("metric", "AD_r", "AD_f", "AD_r", "AD_f", "seconds", "AD_f", "AD_f"),
                StringColumn.create("approach", "original", "original", "fiun", "fiun", "fiun", "retrain", "fiun"),
                StringColumn.create("node", "w_f", "w_f", "w_f", "w_f", "w_f", "w_f", "w_z"),
                DoubleColumn.create("value", 99.99, 99.5, 95, 0, 0.11, 0, 0));
        UnlearningResult result = Fiun.on(umig).forget(Labels.of(5)).run();
        Table beside = result.against(published);
        Table measured = result.table();
        int row = measured.stringColumn("node").asList().indexOf("w_f");

        assertThat(beside.stringColumn("approach").asList())
                .containsExactly("original", "original", "fiun", "fiun", "fiun");
        assertThat(beside.doubleColumn("measured").get(0))
                .isEqualTo(measured.doubleColumn("AD_r before").get(row));
        assertThat(beside.doubleColumn("measured").get(1))
                .isEqualTo(measured.doubleColumn("AD_f before").get(row));
        assertThat(beside.doubleColumn("measured").get(3))
                .isEqualTo(measured.doubleColumn("AD_f").get(row));
        assertThat(beside.doubleColumn("measured").get(4))
                .isEqualTo(result.cumulativeSeconds().get(umig.node("w_f")));
        assertThat(beside.doubleColumn("measured − published").get(3))
                .isEqualTo(measured.doubleColumn("AD_f").get(row));
        assertThatThrownBy(() -> result.against(Paper.FIUN.table(9))).hasMessageContaining("no row of FIUn, Table 9");
        assertThat(published.columnCount())
                .as("the published table is not changed")
                .isEqualTo(4);
        assertThatThrownBy(() -> result.against(Table.create("empty"))).hasMessageContaining("a column named metric");
        assertThatThrownBy(() -> result.against(published.dropRange(0, 6))).hasMessageContaining("no row of Table 9");
    }
}
