package unlearn4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.audit.Forgetting;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.experiment.Comparison;
import unlearn4j.experiment.Search;
import unlearn4j.hdus.Clients;
import unlearn4j.hdus.Dsgd;
import unlearn4j.hdus.FedUnl;
import unlearn4j.hdus.Framework;
import unlearn4j.hdus.Hdus;
import unlearn4j.hdus.HdusNetwork;
import unlearn4j.hdus.Isgd;
import unlearn4j.hdus.SisaA;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Features;
import unlearn4j.train.Interrupted;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;
import unlearn4j.umig.Umig;
import unlearn4j.unlearn.Fiun;
import unlearn4j.unlearn.FiunConfig;
import unlearn4j.unlearn.FiunTrials;
import unlearn4j.unlearn.HeadMask;

/**
 * Every call that takes long ends when its thread is interrupted, wherever it is, and hands the interrupt on; nothing is
 * half-written, and the same call then gives what it would have given. What methods of unlearning, results and pictures
 * leave behind is in tests of their own.
 */
@Tag("slow")
@ExtendWith(Silent.class)
class InterruptsTest {
    /** At random moments; {@code -Dunlearn4j.interrupts=20} for more. */
    private static final int INTERRUPTS = Integer.getInteger("unlearn4j.interrupts", 3);

    private static final Dataset DATA = TinyImages.dataset(4, 12, 8);
    private static final Images TRAIN = DATA.train();
    private static final ResNet NET = new ResNet("tiny", List.of(1), List.of(4));
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(2).batchSize(8);
    private static final Clients CLIENTS =
            Clients.of(DATA).count(3).reference(8).seed(5);
    private static final Labels ONE = Labels.of(1);
    private static final Classifier MODEL = Classifier.create(NET, TRAIN, 1);
    private static final Umig UMIG = Umig.incremental(DATA)
            .first(2)
            .step(1)
            .models(3)
            .model(NET)
            .training(CONFIG)
            .train();
    private static final HdusNetwork NETWORK = hdus().train();

    @TempDir
    private static Path folder;

    private static Hdus hdus() {
        return Hdus.over(CLIENTS)
                .mainModels(NET)
                .seedModel(NET)
                .training(CONFIG)
                .incubation(CONFIG);
    }

    static Stream<Arguments> calls() {
        return Stream.concat(trainings(), others());
    }

    private static Stream<Arguments> trainings() {
        return Stream.of(
                call(
                        "Training.run",
                        () -> Training.of(MODEL.copy(), TRAIN, CONFIG).run().weights()),
                call("Training.distilling", () -> Training.distilling(MODEL, MODEL.copy(), TRAIN, 3, CONFIG)
                        .run()
                        .weights()),
                call(
                        "incremental",
                        () -> weights(Umig.incremental(DATA)
                                .first(2)
                                .step(1)
                                .models(3)
                                .model(NET)
                                .training(CONFIG)
                                .train())),
                call(
                        "federated",
                        () -> weights(Umig.federated(DATA)
                                .clients(2)
                                .rounds(2)
                                .model(NET)
                                .training(CONFIG)
                                .train())),
                call(
                        "dataParallel",
                        () -> weights(Umig.dataParallel(DATA)
                                .shards(2)
                                .rounds(2)
                                .model(NET)
                                .training(CONFIG)
                                .train())),
                call(
                        "transfer",
                        () -> weights(Umig.transfer(DATA)
                                .first(2)
                                .tasks(3, 4)
                                .model(NET)
                                .training(CONFIG)
                                .train())),
                call(
                        "binaryTree",
                        () -> weights(Umig.binaryTree(DATA)
                                .depth(1)
                                .model(NET)
                                .training(CONFIG)
                                .train())),
                call(
                        "dag",
                        () -> weights(Umig.dag(DATA)
                                .node("a", TRAIN)
                                .node("b", TRAIN, "a")
                                .model(NET)
                                .training(CONFIG)
                                .train())),
                call(
                        "TrainingPlan",
                        () -> weights(
                                UMIG.plan().graph(UMIG.plan().begin(Map.of()).run()))),
                call("Hdus", () -> outputs(hdus().train())),
                call(
                        "Isgd",
                        () -> outputs(Isgd.over(CLIENTS)
                                .mainModels(NET)
                                .training(CONFIG)
                                .train())),
                call(
                        "SisaA",
                        () -> outputs(SisaA.over(CLIENTS)
                                .mainModels(NET)
                                .training(CONFIG)
                                .train())),
                call(
                        "FedUnl",
                        () -> outputs(FedUnl.over(CLIENTS)
                                .model(NET)
                                .rounds(2)
                                .training(CONFIG)
                                .train())),
                call(
                        "Dsgd",
                        () -> outputs(Dsgd.over(CLIENTS)
                                .model(NET)
                                .rounds(2)
                                .training(CONFIG)
                                .train())));
    }

