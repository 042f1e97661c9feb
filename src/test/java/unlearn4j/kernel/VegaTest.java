package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.internal.chartpart.Chart;
import unlearn4j.report.Bars;
import unlearn4j.report.Charts;
import unlearn4j.report.Curve;

class VegaTest {
    private static JsonObject view(Chart<?, ?> chart) {
        return new Gson()
                .toJsonTree(Vega.of(chart, "scale SMOKE").orElseThrow())
                .getAsJsonObject();
    }

    @Test
    void barsAreTheChartsNumbersInItsOrderAndAMissingOneIsNone() {
        JsonObject view = view(Charts.bars(
                "What is left",
                "node",
                "AD_f, %",
                List.of("w_1", "w_0"),
                Bars.of("FIUn", 2.5, Double.NaN),
                Bars.of("HeadMask", 1, 0)));

        assertThat(view.getAsJsonObject("data").getAsJsonArray("values")).hasSize(3);
        assertThat(view.toString())
                .contains("\"y\":2.5")
                .contains("\"sort\":[\"w_1\",\"w_0\"]", "\"domain\":[\"FIUn\",\"HeadMask\"]", "\"domain\":[0.0,100.0]")
                .contains("\"subtitle\":\"scale SMOKE\"", "#0072b2");
        assertThat(view.getAsJsonArray("params")).hasSize(1);
    }

    @Test
    void aLineCanBeZoomedAndItsMarkersAreNoLine() {
        JsonObject view = view(Charts.lines("Training", "epoch", "loss", Curve.of("a", new double[40])));

        assertThat(view.getAsJsonObject("data").getAsJsonArray("values")).hasSize(40);
        assertThat(view.toString()).contains("\"bind\":\"scales\"", "\"bind\":\"legend\"");
    }

    @Test
    void aChartOfAnotherKindAndOneOfManyPointsStayPictures() {
        String[] names = {"0"};
        assertThat(Vega.of(Charts.heat("t", "x", "y", List.of(names), List.of(names), new double[1][1]), ""))
                .isEmpty();
        assertThat(Vega.of(Charts.lines("t", "x", "y", Curve.of("a", new double[3_000])), ""))
                .isEmpty();
        Bars sure = Bars.of("a", 2).within(new double[] {1}, new double[] {3});
        assertThat(Vega.of(Charts.bars("t", "x", "y", List.of(names), sure), ""))
                .isEmpty();
    }
}
