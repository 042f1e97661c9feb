package unlearn4j.hdus;

import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What was done to forget a client.
 *
 * @param client the client that is gone
 * @param removedFrom the clients from whose repositories its seed was removed
 * @param seedSha256 the SHA-256 of that seed's weights, in hexadecimal
 * @param seconds how long it took
 */
public record Receipt(String client, List<String> removedFrom, String seedSha256, double seconds) {

    /** Makes a receipt; the list is copied. */
    public Receipt {
        removedFrom = List.copyOf(removedFrom);
    }

    /** Returns the receipt as a table of two columns: what, and for this client which. */
    public Table table() {
        Table table = Table.create("Receipt", StringColumn.create("receipt"), StringColumn.create(client));
        String[][] rows = {
            {"seed removed from", removedFrom.isEmpty() ? "nobody" : String.join(", ", removedFrom)},
            {"the seed's SHA-256", seedSha256},
            {"main models changed", "none"},
            {"seconds", String.format(Locale.ROOT, "%.6f", seconds)}};
        for (String[] row : rows) {
            table.stringColumn(0).append(row[0]);
            table.stringColumn(1).append(row[1]);
        }
        return table;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s is forgotten: its seed %s was removed from %s in %.6f s; no main model changed",
                client, seedSha256.substring(0, 12), removedFrom.isEmpty() ? "nobody" : String.join(", ", removedFrom),
                seconds);
    }
}
