package unlearn4j.hdus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unlearn4j.AllWeights;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ResNet;
import unlearn4j.train.Interrupted;
import unlearn4j.train.Softening;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;

/** What can be done to a trained network, on one that is trained in a moment. */
class HdusNetworkTest {
    private static final ResNet OTHER = new ResNet("ResNet12", List.of(1, 1, 2));
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(2).batchSize(8);
    private static final Dataset DATA = TinyImages.dataset(4, 12, 8);
    private static final Clients FOUR =
            Clients.of(DATA).count(4).classesEach(3).reference(8).seed(5);
    private static final Clients THREE = FOUR.count(3);
    private static final Client FOURTH = FOUR.list().get(3);
    private static final HdusConfig CHOSEN = HdusConfig.paper()
            .mainModels(ResNet.SMALL, OTHER)
            .training(CONFIG)
            .incubation(CONFIG)
            .lambda(0.6);
    private static HdusNetwork trained;
    private HdusNetwork network;

    @TempDir
    private Path folder;

    private static Hdus hdus(Clients clients) {
        return Hdus.over(clients)
                .mainModels(ResNet.SMALL, OTHER)
                .training(CONFIG)
                .incubation(CONFIG)
                .lambda(0.6);
    }

    @BeforeAll
    static void train() {
        trained = hdus(THREE).train();
    }

    @BeforeEach
    void begin() {
        network = fresh();
    }

    /** A network of the models that were trained, to which nothing has happened. */
    private static HdusNetwork fresh() {
        Members members = new Members(new Traffic());
        for (Client client : THREE.list()) {
            members.admit(
                    client,
                    trained.mainModel(client.name()),
                    trained.seedModel(client.name()),
                    members.names(),
                    Hdus.EXCHANGE);
        }
        return new HdusNetwork(THREE, CHOSEN, members);
    }

    @Test
    void networksAnswerAlikeUntilOneOfThemForgets() {
        HdusNetwork other = network.withTopology(Topology.complete());
        assertThat(network.answersAs(other, DATA.test())).isTrue();
        assertThat(network.answersAs(other.withLambda(0.1), DATA.test())).isFalse();
        other.forget("client-2");
        assertThat(network.answersAs(other, DATA.test())).isFalse();
        network.forget("client-2");
        assertThat(network.answersAs(other, DATA.test())).isTrue();
    }

    @Test
    void unusedImagesAreNobodys() {
        Clients few = FOUR.each(3);
        Images unused = few.unused();
        assertThat(unused.size()).isEqualTo(DATA.train().size() - 8 - 4 * 3);
        assertThat(unused.shared(few.reference()).isEmpty()).isTrue();
        assertThat(unused.shared(Images.union(few.partition().shards())).isEmpty())
                .isTrue();
    }

    private static Map<String, float[]> outputs(HdusNetwork network) {
        Map<String, float[]> outputs = new HashMap<>();
        network.clients()
                .forEach(client ->
                        outputs.put(client, network.outputs(client, DATA.test()).values()));
        return outputs;
    }

    private static void assertSameAnswers(HdusNetwork one, HdusNetwork other) {
        assertThat(one.clients()).isEqualTo(other.clients());
        Map<String, float[]> expected = outputs(other);
        outputs(one).forEach((client, values) -> assertThat(values).as(client).isEqualTo(expected.get(client)));
    }

    @Test
    void theTopologyDecidesWhoHoldsWhoseSeed() {
        HdusNetwork ring = hdus(FOUR).topology(Topology.ring()).train();
        assertThat(ring.repository("client-1")).extracting(SeedModel::owner).containsExactly("client-2", "client-4");
        assertThat(ring.repository("client-3")).extracting(SeedModel::owner).containsExactly("client-2", "client-4");
        assertThat(ring.traffic().messages()).isEqualTo(8);
    }

