package unlearn4j.umig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unlearn4j.core.Progress;
import unlearn4j.data.DataException;
import unlearn4j.data.Dataset;
import unlearn4j.data.Datasets;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ModelSpec;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.Interrupted;
import unlearn4j.train.TrainingConfig;

@Tag("slow")
class GraphFolderTest {
    private static final Dataset DATA = TinyImages.dataset(4, 12, 4);
    private static final ModelSpec NET = new ResNet("tiny", List.of(1), List.of(4));
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(3).batchSize(8);

    @TempDir
    private Path temp;

    private static IncrementalLearning incremental() {
        return Umig.incremental(DATA).first(2).step(1).models(3).model(NET).training(CONFIG);
    }

    private static void assertSame(Umig one, Umig other) {
        assertThat(one.shape()).isEqualTo(other.shape());
        one.nodes().forEach(node -> {
            ModelNode same = other.node(node.name());
            assertThat(same.model().weights())
                    .as(node.name())
                    .isEqualTo(node.model().weights());
            assertThat(same.shard().sha256()).isEqualTo(node.shard().sha256());
        });
    }

    private static Map<String, FileTime> times(Path folder) {
        Map<String, FileTime> times = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".safetensors"))
                    .toList()) {
                times.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return times;
    }

    @Test
    void aGraphTrainedInAFolderIsTheSameAndIsFoundAgain() {
        Umig umig = incremental().train();

        Umig kept = incremental().train(temp);
        Map<String, FileTime> times = times(temp);

        assertSame(umig, kept);
        assertSame(umig, Umig.load(temp, DATA));
        assertSame(umig, incremental().train(temp));
        assertThat(times(temp))
                .isEqualTo(times)
                .containsOnlyKeys("w_0.safetensors", "w_1.safetensors", "w_2.safetensors");
        assertThat(Classifier.load(temp.resolve("w_1.safetensors")).weights())
                .isEqualTo(umig.node("w_1").model().weights());
    }

    @Test
    void whatIsLoadedCanBeTrainedAgain() {
        Umig umig = Umig.federated(DATA)
                .clients(2)
                .rounds(3)
                .model(NET)
                .training(CONFIG)
                .seed(4)
                .train(temp);

        Umig loaded = Umig.load(temp, DATA);
        PlanRun run = loaded.plan().begin(Map.of());

        assertThat(times(temp)).hasSize(4);
        assertThat(run.run().get("w_g/3").weights())
                .isEqualTo(umig.node("w_g/3").model().weights());
        PlanRun again = loaded.plan().begin(Map.of(), temp);
        assertThat(again.imagesToGo()).isZero();
        assertThat(again.seconds()).hasSize(10);
        assertThat(again.ownSeconds()).isGreaterThan(again.seconds().get("w_g/3"));
        assertThat(again.seconds().get("client-1/3"))
                .isGreaterThan(again.seconds().get("w_g/2"));
    }

    @Test
    void onlyWhatChangedIsTrainedAgain() {
        incremental().train(temp);
        Map<String, FileTime> times = times(temp);

        Umig changed = incremental().heirs(CONFIG.epochs(1)).train(temp);

        assertSame(incremental().heirs(CONFIG.epochs(1)).train(), changed);
        assertThat(times(temp).get("w_0.safetensors")).isEqualTo(times.get("w_0.safetensors"));
        PlanRun otherSeed = incremental().seed(9).plan().begin(Map.of(), temp);
        assertThat(otherSeed.imagesToGo()).isEqualTo(3 * (24 + 36 + 48));
        PlanRun otherImages = incremental()
                .plan()
                .keeping(images -> images.without(Labels.of(2)))
                .begin(Map.of(), temp);
        assertThat(otherImages.imagesToGo()).isEqualTo(3 * (24 + 36));
    }

    @Test
    void knownModelsAreKeptWithTheRest() {
        Classifier known = Classifier.create(NET, DATA.train(), 5);
        TrainingPlan plan = incremental().plan();

        Map<String, Classifier> made = plan.begin(Map.of("w_1", known), temp).run();

        assertThat(Umig.load(temp, DATA).node("w_1").model().weights()).isEqualTo(known.weights());
        assertThat(made.get("w_2").weights())
                .isEqualTo(plan.begin(Map.of("w_1", known)).run().get("w_2").weights());
        assertThat(plan.begin(Map.of("w_1", known), temp).imagesToGo()).isZero();
        assertThat(plan.begin(Map.of("w_1", known.copy()), temp).imagesToGo()).isZero();
        assertThat(plan.begin(Map.of("w_1", Classifier.create(NET, DATA.train(), 6)), temp)
                        .imagesToGo())
                .isEqualTo(3 * 48);
    }

    @Test
    void aGraphByHandIsSavedAsItIs() {
        Umig umig = Umig.of()
                .add(new ModelNode(
                        "a/1",
                        Classifier.create(NET, DATA.train(), 1),
                        DATA.train().slice(3, 9)))
                .add(new ModelNode(
                        "ä ×",
                        Classifier.create(NET, DATA.train(), 2),
                        DATA.train().slice(0, 0)))
                .inherit("ä ×", "a/1", 0.25);
        Path folder = temp.resolve("new").resolve("folder");

        umig.save(folder);

        assertSame(umig, Umig.load(folder, DATA));
        assertThatThrownBy(() -> Umig.load(folder, DATA).plan()).hasMessageContaining("made by hand");
        assertThatThrownBy(() -> umig.save(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds files already");
    }

    @Test
    void aTrainedGraphIsSavedAsItIsNow() {
        Umig umig = incremental().train();
        umig.node("w_1").model().load(Classifier.create(NET, DATA.train(), 5).weights());

        umig.save(temp.resolve("changed"));

        Umig loaded = Umig.load(temp.resolve("changed"), DATA);
        assertSame(umig, loaded);
        assertThat(loaded.plan().images()).isEqualTo(umig.plan().images());
        assertThat(loaded.plan().begin(Map.of(), temp.resolve("changed")).imagesToGo())
                .as("what was changed since is not taken for what the plan makes")
                .isEqualTo(umig.plan().images());
    }

    @Test
    void aFolderThatIsNotRightIsOneLine() throws IOException {
        incremental().train(temp);
        Dataset other = new Dataset("noise", DATA.train().noise(1), DATA.test(), DATA.sha256());

        assertThatThrownBy(() -> Umig.load(temp.resolve("none"), DATA))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("holds no graph");
        assertThatThrownBy(() -> Umig.load(temp, other))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("load it with the data set");
        assertThatThrownBy(() -> Umig.load(temp, TinyImages.dataset(4, 2, 4)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("load it with the data set");
        Files.delete(temp.resolve("w_2.safetensors"));
        assertThatThrownBy(() -> Umig.load(temp, DATA))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no model of w_2 yet");
        Files.writeString(temp.resolve("plan.json"), "{");
        assertThatThrownBy(() -> Umig.load(temp, DATA))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is damaged");
        try (FileChannel lock = new GraphFolder(temp).lock()) {
            assertThat(lock.isOpen()).isTrue();
            assertThatThrownBy(() -> incremental().train(temp))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is being trained in");
        }
        assertThat(incremental().train(temp).nodes()).hasSize(3);
        DagLearning dag =
                Umig.dag(DATA).node("a", DATA.train()).node("A", DATA.train()).model(NET);
        assertThatThrownBy(() -> dag.train(temp.resolve("dag")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("upper and lower case");
    }

    /** Interrupts its thread at a report. */
    private static final class Interrupting implements Progress {
        private int reports;

        Interrupting(int reports) {
            this.reports = reports;
        }

        @Override
        public void done(long done) {
            if (reports-- == 0) {
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
    void aTrainingThatIsInterruptedGoesOnFromItsFolder() {
        Umig umig = incremental().train();
        int interrupts = 0;
        Map<String, Classifier> models = null;
        // Each try gets a little further than an epoch, at another point of it, the end of one included.
        for (int tries = 0; models == null; tries++) {
            PlanRun run = incremental().plan().begin(Map.of(), temp);
            try {
                models = run.run(new Interrupting(5 + tries % 4));
            } catch (Interrupted e) {
                interrupts++;
            } finally {
                Thread.interrupted();
            }
        }

        assertThat(interrupts).isGreaterThan(3);
        assertSame(umig, Umig.load(temp, DATA));
    }

    /** Trains in a folder, in a process of its own. */
    static final class Process {
        private Process() {}

        static IncrementalLearning plan() {
            return Umig.incremental(Datasets.fashionMnistSample().sample(100, 10, 1))
                    .first(6)
                    .step(2)
                    .models(3)
                    .model(ResNet.SMALL)
                    .training(TrainingConfig.DEFAULT.epochs(4).batchSize(16))
                    .heirs(TrainingConfig.DEFAULT.epochs(3).batchSize(16));
        }

        /** Says when it begins. */
        public static void main(String[] folder) {
            System.out.println("begins");
            plan().train(Path.of(folder[0]));
        }
    }

    @Test
    void aTrainingThatIsKilledAgainAndAgainEndsInTheSameBits() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Process.class.getName(), temp.toString()));
        int kills = 0;
        boolean finished = false;
        while (!finished) {
            java.lang.Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.getInputStream().read()).isEqualTo('b');
            finished = process.waitFor(kills < 4 ? 1200 + random.nextInt(1500) : 120_000, TimeUnit.MILLISECONDS);
            if (finished) {
                assertThat(process.exitValue()).isZero();
            } else {
                process.destroyForcibly().waitFor();
                kills++;
            }
        }

        assertSame(Process.plan().train(), Umig.load(temp, Process.plan().data));
        try (Stream<Path> files = Files.list(temp)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            ".lock",
                            "graph.json",
                            "plan.json",
                            "seconds.json",
                            "w_0.safetensors",
                            "w_1.safetensors",
                            "w_2.safetensors");
        }
        assertThat(kills).isPositive();
    }
}
