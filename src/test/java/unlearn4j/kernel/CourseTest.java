package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The course has twelve lessons, each whole, and a place for every notebook. */
class CourseTest {
    private static final Pattern PART = Pattern.compile("^- \\*\\*(.+?)\\.\\*\\* .+$", Pattern.MULTILINE);
    private static final Pattern NOTEBOOK = Pattern.compile("\\]\\((\\d\\d-[a-z0-9-]+\\.ipynb)\\)");

    private static List<String> lessons() throws IOException {
        return Arrays.stream(Files.readString(Path.of("notebooks/course.md")).split("(?m)^## "))
                .skip(1)
                .toList();
    }

    @Test
    void eachLessonSaysWhatItNeedsAndTeaches() throws IOException {
        assertThat(lessons()).hasSize(12).allSatisfy(lesson -> assertThat(
                        PART.matcher(lesson).results().map(part -> part.group(1)))
                .containsExactly("Notebooks", "Teaches", "Read", "Exercise", "Minutes"));
    }

    @Test
    void everyNotebookIsInOneLesson() throws IOException {
        assertThat(NOTEBOOK.matcher(String.join("", lessons())).results().map(link -> link.group(1)))
                .containsExactlyInAnyOrderElementsOf(Ipynb.in("notebooks").stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
    }
}
