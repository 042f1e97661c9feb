package unlearn4j.umig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.core.Seed;
import unlearn4j.data.Dataset;
import unlearn4j.data.Datasets;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.Partition;
import unlearn4j.data.TinyImages;
import unlearn4j.model.AlexNet;
import unlearn4j.model.ModelSpec;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Head;
import unlearn4j.train.Interrupted;
import unlearn4j.train.Schedule;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;

@Tag("slow")
class GraphTrainingTest {
    /** A network without a body: softmax regression on the pixels, whose steps can be worked by hand. */
    private record Linear(int features) implements ModelSpec {
        @Override
        public String name() {
            return "linear";
        }

        @Override
        public Block body(int height, int width) {
            return Blocks.batchFlattenBlock();
        }
    }

    private static final Dataset TINY = TinyImages.dataset(4, 12, 4);
    private static final ModelSpec LINEAR = new Linear(16);
    /** One step an epoch, at a constant rate, nothing clipped or decayed. */
    private static final TrainingConfig ONE_STEP =
            new TrainingConfig(1, 1000, 0.1, 0.9, 0, 1e9, Schedule.CONSTANT, false, Seed.of(0));

    private static Classifier model(Umig umig, String name) {
        return umig.node(name).model();
    }

    private static List<String> names(List<ModelNode> nodes) {
        return nodes.stream().map(ModelNode::name).toList();
    }

    /** One step of softmax regression: W − 0.1 · mean of (p − y) xᵀ, in double precision. */
    private static double[] stepped(Head head, Images images) {
        int features = head.features();
        double[] gradient = new double[head.classes() * features];
        double mean = images.normalisation().mean()[0];
        double deviation = images.normalisation().deviation()[0];
        byte[] bytes = new byte[features];
        for (int i = 0; i < images.size(); i++) {
            images.copy(i, bytes, 0);
            double[] x = new double[features];
            for (int j = 0; j < features; j++) {
                x[j] = ((bytes[j] & 255) / 255.0 - mean) / deviation;
            }
            double[] power = new double[head.classes()];
            double sum = 0;
            for (int k = 0; k < power.length; k++) {
                double logit = head.bias()[k];
                for (int j = 0; j < features; j++) {
                    logit += head.weight()[k * features + j] * x[j];
                }
                power[k] = Math.exp(logit);
                sum += power[k];
            }
            for (int k = 0; k < power.length; k++) {
                double error = power[k] / sum - (images.label(i) == k ? 1 : 0);
                for (int j = 0; j < features; j++) {
                    gradient[k * features + j] += error * x[j] / images.size();
                }
            }
        }
        double[] weight = new double[gradient.length];
        for (int l = 0; l < weight.length; l++) {
            weight[l] = head.weight()[l] - 0.1 * gradient[l];
        }
        return weight;
    }

    @Test
    void federatedAveragingIsTheAverageOfTheClientsStepsByTheirImages() {
        Images first = TINY.train().slice(0, 12);
        Images second = TINY.train().slice(12, 48);

        Umig umig = Umig.federated(TINY)
                .partition(new Partition(List.of(first, second)))
                .rounds(1)
                .model(LINEAR)
                .training(ONE_STEP)
                .train();

        Head start = Classifier.create(
                        LINEAR,
                        TINY.train(),
                        Seed.of(0).child("w_g/0").child("weights").value())
                .head();
        double[] one = stepped(start, first);
        double[] two = stepped(start, second);
        float[] average = model(umig, "w_g/1").head().weight();
        for (int l = 0; l < average.length; l++) {
            assertThat((double) model(umig, "client-1/1").head().weight()[l]).isCloseTo(one[l], within(1e-6));
            assertThat((double) average[l]).isCloseTo(0.25 * one[l] + 0.75 * two[l], within(1e-6));
        }
        assertThat(umig.weight(umig.node("client-1/1"), umig.node("w_g/1"))).isEqualTo(0.25);
        assertThat(umig.weight(umig.node("client-2/1"), umig.node("w_g/1"))).isEqualTo(0.75);
    }

    @Test
    void oneDataParallelStepIsOneStepOnTheLargeBatch() {
        Dataset data = Datasets.fashionMnistSample().sample(36, 10, 3);
        AlexNet net = new AlexNet("AlexNet-8", 8, 0);
        TrainingConfig config = ONE_STEP.learningRate(0.01).weightDecay(5e-4);

        Umig umig = Umig.dataParallel(data)
                .shards(3)
                .rounds(1)
                .model(net)
                .training(config)
                .train();

        Classifier whole = Classifier.create(
                net, data.train(), Seed.of(0).child("w_g/0").child("weights").value());
        Weights start = whole.weights();
        Training.of(whole, umig.reached(umig.node("w_g/1")), config).run();
        List<float[]> expected = whole.weights().copy();
        List<float[]> average = model(umig, "w_g/1").weights().copy();
        assertThat(whole.weights()).isNotEqualTo(start);
        for (int i = 0; i < expected.size(); i++) {
            for (int l = 0; l < expected.get(i).length; l++) {
                assertThat(average.get(i)[l]).isCloseTo(expected.get(i)[l], within(2e-7f));
            }
        }
    }

