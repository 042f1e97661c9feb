package unlearn4j.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.reflect.TypeToken;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import unlearn4j.report.Intervals;

/**
 * A chart of lines or bars as Vega-Lite 5, from the numbers and intervals that it holds. JupyterLab draws that by itself, with
 * a point's numbers under the pointer, a legend that dims what wasn't chosen and, of lines, axes to be zoomed. HTML has the PNG
 * beside.
 */
final class Vega {
    static final String MIME = "application/vnd.vegalite.v5+json";

    /** More of them would make the notebook's file large, and a picture shows them as well. */
    private static final int MOST_POINTS = 2_000;

    /** A ground of its own, for a dark theme. */
    private static final String FRAME =
            """
            {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "width": 560, "height": 280,
             "config": {"background": "white"},
             "params": [{"name": "chosen", "select": {"type": "point", "fields": ["of"]}, "bind": "legend"}],
             "encoding": {
              "x": {"field": "x"}, "y": {"field": "y", "type": "quantitative"},
              "color": {"field": "of", "type": "nominal", "title": ""},
              "opacity": {"condition": {"param": "chosen", "value": 1}, "value": 0.1},
              "tooltip": [{"field": "of", "title": "name"}, {"field": "x"}, {"field": "y"}]}}""";

    private static final String LINES =
            """
            {"mark": {"type": "line", "point": true, "clip": true}, "x": {"type": "quantitative", "scale": {"zero": false}},
             "zoom": {"name": "zoom", "select": "interval", "bind": "scales"}}""";
    private static final String BARS =
            """
            {"mark": {"type": "bar"}, "x": {"type": "nominal", "axis": {"labelAngle": -30, "labelLimit": 140}},
             "xOffset": {"field": "of"}}""";

    /** A layer above; its places and axes are those of the values. */
    private static final String WHISKERS =
            """
            {"transform": [{"filter": "isValid(datum.from)"}], "mark": {"type": "rule", "strokeWidth": 1.5, "clip": true}}""";

    private final Gson gson = new Gson();
    private final List<Map<String, Object>> points = new ArrayList<>();
    private final Intervals intervals;
    private final Map<String, String> colours = new LinkedHashMap<>();

    private Vega(Chart<?, ?> chart) {
        intervals = chart instanceof Intervals within ? within : null;
    }

    /** Returns what JupyterLab draws; nothing where the chart is of another kind, or has very many points. */
    static Optional<Map<String, Object>> of(Chart<?, ?> chart, String below) {
        Vega vega = new Vega(chart);
        if (chart instanceof XYChart lines) {
            lines.getSeriesMap().values().forEach(vega::line);
        } else if (chart instanceof CategoryChart bars) {
            Color[] colours = bars.getStyler().getSeriesColors();
            for (CategorySeries each : bars.getSeriesMap().values()) {
                vega.bars(each, colours[vega.colours.size() % colours.length]);
            }
        }
        return vega.points.isEmpty() || vega.points.size() > MOST_POINTS
                ? Optional.empty()
                : Optional.of(vega.view(chart, (AxesChartStyler) chart.getStyler(), below));
    }

    /** The few points of a long line that carry its markers are a series of their own, without a line. */
    private void line(XYSeries line) {
        if (line.getXYSeriesRenderStyle() != XYSeries.XYSeriesRenderStyle.Scatter) {
            colour(line.getName(), line.getLineColor());
            for (int i = 0; i < line.getXData().length; i++) {
                point(line.getXData()[i], line.getYData()[i], line.getName(), i);
            }
        }
    }

    private void bars(CategorySeries bars, Color colour) {
        colour(bars.getName(), colour);
        List<?> categories = List.copyOf(bars.getXData());
        int place = 0;
        for (Number value : bars.getYData()) {
            if (value != null) {
                point(categories.get(place).toString(), value, bars.getName(), place);
            }
            place++;
        }
    }

