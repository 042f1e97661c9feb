package unlearn4j.umig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import unlearn4j.Fuzz;
import unlearn4j.data.Dataset;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ResNet;
import unlearn4j.train.TrainingConfig;

/** Files of graphs that went wrong are read as what they say, or refused in one line. */
class GraphFilesFuzzTest {
    private static final GraphShape SHAPE = new GraphShape(
            List.of(
                    new GraphShape.Node("w_1", "ResNet8", Labels.of(0, 1)),
                    new GraphShape.Node("w_2", "", Labels.of(List.of())),
                    new GraphShape.Node("w < 3 \ud83d\ude00", "MLP", Labels.of(7))),
            List.of(new GraphShape.Edge("w_1", "w_2", 0.5), new GraphShape.Edge("w_2", "w < 3 \ud83d\ude00", 1)));
    private static final Dataset DATA = TinyImages.dataset(4, 4, 8);
    private static final Path FOLDER = trained();

    private static Path trained() {
        try {
            Path folder = Files.createTempDirectory("fuzz").resolve("graph");
            train(folder);
            return folder;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Umig train(Path folder) {
        return Umig.dag(DATA)
                .node("w_1", DATA.train().slice(0, 8))
                .node("w_2", DATA.train().slice(8, 16), "w_1")
                .model(new ResNet("tiny", List.of(1), List.of(4)))
                .training(TrainingConfig.DEFAULT.epochs(1).batchSize(4))
                .train(folder);
    }

    @Property(tries = 300)
    void json(@ForAll long seed) {
        String text = Fuzz.json(SHAPE.json(), seed);
        Fuzz.read(text.length(), () -> GraphShape.ofJson(text))
                .ifPresent(read -> assertThat(GraphShape.ofJson(read.json())).isEqualTo(read));
    }

    @Property(tries = 300)
    void graphMl(@ForAll long seed) {
        String text = Fuzz.text(SHAPE.graphMl(), seed);
        Fuzz.read(text.length(), () -> GraphShape.ofGraphMl(text))
                .ifPresent(read -> assertThat(GraphShape.ofJson(read.json())).isEqualTo(read));
    }

    private static void folder(String name, long seed) throws IOException {
        Path file = FOLDER.resolve(name);
        String right = Files.readString(file);
        try {
            String wrong = Fuzz.json(right, seed);
            Files.writeString(file, wrong);
            Fuzz.read(wrong.length(), () -> Umig.load(FOLDER, DATA))
                    .ifPresent(read -> assertThat(read.nodes()).isNotEmpty());
        } finally {
            Files.writeString(file, right);
        }
    }

    @Example
    void secondsOfAFolder() throws IOException {
        Path file = FOLDER.resolve("seconds.json");
        String right = Files.readString(file);
        try {
            for (String wrong : List.of("", "null", "[", "{\"a\": null}", "{\"a\": \"b\"}")) {
                Files.writeString(file, wrong);
                assertThat(Fuzz.read(wrong.length(), () -> train(FOLDER))).isEmpty();
            }
        } finally {
            Files.writeString(file, right);
        }
    }

    @Property(tries = 150)
    void graphOfAFolder(@ForAll long seed) throws IOException {
        folder("graph.json", seed);
    }

    /** Seeds whose files were read to an error of another kind, before. */
    @Example
    void whatWasFoundBefore() throws IOException {
        for (long seed : new long[] {807751, 617695, 269259, 1172025, 562262, 419720, 688966, 118798, 205907}) {
            planOfAFolder(seed);
        }
    }

    @Property(tries = 150)
    void planOfAFolder(@ForAll long seed) throws IOException {
        folder("plan.json", seed);
    }
}