    @Test
    void anotherTopologyIsAnotherNetworkOfTheSameModels() {
        HdusNetwork four = hdus(FOUR).train();
        HdusNetwork ring = four.withTopology(Topology.ring());
        assertSameAnswers(ring, hdus(FOUR).topology(Topology.ring()).train());
        assertThat(ring.traffic().messages()).isEqualTo(8);
        assertThat(ring.seedModel("client-1")).isSameAs(four.seedModel("client-1"));
        ring.forget("client-1");
        assertThat(four.repository("client-2"))
                .extracting(SeedModel::owner)
                .containsExactly("client-1", "client-3", "client-4");
        assertThat(ring.withTopology(Topology.complete()).repository("client-2"))
                .extracting(SeedModel::owner)
                .containsExactly("client-3", "client-4");
        assertThatThrownBy(() -> four.withTopology(null)).hasMessage("topology must be given, not null");
        assertThatThrownBy(() -> four.withTopology(Topology.regular(4)))
                .hasMessageContaining("fewer than the 4 clients");
    }

    @Test
    void aClientThatJoinsLateChangesNobodysModels() {
        Map<String, Weights> before = AllWeights.of(network);
        network.join(FOURTH.name(), FOURTH.images());
        assertThat(network.clients()).containsExactly("client-1", "client-2", "client-3", "client-4");
        assertThat(AllWeights.of(network)).containsAllEntriesOf(before);
        assertThat(network.mainModel("client-4").spec()).isEqualTo(OTHER);
        assertThat(network.repository("client-4"))
                .extracting(SeedModel::owner)
                .containsExactly("client-1", "client-2", "client-3");
        assertThat(network.repository("client-1"))
                .extracting(SeedModel::owner)
                .containsExactly("client-2", "client-3", "client-4");
        assertThat(network.traffic().table().stringColumn("phase").asList())
                .containsExactly("exchange of seeds", "late join");
        assertThat(network.traffic().table().intColumn("messages").asList()).containsExactly(6, 6);
        Map<String, float[]> without = outputs(fresh());
        network.forget("client-4");
        outputs(network).forEach((client, values) -> assertThat(values).isEqualTo(without.get(client)));
    }

    @Test
    void joiningLateIsTheSameAsHavingBeenThereFromTheStart() {
        // Of four clients each has fewer images than of three, so that all four are trained again.
        HdusNetwork whole = hdus(FOUR).train();
        Members members = new Members(new Traffic());
        for (Client client : FOUR.list().subList(0, 3)) {
            members.admit(
                    client,
                    whole.mainModel(client.name()),
                    whole.seedModel(client.name()),
                    members.names(),
                    Hdus.EXCHANGE);
        }
        HdusNetwork late = new HdusNetwork(FOUR, CHOSEN, members);
        late.join("client-4", FOURTH.images());
        assertThat(AllWeights.of(late)).isEqualTo(AllWeights.of(whole));
        assertSameAnswers(late, whole);
    }

    @Test
    void anInterruptedJoinChangesNothingAndGoesOnWhereItStopped() {
        HdusNetwork other = fresh();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> network.join("late", FOURTH.images())).isInstanceOf(Interrupted.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(network.clients()).doesNotContain("late");
        network.join("late", FOURTH.images());
        other.join("late", FOURTH.images());
        assertSameAnswers(network, other);
    }

    @Test
    void aNewcomerMayHaveAModelNeighboursAndReferenceImagesOfItsOwn() {
        Images reference = DATA.test().named("of its own");
        network.join(new Client("late", FOURTH.images(), reference), ResNet.MEDIUM, "client-3", "client-1");
        assertThat(network.mainModel("late").spec()).isEqualTo(ResNet.MEDIUM);
        assertThat(network.repository("late")).extracting(SeedModel::owner).containsExactly("client-1", "client-3");
        assertThat(network.repository("client-2")).extracting(SeedModel::owner).doesNotContain("late");
    }

    @Test
    void eachClientsSeedIsDistilledOnItsOwnReferenceImages() {
        HdusNetwork own = hdus(THREE.reference(client -> client.equals("client-2") ? DATA.test() : THREE.reference()))
                .train();
        assertThat(AllWeights.of(own).get("client-2"))
                .isEqualTo(AllWeights.of(network).get("client-2"));
        assertThat(AllWeights.of(own).get("client-1's seed"))
                .isEqualTo(AllWeights.of(network).get("client-1's seed"));
        assertThat(AllWeights.of(own).get("client-2's seed"))
                .isNotEqualTo(AllWeights.of(network).get("client-2's seed"));
    }