    private void colour(String name, Color colour) {
        colours.put(name, String.format("#%06x", colour.getRGB() & 0xFFFFFF));
    }

    private void point(Object x, Number y, String of, int place) {
        double[] low = intervals == null ? new double[0] : intervals.low(of);
        double from = place < low.length ? low[place] : Double.NaN;
        points.add(
                Double.isNaN(from)
                        ? Map.of("x", x, "y", y, "of", of)
                        : Map.of(
                                "x",
                                x,
                                "y",
                                y,
                                "of",
                                of,
                                "from",
                                from,
                                "to",
                                intervals.high(of)[place]));
    }

    private Map<String, Object> view(Chart<?, ?> chart, AxesChartStyler styler, String below) {
        JsonObject view = JsonParser.parseString(FRAME).getAsJsonObject();
        JsonObject kind = JsonParser.parseString(chart instanceof CategoryChart ? BARS : LINES)
                .getAsJsonObject();
        view.add("title", json(Map.of("text", chart.getTitle(), "subtitle", below)));
        view.add("data", json(Map.of("values", points)));
        view.add("mark", kind.get("mark"));
        JsonObject encoding = view.getAsJsonObject("encoding");
        kind.getAsJsonObject("x").asMap().forEach(encoding.getAsJsonObject("x")::add);
        encoding.getAsJsonObject("x").addProperty("title", chart.getXAxisTitle());
        encoding.getAsJsonObject("y").addProperty("title", chart.getYAxisTitle());
        if (styler.getYAxisMin() != null && styler.getYAxisMax() != null) {
            List<Double> ends = List.of(styler.getYAxisMin(), styler.getYAxisMax());
            encoding.getAsJsonObject("y").add("scale", json(Map.of("domain", ends)));
        }
        encoding.getAsJsonObject("color")
                .add("scale", json(Map.of("domain", colours.keySet(), "range", colours.values())));
        if (kind.has("zoom")) {
            view.getAsJsonArray("params").add(kind.get("zoom"));
            if (points.stream().allMatch(point -> ((Number) point.get("x")).doubleValue() % 1 == 0)) {
                // There is no epoch 1.2.
                encoding.getAsJsonObject("x").add("axis", json(Map.of("tickMinStep", 1)));
            }
        } else {
            List<Object> order =
                    points.stream().map(point -> point.get("x")).distinct().toList();
            encoding.getAsJsonObject("x").add("sort", json(order));
            encoding.add("xOffset", kind.get("xOffset"));
            encoding.getAsJsonObject("xOffset").add("sort", json(colours.keySet()));
        }
        if (points.stream().anyMatch(point -> point.containsKey("from"))) {
            layered(view, chart instanceof CategoryChart);
        }
        return gson.fromJson(view, new TypeToken<Map<String, Object>>() {}.getType());
    }

    /** Puts the whiskers above the values: black on bars, of their own colour on lines. */
    private void layered(JsonObject view, boolean bars) {
        JsonObject values = new JsonObject();
        List.of("mark", "params", "encoding").forEach(part -> values.add(part, view.remove(part)));
        JsonObject whiskers = JsonParser.parseString(WHISKERS).getAsJsonObject();
        JsonObject places = values.getAsJsonObject("encoding").deepCopy();
        places.getAsJsonObject("y").addProperty("field", "from");
        places.add("y2", json(Map.of("field", "to")));
        if (bars) {
            places.add("color", json(Map.of("value", "#222222")));
        }
        List.of("from", "to").forEach(end -> {
            for (JsonObject encoding : List.of(values.getAsJsonObject("encoding"), places)) {
                encoding.getAsJsonArray("tooltip").add(json(Map.of("field", end)));
            }
        });
        whiskers.add("encoding", places);
        JsonArray layers = new JsonArray();
        layers.add(values);
        layers.add(whiskers);
        view.add("layer", layers);
    }

    private JsonElement json(Object value) {
        return gson.toJsonTree(value);
    }
}
