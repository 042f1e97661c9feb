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

    /** Returns the receipt as a table of two columns. */
    public Table table() {
        return Table.create("Receipt",
                StringColumn.create("forgotten", "seed removed from", "seed's SHA-256", "main models changed", "seconds"),
                StringColumn.create(client, client, String.join(", ", removedFrom), seedSha256, "none",
                        String.format(Locale.ROOT, "%.6f", seconds)).setName(" "));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s is forgotten: its seed %s was removed from %s in %.6f s; no main model changed",
                client, seedSha256.substring(0, 12), removedFrom.isEmpty() ? "nobody" : String.join(", ", removedFrom),
                seconds);
    }
}
