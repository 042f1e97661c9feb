package unlearn4j.umig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ModelSpec;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;

@Tag("slow")
class TrainingPlanTest {
    private static final Dataset DATA = TinyImages.dataset(4, 12, 4);
    private static final ModelSpec NET = new ResNet("tiny", List.of(1), List.of(4));
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(2).batchSize(8);

    static Stream<GraphTraining<?>> frameworks() {
        return Stream.of(
                Umig.federated(DATA)
                        .clients(3)
                        .servers(2)
                        .rounds(2)
                        .model(NET)
                        .training(CONFIG)
                        .seed(3),
                Umig.dataParallel(DATA).shards(2).rounds(2).model(NET).training(CONFIG),
                Umig.incremental(DATA)
                        .first(2)
                        .step(1)
                        .model(NET)
                        .training(CONFIG)
                        .heirs(CONFIG.epochs(1)),
                Umig.transfer(DATA).first(2).tasks(3, 4).model(NET).training(CONFIG),
                Umig.binaryTree(DATA).depth(1).segments(2).model(NET).training(CONFIG));
    }

    private static void assertSame(Map<String, Classifier> models, Umig umig) {
        assertThat(models).hasSameSizeAs(umig.nodes());
        umig.nodes().forEach(node -> assertThat(models.get(node.name()).weights())
                .as(node.name())
                .isEqualTo(node.model().weights()));
    }

    private static Weights weights(Umig umig, String node) {
        return umig.node(node).model().weights();
    }

    @ParameterizedTest
    @MethodSource("frameworks")
    void aPlanOnAllItsImagesGivesTheGraphItself(GraphTraining<?> framework) {
        Umig umig = framework.train();

        assertSame(umig.plan().begin(Map.of()).run(), umig);
        assertSame(umig.plan().keeping(UnaryOperator.identity()).begin(Map.of()).run(), umig);
        assertThat(umig.part(umig.nodes().get(0).name()).plan()).isEqualTo(umig.plan());
    }

    @Test
    void aPlanOnOtherDataIsTheSameFrameworkOnThatData() {
        UnaryOperator<Images> kept = images -> images.without(Labels.of(1));
        Dataset less = new Dataset("less", kept.apply(DATA.train()), DATA.test(), DATA.sha256());
        TransferLearning transfer =
                Umig.transfer(DATA).first(2).tasks(3, 4).model(NET).training(CONFIG);
        Umig whole = transfer.train();

        Map<String, Classifier> again =
                whole.plan().keeping(kept).begin(Map.of()).run();

        Umig other = Umig.transfer(less)
                .first(2)
                .tasks(3, 4)
                .model(NET)
                .training(CONFIG)
                .train();
        assertSame(again, other);
        assertThat(again.get("w_a").weights()).isNotEqualTo(weights(whole, "w_a"));
        List<float[]> first = again.get("w_g").weights().copy();
        List<float[]> heir = again.get("w_b").weights().copy();
        assertThat(heir.subList(0, heir.size() - 2))
                .usingRecursiveComparison()
                .isEqualTo(first.subList(0, heir.size() - 2));
        Map<String, Classifier> all =
                whole.plan().wholeNetwork().begin(Map.of()).run();
        assertThat(all.get("w_g").weights()).isEqualTo(weights(whole, "w_g"));
        assertThat(all.get("w_b").weights().copy().get(0))
                .isNotEqualTo(weights(whole, "w_g").copy().get(0));
    }

    @Test
    void aStepWithoutImagesStaysWhatItBeginsWith() {
        Umig umig = Umig.incremental(DATA)
                .first(1)
                .step(1)
                .models(2)
                .model(NET)
                .training(CONFIG)
                .train();
        TrainingPlan none = umig.plan().keeping(images -> images.slice(0, Math.min(1, images.size())));

        Map<String, Classifier> models = none.begin(Map.of()).run();

        assertThat(none.images()).isZero();
        assertThat(models.get("w_1").weights()).isEqualTo(models.get("w_0").weights());
        assertThat(umig.plan().images()).isEqualTo(2 * 12 + 2 * 24);
    }

