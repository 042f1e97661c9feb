package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the Javadoc and CONTRIBUTING.md show compiles, and each package shows how it is used. */
class SnippetTest {
    private static final Pattern LINK = Pattern.compile("\\{@link (unlearn4j\\.\\w+\\.\\w+)");

    @TempDir
    private Path classes;

    private static List<Path> sources() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String root : List.of("toolkit", "data-fetch")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(found::add);
            }
        }
        return found;
    }

    static List<Path> packages() throws IOException {
        return sources().stream().map(Path::getParent).distinct().toList();
    }

    @Test
    void examplesCompile() throws IOException {
        List<Snippet> snippets = new ArrayList<>(Snippet.ofMarkdown(Path.of("CONTRIBUTING.md")));
        assertThat(snippets).isNotEmpty();
        for (Path source : sources()) {
            snippets.addAll(Snippet.ofJavadoc(source));
        }
        assertThat(snippets).hasSizeGreaterThan(packages().size());
        assertThat(Snippet.errors(snippets, classes)).isEmpty();
    }

    @Test
    void anExampleThatIsOutOfDateIsFound() {
        Path file = Path.of("somewhere.md");
        assertThat(Snippet.errors(
                        List.of(new Snippet(file, "umig.draw();"), new Snippet(file, "umig.paint();")), classes))
                .singleElement()
                .asString()
                .startsWith("somewhere.md: ")
                .contains("paint()");
    }

    @Test
    void aProgramIsCompiledWithItsOwnImports() {
        Path file = Path.of("somewhere.md");
        String program = "import unlearn4j.umig.Umig;\n\nclass Drawing {\n    void of(Umig umig) { umig.%s(); }\n}\n";
        assertThat(Snippet.errors(List.of(new Snippet(file, program.formatted("draw"))), classes))
                .isEmpty();
        assertThat(Snippet.errors(List.of(new Snippet(file, program.formatted("paint"))), classes))
                .singleElement()
                .asString()
                .contains("paint()");
        assertThat(Snippet.errors(List.of(new Snippet(file, program.replace("import", "// import"))), classes))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageNamesItsFrontDoorAndShowsThreeLinesOfUse(Path folder) throws IOException {
        Path about = folder.resolve("package-info.java");
        String name = folder.getFileName().toString();
        assertThat(LINK.matcher(Files.readString(about)).results().map(link -> link.group(1)))
                .anyMatch(door -> door.startsWith("unlearn4j." + name + "."))
                .allSatisfy(
                        door -> assertThat(Class.forName(door).getPackageName()).startsWith("unlearn4j."));
        assertThat(Snippet.ofJavadoc(about))
                .singleElement()
                .satisfies(use -> assertThat(use.code().lines()).hasSize(3));
    }
}
