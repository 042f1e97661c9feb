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
        assertThat(x(view).toString()).as("epochs are whole").contains("\"tickMinStep\":1");
        Curve rates = new Curve("a", new double[] {0.1, 0.2}, new double[] {1, 2});
        assertThat(x(view(Charts.lines("t", "rate", "loss", rates))).has("axis"))
                .isFalse();
    }

    private static JsonObject x(JsonObject view) {
        return view.getAsJsonObject("encoding").getAsJsonObject("x");
    }

    @Test
    void aChartOfAnotherKindAndOneOfManyPointsStayPictures() {
        String[] names = {"0"};
        assertThat(Vega.of(Charts.heat("t", "x", "y", List.of(names), List.of(names), new double[1][1]), ""))
                .isEmpty();
        assertThat(Vega.of(Charts.lines("t", "x", "y", Curve.of("a", new double[3_000])), ""))
                .isEmpty();
    }

    @Test
    void barsHaveTheirIntervalsAsALayerAboveThem() {
        Bars sure = Bars.of("a", 2, 3).within(new double[] {1, Double.NaN}, new double[] {3, Double.NaN});
        JsonObject view = view(Charts.bars("t", "node", "AD_f, %", List.of("w_0", "w_1"), sure, Bars.of("b", 4, 5)));
        JsonObject whiskers = layer(view, 1);

        assertThat(view.getAsJsonArray("layer")).hasSize(2);
        assertThat(layer(view, 0).getAsJsonObject("mark").get("type").getAsString())
                .isEqualTo("bar");
        assertThat(view.getAsJsonObject("data").getAsJsonArray("values").toString())
                .containsOnlyOnce("\"from\":1.0")
                .containsOnlyOnce("\"to\":3.0");
        assertThat(whiskers.toString())
                .contains("\"rule\"", "isValid(datum.from)", "\"y2\":{\"field\":\"to\"}", "#222222", "\"xOffset\"");
        assertThat(whiskers.getAsJsonObject("encoding").get("y"))
                .as("the axis")
                .hasToString(layer(view, 0)
                        .getAsJsonObject("encoding")
                        .get("y")
                        .toString()
                        .replace("\"field\":\"y\"", "\"field\":\"from\""));
    }

    @Test
    void aLinesWhiskersHaveItsColour() {
        Curve sure = Curve.of("a", 2, 3).within(new double[] {1, 2}, new double[] {3, 4});
        JsonObject view = view(Charts.lines("t", "epoch", "loss", sure));

        assertThat(layer(view, 1).getAsJsonObject("encoding").get("color"))
                .isEqualTo(layer(view, 0).getAsJsonObject("encoding").get("color"));
        assertThat(layer(view, 0).getAsJsonArray("params")).hasSize(2);
        assertThat(view.keySet()).doesNotContain("mark", "params", "encoding");
    }

    private static JsonObject layer(JsonObject view, int number) {
        return view.getAsJsonArray("layer").get(number).getAsJsonObject();
    }
}
