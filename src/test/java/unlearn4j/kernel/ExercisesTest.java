package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each notebook ends with three questions to predict, change, run and compare, and an open one; each has a solution. */
class ExercisesTest {
    private static final Pattern ITEM = Pattern.compile("^(\\d\\. )\\*\\*(.+?)\\.\\*\\* (.+)$", Pattern.MULTILINE);
    private static final Pattern CHANGE = Pattern.compile("`([^`]+)` → `([^`]+)`");

    static List<Path> notebooks() throws IOException {
        return Ipynb.in("notebooks");
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void theLastSectionIsThreeChangesAndAnOpenProblemAllWithSolutions(Path notebook) throws IOException {
        Ipynb read = Ipynb.read(notebook);
        String last = read.cells().get(read.cells().size() - 1).source();
        assertThat(last).contains("## Exercises\n", "](solutions/" + notebook.getFileName() + ")");
        List<MatchResult> items = ITEM.matcher(last.substring(last.indexOf("## Exercises")))
                .results()
                .toList();
        assertThat(items).extracting(item -> item.group(1)).containsExactly("1. ", "2. ", "3. ", "4. ");
        assertThat(items.get(3).group(2)).isEqualTo("Open");
        for (MatchResult item : items.subList(0, 3)) {
            assertThat(changed(item.group(3)))
                    .as(item.group())
                    .hasSizeGreaterThanOrEqualTo(1)
                    .allSatisfy(line -> assertThat(read.sources("code").stream().filter(cell -> cell.contains(line)))
                            .as("cells with %s", line)
                            .hasSize(1));
        }
        Path solution = notebook.resolveSibling("solutions").resolve(notebook.getFileName());
        assertThat(Ipynb.read(solution).sources("markdown").stream()
                        .flatMap(String::lines)
                        .filter(line -> line.startsWith("## ")))
                .containsExactlyElementsOf(items.stream()
                        .map(item -> "## " + item.group(1) + item.group(2))
                        .toList());
    }

    private static List<String> changed(String exercise) {
        return CHANGE.matcher(exercise).results().map(change -> change.group(1)).toList();
    }
}
