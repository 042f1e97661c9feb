package unlearn4j.hdus;

import static org.assertj.core.api.Assertions.assertThat;
import static unlearn4j.WrongCall.wrong;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.WrongCall;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.model.AlexNet;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.TrainingConfig;

/** What a user may get wrong with a network of clients; none of it changes the network. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HdusWrongCallsTest {
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(1).batchSize(8);
    private static final Dataset DATA = TinyImages.dataset(4, 12, 8);
    private static final Images LARGER = TinyImages.of(4, 3, 10);
    private static final Images FIVE_CLASSES = TinyImages.of(5, 3, 8);
    private static final Clients CLIENTS =
            Clients.of(DATA).count(3).classesEach(3).reference(8).seed(5);

    @TempDir
    private static Path folder;

    private final Hdus hdus = hdus(CLIENTS);
    private HdusNetwork network;
    private HdusNetwork ring;
    private List<String> before;

    private static Hdus hdus(Clients clients) {
        return Hdus.over(clients).mainModels(ResNet.SMALL).training(CONFIG).incubation(CONFIG);
    }

    @BeforeAll
    void train() {
        network = hdus.train();
        network.join("late", DATA.test());
        network.forget("client-2");
        ring = hdus(Clients.of(DATA).count(4).classesEach(3).reference(8))
                .topology(Topology.ring())
                .train();
        before = state();
        network.save(file("good"));
    }

    private Path file(String name) {
        return folder.resolve(name + ".safetensors");
    }

    private List<String> state() {
        List<String> state = new ArrayList<>();
        for (String client : network.clients()) {
            state.add(client + network.mainModel(client).weights().sha256());
            network.repository(client)
                    .forEach(seed ->
                            state.add(seed.owner() + seed.model().weights().sha256()));
        }
        return state;
    }

    Stream<WrongCall> aboutSettings() {
        SimpleGraph<String, DefaultEdge> graph = new SimpleGraph<>(DefaultEdge.class);
        List.of("client-1", "client-2", "client-3").forEach(graph::addVertex);
        graph.addEdge("client-1", "client-2");
        return Stream.of(
                wrong("hdus.topology(null)", "null", "topology must be given", () -> hdus(CLIENTS)
                        .topology(null)),
                wrong("one client", "client-1", "no neighbours", () -> hdus(CLIENTS.count(1))
                        .train()),
                wrong("a client without neighbours", "client-3", "no neighbours", () -> hdus(CLIENTS)
                        .topology(Topology.of(graph))
                        .train()),
                wrong("regular(3) of 3", "neighbours (3)", "fewer than the 3 clients", () -> hdus(CLIENTS)
                        .topology(Topology.regular(3))
                        .train()),
                wrong("config(null)", "null", "config must be given", () -> hdus(CLIENTS)
                        .config(null)),
                wrong("softening(null)", "null", "softening must be given", () -> hdus(CLIENTS)
                        .softening(null)),
                wrong("temperature(-1)", "temperature (-1.0)", "above 0", () -> hdus(CLIENTS)
                        .temperature(-1)),
                wrong(
                        "reference(null)",
                        "null",
                        "reference must be given",
                        () -> CLIENTS.reference((java.util.function.Function<String, Images>) null)),
                wrong(
                        "reference of another shape",
                        "1×10×10",
                        "client-1, whose images are 1×8×8",
                        () -> hdus(CLIENTS.reference(client -> LARGER)).train()),
                wrong("reference of other classes", "5 classes", "whose images are of 4", () -> hdus(CLIENTS.reference(
                                client -> FIVE_CLASSES))
                        .train()),
                wrong(
                        "no reference",
                        "null",
                        "reference images of client-1 must be given",
                        () -> hdus(CLIENTS.reference(client -> null)).train()),
                wrong("one reference image", "1 reference", "2 or more", () -> hdus(CLIENTS.reference(
                                client -> DATA.test().at(0)))
                        .train()),
                wrong("a seed too large for the images", "8×8", "too small for AlexNet", () -> hdus(CLIENTS)
                        .seedModel(AlexNet.SPEC)
                        .train()));
    }

    Stream<WrongCall> aboutATrainedNetwork() {
        Classifier ofFive = Classifier.create(ResNet.SMALL, FIVE_CLASSES, 1);
        SeedModel seed = new SeedModel("client-8", Labels.range(0, 5), ofFive);
        Images images = DATA.test();
        return Stream.of(
                wrong(
                        "a seed of other classes",
                        "client-8",
                        "5 classes, the main model has 4",
                        () -> new Ensemble(
                                network.mainModel("client-1"),
                                Labels.of(0),
                                List.of(seed),
                                0.5,
                                Combination.PROBABILITIES)),
                wrong(
                        "join(a name that is taken)",
                        "client-1",
                        "names must differ",
                        () -> network.join("client-1", images)),
                wrong("join(a forgotten name)", "client-2", "give another", () -> network.join("client-2", images)),
                wrong("join(\" \")", "name", "not be blank", () -> network.join(" ", images)),
                wrong("join(name, null)", "null", "images must be given", () -> network.join("new", null)),
                wrong("join(null)", "null", "client must be given", () -> network.join(null, ResNet.SMALL)),
                wrong(
                        "join(client, null)",
                        "null",
                        "mainModel must be given",
                        () -> network.join(new Client("new", images, images), null)),
                wrong(
                        "join(images of another shape)",
                        "1×10×10",
                        "1×8×8",
                        () -> network.join(new Client("new", LARGER, LARGER), ResNet.SMALL)),
                wrong(
                        "join(images of other classes)",
                        "5 classes",
                        "images of 4",
                        () -> network.join(new Client("new", FIVE_CLASSES, FIVE_CLASSES), ResNet.SMALL)),
                wrong(
                        "join(images, reference of another shape)",
                        "1×8×8",
                        "new, whose images are 1×10×10",
                        () -> network.join("new", LARGER)),
                wrong("join(no images)", "holds no images", "tiny", () -> network.join("new", images.slice(0, 0))),
                wrong(
                        "join(a model too large)",
                        "8×8",
                        "too small for AlexNet",
                        () -> network.join(new Client("new", images, images), AlexNet.SPEC)),
                wrong(
                        "join(neighbour that isn't there)",
                        "client-7",
                        "the clients are [client-1",
                        () -> network.join("new", images, "client-7")),
                wrong(
                        "join(a forgotten neighbour)",
                        "client-2",
                        "was forgotten before",
                        () -> network.join("new", images, "client-2")),
                wrong(
                        "join(itself as neighbour)",
                        "new",
                        "there is no client named",
                        () -> network.join("new", images, "new")),
                wrong(
                        "join(a neighbour twice)",
                        "[client-1, client-1]",
                        "twice",
                        () -> network.join("new", images, "client-1", "client-1")),
                wrong("ring.join(no neighbours named)", "new", "name the neighbours", () -> ring.join("new", images)),
                wrong("withLambda(1)", "lambda (1.0)", "[0.0, 1.0)", () -> network.withLambda(1)),
                wrong("withLambda(NaN)", "lambda (NaN)", "[0.0, 1.0)", () -> network.withLambda(Double.NaN)),
                wrong("withCombination(null)", "null", "must be given", () -> network.withCombination(null)),
                wrong("withTemperature(0)", "temperature (0.0)", "above 0", () -> network.withTemperature(0)),
                wrong(
                        "withTemperature(∞)",
                        "temperature (Infinity)",
                        "finite",
                        () -> network.withTemperature(Double.POSITIVE_INFINITY)),
                wrong("withReference(null)", "null", "reference must be given", () -> network.withReference(null)),
                wrong(
                        "withReference(another shape)",
                        "1×10×10",
                        "1×8×8",
                        () -> network.withReference(client -> LARGER)),
                wrong("sensitivity(images)", "lambdas", "at least one", () -> network.sensitivity(images)),
                wrong(
                        "sensitivity(images, 0.5, 1)",
                        "lambda (1.0)",
                        "[0.0, 1.0)",
                        () -> network.sensitivity(images, 0.5, 1)),
                wrong("sensitivity(null, 0.5)", "null", "images must be given", () -> network.sensitivity(null, 0.5)),
                wrong("sensitivity(another shape)", "1×10×10", "takes 1×8×8", () -> network.sensitivity(LARGER, 0.5)));
    }

    Stream<WrongCall> aboutFiles() {
        Client late = new Client("late", DATA.test(), CLIENTS.reference());
        Client other = new Client("late", DATA.test().slice(0, 9), CLIENTS.reference());
        Dataset another =
                new Dataset("tiny", DATA.train(), DATA.test(), new java.util.TreeMap<>(java.util.Map.of("a", "b")));
        Dataset shuffled = new Dataset("tiny", DATA.train().shuffled(3), DATA.test(), DATA.sha256());
        Clients same = Clients.of(another).count(3).classesEach(3).reference(8).seed(5);
        return Stream.of(
                wrong("load(no file)", "missing", "there is no file", () -> load("missing", CLIENTS, late)),
                wrong("load(half a file)", "half", "damaged", () -> load(cut("half", 2), CLIENTS, late)),
                wrong("load(a tenth)", "tenth", "damaged", () -> load(cut("tenth", 10), CLIENTS, late)),
                wrong("load(a flipped bit)", "flipped", "damaged", () -> load(flipped(), CLIENTS, late)),
                wrong("load(a text)", "text", "no file of models", () -> load(text(), CLIENTS, late)),
                wrong(
                        "load(a folder)",
                        "is a folder",
                        "name a file of models",
                        () -> HdusNetwork.load(folder, CLIENTS)),
                wrong("load(one model)", "single", "no network of clients", () -> load(single(), CLIENTS, late)),
                wrong(
                        "load(other clients)",
                        "good.safetensors",
                        "give load 3 clients of tiny",
                        () -> load("good", CLIENTS.seed(6), late)),
                wrong("load(other data files)", "tiny", "another version", () -> load("good", same, late)),
                wrong(
                        "load(other images)",
                        "client-1",
                        "not those that good.safetensors was trained on",
                        () -> load(
                                "good",
                                Clients.of(shuffled)
                                        .count(3)
                                        .classesEach(3)
                                        .reference(8)
                                        .seed(5),
                                late)),
                wrong("load(without the newcomer)", "late", "joined later", () -> load("good", CLIENTS)),
                wrong(
                        "load(the newcomer with other images)",
                        "images of late",
                        "not those",
                        () -> load("good", CLIENTS, other)),
                wrong(
                        "load(a newcomer with another reference)",
                        "reference images of late",
                        "not those",
                        () -> load("good", CLIENTS, new Client("late", DATA.test(), DATA.test()))),
                wrong(
                        "load(a newcomer too many)",
                        "new",
                        "is not in good.safetensors",
                        () -> load("good", CLIENTS, late, new Client("new", DATA.test(), DATA.test()))),
                wrong(
                        "save(into no folder)",
                        "can't be written",
                        "choose a folder",
                        () -> network.save(Path.of("missing", "network"))));
    }

    private void load(String name, Clients clients, Client... newcomers) {
        HdusNetwork.load(file(name), clients, newcomers);
    }

    private String cut(String name, int parts) {
        byte[] whole = bytes("good");
        return written(name, Arrays.copyOf(whole, whole.length / parts));
    }

    private String flipped() {
        byte[] whole = bytes("good");
        whole[whole.length - 100] ^= 4;
        return written("flipped", whole);
    }

    private String text() {
        return written("text", "no models here, but more than enough letters for a header of some kind".getBytes());
    }

    private String single() {
        network.mainModel("client-1").save(file("single"));
        return "single";
    }

    private byte[] bytes(String name) {
        try {
            return Files.readAllBytes(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String written(String name, byte[] bytes) {
        try {
            Files.write(file(name), bytes);
            return name;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource({"aboutSettings", "aboutATrainedNetwork", "aboutFiles"})
    void isRefusedInOneLine(WrongCall call) {
        call.assertRefused();
    }

    @AfterAll
    void nothingChanged() {
        assertThat(state()).isEqualTo(before);
        assertThat(network.clients()).containsExactly("client-1", "client-3", "late");
        assertThat(ring.clients()).hasSize(4);
    }
}
