package unlearn4j.kernel;

import com.google.gson.Gson;
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

/**
 * A chart of lines or bars as Vega-Lite 5, from the numbers that it holds. JupyterLab draws that by itself, with a point's
 * numbers under the pointer, a legend that dims what wasn't chosen and, of lines, axes to be zoomed. HTML has the PNG beside.
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

    private final Gson gson = new Gson();
    private final List<Map<String, Object>> points = new ArrayList<>();
    private final Map<String, String> colours = new LinkedHashMap<>();

    private Vega() {}

    /** Returns what JupyterLab draws; nothing where the chart is of another kind, has whiskers, or very many points. */
    static Optional<Map<String, Object>> of(Chart<?, ?> chart, String below) {
        // Vega's view has no whiskers yet, and a mean without its interval says too much.
        if (chart.getXAxisTitle() != null && chart.getXAxisTitle().contains("whiskers")) {
            return Optional.empty();
        }
        Vega vega = new Vega();
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
                point(line.getXData()[i], line.getYData()[i], line.getName());
            }
        }
    }

    private void bars(CategorySeries bars, Color colour) {
        colour(bars.getName(), colour);
        List<?> categories = List.copyOf(bars.getXData());
        int place = 0;
        for (Number value : bars.getYData()) {
            Object category = categories.get(place++);
            if (value != null) {
                point(category.toString(), value, bars.getName());
            }
        }
    }

    private void colour(String name, Color colour) {
        colours.put(name, String.format("#%06x", colour.getRGB() & 0xFFFFFF));
    }

    private void point(Object x, Number y, String of) {
        points.add(Map.of("x", x, "y", y, "of", of));
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
        } else {
            List<Object> order =
                    points.stream().map(point -> point.get("x")).distinct().toList();
            encoding.getAsJsonObject("x").add("sort", json(order));
            encoding.add("xOffset", kind.get("xOffset"));
            encoding.getAsJsonObject("xOffset").add("sort", json(colours.keySet()));
        }
        return gson.fromJson(view, new TypeToken<Map<String, Object>>() {}.getType());
    }

    private JsonElement json(Object value) {
        return gson.toJsonTree(value);
    }
}
