package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.LocalExecutionControlProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The solutions' cells run, each notebook's in a shell of its own within this process, and the answers that the last cell
 * sums up all hold. The kernel would take half a minute more to start for each.
 */
@Tag("slow")
class SolutionsTest {
    private static final String JJAVA = Stream.of("io", "math", "time", "util")
            .map(name -> "import java." + name + ".*;\n")
            .reduce("", String::concat);

    private static final boolean SPARK =
            SolutionsTest.class.getClassLoader().getResource("org/apache/spark/sql/SparkSession.class") != null;

    static List<Path> solutions() throws IOException {
        return Ipynb.in("notebooks/solutions");
    }

    @ParameterizedTest
    @MethodSource("solutions")
    void whatASolutionSaysIsSo(Path solution) throws IOException {
        assumeTrue(
                SPARK || Ipynb.read(solution).sources("code").stream().noneMatch(cell -> cell.contains("Spark.")),
                "Spark isn't on the class path: mvn -Pspark");
        try (JShell shell = JShell.builder()
                .executionEngine(new LocalExecutionControlProvider(), Map.of())
                .compilerOptions("-cp", System.getProperty("java.class.path"))
                .build()) {
            run(shell, JJAVA + Notebook.imports());
            String last = "";
            for (String cell : Ipynb.read(solution).sources("code")) {
                last = run(shell, cell);
            }
            assertThat(last.lines().skip(1)).as(last).hasSizeGreaterThanOrEqualTo(5);
            assertThat(last.lines().skip(3)).as(last).allMatch(answer -> answer.matches(".*\\| +(yes|no) +\\|"));
            assertThat(last.lines()).as(last).noneMatch(answer -> answer.matches(".*\\| +no +\\|"));
        }
    }

    private static String run(JShell shell, String code) {
        String last = "";
        String rest = code;
        while (!rest.isBlank()) {
            CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            for (SnippetEvent event : shell.eval(info.source())) {
                assertThat(event.exception()).as(info.source()).isNull();
                assertThat(event.status())
                        .as(() -> info.source()
                                + shell.diagnostics(event.snippet())
                                        .map(one -> one.getMessage(null))
                                        .toList())
                        .isNotEqualTo(Status.REJECTED);
                last = event.value() == null ? last : event.value();
            }
            rest = info.remaining();
        }
        return last;
    }
}
