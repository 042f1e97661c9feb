package unlearn4j.kernel;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import unlearn4j.report.Charts;
import unlearn4j.report.Curve;
import unlearn4j.report.Picture;
import unlearn4j.train.Interrupted;

/** The curves of a computation that runs, by name, as a small picture. */
final class LiveCurve {
    static final int WIDTH = 560;

    private static final int HEIGHT = 200;
    /** What a curve's name takes of the height; a legend that is cut off would hide curves. */
    private static final int LEGEND_LINE = 20;
    /** What a chart can tell apart; a computation does not fail because it has more to show. */
    private static final int MOST_CURVES = 25;

    private static final int MOST_POINTS = 2000;
    /** Fewer points than that say no more than the line above them does. */
    private static final int FEWEST_POINTS = 5;

    private final Map<String, Points> curves = new LinkedHashMap<>();
    private int points;
    private int drawnPoints;
    private String html = "";

    /** A curve's points; of a long one every other is dropped, again and again, and what is left still shows it. */
    private static final class Points {
        private List<Double> x = new ArrayList<>();
        private List<Double> y = new ArrayList<>();

        private void add(double place, double value) {
            if (x.size() == MOST_POINTS) {
                x = everyOther(x);
                y = everyOther(y);
            }
            x.add(place);
            y.add(value);
        }

        private boolean isBefore(double place) {
            return x.isEmpty() || x.get(x.size() - 1) <= place;
        }

        private Curve curve(String name) {
            return new Curve(
                    name,
                    x.stream().mapToDouble(value -> value).toArray(),
                    y.stream().mapToDouble(value -> value).toArray());
        }

        private static List<Double> everyOther(List<Double> list) {
            return IntStream.range(0, list.size() / 2)
                    .mapToObj(i -> list.get(2 * i))
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }

    private record Small(XYChart chart, int height) implements Picture {
        @Override
        public int width() {
            return WIDTH;
        }

        @Override
        public void paint(Graphics2D graphics) {
            chart.paint(graphics, WIDTH, height);
        }
    }

    /** Adds a point; one that is not finite or lies before the last has no place and is left out. */
    void add(String name, double x, double y) {
        boolean hasPlace = Double.isFinite(x) && Double.isFinite(y) && !name.isBlank();
        if (hasPlace && (curves.containsKey(name) || curves.size() < MOST_CURVES)) {
            Points curve = curves.computeIfAbsent(name, absent -> new Points());
            if (curve.isBefore(x)) {
                curve.add(x, y);
                points++;
            }
        }
    }

    /** Draws the picture anew where points have come. */
    void draw() {
        if (points > drawnPoints) {
            drawnPoints = points;
            String names = String.join(", ", curves.keySet());
            List<Curve> drawn = curves.entrySet().stream()
                    .map(curve -> curve.getValue().curve(curve.getKey()))
                    .toList();
            XYChart chart = Charts.lines("", "", curves.size() == 1 ? names : "", drawn);
            chart.getStyler().setYAxisDecimalPattern("0.#");
            long lines = chart.getSeriesMap().values().stream()
                    .filter(XYSeries::isShowInLegend)
                    .flatMap(line -> line.getLabel().lines())
                    .count();
            int height = (int) Math.max(HEIGHT, LEGEND_LINE * (lines + 1));
            byte[] png;
            try {
                png = new Small(chart, height).png();
            } catch (Interrupted e) {
                // What computes here looks at the flag itself, and says what it leaves.
                return;
            }
            html = "<img width=\"%d\" height=\"%d\" alt=\"%s\" src=\"data:image/png;base64,%s\">"
                    .formatted(
                            WIDTH,
                            height,
                            Html.escape(names),
                            Base64.getEncoder().encodeToString(png));
        }
    }

    /** Draws the picture for the last time; a page keeps none of curves that are all but a few points. */
    void finish() {
        if (curves.values().stream().allMatch(curve -> curve.x.size() < FEWEST_POINTS)) {
            html = "";
        } else {
            draw();
        }
    }

    /** Returns the picture as it was drawn last, nothing if never. */
    String html() {
        return html;
    }
}
