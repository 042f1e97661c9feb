package unlearn4j.hdus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tech.tablesaw.api.Table;
import unlearn4j.data.Dataset;
import unlearn4j.data.Datasets;
import unlearn4j.data.Images;
import unlearn4j.model.ResNet;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Outputs;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;

/** Small networks of clients, trained on real images. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class HdusTest {
    private static final ResNet SLIM = new ResNet("ResNet8", List.of(1, 1, 1));
    private final Dataset data = Datasets.fashionMnistSample().sample(900, 300, 3);
    private final Clients clients =
            Clients.of(data).count(3).classesEach(9).reference(300).seed(7);
    private HdusNetwork trained;

    @BeforeAll
    void train() {
        TrainingConfig config = TrainingConfig.DEFAULT.epochs(10).batchSize(16).learningRate(0.05);
        trained = Hdus.over(clients)
                .mainModels(SLIM)
                .seedModel(SLIM)
                .training(config)
                .incubation(config)
                .lambda(0.7)
                .train();
    }

    /** A network of the same trained models that some clients never joined. */
    private HdusNetwork without(String... absent) {
        Members members = new Members(new Traffic());
        for (Client client : clients.list()) {
            if (!List.of(absent).contains(client.name())) {
                members.admit(
                        client,
                        trained.mainModel(client.name()),
                        trained.seedModel(client.name()),
                        members.names(),
                        Hdus.EXCHANGE);
            }
        }
        return new HdusNetwork(clients, HdusConfig.paper().lambda(0.7), members);
    }

    @Test
    void ensemblesBeatTheMeanMainModel() {
        Table table = trained.evaluate();
        assertThat(table.doubleColumn("main %").min()).isGreaterThan(35);
        assertThat(table.doubleColumn("ensemble %").mean())
                .isGreaterThan(table.doubleColumn("main %").mean() + 1);
    }

    @Test
    void afterForgettingEveryOutputIsThatOfANetworkTheClientNeverJoined() {
        HdusNetwork network = without();
        Receipt receipt = network.forget("client-2");
        assertThat(network.clients()).containsExactly("client-1", "client-3");
        HdusNetwork never = without("client-2");
        for (String client : network.clients()) {
            float[] after = network.ensemble(client).outputs(data.test()).values();
            assertThat(after)
                    .isEqualTo(never.ensemble(client).outputs(data.test()).values());
            assertThat(after)
                    .isNotEqualTo(trained.ensemble(client).outputs(data.test()).values());
        }
        assertThat(receipt.table().stringColumn("client-2").asList())
                .contains(
                        "client-1, client-3",
                        trained.seedModel("client-2").model().weights().sha256());
    }

    @Test
    void withoutNeighboursTheMainModelAnswersAlone() {
        HdusNetwork network = without();
        network.forget("client-1");
        network.forget("client-3");
        assertThat(network.repository("client-2")).isEmpty();
        assertThat(network.ensemble("client-2").outputs(data.test()).values())
                .isEqualTo(Evaluator.logits(trained.mainModel("client-2"), data.test())
                        .softmax(1)
                        .values());
    }

    @Test
    void forgettingTouchesNoMainModel() {
        HdusNetwork network = without();
        Map<String, Weights> before = new LinkedHashMap<>();
        network.clients()
                .forEach(client -> before.put(client, network.mainModel(client).weights()));
        network.forget("client-1");
        for (String client : network.clients()) {
            assertThat(network.mainModel(client).weights()).isEqualTo(before.get(client));
        }
    }

    @Test
    void theEnsembleIsEquationTwo() {
        Outputs main = new Outputs(2, new float[] {0.8f, 0.2f});
        Outputs one = new Outputs(2, new float[] {0.1f, 0.9f});
        Outputs two = new Outputs(2, new float[] {0.5f, 0.5f});
        // (1 − 0.5) · 0.8 + 0.5/2 · (0.1 + 0.5) = 0.55
        assertThat(Ensemble.combine(main, List.of(one, two), 0.5).values())
                .containsExactly(new float[] {0.55f, 0.45f}, within(1e-6f));
        // Eq. 3, without the first: 0.5 · 0.8 + 0.5/1 · 0.5 = 0.65
        assertThat(Ensemble.combine(main, List.of(two), 0.5).values())
                .containsExactly(new float[] {0.65f, 0.35f}, within(1e-6f));
    }

    @Test
    void oneSeedGivesTheSameNetworkTwice() {
        TrainingConfig config = TrainingConfig.DEFAULT.epochs(1);
        Clients few = clients.each(100).reference(100);
        HdusNetwork one = Hdus.over(few)
                .mainModels(SLIM)
                .training(config)
                .incubation(config)
                .train();
        HdusNetwork two = Hdus.over(few)
                .mainModels(SLIM)
                .training(config)
                .incubation(config)
                .train();
        Images test = data.test();
        for (String client : one.clients()) {
            assertThat(two.ensemble(client).outputs(test).values())
                    .isEqualTo(one.ensemble(client).outputs(test).values());
        }
    }

    @Test
    void referenceImagesBelongToNobody() {
        List<Integer> reference = java.util.stream.IntStream.range(0, 300)
                .map(clients.reference()::row)
                .boxed()
                .toList();
        for (Client client : clients.list()) {
            for (int i = 0; i < client.images().size(); i++) {
                assertThat(reference).doesNotContain(client.images().row(i));
            }
        }
    }
}
