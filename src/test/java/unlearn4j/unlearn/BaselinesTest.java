package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import unlearn4j.AllWeights;
import unlearn4j.core.Seed;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.fisher.Mlp;
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

    /** The chain written out: w_s fresh, w_j from w_s, w_h from the mean of w_j and the untouched w_f, on their own shards. */
    @Test
    void retrainingStartsFreshOrFromReTrainedParents() {
        Labels zero = Labels.of(0);
        ModelNode w_h = umig.node("w_h");
        Classifier s = Classifier.create(
                w_h.model().spec(),
                SmallGraph.IMAGES,
                Seed.of(9).child("w_s").child("weights").value());
        Training.of(s, umig.node("w_s").shard().without(zero), own("w_s", 9)).run();
        Classifier j = s.copy();
        Training.of(j, umig.node("w_j").shard().without(zero), own("w_j", 9)).run();
        Classifier h = s.copy();
        Weights f = umig.node("w_f").model().weights();
        h.load(Weights.average(List.of(j.weights(), f), new double[] {1, 1}));
        Training.of(h, w_h.shard().without(zero), own("w_h", 9)).run();

        UnlearningResult result = Retrain.on(umig).training(CONFIG).seed(9).forget(zero);
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

    /** Two rounds of two clients written out, without the images of one label: the schedule by which the graph was made. */
    @Test
    void reTrainingRunsTheRoundsOfAFederatedGraphAgainWithoutTheLabel() {
        Dataset data = TinyImages.dataset(4, 20, 4);
        Umig trained = Umig.federated(data)
                .clients(2)
                .rounds(2)
                .model(new Mlp(12, 8))
                .training(CONFIG.epochs(2))
                .seed(4)
                .train();
        Images kept = data.train().without(Labels.of(1));
        List<Images> shards = trained.plan().steps().stream()
                .filter(step -> step.name().matches("client-./1"))
                .map(step -> step.images().shared(kept))
                .toList();
        Classifier global = Classifier.create(
                new Mlp(12, 8),
                data.train(),
                Seed.of(4).child("w_g/0").child("weights").value());
        for (int round = 1; round <= 2; round++) {
            List<Weights> clients = new ArrayList<>();
            for (int client = 0; client < 2; client++) {
                Classifier local = global.copy();
                String name = "client-" + (client + 1) + "/" + round;
                TrainingConfig own = CONFIG.epochs(2)
                        .seed(Seed.of(4).child(name).child("training").value());
                Training.of(local, shards.get(client), own).run();
                clients.add(local.weights());
            }
            // The graph's clients have as many images each; the label is taken out of both.
            global.load(Weights.average(clients, new double[] {1, 1}));
        }

        Retrain.on(trained).forget(Labels.of(1));

        assertThat(trained.node("w_g/2").model().weights()).isEqualTo(global.weights());
    }

    /** What was re-trained is found again, seconds included, and not trained once more. */
    @Test
    void aReTrainingInAFolderIsFoundThere(@TempDir Path folder) {
        Umig trained = Umig.incremental(TinyImages.dataset(6, 20, 4))
                .first(4)
                .step(1)
                .models(3)
                .model(new Mlp(12, 8))
                .training(CONFIG.epochs(1))
                .seed(4)
                .train();
        UnlearningResult anew = Retrain.on(trained).forget(Labels.of(1));
        Map<String, Weights> expected = AllWeights.of(trained);
        anew.undo();

        UnlearningResult kept = Retrain.on(trained).in(folder).forget(Labels.of(1));
        assertThat(AllWeights.of(trained)).isEqualTo(expected);
        kept.undo();
        UnlearningResult found = Retrain.on(trained).in(folder).forget(Labels.of(1));

        assertThat(AllWeights.of(trained)).isEqualTo(expected);
        assertThat(found.cumulativeSeconds()).isEqualTo(kept.cumulativeSeconds());
    }

    @Test
    void anHeirInTransferLearningHasItsHeadReTrainedAloneOrAllOfItIfAsked() {
        Umig trained = Umig.transfer(TinyImages.dataset(6, 20, 4))
                .first(4)
                .tasks(5)
                .model(new Mlp(12, 8))
                .training(CONFIG)
                .seed(4)
                .train();
        Retrain.on(trained).forget(Labels.of(1));
        List<float[]> root = trained.node("w_g").model().weights().copy();
        List<float[]> heir = trained.node("w_a").model().weights().copy();
        assertThat(heir.get(0)).as("the frozen body").isEqualTo(root.get(0));
        assertThat(heir.get(heir.size() - 1)).isNotEqualTo(root.get(root.size() - 1));

        Retrain.on(trained).wholeNetwork().forget(Labels.of(1));
        assertThat(trained.node("w_a").model().weights().copy().get(0))
                .isNotEqualTo(trained.node("w_g").model().weights().copy().get(0));
    }

    /** Gradient ascent, fine-tuning and distillation use nothing of a node's parents, so their seconds are their own. */
    @Test
    void aRivalDoesNotWaitForParentsThatItDoesNotUse() {
        for (UnlearningMethod<?> rival : List.of(
                FineTune.on(umig).training(CONFIG),
                Distill.on(umig).training(CONFIG),
                GradientAscent.on(umig).training(GradientAscent.TRAINING.epochs(2)))) {
            UnlearningResult result = rival.forget(Labels.of(1));
            double all = result.seconds().get("training");
            assertThat(result.cumulativeSeconds().values().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum())
                    .as("%s: the nodes' own seconds add up to the whole", rival.name())
                    .isCloseTo(all, within(1e-9));
            result.undo();
        }
    }

    @Test
    void fineTuningAndDistillingSeeTheRestAlone() {
        Labels five = Labels.of(5);
        ModelNode f = umig.node("w_f");
        Images rest = f.shard().without(five);
        Classifier tuned = f.model().copy();
        Training.of(tuned, rest, own("w_f", 3)).run();
        Classifier student = Classifier.create(
                f.model().spec(), rest, Seed.of(3).child("w_f").child("weights").value());
        Training.distilling(f.model(), student, rest, 2, own("w_f", 3)).run();

        UnlearningResult result = FineTune.on(umig).training(CONFIG).seed(3).forget(five);
        assertThat(f.model().weights()).isEqualTo(tuned.weights());
        result.undo();
        Distill.on(umig).temperature(2).training(CONFIG).seed(3).forget(five);
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
                .evaluate();
        assertThat(before.doubleColumn("AD_f").max()).as("chance").isLessThanOrEqualTo(25);

        Umig other = SmallGraph.trained();
        for (double points : new double[] {0, 3, 10}) {
            UnlearningResult result = GradientAscent.on(other)
                    .training(fast.learningRate(0.2))
                    .mayFall(points)
                    .forget(Labels.of(1, 4));
            Table table = result.evaluate();
            result.undo();
            DoubleColumn fall = table.doubleColumn("AD_r before").subtract(table.doubleColumn("AD_r"));
            assertThat(fall.max()).as("a fall of %s", points).isLessThanOrEqualTo(points + 1e-9);
        }
    }

    @Test
    void ascentEndsAtTheAccuracyAskedFor() {
        ModelNode f = umig.node("w_f");
        Images five = f.shard().only(Labels.of(5));
        double was = Evaluator.evaluate(f.model(), five).accuracy();
        UnlearningResult result = GradientAscent.on(umig)
                .forgottenAt(60)
                .checkEvery(1)
                .mayFall(100)
                .training(GradientAscent.TRAINING.epochs(200).batchSize(8).learningRate(0.002))
                .forget(Labels.of(5));
        double is = Evaluator.evaluate(f.model(), five).accuracy();
        assertThat(was).isGreaterThan(80);
        assertThat(is).isLessThanOrEqualTo(60).isGreaterThan(20);
        result.undo();
    }

    @Test
    void aNodeWithNothingLeftKeepsWhatItStartedFrom() {
        UnlearningResult result = Retrain.on(umig).training(CONFIG).forget(Request.clients("w_s"));
        Classifier fresh = Classifier.create(
                umig.node("w_s").model().spec(),
                SmallGraph.IMAGES,
                Seed.of(0).child("w_s").child("weights").value());
        assertThat(umig.node("w_s").model().weights()).isEqualTo(fresh.weights());
        result.undo();
    }

    @Test
    void aSettingIsACopyAndTheGraphMayNotChangeWhileAMethodIsInterrupted() {
        FineTune tuning = FineTune.on(umig).training(CONFIG);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> tuning.forget(Labels.of(1))).hasMessageContaining("interrupted");
        Thread.interrupted();
        tuning.forget(Labels.of(1)).undo();
        tuning.seed(4).forget(Labels.of(1)).undo();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> tuning.forget(Labels.of(1))).hasMessageContaining("interrupted");
        Thread.interrupted();
        Fiun.on(umig).forget(Labels.of(1));
        assertThatThrownBy(() -> tuning.forget(Labels.of(1)))
                .hasMessage("w_s was changed since FineTune was interrupted: begin anew with another FineTune");
    }
}
