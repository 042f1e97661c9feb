package unlearn4j.report;

import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import unlearn4j.core.Check;

/** Tables as a reader wants them. */
public final class Tables {
    private Tables() {
    }

    /**
     * Returns a table's numbers in tidy form, as {@code rows.csv} has them: a row for each number that is there.
     *
     * @param part what the rows belong to, a part of the experiment
     * @param table the table
     * @param subject the column that says what a row of the table is about
     * @return columns part, subject, measure and value
     */
    public static Table tidy(String part, Table table, String subject) {
        Check.that(table.columnNames().contains(subject), "%s has no column %s, but %s", table.name(), subject,
                table.columnNames());
        StringColumn parts = StringColumn.create("part");
        StringColumn subjects = StringColumn.create("subject");
        StringColumn measures = StringColumn.create("measure");
        DoubleColumn values = DoubleColumn.create("value");
        for (int row = 0; row < table.rowCount(); row++) {
            for (Column<?> column : table.columns()) {
                if (column instanceof NumericColumn<?> numbers && !numbers.isMissing(row)) {
                    parts.append(part);
                    subjects.append(table.column(subject).getString(row));
                    measures.append(column.name());
                    values.append(numbers.getDouble(row));
                }
            }
        }
        return Table.create(part, parts, subjects, measures, values);
    }
}
