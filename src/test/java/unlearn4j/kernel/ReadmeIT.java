package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's commands run and its code compiles. */
class ReadmeIT {
    /** Commands that a test of their own runs; this one belongs to the last. */
    private static final Map<String, Class<?>> RUN_ELSEWHERE = Map.of(
            "kernel-setup/run notebooks/00-tour.ipynb", TourIT.class,
            "kernel-setup/lab", LabIT.class,
            "kernel-setup/test", ReadmeIT.class);

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    @Test
    void everyCommandIsRun() throws Exception {
        List<String> commands = blocks("sh").stream().flatMap(String::lines).toList();
        assertThat(commands).containsAll(RUN_ELSEWHERE.keySet());
        for (String command : commands) {
            if (!RUN_ELSEWHERE.containsKey(command)) {
                Process process = new ProcessBuilder(command.split(" "))
                        .redirectErrorStream(true)
                        .start();
                String said = new String(process.getInputStream().readAllBytes());
                assertThat(process.waitFor()).as("%s%n%s", command, said).isZero();
            }
        }
    }

    /** What a Maven user writes names this toolkit, in the version that the sources have, as does the citation. */
    @Test
    void theVersionIsThePoms() throws IOException {
        String coordinates = "  <groupId>%s</groupId>%n  <artifactId>%s</artifactId>%n  <version>%s</version>%n";
        Matcher pom = Pattern.compile(
                        "<groupId>(.*)</groupId>\\s*<artifactId>(.*)</artifactId>\\s*<version>(.*)</version>")
                .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(pom.find()).isTrue();
        assertThat(blocks("xml"))
                .singleElement()
                .asString()
                .contains(coordinates.formatted(pom.group(1), pom.group(2), pom.group(3)));
        assertThat(Path.of("CITATION.cff")).content().contains("\nversion: " + pom.group(3) + "\n");
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> links = Pattern.compile("\\]\\(([^)]+)\\)")
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(link -> link.group(1))
                // A test asks no other host; DocumentsTest holds the papers' addresses against the notebooks'.
                .filter(link -> !link.startsWith("https://"))
                .toList();
        assertThat(links).isNotEmpty().allSatisfy(link -> assertThat(Path.of(link))
                .exists());
    }

    @Test
    void theCodeCompilesWithTheNotebooksImports(@TempDir Path classes) throws IOException {
        List<Snippet> code = Snippet.ofMarkdown(Path.of("README.md"));
        assertThat(code).isNotEmpty();
        assertThat(Snippet.errors(code, classes)).isEmpty();
    }
}
