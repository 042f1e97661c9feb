package unlearn4j.store;

import java.time.Instant;
import java.util.List;
import tech.tablesaw.api.LongColumn;
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

    /** Returns the changes as a table: the node, how many parameters were scaled, the hashes of its file before and after. */
    public Table table() {
        Table table = Table.create(
                toString(),
                StringColumn.create("node"),
                LongColumn.create("scaled"),
                StringColumn.create("before"),
                StringColumn.create("after"));
        for (Change change : changes) {
            table.stringColumn(0).append(change.node);
            table.longColumn(1).append(change.scaled);
            table.stringColumn(2).append(change.before);
            table.stringColumn(3).append(change.after);
        }
        return table;
    }

    @Override
    public String toString() {
        return "receipt " + id + ": " + request + " forgotten by " + method + " in " + changes.size()
                + " models, asked " + asked + ", done " + met + ", version " + version + ", seal " + seal;
    }
}
