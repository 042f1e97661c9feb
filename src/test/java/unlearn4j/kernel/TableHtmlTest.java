package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

class TableHtmlTest {

    @Test
    void numbersStandAtTheRightAndTextAtTheLeft() {
        String html = TableHtml.of(
                Table.create("runs", StringColumn.create("who", "ann"), IntColumn.create("n", new int[] {3})));

        assertThat(html)
                .contains(">runs</caption>")
                .contains("<th style=\"text-align:left\">who</th><th style=\"text-align:right\">n</th>")
                .contains("<td style=\"text-align:left\">ann</td><td style=\"text-align:right\">3</td>");
    }

    @Test
    void aColumnHasOneNumberOfDecimalsAndNoneThatSaysNothing() {
        assertThat(cells(71.25, 3.5)).containsExactly("71.25", "3.50");
        assertThat(cells(0.5, 0.25)).containsExactly("0.50", "0.25");
        assertThat(cells(1200, 0)).containsExactly("1,200", "0");
        assertThat(cells(10.5, 20.5)).containsExactly("10.5", "20.5");
        assertThat(cells(1 / 3.0, 2 / 3.0)).containsExactly("0.3333", "0.6667");
        assertThat(cells(12345.678, 9.9)).containsExactly("12,346", "10");
        assertThat(cells(1e-9, 2.5e-10)).containsExactly("1.000e-09", "2.500e-10");
        assertThat(cells(0, 0)).containsExactly("0", "0");
        assertThat(cells(-0.125, Double.NaN)).containsExactly("-0.125", "");
        assertThat(cells(Double.POSITIVE_INFINITY, 2)).containsExactly("Infinity", "2");
    }

    @Test
    void aFormatterOfTheColumnsOwnDecides() {
        DoubleColumn share = DoubleColumn.create("share", 0.5, 0.25);
        share.setPrintFormatter(NumberColumnFormatter.percent(0));

        assertThat(TableHtml.of(Table.create(share))).contains(">50%<").contains(">25%<");
    }

    @Test
    void aLongTableShowsItsFirstRowsAndSaysHowManyMoreThereAre() {
        String html = TableHtml.of(Table.create(IntColumn.create("n", IntStream.range(0, 1051))));

        assertThat(html).contains(">24<").doesNotContain(">25<").endsWith("<div>… 1,026 more rows</div>");
    }

    @Test
    void textIsNeverTakenForHtml() {
        assertThat(TableHtml.of(Table.create("<b>", StringColumn.create("a&b", "x<y"))))
                .contains("&lt;b&gt;", "a&amp;b", "x&lt;y");
    }

    @Test
    void aTableWithoutRowsOrColumnsIsStillATable() {
        assertThat(TableHtml.of(Table.create("empty"))).contains("empty").contains("<tbody></tbody>");
        assertThat(TableHtml.of(Table.create(DoubleColumn.create("x")))).contains(">x</th>");
    }

    private static List<String> cells(double... values) {
        String html = TableHtml.of(Table.create(DoubleColumn.create("x", values)));
        return Pattern.compile("<td[^>]*>(.*?)</td>")
                .matcher(html)
                .results()
                .map(cell -> cell.group(1))
                .toList();
    }
}
