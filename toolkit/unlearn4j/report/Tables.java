package unlearn4j.report;

import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;
import unlearn4j.core.Check;

/** Tables as a reader wants them. */
public final class Tables {
    private Tables() {
    }

    /**
     * Returns the table with its fractions shown to so many decimals. Only what is shown is rounded: the values, and a
     * file written from them, stay as they are.
     *
     * @param decimals 0 to 15
     */
    public static Table rounded(Table table, int decimals) {
        Check.that(decimals >= 0 && decimals <= 15, "decimals (%d) must lie in [0, 15]", decimals);
        Table shown = Check.given("table", table).copy();
        for (Column<?> column : shown.columns()) {
            if (column instanceof DoubleColumn fractions) {
                fractions.setPrintFormatter(NumberColumnFormatter.fixedWithGrouping(decimals));
            }
        }
        return shown;
    }
}
