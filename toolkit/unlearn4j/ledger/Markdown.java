package unlearn4j.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.io.csv.CsvReadOptions;

/** Tables of words, as Markdown. */
final class Markdown {
    /** A space without width. */
    private static final String APART = "\u200b";

    private Markdown() {}

    /** Returns an empty table of columns of words. */
    static Table texts(String... columns) {
        Table table = Table.create("");
        for (int i = 0; i < columns.length; i++) {
            // Two columns of one name can't be told apart; this can't be seen.
            table.addColumns(StringColumn.create(columns[i] + APART.repeat(i)));
        }
        return table;
    }

    /** Adds a row. */
    static void row(Table table, String... values) {
        for (int i = 0; i < values.length; i++) {
            table.stringColumn(i).append(values[i]);
        }
    }

    /** Returns a table as Markdown; numbers with two decimals at most. */
    static String of(Table table) {
        StringBuilder text = new StringBuilder("|");
        table.columnNames()
                .forEach(
                        name -> text.append(' ').append(name.replace(APART, "")).append(" |"));
        text.append("\n|").append(" --- |".repeat(table.columnCount())).append('\n');
        IntStream.range(0, table.rowCount()).forEach(row -> {
            text.append('|');
            table.columns().forEach(column -> text.append(' ')
                    .append(shown(column, row).replace("|", "\\|"))
                    .append(" |"));
            text.append('\n');
        });
        return text.toString();
    }

    /** Words stay as they are, a published number among them. */
    private static String shown(Column<?> column, int row) {
        String value = column.getString(row);
        boolean number = column instanceof NumericColumn<?> && value.matches("-?\\d+\\.\\d{3,}(E-?\\d+)?");
        return number ? number(Double.parseDouble(value), 2) : value;
    }

    /** Returns a number with as many digits behind its point at most, small ones with two that count; empty for NaN. */
    static String number(double value, int decimals) {
        if (Double.isNaN(value)) {
            return "";
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        BigDecimal rounded = exact.setScale(decimals, RoundingMode.HALF_UP);
        if (rounded.signum() == 0 && exact.signum() != 0) {
            rounded = exact.round(new MathContext(2));
        }
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** Reads a table that comes with the toolkit. */
    static Table resource(String name) {
        try (InputStream in = Markdown.class.getResourceAsStream(name + ".csv")) {
            return read(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(name + ".csv is not in the toolkit's jar: build it again", e);
        }
    }

    /** Reads a table of words; one of no rows if there is no such file. */
    static Table table(Path file) {
        if (!Files.exists(file)) {
            return Table.create();
        }
        try (Reader in = Files.newBufferedReader(file)) {
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read (" + e.getMessage() + ")", e);
        }
    }

    private static Table read(Reader in) {
        return Table.read()
                .usingOptions(CsvReadOptions.builder(in)
                        .sample(false)
                        .missingValueIndicator("-")
                        .columnTypes(column -> ColumnType.STRING));
    }
}
