package unlearn4j.hdus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ModelSpec;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Interrupted;
import unlearn4j.train.Outputs;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;

/** The baselines on tiny images, bit for bit. */
@Tag("slow")
class BaselinesTest {
    private static final Dataset DATA = TinyImages.dataset(10, 14, 4);
    private static final Images TEST = DATA.test();
    private static final Clients CLIENTS =
            Clients.of(DATA).count(4).reference(40).seed(7);
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(2).batchSize(16).learningRate(0.05);
    private static final ModelSpec[] MODELS = {ResNet.MEDIUM, ResNet.SMALL};
    private static final HdusNetwork HDUS = Hdus.over(CLIENTS)
            .mainModels(MODELS)
            .training(CONFIG)
            .incubation(CONFIG.epochs(1))
            .train();

    private static Dsgd dsgd() {
        return Dsgd.over(CLIENTS).rounds(3).training(CONFIG).topology(Topology.ring());
    }

    private static FedUnl fedUnl() {
        return FedUnl.over(CLIENTS).rounds(3).training(CONFIG);
    }

    private static float[] values(Framework framework, String client) {
        return framework.outputs(client, TEST).values();
    }

    private static List<float[]> allValues(Framework framework) {
        return framework.clients().stream()
                .map(client -> values(framework, client))
                .toList();
    }

