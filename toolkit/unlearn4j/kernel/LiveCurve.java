package unlearn4j.kernel;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The curves of a computation that runs, by name, as a small picture. */
final class LiveCurve {
    static final int WIDTH = 560;

    private static final int HEIGHT = 200;
    /** With more points than that, a marker on each would hide the line. */
    private static final int MARKED_POINTS = 40;
    private static final Font LETTERS = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    private static final Color GRID = new Color(225, 225, 225);

    private final Map<String, Points> curves = new LinkedHashMap<>();
    private int points;
    private int drawnPoints;
    private String html = "";

    private record Points(List<Double> x, List<Double> y) {
    }

    /** Adds a point; one that is not finite has no place and is left out. */
    void add(String name, double x, double y) {
        if (Double.isFinite(x) && Double.isFinite(y)) {
            Points curve = curves.computeIfAbsent(name, absent -> new Points(new ArrayList<>(), new ArrayList<>()));
            curve.x.add(x);
            curve.y.add(y);
            points++;
        }
    }

    /** Draws the picture anew where points have come. */
    void draw() {
        if (points > drawnPoints) {
            drawnPoints = points;
            html = "<img width=\"%d\" height=\"%d\" alt=\"%s\" src=\"data:image/png;base64,%s\">".formatted(
                    WIDTH, HEIGHT, Html.escape(String.join(", ", curves.keySet())),
                    Base64.getEncoder().encodeToString(ChartImage.png(chart())));
        }
    }

    /** Returns the picture as it was drawn last, nothing if never. */
    String html() {
        return html;
    }

    private XYChart chart() {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).build();
        chart.getStyler()
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setLegendBorderColor(Color.WHITE)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false);
        chart.getStyler()
                .setAxisTickLabelsFont(LETTERS)
                .setAxisTicksMarksVisible(false)
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(new BasicStroke(1));
        chart.getStyler().setLegendFont(LETTERS);
        curves.forEach((name, curve) -> {
            XYSeries series = chart.addSeries(name, curve.x, curve.y);
            series.setLineStyle(new BasicStroke(2));
            series.setMarker(curve.x.size() > MARKED_POINTS ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
        });
        return chart;
    }
}
