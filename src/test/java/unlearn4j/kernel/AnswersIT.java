package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.kernel.Kernel.Cell;
import unlearn4j.kernel.Kernel.Output;
import unlearn4j.kernel.Kernel.Reply;

/** What the kernel answers beside cells, and while one runs. */
class AnswersIT extends OnEachJava {
    private static final String UNTIL_INTERRUPTED =
            "{ show(\"runs\"); while (!Thread.currentThread().isInterrupted()) Thread.onSpinWait(); }";

    @ParameterizedTest
    @MethodSource("javas")
    void tabAndShiftTabShowTheToolkit(Path java) throws IOException {
        kernel = new Kernel(java);

        assertThat(kernel.inspect("Umig.incremental").text())
                .as("the end of a word, before the first cell")
                .startsWith(
                        "IncrementalLearning Umig.incremental(Dataset data)\nBegins a graph of incremental learning");
        assertThat(kernel.inspect("Labels.of(").text())
                .contains("of(int... labels)\nReturns the labels given, at least one.")
                .contains(".of(Collection<Integer> labels)\nReturns the labels given, perhaps none.");
        assertThat(kernel.inspect("Datasets.fashionMnistSample().train").text()).endsWith("the training images");
        assertThat(kernel.inspect("Umig").text()).contains("A unified model inheritance graph");
        assertThat(kernel.inspect("Scale.SMOKE").text()).contains("Seconds, in the tests");
        assertThat(kernel.inspect("\"😀\".substring(").text()).contains("substring(int beginIndex)");
        assertThat(kernel.inspect("Training.distilling(").text()).contains("\n  teacher: ");
        assertThat(kernel.inspect("nothing").text()).isNull();

        assertThat(kernel.complete("Datasets.fashionMnistSample().").matches())
                .contains("train()", "toString()")
                .doesNotContain("wait(", "notify()", "notifyAll()", "getClass()", "hashCode()", "equals(");
        assertThat(kernel.complete("Datasets.fashionMnistSample().notifyA").matches())
                .containsExactly("notifyAll()");
    }

    @ParameterizedTest
    @MethodSource("javas")
    void theHistoryIsTheCells(Path java) throws IOException {
        kernel = new Kernel(java);
        kernel.run("int one = 1;");
        kernel.run("one + 1");
        kernel.run("int one = 1;");

        assertThat(kernel.history("*").cells()).containsExactly("int one = 1;", "one + 1", "int one = 1;");
        assertThat(kernel.history("one ? 1").cells()).containsExactly("one + 1");
        assertThat(kernel.history("\\E").cells()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void whatIsAskedWhileACellRunsNeedNotWait(Path java) throws IOException {
        kernel = new Kernel(java);
        kernel.begin(UNTIL_INTERRUPTED);

        assertThat(kernel.complete("Umig.")).isEqualTo(new Reply(null, List.of(), List.of()));
        assertThat(kernel.inspect("Umig")).isNotNull();
        assertThat(kernel.history("*").cells()).containsExactly(UNTIL_INTERRUPTED);

        Cell interrupted = kernel.interrupt();
        assertThat(interrupted.outputs()).extracting(Output::kind).containsOnly("error");
        assertThat(kernel.complete("Umig.").matches()).contains("incremental(");
        assertThat(kernel.run("1 + 1").text()).isEqualTo("2");
    }

    @ParameterizedTest
    @MethodSource("javas")
    void aCellThatGoesOnInSpiteOfAnInterruptSaysSo(Path java) throws IOException {
        kernel = new Kernel(java);
        kernel.begin("show(\"runs\"); while (true) {}");

        Cell interrupted = kernel.interrupt();

        assertThat(interrupted.outputs()).extracting(Output::kind).containsExactly("error", "stderr");
        assertThat(interrupted.outputs().get(1).text())
                .contains("goes on in spite of the interrupt", "Kernel › Restart")
                .hasLineCount(1);
        assertThat(kernel.run("1 + 1").text()).isEqualTo("2");
        kernel.begin(UNTIL_INTERRUPTED);
        assertThat(kernel.interrupt().outputs())
                .as("the next cell is not the one that goes on")
                .extracting(Output::kind)
                .containsOnly("error");
    }
}