    private static void checkEqual(List<float[]> actual, List<float[]> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i)).isEqualTo(expected.get(i));
        }
    }

    @Test
    void isolatedModelsAreTheMainModelsOfHdus() {
        Framework alone = Isgd.over(CLIENTS).mainModels(MODELS).training(CONFIG).train();
        Framework taken = Isgd.of(HDUS);
        for (String client : HDUS.clients()) {
            float[] main =
                    Evaluator.logits(HDUS.mainModel(client), TEST).softmax(1).values();
            assertThat(values(alone, client)).isEqualTo(main);
            assertThat(values(taken, client)).isEqualTo(main);
        }
        assertThat(alone.clients()).isEqualTo(HDUS.clients());
        assertThat(alone.traffic().messages()).isZero();
    }

    @Test
    void whereNothingIsSharedADepartureChangesNothing() {
        Framework alone = Isgd.of(HDUS);
        List<float[]> before = allValues(alone);
        Receipt receipt = alone.forget("client-2");
        checkEqual(allValues(alone), List.of(before.get(0), before.get(2), before.get(3)));
        assertThat(alone.clients()).containsExactly("client-1", "client-3", "client-4");
        assertThat(receipt.framework()).isEqualTo("ISGD");
        assertThat(HDUS.clients()).as("the network it was taken from").hasSize(4);
    }

    @Test
    void theServersEnsembleIsTheMeanOfTheModelsAndForgetsOneExactly() {
        SisaEnsemble ensemble =
                SisaA.over(CLIENTS).mainModels(MODELS).training(CONFIG).train();
        SisaEnsemble taken = SisaA.of(HDUS, Combination.PROBABILITIES);
        List<float[]> main = HDUS.clients().stream()
                .map(client -> Evaluator.logits(HDUS.mainModel(client), TEST)
                        .softmax(1)
                        .values())
                .toList();
        assertThat(values(ensemble, "client-3")).containsExactly(mean(main), within(1e-6f));
        assertThat(values(taken, "client-1")).isEqualTo(values(ensemble, "client-3"));
        assertThat(ensemble.traffic().bytes())
                .isEqualTo(HDUS.clients().stream()
                        .mapToLong(client -> HDUS.mainModel(client).bytes())
                        .sum());

        ensemble.forget("client-2");
        float[] never = mean(List.of(main.get(0), main.get(2), main.get(3)));
        assertThat(values(ensemble, "client-3")).containsExactly(never, within(1e-6f));
        assertThat(values(ensemble, "client-1"))
                .isEqualTo(values(ensemble, "client-3"))
                .isNotEqualTo(values(taken, "client-1"));
        assertThat(ensemble.traffic().messages()).isEqualTo(5);
    }

    @Test
    void aServerMayLeaveOutModelsThatDoNotKnowAClass() {
        SisaEnsemble ensemble = SisaA.of(HDUS, Combination.KNOWN_CLASSES);
        List<String> clients = HDUS.clients();
        List<Labels> known =
                clients.stream().map(client -> HDUS.ensemble(client).known()).toList();
        List<float[]> main = clients.stream()
                .map(client -> Evaluator.logits(HDUS.mainModel(client), TEST)
                        .softmax(1)
                        .values())
                .toList();
        // For the first image: each class's mean over those who know it, then scaled to add up to 1.
        double[] expected = new double[10];
        for (int label = 0; label < 10; label++) {
            int wanted = label;
            expected[label] = IntStream.range(0, 4)
                    .filter(i -> known.get(i).contains(wanted))
                    .mapToDouble(i -> main.get(i)[wanted])
                    .average()
                    .orElseThrow();
        }
        double sum = Arrays.stream(expected).sum();
        float[] actual = values(ensemble, "client-1");
        for (int label = 0; label < 10; label++) {
            assertThat((double) actual[label]).isCloseTo(expected[label] / sum, within(1e-6));
        }
        assertThat(known).as("each lacks a class").allMatch(labels -> labels.size() == 9);
    }

    private static float[] mean(List<float[]> rows) {
        float[] mean = new float[rows.get(0).length];
        for (int i = 0; i < mean.length; i++) {
            int place = i;
            mean[i] = (float)
                    rows.stream().mapToDouble(row -> row[place]).average().orElseThrow();
        }
        return mean;
    }

    @Test
    void federatedAveragingOfOneClientIsPlainTraining() {
        Clients one = CLIENTS.count(1);
        Client client = one.list().get(0);
        TrainingConfig config =
                CONFIG.epochs(6).seed(Rounds.trainingSeed(one.seed(), client).value());
        Classifier plain = Classifier.create(
                ResNet.SMALL, client.images(), Rounds.initialWeights(one.seed()).value());
        Training.of(plain, client.images(), config).run();
        Framework averaged =
                FedUnl.over(one).rounds(3).localEpochs(2).training(CONFIG).train();
        assertThat(values(averaged, "client-1"))
                .isEqualTo(Evaluator.logits(plain, TEST).softmax(1).values());
    }

    @Test
    void onACompleteGraphOfEqualClientsDecentralisedSgdIsFederatedAveragingAndInARingItIsNot() {
        Clients equal = CLIENTS.each(20);
        Framework averaged = FedUnl.over(equal).rounds(3).training(CONFIG).train();
        Dsgd dsgd = Dsgd.over(equal).rounds(3).training(CONFIG);
        Framework complete = dsgd.topology(Topology.complete()).train();
        Framework ring = dsgd.train();
        for (String client : averaged.clients()) {
            assertThat(values(complete, client)).isEqualTo(values(averaged, client));
            assertThat(values(ring, client)).isNotEqualTo(values(averaged, client));
        }
        assertThat(values(ring, "client-1")).isNotEqualTo(values(ring, "client-2"));
        assertThat(dsgd)
                .as("by default")
                .hasToString(dsgd.topology(Topology.ring()).toString());
    }

    @Test
    void afterReTrainingDecentralisedSgdIsANetworkThatTheClientNeverJoined() {
        Framework network = dsgd().train();
        List<float[]> before = allValues(network);
        network.forget("client-2");

        List<Client> others = CLIENTS.list().stream()
                .filter(client -> !client.name().equals("client-2"))
                .toList();
        Map<String, Set<String>> path = Map.of(
                "client-1",
                Set.of("client-4"),
                "client-3",
                Set.of("client-4"),
                "client-4",
                Set.of("client-1", "client-3"));
        DsgdNetwork never = new DsgdNetwork(
                RoundsConfig.paper().rounds(3).training(CONFIG), others, new TreeMap<>(path), CLIENTS.seed());
        never.train();
        checkEqual(allValues(network), allValues(never));
        assertThat(values(network, "client-1")).isNotEqualTo(before.get(0));
        // 4 edges of the ring and 2 of the path, both ways, three rounds each; and the request to two neighbours.
        assertThat(network.traffic().messages()).isEqualTo(3 * 8 + 3 * 4 + 2);
        assertThat(network.traffic().table().stringColumn(0).asList())
                .containsExactly("training", "forgetting", "re-training");
    }

    @Test
    void allClientsOfAServerHaveOneGlobalModelAndTrafficIsCounted() {
        Framework server = fedUnl().train();
        assertThat(values(server, "client-1")).isEqualTo(values(server, "client-4"));
        long bytes = Classifier.create(ResNet.SMALL, TEST, 0).bytes();
        assertThat(server.traffic().bytes()).isEqualTo(2 * 3 * 4 * bytes);
        server.forget("client-1");
        // Of the remedy's three rounds the third is the clients'; then all get what came of it.
        assertThat(server.traffic().bytes()).isEqualTo((2 * 3 * 4 + 2 * 3 + 3) * bytes + "client-1".length());
        server.forget("client-3");
        assertThat(server.clients()).containsExactly("client-2", "client-4");
        assertThat(values(server, "client-2")).isEqualTo(values(server, "client-4"));
    }

    /** Frameworks that train, and those for which forgetting is training too. */
    static Stream<Supplier<Supplier<Framework>>> trainers() {
        return Stream.of(
                () -> Isgd.over(CLIENTS).mainModels(ResNet.SMALL).training(CONFIG)::train,
                () -> SisaA.over(CLIENTS).slices(3).training(CONFIG)::train,
                () -> fedUnl()::train,
                () -> dsgd()::train);
    }

    @ParameterizedTest
    @MethodSource("trainers")
    void anInterruptedTrainingGoesOnToTheSameNumbers(Supplier<Supplier<Framework>> trainer) {
        List<float[]> whole = allValues(trainer.get().get());
        Supplier<Framework> interrupted = trainer.get();
        Hooked.interrupting(100)
                .during(() -> assertThatThrownBy(interrupted::get).isInstanceOf(Interrupted.class));
        assertThat(Thread.interrupted()).as("the flag stays set").isTrue();
        checkEqual(allValues(interrupted.get()), whole);
    }

    static Stream<Supplier<Framework>> forgetters() {
        return Stream.of(() -> fedUnl().train(), () -> dsgd().train());
    }

    @ParameterizedTest
    @MethodSource("forgetters")
    void anInterruptedDepartureLeavesAFrameworkThatAnswersAndGoesOn(Supplier<Framework> trained) {
        Framework whole = trained.get();
        whole.forget("client-2");

        Framework framework = trained.get();
        Hooked.interrupting(60).during(() -> assertThatThrownBy(() -> framework.forget("client-2"))
                .isInstanceOf(Interrupted.class));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(framework.clients()).containsExactly("client-1", "client-3", "client-4");
        assertThat(framework.outputs("client-3", TEST).size()).isEqualTo(TEST.size());
        assertThatThrownBy(() -> framework.forget("client-3"))
                .hasMessage("client-2 is not quite forgotten yet: call forget(\"client-2\") again before others leave");
        assertThatThrownBy(() -> framework.outputs("client-2", TEST)).hasMessageContaining("was forgotten before");

        framework.forget("client-2");
        checkEqual(allValues(framework), allValues(whole));
        assertThatThrownBy(() -> framework.forget("client-2")).hasMessageContaining("was forgotten before");
        assertThat(framework.traffic().bytes()).isEqualTo(whole.traffic().bytes());
    }

    /** Interrupts when so many images are done: of the server's, or of the clients', whose count begins anew. */
    private static Hooked interruptingAt(String where, long images) {
        AtomicLong last = new AtomicLong();
        AtomicBoolean atClients = new AtomicBoolean();
        return new Hooked(done -> {
            if (done < last.getAndSet(done)) {
                atClients.set(true);
            }
            if (atClients.get() == where.equals("clients") && done >= images) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"server, 1", "server, 40", "clients, 0", "clients, 1", "clients, 40"})
    void anInterruptedRemedyGoesOnAtTheServerAndAtTheClients(String where, long images) {
        Framework whole = fedUnl().train();
        whole.forget("client-2");
        Framework framework = fedUnl().train();
        interruptingAt(where, images).during(() -> assertThatThrownBy(() -> framework.forget("client-2"))
                .isInstanceOf(Interrupted.class));
        assertThat(Thread.interrupted()).isTrue();
        framework.forget("client-2");
        checkEqual(allValues(framework), allValues(whole));
    }

    /** Asks from another thread whenever the one that forgets reports. */
    private static List<Outputs> askedWhileForgetting(Framework framework) {
        List<Outputs> answers = new ArrayList<>();
        new Hooked(done -> answers.add(CompletableFuture.supplyAsync(() -> framework.outputs("client-3", TEST))
                        .join()))
                .during(() -> framework.forget("client-2"));
        return answers;
    }

    private static void checkProbabilities(Collection<Outputs> answers) {
        assertThat(answers).isNotEmpty().allSatisfy(answer -> {
            assertThat(answer.size()).isEqualTo(TEST.size());
            for (int image = 0; image < answer.size(); image++) {
                double sum = 0;
                for (int label = 0; label < answer.classes(); label++) {
                    sum += answer.values()[image * answer.classes() + label];
                }
                assertThat(sum).isCloseTo(1, within(1e-5));
            }
        });
    }

    @Test
    void whileDecentralisedSgdReTrainsItAnswersWithWholeRoundsFromTheUntrainedModelOn() {
        Framework network = dsgd().train();
        float[] knew = values(network, "client-3");
        List<Outputs> answers = askedWhileForgetting(network);
        checkProbabilities(answers);
        Classifier untrained = Classifier.create(
                ResNet.SMALL,
                CLIENTS.reference(),
                Rounds.initialWeights(CLIENTS.seed()).value());
        assertThat(answers.get(0).values())
                .isEqualTo(Evaluator.logits(untrained, TEST).softmax(1).values());
        assertThat(answers).noneMatch(answer -> Arrays.equals(answer.values(), knew));
        // Untrained, after round 1 and after round 2; the third ends the forgetting.
        assertThat(answers.stream()
                        .map(answer -> Arrays.hashCode(answer.values()))
                        .distinct())
                .hasSize(3);
    }

    @Test
    void whileFedUnlRecoversItAnswersWithWholeEpochsFromTheSubtractedModelOn() {
        Framework server = fedUnl().train();
        float[] knew = values(server, "client-3");
        List<Outputs> answers = askedWhileForgetting(server);
        checkProbabilities(answers);
        assertThat(answers).noneMatch(answer -> Arrays.equals(answer.values(), knew));
        assertThat(answers.stream()
                        .map(answer -> Arrays.hashCode(answer.values()))
                        .distinct())
                .hasSizeBetween(3, 4);
    }

    @Test
    void eachDeclaresTheCapabilitiesThatItHas() {
        assertThat(Isgd.of(HDUS).capabilities()).isEqualTo(EnumSet.allOf(Capability.class));
        assertThat(SisaA.of(HDUS, Combination.LOGITS).capabilities())
                .isEqualTo(EnumSet.complementOf(EnumSet.of(Capability.NO_SERVER)));
        assertThat(fedUnl().rounds(1).train().capabilities())
                .containsExactlyInAnyOrder(Capability.FAST_RECOVERY, Capability.CLIENT_WISE);
        assertThat(dsgd().rounds(1).train().capabilities())
                .containsExactlyInAnyOrder(
                        Capability.EXACT, Capability.CLIENT_WISE, Capability.NO_HISTORY, Capability.NO_SERVER);
    }
}