    @Test
    void knownModelsAreTakenAsTheyAreAndWhatOnlyTheyNeedIsNotMade() {
        Umig umig = Umig.federated(DATA)
                .clients(2)
                .rounds(3)
                .model(NET)
                .training(CONFIG)
                .train();
        Classifier known = Classifier.create(NET, DATA.train(), 9);
        Weights before = known.weights();

        PlanRun run = umig.plan().begin(Map.of("w_g/2", known));
        assertThat(run.imagesToGo()).isEqualTo(2 * 48);
        Map<String, Classifier> models = run.run();

        assertThat(run.imagesToGo()).isZero();
        assertThat(models.get("w_g/2")).isSameAs(known);
        assertThat(known.weights()).isEqualTo(before);
        assertThat(run.seconds()).containsOnlyKeys("client-1/3", "client-2/3", "w_g/3");
        assertThat(run.seconds().get("w_g/3"))
                .isGreaterThan(
                        Math.max(run.seconds().get("client-1/3"), run.seconds().get("client-2/3")));
        assertThat(umig.plan()
                        .begin(Map.of("w_g/2", umig.node("w_g/2").model()))
                        .run()
                        .get("w_g/3")
                        .weights())
                .isEqualTo(weights(umig, "w_g/3"));
    }

    @Test
    void aPartIsWhatItsNodesNeed() {
        TrainingPlan plan = Umig.federated(DATA)
                .clients(2)
                .rounds(2)
                .model(NET)
                .training(CONFIG)
                .plan();

        assertThat(plan.part(List.of("client-2/2")).steps())
                .extracting(Step::name)
                .containsExactly("w_g/0", "client-1/1", "client-2/1", "w_g/1", "client-2/2");
    }

    @Test
    void aGraphByHandIsTrainedFromItsParentsOnItsShards() {
        Images train = DATA.train();
        ModelSpec other = new ResNet("other", List.of(1), List.of(4));
        Umig umig = Umig.of();
        Map.of("a", Labels.of(0), "b", Labels.of(1), "c", Labels.of(2, 3), "o", Labels.of(3)).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> umig.add(new ModelNode(
                        entry.getKey(),
                        Classifier.create(entry.getKey().equals("o") ? other : NET, train, 1),
                        train.only(entry.getValue()))));
        umig.inherit("c", "a", 0.25).inherit("c", "b", 0.75).inherit("o", "c");
        TrainingPlan plan = TrainingPlan.of(umig, CONFIG).seed(5);

        Map<String, Classifier> models = plan.begin(Map.of()).run();

        Classifier start = models.get("a").copy();
        start.load(Weights.average(
                List.of(models.get("a").weights(), models.get("b").weights()), new double[] {0.25, 0.75}));
        TrainingConfig own = CONFIG.seed(
                unlearn4j.core.Seed.of(5).child("c").child("training").value());
        assertThat(models.get("c").weights())
                .isEqualTo(Training.of(start, train.only(Labels.of(2, 3)), own)
                        .run()
                        .weights());
        assertThat(plan.steps().get(3).parents()).isEmpty();
        assertThat(models.get("o").spec()).isEqualTo(other);
        umig.add(new ModelNode("late", start, train));
        assertThatThrownBy(umig::plan).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void variantsOfAFrameworkShareNothing() {
        IncrementalLearning one =
                Umig.incremental(DATA).first(2).step(1).models(2).model(NET).training(CONFIG);
        Umig first = one.train();

        IncrementalLearning two = one.models(3).seed(1);

        assertThat(two.train().nodes()).hasSize(3);
        assertThat(one.train().nodes()).hasSize(2);
        assertThat(weights(one.train(), "w_0")).isEqualTo(weights(first, "w_0"));
        assertThat(weights(two.train(), "w_0")).isNotEqualTo(weights(first, "w_0"));
        DagLearning dag = Umig.dag(DATA).node("a", DATA.train()).model(NET);
        dag.node("b", DATA.train(), "a");
        assertThat(dag.plan().steps()).extracting(Step::name).containsExactly(" ", "a");
    }

    @Test
    void heirsMayHaveEpochsOfTheirOwn() {
        TrainingPlan plan = Umig.incremental(DATA)
                .first(2)
                .step(1)
                .models(3)
                .training(CONFIG.epochs(7))
                .heirs(CONFIG.epochs(3))
                .plan();

        assertThat(plan.steps()).extracting(step -> step.training().epochs()).containsExactly(7, 3, 3);
        assertThat(plan.training(CONFIG.epochs(4)).steps())
                .extracting(step -> step.training().epochs())
                .containsOnly(4);
        assertThat(plan.steps().get(1).shard().labels()).isEqualTo(Labels.of(0, 1, 2));
        assertThat((double) plan.images()).isCloseTo(12 * (7 * 2 + 3 * 3 + 3 * 4), within(0.0));
    }
}
