package unlearn4j.hdus;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;

/**
 * What was done to forget a client.
 *
 * @param framework the framework that forgot it
 * @param client the client that is gone
 * @param done what was done, by what it was done to: {@code "seed removed from" → "client-1, client-3"}, say
 * @param seconds how long it took
 */
public record Receipt(String framework, String client, Map<String, String> done, double seconds) {

    /** Makes a receipt; the map is copied. */
    public Receipt {
        Check.given("framework", framework);
        Check.given("client", client);
        done = Collections.unmodifiableMap(new LinkedHashMap<>(Check.allGiven("done", done)));
    }

    /** Returns the receipt as a table of two columns: what, and for this client which. */
    public Table table() {
        Table table =
                Table.create("Receipt of " + framework, StringColumn.create("receipt"), StringColumn.create(client));
        done.forEach((what, which) -> {
            table.stringColumn(0).append(what);
            table.stringColumn(1).append(which);
        });
        table.stringColumn(0).append("seconds");
        table.stringColumn(1).append(String.format(Locale.ROOT, "%.6f", seconds));
        return table;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: %s is forgotten in %.6f s, %s", framework, client, seconds, done);
    }
}
