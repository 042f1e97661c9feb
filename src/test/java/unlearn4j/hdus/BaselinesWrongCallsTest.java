package unlearn4j.hdus;

import static unlearn4j.WrongCall.wrong;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.WrongCall;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.TinyImages;
import unlearn4j.model.AlexNet;
import unlearn4j.model.ModelSpec;
import unlearn4j.model.ResNet;
import unlearn4j.train.TrainingConfig;

/** What a notebook's user gets for a wrong call to a baseline: one line, and everything as it was before. */
class BaselinesWrongCallsTest {
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(1).batchSize(60).learningRate(0.01);
    private static final Dataset DATA = TinyImages.dataset(10, 12, 4);
    private static final Clients CLIENTS = Clients.of(DATA).count(3).reference(20);
    private static final Images TEST = DATA.test();
    private static final Images LARGER = TinyImages.of(10, 2, 6);

    private static final Framework ALONE =
            Isgd.over(CLIENTS).mainModels(ResNet.SMALL).training(CONFIG).train();
    private static final SisaEnsemble ENSEMBLE =
            SisaA.over(CLIENTS).slices(2).training(CONFIG).train();
    private static final Framework SERVER =
            FedUnl.over(CLIENTS).rounds(1).training(CONFIG).train();
    private static final Framework NETWORK =
            Dsgd.over(CLIENTS).rounds(1).training(CONFIG).train();
    private static final SisaEnsemble LAST =
            SisaA.over(CLIENTS.count(1)).training(CONFIG).train();

    static {
        ALONE.forget("client-2");
        SERVER.forget("client-2");
        NETWORK.forget("client-2");
    }

    private static int firstRow(int client) {
        return CLIENTS.list().get(client).images().row(0);
    }

    static Stream<WrongCall> wrongCalls() {
        return Stream.of(
                wrong("Isgd.over(null)", "null", "clients must be given", () -> Isgd.over(null)),
                wrong("Isgd.of(null)", "null", "network must be given", () -> Isgd.of(null)),
                wrong("Isgd.over(c).mainModels()", "mainModels", "at least one", () -> Isgd.over(CLIENTS)
                        .mainModels()),
                wrong("Isgd.over(c).mainModels((ModelSpec) null)", "null", "main model must be given", () -> Isgd.over(
                                CLIENTS)
                        .mainModels((ModelSpec) null)),
                wrong("Isgd.over(c).training(null)", "null", "training must be given", () -> Isgd.over(CLIENTS)
                        .training(null)),
                wrong("SisaA.over(c).slices(0)", "0", "1 or more", () -> SisaA.over(CLIENTS)
                        .slices(0)),
                wrong("SisaA.over(c).slices(500).train()", "500", "fewer slices", () -> SisaA.over(CLIENTS)
                        .slices(500)
                        .training(CONFIG)
                        .train()),
                wrong("SisaA.over(c).combine(null)", "null", "combine must be given", () -> SisaA.over(CLIENTS)
                        .combine(null)),
                wrong(
                        "SisaA.of(null, LOGITS)",
                        "null",
                        "network must be given",
                        () -> SisaA.of(null, Combination.LOGITS)),
                wrong(
                        "ensemble.forgetImages(client)",
                        "client-1",
                        "at least one",
                        () -> ENSEMBLE.forgetImages("client-1")),
                wrong(
                        "ensemble.forgetImages(client, another's row)",
                        "(" + firstRow(1) + ")",
                        "client-1",
                        () -> ENSEMBLE.forgetImages("client-1", firstRow(1))),
                wrong(
                        "ensemble.forgetImages(client, all rows)",
                        "client-1",
                        "training needs 2",
                        () -> ENSEMBLE.forgetImages("client-1", allRows(0))),
                wrong(
                        "ensemble.forgetImages(nobody, row)",
                        "client-9",
                        "the clients are",
                        () -> ENSEMBLE.forgetImages("client-9", 1)),
                wrong("ensemble.forget(the last)", "client-1", "last client", () -> LAST.forget("client-1")),
                wrong(
                        "ensemble.outputs(client, larger images)",
                        "6×6",
                        "4×4",
                        () -> ENSEMBLE.outputs("client-1", LARGER)),
                wrong("FedUnl.over(c).rounds(0)", "0", "1 or more", () -> FedUnl.over(CLIENTS)
                        .rounds(0)),
                wrong("FedUnl.over(c).localEpochs(0)", "0", "1 or more", () -> FedUnl.over(CLIENTS)
                        .localEpochs(0)),
                wrong("FedUnl.over(c).rounds(MAX).localEpochs(2)", "2147483647", "localEpochs", () -> FedUnl.over(
                                CLIENTS)
                        .rounds(Integer.MAX_VALUE)
                        .localEpochs(2)),
                wrong("FedUnl.over(c).temperature(0)", "0.0", "above 0", () -> FedUnl.over(CLIENTS)
                        .temperature(0)),
                wrong("FedUnl.over(c).recovery(0)", "recovery (0)", "1 or more", () -> FedUnl.over(CLIENTS)
                        .recovery(0)),
                wrong("FedUnl.over(c).model((ModelSpec) null)", "null", "model must be given", () -> FedUnl.over(
                                CLIENTS)
                        .model((ModelSpec) null)),
                wrong("FedUnl.over(one reference image).train()", "1", "2 or more", () -> FedUnl.over(
                                CLIENTS.reference(1))
                        .training(CONFIG)
                        .train()),
                wrong("FedUnl.over(c).model(AlexNet).train()", "4×4", "too small", () -> FedUnl.over(CLIENTS)
                        .model(AlexNet.SPEC)
                        .training(CONFIG)
                        .train()),
                wrong("server.forget(forgotten)", "client-2", "forgotten before", () -> SERVER.forget("client-2")),
                wrong(
                        "server.outputs(forgotten, images)",
                        "client-2",
                        "forgotten before",
                        () -> SERVER.outputs("client-2", TEST)),
                wrong("server.outputs(client, larger images)", "6×6", "4×4", () -> SERVER.outputs("client-1", LARGER)),
                wrong("Dsgd.over(c).topology(null)", "null", "topology must be given", () -> Dsgd.over(CLIENTS)
                        .topology(null)),
                wrong("Dsgd.over(one client).train()", "client-1", "no neighbours", () -> Dsgd.over(CLIENTS.count(1))
                        .training(CONFIG)
                        .train()),
                wrong("Dsgd.over(c).topology(other names).train()", "client-1", "vertex", () -> Dsgd.over(CLIENTS)
                        .topology(Topology.of(pair()))
                        .training(CONFIG)
                        .train()),
                wrong("network.forget(null)", "null", "client must be given", () -> NETWORK.forget(null)),
                wrong("network.forget(forgotten)", "client-2", "forgotten before", () -> NETWORK.forget("client-2")),
                wrong("alone.forget(forgotten)", "client-2", "forgotten before", () -> ALONE.forget("client-2")));
    }

    private static int[] allRows(int client) {
        Images images = CLIENTS.list().get(client).images();
        return IntStream.range(0, images.size()).map(images::row).toArray();
    }

    private static SimpleGraph<String, DefaultEdge> pair() {
        SimpleGraph<String, DefaultEdge> graph = new SimpleGraph<>(DefaultEdge.class);
        graph.addVertex("a");
        graph.addVertex("b");
        graph.addEdge("a", "b");
        return graph;
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void isRefusedInOneLine(WrongCall wrong) {
        wrong.assertRefused();
    }
}
