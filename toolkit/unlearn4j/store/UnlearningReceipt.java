package unlearn4j.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;

/**
 * What a store did to forget, read from its ledger.
 *
 * @param id the receipt's id
 * @param request what was asked
 * @param asked when
 * @param met when all was done
 * @param method by which method
 * @param version by which version of the toolkit
 * @param changes what was done to each model that the request concerned
 * @param seal the SHA-256 of the ledger up to here: who keeps the receipt elsewhere can tell by it whether a ledger is still
 *     the one that it was of
 */
public record UnlearningReceipt(
        String id,
        String request,
        Instant asked,
        Instant met,
        String method,
        String version,
        List<Change> changes,
        String seal) {
    private static final int DIGITS = 12;
    private static final Gson JSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .registerTypeAdapter(Instant.class, (JsonSerializer<Instant>)
                    (time, type, context) -> new JsonPrimitive(time.toString()))
            .create();

    /**
     * What was done to a model.
     *
     * @param node the node
     * @param before the SHA-256 of its file before
     * @param after the SHA-256 of its file after, the same if no parameter was scaled
     * @param scaled how many parameters of its head were scaled
     */
    public record Change(String node, String before, String after, long scaled) {
        /** Makes a change. */
        public Change {
            Check.given("node", node);
            Check.given("before", before);
            Check.given("after", after);
        }
    }

    /** Makes a receipt; the list is copied. */
    public UnlearningReceipt {
        Check.given("id", id);
        Check.given("request", request);
        Check.given("asked", asked);
        Check.given("met", met);
        Check.given("method", method);
        Check.given("version", version);
        changes = List.copyOf(Check.allGiven("changes", changes));
        Check.given("seal", seal);
    }

    /** Returns it as a table of two columns, what and its value, hashes by their first digits; {@link #json} has all of them. */
    public Table table() {
        Table table = Table.create("receipt " + id, StringColumn.create("what"), StringColumn.create("value"));
        row(table, "request", request);
        row(table, "method", method);
        row(table, "asked", asked.toString());
        row(table, "done", met.toString());
        row(table, "version", version);
        row(table, "seal", cut(seal));
        for (Change change : changes) {
            String hashes = cut(change.before) + (change.before.equals(change.after) ? "" : " → " + cut(change.after));
            row(table, change.node, String.format(Locale.ROOT, "%,d scaled, %s", change.scaled, hashes));
        }
        return table;
    }

    private static void row(Table table, String what, String value) {
        table.stringColumn(0).append(what);
        table.stringColumn(1).append(value);
    }

    private static String cut(String hash) {
        return hash.length() <= DIGITS ? hash : hash.substring(0, DIGITS) + "…";
    }

    /** Returns it as JSON, with all digits of its hashes; times as {@code 2026-11-25T16:00:00Z}. */
    public String json() {
        return JSON.toJson(this);
    }

    @Override
    public String toString() {
        return "receipt " + id + ": " + request + " forgotten by " + method + " in " + changes.size()
                + " models, asked " + asked + ", done " + met + ", version " + version + ", seal " + seal;
    }
}