    @Test
    void subTasksCanHaveOtherLabels() {
        List<Labels> labels = List.of(Labels.of(0, 1, 2), Labels.of(0, 1, 3));
        Partition parts = Partition.labelsOf(TINY.train(), labels, 1);

        Umig umig = Umig.dataParallel(TINY)
                .partition(parts)
                .rounds(2)
                .graphRounds(2)
                .model(LINEAR)
                .training(ONE_STEP)
                .train();

        assertThat(umig.node("task-1/1").shard().labels()).isEqualTo(labels.get(0));
        assertThat(umig.node("task-2/2").shard().labels()).isEqualTo(labels.get(1));
        assertThat(umig.has("task-3/1")).isFalse();
        assertThat(umig.unlearning(Labels.of(2)).discovered()).containsOnlyKeys(umig.node("task-1/1"));
    }

    @Test
    void anIncrementalModelGoesOnFromItsParentWithAllLabelsSoFar() {
        Umig umig = Umig.incremental(TINY)
                .first(2)
                .step(1)
                .models(3)
                .model(LINEAR)
                .training(ONE_STEP)
                .train();

        assertThat(names(umig.nodes())).containsExactly("w_0", "w_1", "w_2");
        assertThat(umig.nodes().stream().map(node -> node.shard().labels()))
                .containsExactly(Labels.of(0, 1), Labels.of(0, 1, 2), Labels.of(0, 1, 2, 3));
        assertThat(umig.unlearning(Labels.of(1, 3)).discovered()).containsOnlyKeys(umig.node("w_0"), umig.node("w_2"));
        for (int i = 1; i < 3; i++) {
            double[] expected =
                    stepped(model(umig, "w_" + (i - 1)).head(), TINY.train().only(Labels.range(0, 2 + i)));
            float[] weight = model(umig, "w_" + i).head().weight();
            for (int l = 0; l < weight.length; l++) {
                assertThat((double) weight[l]).isCloseTo(expected[l], within(1e-6));
            }
        }
    }

    @Test
    void aFederationsLastRoundsAreItsGraphAndStandOnTheRoundsBefore() {
        Umig last = Umig.federated(TINY)
                .clients(3)
                .rounds(3)
                .graphRounds(1)
                .model(LINEAR)
                .training(ONE_STEP)
                .train();
        Umig all = Umig.federated(TINY)
                .clients(3)
                .rounds(3)
                .graphRounds(3)
                .model(LINEAR)
                .training(ONE_STEP)
                .train();

        assertThat(names(last.nodes()))
                .containsExactlyInAnyOrder("w_g/2", "client-1/3", "client-2/3", "client-3/3", "w_g/3");
        assertThat(last.unlearning(Labels.of(2)).discovered()).containsOnlyKeys(last.node("w_g/2"));
        assertThat(all.nodes()).hasSize(12);
        assertThat(names(List.copyOf(all.unlearning(Labels.of(2)).discovered().keySet())))
                .containsExactly("client-1/1", "client-2/1", "client-3/1");
        assertThat(names(all.parents(all.node("client-2/2")))).containsExactly("w_g/1");
        assertThat(model(last, "w_g/3").weights()).isEqualTo(model(all, "w_g/3").weights());
        assertThat(last.reached(last.node("w_g/3")).size()).isEqualTo(48);
    }

    @Test
    void serversAverageBetweenClientsAndTheGlobalModel() {
        Umig umig = Umig.federated(TINY)
                .clients(5)
                .servers(2)
                .rounds(1)
                .model(LINEAR)
                .training(ONE_STEP)
                .train();
        Umig flat = Umig.federated(TINY)
                .clients(5)
                .rounds(1)
                .model(LINEAR)
                .training(ONE_STEP)
                .train();

        assertThat(names(umig.parents(umig.node("server-1/1")))).containsExactly("client-1/1", "client-2/1");
        assertThat(names(umig.parents(umig.node("w_g/1")))).containsExactly("server-1/1", "server-2/1");
        assertThat(umig.weight(umig.node("server-2/1"), umig.node("w_g/1"))).isCloseTo(0.6, within(1e-12));
        float[] layered = model(umig, "w_g/1").head().weight();
        float[] direct = model(flat, "w_g/1").head().weight();
        for (int l = 0; l < direct.length; l++) {
            assertThat(layered[l]).isCloseTo(direct[l], within(1e-6f));
        }
    }