    private static Stream<Arguments> others() {
        Path graph = folder.resolve("graph");
        Path network = folder.resolve("network.safetensors");
        Path model = folder.resolve("model.safetensors");
        Path idle = folder.resolve("saved");
        UMIG.save(graph);
        NETWORK.save(network);
        MODEL.save(model);
        return Stream.of(
                call("Evaluator.evaluate", () -> Evaluator.evaluate(MODEL, TRAIN)
                        .accuracy()),
                call(
                        "Evaluator.logits",
                        () -> floats(Evaluator.logits(MODEL, TRAIN).values())),
                call(
                        "Features.of",
                        () -> Forgetting.of(MODEL.head(), Features.of(MODEL, TRAIN), Features.of(MODEL, DATA.test()))),
                call("Forgetting.of", () -> Forgetting.of(MODEL, TRAIN, DATA.test())),
                call("Umig.evaluate", () -> UMIG.evaluate().print()),
                call("HdusNetwork.evaluate", () -> NETWORK.evaluate().print()),
                call("HdusNetwork.sensitivity", () -> NETWORK.sensitivity(TRAIN, 0, 0.5)
                        .print()),
                call("HdusNetwork.fidelity", () -> NETWORK.fidelity(TRAIN).print()),
                call("HdusNetwork.outputs", () -> outputs(NETWORK)),
                call("Comparison.run", () -> Comparison.of()
                        .method("FIUn", Fiun::on)
                        .method("HeadMask", HeadMask::on)
                        .run(UMIG, ONE)
                        .beside("AD_f")
                        .print()),
                call("Search.over", () -> Search.over(
                                List.of(1.0, 0.5),
                                Search.accuracyDifference(
                                        (Double gamma) -> Fiun.on(UMIG)
                                                .config(FiunConfig.paper().gamma(gamma)),
                                        ONE,
                                        DATA.test()))
                        .chosen()),
                call("FiunTrials.table", () -> FiunTrials.of(UMIG, ONE)
                        .table(List.of(FiunConfig.paper(), FiunConfig.tempered()))
                        .print()),
                call("Umig.save", () -> {
                    UMIG.save(fresh(idle));
                    return weights(Umig.load(idle, DATA));
                }),
                call("Umig.load", () -> weights(Umig.load(graph, DATA))),
                call("HdusNetwork.save", () -> {
                    NETWORK.save(network);
                    return outputs(HdusNetwork.load(network, CLIENTS));
                }),
                call("HdusNetwork.load", () -> outputs(HdusNetwork.load(network, CLIENTS))),
                call("Classifier.save", () -> {
                    MODEL.save(model);
                    return Classifier.load(model).weights();
                }),
                call("Classifier.load", () -> Classifier.load(model).weights()));
    }

    private static Arguments call(String name, Supplier<Object> call) {
        return arguments(name, call);
    }

    private static Path fresh(Path folder) {
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Weights> weights(Umig umig) {
        Map<String, Weights> weights = new LinkedHashMap<>();
        umig.nodes().forEach(node -> weights.put(node.name(), node.model().weights()));
        return weights;
    }

    private static List<List<Float>> outputs(Framework framework) {
        return framework.clients().stream()
                .map(client -> floats(framework.outputs(client, DATA.test()).values()))
                .toList();
    }

    private static List<Float> floats(float[] values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }

    @AfterEach
    void restore() {
        assertThat(Thread.interrupted()).isFalse();
    }

    /** What the call ended with: a value or an exception, and whether the thread is still told that it was interrupted. */
    private record End(Object value, Throwable thrown, boolean told) {}

    private static End run(Supplier<Object> call, long nanosTillInterrupt) throws InterruptedException {
        AtomicReference<End> end = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            if (nanosTillInterrupt == 0) {
                Thread.currentThread().interrupt();
            }
            Object value = null;
            Throwable thrown = null;
            try {
                value = call.get();
            } catch (Throwable e) {
                thrown = e;
            }
            end.set(new End(value, thrown, Thread.currentThread().isInterrupted()));
        });
        thread.start();
        if (nanosTillInterrupt > 0) {
            long at = System.nanoTime() + nanosTillInterrupt;
            while (System.nanoTime() < at && thread.isAlive()) {
                Thread.onSpinWait();
            }
            thread.interrupt();
        }
        thread.join();
        return end.get();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void aCallThatIsInterruptedEndsAndCanBeMadeAgain(String name, Supplier<Object> call) throws InterruptedException {
        long start = System.nanoTime();
        Object whole = call.get();
        long taken = System.nanoTime() - start;
        List<String> files = files();

        End atOnce = run(call, 0);

        assertThat(atOnce.thrown).as("interrupted before it begins").isInstanceOf(Interrupted.class);
        assertThat(atOnce.told).as("handed on").isTrue();
        SplittableRandom random = new SplittableRandom(name.hashCode());
        for (int i = 0; i < INTERRUPTS; i++) {
            End end = run(call, 1 + random.nextLong(taken));
            if (end.thrown != null) {
                assertThat(end.thrown).isInstanceOfAny(Interrupted.class, CancellationException.class);
                assertThat(end.told).as("handed on").isTrue();
            } else {
                assertThat(end.value).isEqualTo(whole);
            }
            assertThat(call.get()).as("made again").isEqualTo(whole);
            assertThat(files()).isEqualTo(files);
        }
    }

    private static List<String> files() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
