package unlearn4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import unlearn4j.Fuzz;
import unlearn4j.core.Scale;
import unlearn4j.experiment.Measurement;
import unlearn4j.experiment.Measurements;

/** Results whose files went wrong are read as what they say, or refused in one line. */
class ResultsFuzzTest {
    private static final Path FOLDER = written();

    private static Path written() {
        try {
            return Results.of("fuzz", Scale.current())
                    .in(Files.createTempDirectory("fuzz"))
                    .configuration("epochs", 3)
                    .rows(Measurements.of(
                            Measurement.of("AD_f", 1.5, "%")
                                    .about("method", "FIUn, \"tempered\"")
                                    .at("w_1")
                                    .seed(1),
                            Measurement.of("AD_r", 97, "%")
                                    .about("method", "HeadMask")
                                    .seed(2)
                                    .published(96.5, "scan")))
                    .write()
                    .folder();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void read(Path file, String right, String wrong) throws IOException {
        try {
            Files.writeString(file, wrong);
            Fuzz.read(wrong.length(), () -> Results.read(FOLDER))
                    .ifPresent(read -> assertThat(read.folder()).isEqualTo(FOLDER));
        } finally {
            Files.writeString(file, right);
        }
    }

    /** Seeds whose files were read to an error of another kind, before. */
    @Example
    void whatWasFoundBefore() throws IOException {
        for (long seed : new long[] {13, 23770, 324692, 1449190, 997807, 1789707, 39608}) {
            rows(seed);
        }
    }

    @Property(tries = 300)
    void rows(@ForAll long seed) throws IOException {
        Path file = FOLDER.resolve("rows.csv");
        String right = Files.readString(file);
        read(file, right, Fuzz.text(right, seed));
    }

    @Property(tries = 300)
    void record(@ForAll long seed) throws IOException {
        Path file = FOLDER.resolve("record.json");
        String right = Files.readString(file);
        read(file, right, Fuzz.json(right, seed));
    }
}