    @Test
    void clientsMayHaveLabelsOfTheirOwn() {
        Umig umig = Umig.federated(TINY)
                .clients(4)
                .labelsEach(2)
                .rounds(1)
                .model(LINEAR)
                .training(ONE_STEP)
                .train();

        for (int client = 1; client <= 4; client++) {
            assertThat(umig.known(umig.node("client-" + client + "/1")).size()).isEqualTo(2);
        }
        assertThat(umig.known(umig.node("w_g/1"))).isEqualTo(Labels.range(0, 4));
        assertThat(umig.unlearning(Labels.of(1)).discovered()).hasSize(2);
    }

    @Test
    void transferLearnsTheHeadAndLeavesTheBody() {
        Dataset data = TinyImages.dataset(10, 6, 8);

        Umig umig = Umig.transfer(data)
                .model(ResNet.SMALL)
                .training(TrainingConfig.DEFAULT.epochs(2).batchSize(8))
                .train();

        assertThat(names(umig.nodes())).containsExactly("w_g", "w_a", "w_b");
        assertThat(names(umig.parents(umig.node("w_b")))).containsExactly("w_g");
        assertThat(umig.known(umig.node("w_g"))).isEqualTo(Labels.of(0));
        assertThat(umig.node("w_a").shard().labels()).isEqualTo(Labels.of(0, 1, 2));
        assertThat(umig.unlearning(Labels.of(2)).discovered()).containsOnlyKeys(umig.node("w_a"), umig.node("w_b"));
        assertThat(umig.known(umig.node("w_b"))).isEqualTo(Labels.range(0, 9));
        List<float[]> before = model(umig, "w_g").weights().copy();
        List<float[]> after = model(umig, "w_b").weights().copy();
        int head = before.size() - 2;
        for (int i = 0; i < before.size(); i++) {
            assertThat(Arrays.equals(after.get(i), before.get(i)))
                    .as("array %d of %d is the same", i, before.size())
                    .isEqualTo(i < head);
        }
    }

    @Test
    void aTreeHasTwoHeirsANodeAndASegmentEach() {
        Umig umig = Umig.binaryTree(TINY)
                .depth(2)
                .segments(5)
                .model(LINEAR)
                .training(ONE_STEP)
                .train();

        assertThat(umig.nodes()).hasSize(7);
        assertThat(names(umig.children(umig.node("w_1")))).containsExactly("w_3", "w_4");
        assertThat(names(umig.ancestors(umig.node("w_6")))).containsExactly("w_0", "w_2");
        assertThat(umig.node("w_6").shard().shared(umig.node("w_1").shard()).size())
                .isEqualTo(9);
        assertThat(umig.node("w_6").shard().shared(umig.node("w_2").shard()).isEmpty())
                .isTrue();
        assertThat(umig.unlearning(Labels.of(0)).scenarios().depth()).isEqualTo(2);
    }

    @Test
    void aDagBeginsWithTheAverageOfItsParents() {
        Images train = TINY.train();
        Umig umig = Umig.dag(TINY)
                .node("a", train.only(Labels.of(0, 1)))
                .node("b", train.only(Labels.of(1, 2)))
                .node("m", train.slice(0, 0), "a", "b")
                .node("c", train.only(Labels.of(3)), "m", "b")
                .model(LINEAR)
                .training(ONE_STEP)
                .train();

        assertThat(model(umig, "m").weights())
                .isEqualTo(Weights.average(
                        List.of(model(umig, "a").weights(), model(umig, "b").weights()), new double[] {1, 1}));
        assertThat(names(umig.parents(umig.node("c")))).containsExactly("b", "m");
        assertThat(umig.weight(umig.node("m"), umig.node("c"))).isEqualTo(0.5);
        assertThat(umig.known(umig.node("c"))).isEqualTo(Labels.range(0, 4));
    }

    /** Trains a model as a graph's training is to: its chance is its own, drawn from the graph's seed by its name. */
    private static Classifier byHand(Classifier start, Images images, TrainingConfig config, long seed, String name) {
        return Training.of(
                        start,
                        images,
                        config.seed(Seed.of(seed).child(name).child("training").value()))
                .run();
    }

