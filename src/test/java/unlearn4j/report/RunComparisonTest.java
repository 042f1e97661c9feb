package unlearn4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.CategoryChart;
import tech.tablesaw.api.Table;
import unlearn4j.core.Scale;
import unlearn4j.experiment.Measurement;
import unlearn4j.experiment.Measurements;

class RunComparisonTest {
    @TempDir
    private Path root;

    private Result run(String factor, double left, long... seeds) {
        Measurements rows = Measurements.over(
                Arrays.stream(seeds).boxed().toList(),
                seed -> Measurements.of(
                        Measurement.of("AD_f", left + seed, "%")
                                .about("approach", "FIUn")
                                .at("w_0")
                                .seed(seed),
                        Measurement.of("seconds", 1, "s")
                                .about("approach", "factor " + factor)
                                .at("w_0")
                                .seed(seed)));
        return Results.of("halving", Scale.current())
                .in(root)
                .configuration("factor", factor)
                .configuration("same", 1)
                .rows(rows)
                .write();
    }

    @Test
    void whatWasSetOtherwiseAndWhatCameOfIt() {
        Result first = run("0.5", 10, 1, 2);
        run("0.9", 30, 1);
        RunComparison compared = Results.compare(root.resolve("halving"));

        Table settings = compared.settings();
        assertThat(settings.columnNames()).containsExactly("what", "run 1", "run 2");
        assertThat(settings.stringColumn("what").asList()).containsExactly("folder", "seeds", "factor");
        assertThat(settings.stringColumn("run 1").asList())
                .containsExactly(first.folder().getFileName().toString(), "[1, 2]", "0.5");

        Table numbers = compared.numbers();
        assertThat(numbers.columnNames())
                .containsExactly("approach", "where", "metric", "unit", "run 1", "run 2", "difference");
        // Run 1 is the mean of 11 and 12.
        assertThat(numbers.doubleColumn("difference").get(0)).isEqualTo(31 - 11.5);
        assertThat(numbers.doubleColumn("run 2").isMissing(1)).isTrue();
        assertThat(numbers.rowCount()).isEqualTo(3);

        CategoryChart chart = compared.chart("AD_f", "where");
        assertThat(chart.getSeriesMap().keySet()).containsExactly("run 1", "run 2");
        assertThat(chart.getXAxisTitle()).isEqualTo("where (whiskers: 95 % interval)");
    }

    @Test
    void whatCantBeComparedIsSaidInOneLine() throws IOException {
        Path experiment = root.resolve("halving");
        assertThatThrownBy(() -> Results.compare(experiment))
                .hasMessage(
                        experiment + " has 0 runs: write the results of another, with a setting changed, to compare");
        Result one = run("0.5", 10, 1);
        assertThatThrownBy(() -> Results.compare(experiment))
                .hasMessage(
                        experiment + " has 1 run: write the results of another, with a setting changed, to compare");
        Result other = run("0.6", 10, 1);
        assertThatThrownBy(() -> Results.compare(experiment).chart("AD_q", "where"))
                .hasMessage("no run measured AD_q");
        assertThatThrownBy(() -> new RunComparison(List.of(one)))
                .hasMessage("there are 1 runs: give 2 to 10 to compare");
        Files.writeString(other.folder().resolve("rows.csv"), "a,b\n1,2\n");
        assertThatThrownBy(() -> Results.compare(experiment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows.csv");
    }
}
