package unlearn4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Classes of one idea are short: none has more lines than a reader keeps in mind, half have few. */
class SizesTest {
    private static final int LONGEST = 400;
    private static final int MEDIAN = 90;

    private static List<Path> sources() throws IOException {
        try (Stream<Path> toolkit = Files.walk(Path.of("toolkit"));
                Stream<Path> fetch = Files.walk(Path.of("data-fetch"))) {
            return Stream.concat(toolkit, fetch)
                    .filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .toList();
        }
    }

    /** Returns how many lines a class has, its Javadoc among them; package and imports are not its own. */
    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.dropWhile(line -> line.isBlank() || line.startsWith("package ") || line.startsWith("import "))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noClassIsLong() throws IOException {
        assertThat(sources())
                .allSatisfy(file -> assertThat(lines(file)).as("%s", file).isLessThanOrEqualTo(LONGEST));
    }

    @Test
    void halfOfTheClassesAreShort() throws IOException {
        List<Long> sorted = sources().stream().map(SizesTest::lines).sorted().toList();
        assertThat(sorted.get(sorted.size() / 2)).isLessThanOrEqualTo(MEDIAN);
    }
}