    @Test
    void aGraphHasTheBitsOfItsModelsTrainedOneByOne() {
        Dataset data = Datasets.fashionMnistSample().sample(60, 10, 3);
        TrainingConfig config = TrainingConfig.DEFAULT.epochs(2).batchSize(16).learningRate(0.05);
        Umig chain = Umig.incremental(data)
                .first(6)
                .step(2)
                .models(2)
                .model(ResNet.SMALL)
                .training(config)
                .seed(5)
                .train();
        Umig federation = Umig.federated(data)
                .clients(2)
                .rounds(1)
                .model(ResNet.SMALL)
                .training(config)
                .seed(5)
                .train();

        Classifier first = byHand(
                Classifier.create(
                        ResNet.SMALL,
                        data.train(),
                        Seed.of(5).child("w_0").child("weights").value()),
                data.train().only(Labels.range(0, 6)),
                config,
                5,
                "w_0");
        Classifier second = byHand(first.copy(), data.train().only(Labels.range(0, 8)), config, 5, "w_1");
        assertThat(model(chain, "w_0").weights()).isEqualTo(first.weights());
        assertThat(model(chain, "w_1").weights()).isEqualTo(second.weights());
        Classifier global = Classifier.create(
                ResNet.SMALL,
                data.train(),
                Seed.of(5).child("w_g/0").child("weights").value());
        List<Weights> clients = new ArrayList<>();
        for (String name : List.of("client-1/1", "client-2/1")) {
            clients.add(byHand(global.copy(), federation.node(name).shard(), config, 5, name)
                    .weights());
            assertThat(model(federation, name).weights()).isEqualTo(clients.get(clients.size() - 1));
        }
        assertThat(model(federation, "w_g/1").weights()).isEqualTo(Weights.average(clients, new double[] {30, 30}));
    }

    @Test
    void realClientsLearn() {
        Dataset data = Datasets.fashionMnistSample().sample(300, 100, 1);
        Umig umig = Umig.federated(data)
                .clients(2)
                .rounds(2)
                .model(ResNet.SMALL)
                .training(TrainingConfig.DEFAULT.epochs(3).batchSize(16).learningRate(0.05))
                .train();
        for (String node : List.of("w_g/1", "client-1/2", "client-2/2", "w_g/2")) {
            assertThat(Evaluator.evaluate(model(umig, node), data.train()).accuracy())
                    .as(node)
                    .isGreaterThan(30);
        }
    }

    /** A screen that interrupts the thread once, after that many reports. */
    private static final class Stopping implements Screen, Progress {
        private final List<Long> totals = new ArrayList<>();
        private int reports;
        private final int stopAt;

        Stopping(int stopAt) {
            this.stopAt = stopAt;
        }

        @Override
        public void show(Object value) {}

        @Override
        public Progress progress(String task, long total, String unit) {
            totals.add(total);
            return this;
        }

        @Override
        public void done(long done) {
            if (++reports == stopAt) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void note(String text) {}

        @Override
        public void point(String curve, double x, double y) {}

        @Override
        public void close() {}
    }

    @Test
    void anInterruptedTrainingGoesOnToTheSameGraph() {
        Screen before = Screen.current();
        FederatedLearning federation = Umig.federated(TINY)
                .clients(2)
                .rounds(3)
                .model(LINEAR)
                .training(TrainingConfig.DEFAULT.epochs(3).batchSize(8));
        Stopping screen = new Stopping(30);
        Screen.use(screen);
        try {
            assertThatThrownBy(federation::train)
                    .isInstanceOf(Interrupted.class)
                    .hasMessageContaining("goes on from there");
            assertThat(Thread.interrupted()).isTrue();
            Umig resumed = federation.train();
            Umig whole = Umig.federated(TINY)
                    .clients(2)
                    .rounds(3)
                    .model(LINEAR)
                    .training(TrainingConfig.DEFAULT.epochs(3).batchSize(8))
                    .train();
            for (ModelNode node : whole.nodes()) {
                assertThat(model(resumed, node.name()).weights())
                        .as(node.name())
                        .isEqualTo(node.model().weights());
            }
            assertThat(screen.totals.get(0)).isEqualTo(3 * 3 * 48);
            assertThat(screen.totals.get(1)).isPositive().isLessThan(3 * 3 * 48).isEqualTo(3 * 3 * 48 - 7 * 24);
            assertThat(federation.train().toString()).isEqualTo(whole.toString());
        } finally {
            Thread.interrupted();
            Screen.use(before);
        }
    }

    @Test
    void aDataSetWithoutTestImagesOfALabelTrainsAllTheSame() {
        Dataset half = new Dataset("half", TINY.train().only(Labels.of(0, 2)), TINY.test(), new TreeMap<>());
        Umig umig = Umig.federated(half)
                .clients(2)
                .rounds(1)
                .model(LINEAR)
                .training(ONE_STEP)
                .train();
        assertThat(umig.known(umig.node("w_g/1"))).isEqualTo(Labels.of(0, 2));
    }
}
