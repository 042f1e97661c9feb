package unlearn4j.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;
import unlearn4j.core.Check;

/**
 * The two papers' published tables, as they are printed. A number that can't be read is missing; the column
 * {@code doubt} says what is uncertain about a cell, and {@link #note} what is about a table.
 */
public enum Paper {
    /**
     * Ye et al., "Heterogeneous Decentralized Machine Unlearning with Seed Model Distillation": Tables I to V, by the
     * numbers 1 to 5. The published numbers of Tables IV (MB) and V (accuracies as fractions of 1) are in the column
     * {@code value}.
     */
    HDUS,
    /**
     * Liu et al., on Fisher Inheritance Unlearning and the Unified Model Inheritance Graph: Tables 1 to 14. All but Table 8,
     * the hyperparameters, have a row for each number, in the column {@code value}: its {@code metric} is {@code AD_r} or
     * {@code AD_f}, in percent on the training data, or {@code seconds}; {@code setting_value} is the number of forgotten
     * labels, or for {@code overlap} the percentage that nodes share.
     */
    FIUN;

    private static final String DOUBT = "doubt";

    /**
     * Returns a table.
     *
     * @param number its number in the paper
     * @throws IllegalArgumentException if the paper has no table of that number
     */
    public Table table(int number) {
        String title = about(number).getString("title");
        return read(name().toLowerCase(Locale.ROOT) + "-" + number)
                .setName(String.format(Locale.ROOT, "%s, Table %d: %s", this, number, title));
    }

    /**
     * Returns what a reader of a table should know: its units, and which of its numbers are not to be relied on.
     *
     * @param number its number in the paper
     * @throws IllegalArgumentException if the paper has no table of that number
     */
    public String note(int number) {
        return about(number).getString("note");
    }

    /** Returns a row for each table: its number, its title and its note. */
    public Table tables() {
        return own("tables").setName("Tables of " + this);
    }

    /**
     * Returns claims of the paper's text, each beside the same figure worked out from its own tables, and whether the two
     * agree.
     */
    public Table claims() {
        return own("claims").setName("Claims of " + this);
    }

    private Table own(String resource) {
        Table all = read(resource);
        Table own = all.where(all.stringColumn("paper").isEqualTo(name()));
        own.removeColumns("paper");
        return own;
    }

    private Row about(int number) {
        Table tables = own("tables");
        for (Row row : tables) {
            if (row.getInt("number") == number) {
                return row;
            }
        }
        throw Check.refusal("%s has no table %d, but 1 to %d", this, number, tables.rowCount());
    }

    private static Table read(String resource) {
        String path = "papers/" + resource + ".csv";
        try (InputStream in = Paper.class.getResourceAsStream(path)) {
            Check.that(
                    in != null, "%s is not on the class path: the toolkit's jar is incomplete, build it again", path);
            return Table.read()
                    .usingOptions(CsvReadOptions.builder(new InputStreamReader(in, StandardCharsets.UTF_8))
                            .sample(false)
                            .ignoreZeroDecimal(false)
                            .missingValueIndicator("")
                            .locale(Locale.ROOT)
                            .columnTypesPartial(
                                    column -> column.equals(DOUBT) ? Optional.of(ColumnType.STRING) : Optional.empty())
                            .columnTypesToDetect(List.of(ColumnType.INTEGER, ColumnType.DOUBLE, ColumnType.STRING)));
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read: " + e, e);
        }
    }

    /** Returns the framework's name. */
    @Override
    public String toString() {
        return this == FIUN ? "FIUn" : "HDUS";
    }
}