    @Test
    void anotherTemperatureMeansNewSeedsOfTheSameMainModels() {
        network.forget("client-1");
        HdusNetwork warmer = network.withTemperature(8);
        assertThat(warmer.clients()).isEqualTo(network.clients());
        for (String client : network.clients()) {
            assertThat(warmer.mainModel(client)).isSameAs(network.mainModel(client));
            assertThat(warmer.seedModel(client).sha256())
                    .isNotEqualTo(network.seedModel(client).sha256());
        }
        assertThatThrownBy(() -> warmer.outputs("client-1", DATA.test())).hasMessageContaining("was forgotten before");
        assertSameAnswers(warmer.withTemperature(3), network);
        assertSameAnswers(warmer, hdusWithout("client-1", 8));
    }

    /** A network of three trained with that T from the start, of which one then leaves. */
    private static HdusNetwork hdusWithout(String client, double temperature) {
        HdusNetwork network = hdus(THREE).temperature(temperature).train();
        network.forget(client);
        return network;
    }

    @Test
    void anotherSofteningMeansNewSeedsOfTheSameMainModelsAndIsSavedWithThem() {
        HdusNetwork printed = network.withSoftening(Softening.TEACHER);
        assertThat(printed.mainModel("client-1")).isSameAs(network.mainModel("client-1"));
        assertThat(printed.seedModel("client-1").sha256())
                .isNotEqualTo(network.seedModel("client-1").sha256());
        assertSameAnswers(printed, hdus(THREE).softening(Softening.TEACHER).train());
        Path file = folder.resolve("printed");
        printed.save(file);
        assertSameAnswers(HdusNetwork.load(file, THREE).withTemperature(5), printed.withTemperature(5));
        assertSameAnswers(printed.withSoftening(Softening.BOTH), network);
    }

    @Test
    void otherReferenceImagesMeanNewSeedsOfTheSameMainModels() {
        HdusNetwork other = network.withReference(client -> DATA.test());
        assertThat(AllWeights.of(other).get("client-1"))
                .isEqualTo(AllWeights.of(network).get("client-1"));
        assertThat(AllWeights.of(other).get("client-1's seed"))
                .isNotEqualTo(AllWeights.of(network).get("client-1's seed"));
        assertSameAnswers(other, hdus(THREE.reference(client -> DATA.test())).train());
    }

    @Test
    void aLoadedNetworkAnswersAndGoesOnBitForBitAsTheSavedOne() {
        network.join("late", FOURTH.images());
        network.forget("client-2");
        Path file = folder.resolve("network.safetensors");
        network.save(file);
        HdusNetwork loaded = HdusNetwork.load(file, THREE, new Client("late", FOURTH.images(), THREE.reference()));
        assertSameAnswers(loaded, network);
        assertThat(loaded.toString()).isEqualTo(network.toString());
        assertThat(AllWeights.of(loaded)).isEqualTo(AllWeights.of(network));
        assertThat(loaded.traffic().table().print())
                .isEqualTo(network.traffic().table().print());
        assertThatThrownBy(() -> loaded.join("client-2", FOURTH.images())).hasMessageContaining("was forgotten");
        loaded.join("later", FOURTH.images());
        network.join("later", FOURTH.images());
        assertSameAnswers(loaded, network);
        assertSameAnswers(loaded.withTemperature(5), network.withTemperature(5));
        assertThat(folder).isDirectoryContaining(path -> path.equals(file)).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void aRingIsStillARingWhenLoaded() {
        HdusNetwork ring = hdus(FOUR).topology(Topology.ring()).train();
        Path file = folder.resolve("ring");
        ring.save(file);
        HdusNetwork loaded = HdusNetwork.load(file, FOUR);
        assertSameAnswers(loaded, ring);
        assertThat(loaded.repository("client-4")).extracting(SeedModel::owner).containsExactly("client-1", "client-3");
    }

    @Test
    void savingAgainReplacesTheFile() {
        Path file = folder.resolve("network");
        network.save(file);
        network.forget("client-3");
        network.save(file);
        assertThat(HdusNetwork.load(file, THREE).clients()).containsExactly("client-1", "client-2");
    }
}
