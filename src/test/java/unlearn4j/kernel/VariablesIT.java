package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.kernel.Kernel.Output;

/** What the kernel says of variables that JShell has emptied. */
class VariablesIT {
    private Kernel kernel;

    static List<Path> javas() throws IOException {
        return Kernel.javas();
    }

    @AfterEach
    void close() throws IOException {
        kernel.close();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void aCellThatIsRunAgainSaysWhichVariablesLostTheirValues(Path java) throws IOException {
        kernel = new Kernel(java);
        kernel.run("var labels = Labels.of(3);");
        kernel.run("var before = labels.and(Labels.of(1));\nvar size = before.size();\nint kept = labels.size();");
        assertThat(kernel.run("before").text()).isEqualTo("1, 3");

        Output said = kernel.run("var labels = Labels.of(5);").only();

        assertThat(said.kind()).isEqualTo("stderr");
        assertThat(said.text())
                .isEqualTo("\"before\", \"size\" lost their values, for \"labels\" was made again: run the cells "
                        + "below again (Run › Run Selected Cell and All Below)\n");
        assertThat(kernel.run("kept").text()).isEqualTo("1");
        Output empty = kernel.run("before").only();
        assertThat(empty.kind()).isEqualTo("stderr");
        assertThat(empty.text())
                .startsWith("\"before\" has no value since \"labels\"")
                .hasLineCount(1);
        Output error = kernel.run("int two = 2;\nbefore.size()").only();
        assertThat(error.kind()).isEqualTo("error");
        assertThat(error.text())
                .startsWith("\"before\" has no value since \"labels\"")
                .hasLineCount(1);

        assertThat(kernel.run("var before = labels.and(Labels.of(1));").outputs())
                .isEmpty();
        assertThat(kernel.run("before.size()").text()).isEqualTo("2");
    }

    @ParameterizedTest
    @MethodSource("javas")
    void aCellThatMakesThemAgainItselfSaysNothing(Path java) throws IOException {
        kernel = new Kernel(java);
        String cell = "var labels = Labels.of(3);\nvar all = labels.and(Labels.of(1));";
        kernel.run(cell);

        assertThat(kernel.run(cell).outputs()).isEmpty();
        assertThat(kernel.run("all").text()).isEqualTo("1, 3");
        assertThat(kernel.run("String none = null;\nnone.length()").only().text())
                .as("a null of one's own")
                .contains("NullPointerException");
    }
}
