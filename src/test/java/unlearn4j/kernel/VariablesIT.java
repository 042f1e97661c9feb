package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.kernel.Kernel.Output;

/** What the kernel says of a notebook's names: of variables that JShell has emptied, and of misspelt ones. */
class VariablesIT extends OnEachJava {
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
    void aMisspeltNameSaysWhatWasMeant(Path java) throws IOException {
        kernel = new Kernel(java);
        kernel.run("var labels = Labels.of(3);");

        assertThat(kernel.run("labels.shard(Labels.of(2))").text())
                .endsWith("no method \"shard\" in Labels: did you mean \"shared\"?");
        assertThat(kernel.run("var one = Umig.incrementel(null);").text())
                .endsWith("no method \"incrementel\" in Umig: did you mean \"incremental\"?");
        assertThat(kernel.run("int two = lables.size();").text())
                .endsWith("no variable \"lables\": did you mean \"labels\"?");
        assertThat(kernel.run("labels.zzzzz()").text()).doesNotContain("did you mean");
        assertThat(kernel.run("int two = \"two\";").text()).doesNotContain("did you mean");
    }

    @ParameterizedTest
    @MethodSource("javas")
    void theVariablesAreListedALineEach(Path java) throws IOException {
        kernel = new Kernel(java);
        kernel.run("var labels = Labels.of(3, 5);\nint two = 2;\nvar table = Table.create(\"t\", labels.size() > 1 ? "
                + "IntColumn.create(\"x\", 1, 2) : null);");
        kernel.run("two + 1");

        String shown = kernel.run("%vars").only().as("text/html");

        assertThat(shown)
                .contains(">labels</td>", ">Labels</td>", ">3, 5</td>", ">two</td>", ">2</td>", ">table</td>")
                .doesNotContain("$");
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
