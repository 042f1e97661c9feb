package unlearn4j.kernel;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A table as HTML: its name, its first rows, numbers to the right with as many decimals as they need. */
final class TableHtml {
    /** The rows shown; a longer table says how many more it has. */
    static final int ROWS = 25;

    private static final int MAX_DECIMALS = 7;

    private TableHtml() {}

    static String of(Table table) {
        int rows = Math.min(ROWS, table.rowCount());
        List<List<String>> cells =
                table.columns().stream().map(column -> cells(column, rows)).toList();
        StringBuilder html = new StringBuilder("<table>");
        if (table.name() != null && !table.name().isBlank()) {
            html.append("<caption style=\"text-align:left;font-weight:bold\">")
                    .append(Html.escape(table.name()))
                    .append("</caption>");
        }
        html.append("<thead><tr>");
        table.columns().forEach(column -> html.append(cell("th", column, column.name())));
        html.append("</tr></thead>\n<tbody>");
        for (int row = 0; row < rows; row++) {
            html.append("<tr>");
            for (int i = 0; i < cells.size(); i++) {
                html.append(cell("td", table.column(i), cells.get(i).get(row)));
            }
            html.append("</tr>\n");
        }
        html.append("</tbody></table>");
        int more = table.rowCount() - rows;
        if (more > 0) {
            html.append(String.format(Locale.ROOT, "<div>… %,d more row%s</div>", more, more == 1 ? "" : "s"));
        }
        return html.toString();
    }

    private static String cell(String tag, Column<?> column, String text) {
        return "<%s style=\"text-align:%s\">%s</%s>"
                .formatted(tag, column instanceof NumericColumn ? "right" : "left", Html.escape(text), tag);
    }

    private static List<String> cells(Column<?> column, int rows) {
        if (column instanceof NumericColumn<?> numbers
                && IntStream.range(0, rows).allMatch(row -> isPlain(numbers, row))) {
            return numbers(numbers, rows);
        }
        return IntStream.range(0, rows).mapToObj(column::getString).toList();
    }

    /** Whether a number is printed as by a column that nobody gave a formatter. */
    private static boolean isPlain(NumericColumn<?> column, int row) {
        String text = column.getString(row);
        return text.equals(column.getUnformattedString(row))
                || text.equals(DoubleColumn.create("", column.getDouble(row)).getString(0));
    }

    /** Formats numbers whose column has no formatter of its own: four digits of the largest, then no needless zeros. */
    private static List<String> numbers(NumericColumn<?> column, int rows) {
        double largest = IntStream.range(0, rows)
                .mapToDouble(row -> Math.abs(column.getDouble(row)))
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        boolean whole = IntStream.range(0, rows)
                .mapToDouble(column::getDouble)
                .filter(Double::isFinite)
                .allMatch(value -> value == Math.rint(value));
        int decimals = whole || largest == 0 ? 0 : Math.max(0, 3 - (int) Math.floor(Math.log10(largest)));
        String format = decimals > MAX_DECIMALS || largest >= 1e15 ? "%.3e" : "%,." + decimals + "f";
        List<String> text = IntStream.range(0, rows)
                .mapToObj(row -> column.isMissing(row) ? "" : String.format(Locale.ROOT, format, column.getDouble(row)))
                .collect(Collectors.toList());
        while (decimals-- > 0 && text.stream().allMatch(number -> number.isEmpty() || number.endsWith("0"))) {
            String rest = decimals == 0 ? "\\.0$" : "0$";
            text.replaceAll(number -> number.replaceFirst(rest, ""));
        }
        return text;
    }
}
