package unlearn4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CONTRIBUTING.md, the design, the decisions, the change log and the workflow say what is so. */
class DocumentsTest {
    private static final Path CONTRIBUTING = Path.of("CONTRIBUTING.md");
    private static final Path DESIGN = Path.of(".github/DESIGN.md");
    private static final Path DECISIONS = Path.of(".github/decisions.md");
    private static final Path WORKFLOW = Path.of(".github/workflows/ci.yml");
    /** The examples of CONTRIBUTING.md, which nobody has added. */
    private static final List<String> EXAMPLES =
            List.of("toolkit/unlearn4j/unlearn/Halve.java", "notebooks/30-halving.ipynb");

    private static Stream<String> found(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(Files.readString(file))
                .results()
                .map(match -> match.group(1));
    }

    @Test
    void theDesignHasTheTableOfLayers() throws IOException {
        List<String> inTheDesign = found("^\\| (`\\w+` \\| .*?) \\|", DESIGN)
                .map(row -> row.replaceAll("[`–,|]", " ").strip().replaceAll(" +", " "))
                .toList();
        assertThat(inTheDesign)
                .isEqualTo(LayersTest.TABLE
                        .lines()
                        .map(line -> line.replace(':', ' ').strip().replaceAll(" +", " "))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONTRIBUTING.md",
                "CHANGELOG.md",
                ".github/DESIGN.md",
                ".github/decisions.md",
                "notebooks/course.md"
            })
    void everyLinkLeadsSomewhere(Path file) throws IOException {
        assertThat(found("\\]\\(((?!https:)[^)#]+)(?:#[a-z-]+)?\\)", file))
                .allSatisfy(link -> assertThat(file.resolveSibling(link)).exists());
    }

    @Test
    void contributingNamesFilesThatAreThere() throws IOException {
        List<String> files = found("`((?:toolkit|data-fetch|notebooks|src|kernel-setup)/[\\w./-]+)`", CONTRIBUTING)
                .toList();
        assertThat(files).hasSizeGreaterThan(10);
        assertThat(files).filteredOn(file -> !EXAMPLES.contains(file)).allSatisfy(file -> assertThat(Path.of(file))
                .exists());
    }

    /** What it tells a newcomer to add to is there under that name. */
    @Test
    void contributingNamesMethodsThatAreThere() throws IOException {
        List<String> tests =
                List.of("unlearn/MethodContractTest", "data/DatasetsIT", "model/ModelSpecTest", "train/ModelFileTest");
        StringBuilder code = new StringBuilder();
        for (String test : tests) {
            code.append(Files.readString(Path.of("src/test/java/unlearn4j/" + test + ".java")));
        }
        for (String name : List.of(
                "methods()",
                "dataSets()",
                "networksHaveNamesOfTheirOwn",
                "givesFeaturesAndLogits",
                "everyDescriptionOfTheToolkitIsReadAsItWasWritten")) {
            assertThat(Files.readString(CONTRIBUTING)).contains("`" + name + "`");
            assertThat(code).contains(" " + name);
        }
    }

    @Test
    void theWorkflowRunsTheFastLaneThatContributingNamesAndThenEverything() throws IOException {
        String fast = found("^(mvn -B test .*)$", CONTRIBUTING).findFirst().orElseThrow();
        assertThat(found("^ +- run: (.*)$", WORKFLOW)).containsExactly(fast, ".ci/run");
        assertThat(Files.readString(WORKFLOW)).contains("needs: fast");
        assertThat(Path.of(".ci/run")).isExecutable();
    }

    static List<String> decisions() throws IOException {
        return Arrays.stream(Files.readString(DECISIONS).split("(?m)^## "))
                .skip(1)
                .toList();
    }

    static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("notebooks"))) {
            return files.filter(file -> file.toString().endsWith(".ipynb")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void aNotebookNamesItsPaperAndTheCommandThatRunsIt(Path notebook) throws IOException {
        assertThat(found("\\]\\((https://arxiv\\.org/abs/[\\d.]+)\\)", notebook))
                .isNotEmpty()
                .allSatisfy(paper ->
                        assertThat(Files.readString(Path.of("README.md"))).contains(paper));
        assertThat(Files.readString(notebook)).contains("`UNLEARN4J_SCALE=PAPER kernel-setup/run " + notebook + "`");
    }

    @Test
    void theDecisionsAreThere() throws IOException {
        assertThat(decisions()).hasSizeGreaterThanOrEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void aDecisionHasItsFourPartsInTenLines(String decision) {
        assertThat(decision.strip().lines()).hasSizeLessThanOrEqualTo(10);
        assertThat(decision)
                .containsSubsequence(
                        "- **Context.**", "- **Decision.**", "- **Consequence.**", "- **What would change it.**");
    }
}
