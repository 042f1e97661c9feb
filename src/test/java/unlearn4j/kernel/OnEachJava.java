package unlearn4j.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A test with a kernel of its own, on each Java that is there. */
abstract class OnEachJava {
    Kernel kernel;

    static List<Path> javas() throws IOException {
        return Kernel.javas();
    }

    @AfterEach
    void close() throws IOException {
        kernel.close();
    }
}
