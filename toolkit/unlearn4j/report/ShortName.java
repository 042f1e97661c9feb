package unlearn4j.report;

import java.awt.font.FontRenderContext;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.style.AxesChartStyler;

/** Names as they stand beside a plot: so that a long one leaves it its room. */
final class ShortName {
    /** What a line of a legend, or a place of an axis, has room for, in characters. */
    static final int LINE = 24;

    private static final int LINES = 2;
    /** More names of two lines are higher than a chart. */
    private static final int MOST_IN_LINES = 8;
    /** What is beside the plot and the legend's words, in pixels: signs, an axis. */
    private static final double BESIDE = 150;

    private ShortName() {}

    /** Returns a name of at most so many characters; a longer one lacks its middle, for names often differ at an end. */
    private static String cut(String name, int most) {
        int head = most / 2;
        return name.length() <= most
                ? name
                : name.substring(0, head) + "…" + name.substring(name.length() - (most - head - 1));
    }

    /** Returns names for an axis; those that would be alike when they are cut stay as they are. */
    static List<String> ofAxis(List<String> names) {
        List<String> cut = names.stream().map(name -> cut(name, LINE)).toList();
        return cut.stream().distinct().count() == names.size() ? cut : names;
    }

    /** Returns names for a legend: in lines, broken at a space or a hyphen; in one line each where they are many. */
    static List<String> ofLegend(List<String> names) {
        return names.size() <= MOST_IN_LINES
                ? names.stream().map(ShortName::inLines).toList()
                : ofAxis(names);
    }

    private static String inLines(String name) {
        List<String> lines = new ArrayList<>();
        String rest = cut(name, LINES * LINE);
        while (rest.length() > LINE) {
            int space = Math.max(rest.lastIndexOf(' ', LINE), rest.lastIndexOf('-', LINE - 1) + 1);
            int end = space > LINE / 2 ? space : LINE;
            lines.add(rest.substring(0, end).strip());
            rest = rest.substring(end).strip();
        }
        lines.add(rest);
        return String.join("\n", lines);
    }

    /** Returns how much of a chart's width its plot has not, in pixels, beside such a legend. */
    static double room(List<String> legend) {
        return Math.max(0.3 * Charts.WIDTH, legend.isEmpty() ? 0 : BESIDE + widest(legend));
    }

    private static double widest(List<String> names) {
        FontRenderContext context = new FontRenderContext(null, true, true);
        return names.stream()
                .flatMap(String::lines)
                .mapToDouble(line -> Charts.FONT.getStringBounds(line, context).getWidth())
                .max()
                .orElse(0);
    }

    /**
     * Turns an axis' names where they would run into one another; leaves some out where that won't do.
     *
     * @param width the plot's, in pixels
     */
    static void turn(AxesChartStyler styler, List<String> names, double width) {
        double widest = widest(names);
        int letter = Charts.FONT.getSize();
        if (widest > width / names.size()) {
            styler.setXAxisLabelAlignmentVertical(AxesChartStyler.TextAlignment.Right);
            styler.setXAxisLabelRotation(widest > 3 * letter ? 45 : 0);
            styler.setXAxisMaxLabelCount((int) Math.max(1, width / Math.min(widest + 8, 1.5 * letter)));
        }
    }
}
