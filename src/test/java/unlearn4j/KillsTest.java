package unlearn4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unlearn4j.core.Scale;
import unlearn4j.data.Dataset;
import unlearn4j.data.TinyImages;
import unlearn4j.experiment.Measurement;
import unlearn4j.experiment.Measurements;
import unlearn4j.model.ResNet;
import unlearn4j.report.Charts;
import unlearn4j.report.Curve;
import unlearn4j.report.Figures;
import unlearn4j.report.Results;
import unlearn4j.train.Classifier;
import unlearn4j.train.Weights;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;

/** Whoever is killed while saving loses nothing, and what is left is swept by the next. */
@Tag("slow")
class KillsTest {
    private static final Dataset DATA = TinyImages.dataset(4, 12, 8);

    @TempDir
    private Path folder;

    private static Classifier model(long seed) {
        return Classifier.create(ResNet.SMALL, DATA.train(), seed);
    }

    private static Umig graph(long seed) {
        return Umig.of()
                .add(new ModelNode("a", model(seed), DATA.train()))
                .add(new ModelNode("b", model(seed + 1), DATA.train()))
                .inherit("b", "a");
    }

    /** Saves one of two networks in one place, again and again. */
    static final class SavesNetworks {
        private SavesNetworks() {}

        public static void main(String[] file) {
            List<Classifier> models = List.of(model(1), model(2));
            System.out.println("begins");
            for (int i = 0; ; i++) {
                models.get(i % 2).save(Path.of(file[0]));
            }
        }
    }

    @Test
    void aNetworkIsTheOldOrTheNew() throws Exception {
        Path file = folder.resolve("model.safetensors");
        List<Weights> either = List.of(model(1).weights(), model(2).weights());
        model(1).save(file);

        Killed.again(
                SavesNetworks.class,
                400,
                () -> assertThat(Classifier.load(file).weights()).isIn(either),
                file.toString());

        model(2).save(file);
        assertThat(Killed.names(folder)).containsExactly("model.safetensors");
    }

    /** Saves a graph in one new folder after the other. */
    static final class SavesGraphs {
        private SavesGraphs() {}

        public static void main(String[] folder) throws Exception {
            Umig graph = graph(1);
            int saved = Killed.names(Path.of(folder[0])).size();
            System.out.println("begins");
            for (int i = saved; ; i++) {
                graph.save(Path.of(folder[0], "unfinished"));
                Files.move(Path.of(folder[0], "unfinished"), Path.of(folder[0], String.valueOf(i)));
            }
        }
    }

    @Test
    void aGraphIsThereWholeOrIsNone() throws Exception {
        Umig graph = graph(1);

        Killed.again(
                SavesGraphs.class,
                600,
                () -> {
                    for (String name : Killed.names(folder)) {
                        List<String> files = Killed.names(folder.resolve(name));
                        if (name.equals("unfinished") && (files.isEmpty() || files.contains(".saving"))) {
                            continue; // the next save there takes it over
                        }
                        Umig loaded = Umig.load(folder.resolve(name), DATA);
                        assertThat(loaded.node("b").model().weights())
                                .isEqualTo(graph.node("b").model().weights());
                        delete(folder.resolve(name));
                    }
                },
                folder.toString());

        graph.save(folder.resolve("unfinished"));
        assertThat(Killed.names(folder.resolve("unfinished"))).noneMatch(name -> name.startsWith("."));
    }

    private static void delete(Path graph) throws IOException {
        for (String file : Killed.names(graph)) {
            Files.delete(graph.resolve(file));
        }
        Files.delete(graph);
    }

    /** Writes results with a chart and a picture, one after the other. */
    static final class WritesResults {
        private WritesResults() {}

        static void write(Path folder) {
            Results.of("kills", Scale.current())
                    .in(folder)
                    .seed(7)
                    .data(DATA.sha256())
                    .rows(Measurements.of(Measurement.of("AD_f", 1, "%")))
                    .chart("curve", Charts.lines("t", "x", "y", Curve.of("a", 1, 2)))
                    .picture("graph", Figures.graph(graph(1)))
                    .write();
        }

        public static void main(String[] folder) {
            write(Path.of(folder[0]));
            System.out.println("begins");
            while (true) {
                write(Path.of(folder[0]));
            }
        }
    }

    @Test
    void everyResultIsWhole() throws Exception {
        Path runs = folder.resolve("kills").resolve(Scale.current().name().toLowerCase(Locale.ROOT));

        Killed.again(
                WritesResults.class,
                300,
                () -> assertThat(Results.read(runs.resolve("latest")).files()).hasSize(8),
                folder.toString());

        WritesResults.write(folder);
        List<String> names = Killed.names(runs);
        assertThat(names).hasSizeGreaterThan(2 + Killed.KILLS).contains(".lock", "latest");
        assertThat(names).filteredOn(name -> !name.equals(".lock")).allSatisfy(name -> {
            assertThat(name).doesNotStartWith(".");
            assertThat(Killed.names(Results.read(runs.resolve(name)).folder()))
                    .containsExactly(
                            "curve.pdf",
                            "curve.png",
                            "curve.svg",
                            "graph.pdf",
                            "graph.png",
                            "graph.svg",
                            "record.json",
                            "rows.csv");
        });
    }
}
