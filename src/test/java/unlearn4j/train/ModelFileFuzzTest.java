package unlearn4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import unlearn4j.Fuzz;

/** A file of weights that went wrong is read as what it says, or refused in one line. */
class ModelFileFuzzTest {
    private static void read(byte[] bytes) throws IOException {
        Path file = Files.write(Files.createTempFile("fuzz", ""), bytes);
        try {
            Fuzz.read(bytes.length, () -> Classifier.load(file))
                    .ifPresent(model -> assertThat(model.parameters()).isPositive());
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 100)
    void whole(@ForAll long seed) throws IOException {
        read(Fuzz.bytes(ModelFileContentsTest.WHOLE, seed));
    }

    /** The checksum fits what went wrong. */
    @Property(tries = 100)
    void sealed(@ForAll long seed) throws IOException {
        byte[] wrong = Fuzz.bytes(ModelFileContentsTest.WHOLE, seed);
        read(wrong.length < 400 ? wrong : ModelFileContentsTest.sealed(wrong));
    }

    @Property(tries = 200)
    void header(@ForAll long seed) throws IOException {
        read(ModelFileContentsTest.withHeader(Fuzz.json(ModelFileContentsTest.header(), seed)));
    }
}
