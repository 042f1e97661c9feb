package unlearn4j.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.core.Refusal;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.umig.Request;
import unlearn4j.umig.StoredGraph;
import unlearn4j.umig.Umig;
import unlearn4j.unlearn.FiunConfig;

/**
 * A graph that lives in a folder and forgets there, by {@link unlearn4j.unlearn.Fiun} as it is without a setting: its models
 * as safetensors, their model FIMs beside them, and a ledger of what was asked and done, an SQLite file to which entries are
 * only added. Models are changed one at a time, their bodies are not looked at, and whoever is killed meanwhile has the store
 * go on where it was when it is next opened, or asked: a model is the old or the new one, and is changed once.
 *
 * <p>An entry of the ledger seals all before it, so that an edited one is found. Whoever writes the whole ledger anew can't
 * be found so, but has other seals than the receipts that were given out.
 */
public final class Store {
    private static final FiunConfig CONFIG = FiunConfig.tempered();
    private static final String METHOD = "FIUn";

    private final Folder folder;
    /** Each node's own images; null as long as nobody has given the data set. */
    private final Map<String, Images> shards;

    private Store(Folder folder, Map<String, Images> shards) {
        this.folder = folder;
        this.shards = shards;
    }

    /**
     * Makes a store of a graph, with its models as they are.
     *
     * @param folder where: new or empty
     * @param umig the graph; it is not changed, and has nothing to do with the store afterwards
     * @throws IllegalArgumentException if there are files in it
     * @throws unlearn4j.data.DataException if it can't be written to
     */
    public static Store of(Path folder, Umig umig) {
        Folder made = new Folder(Check.given("folder", folder));
        Check.given("umig", umig);
        return new Store(made, made.on(() -> Making.of(made, umig, CONFIG)));
    }

    /**
     * Opens a store to read its ledger, and to verify it. A request that was planned and cut off is met to its end.
     *
     * @throws IllegalArgumentException if there is no store in the folder
     * @throws unlearn4j.data.DataException if the ledger can't be read, or is of another version
     */
    public static Store open(Path folder) {
        return opened(new Folder(Check.given("folder", folder)), null);
    }

    /**
     * Opens a store, to have it forget. A request that was cut off is met to its end.
     *
     * @param data the data set that the graph was trained on
     * @throws IllegalArgumentException if there is no store in the folder
     * @throws unlearn4j.data.DataException if the ledger can't be read, or is of another version, or if the graph was trained
     *     on other images
     */
    public static Store open(Path folder, Dataset data) {
        Folder there = new Folder(Check.given("folder", folder));
        Check.given("data", data);
        there.on(() -> {
            there.check();
            return null;
        });
        return opened(there, StoredGraph.shards(there.graph(), data));
    }

    private static Store opened(Folder folder, Map<String, Images> shards) {
        Store store = new Store(folder, shards);
        folder.on(() -> {
            folder.check();
            boolean cutOff =
                    store.read(state -> state.broken() == 0 && state.underWay().isPresent());
            return cutOff ? folder.ifAlone(() -> store.withLedger(store::goOn)) : null;
        });
        return store;
    }

    /** Work that adds entries to the ledger. */
    private interface Entering<T> {
        T run(RequestLedger ledger) throws IOException;
    }

    private <T> T withLedger(Entering<T> work) throws IOException {
        try (RequestLedger ledger = RequestLedger.openToAdd(folder.ledger())) {
            return work.run(ledger);
        }
    }

    private <T> T read(Function<State, T> reader) {
        try (RequestLedger ledger = RequestLedger.open(folder.ledger())) {
            return reader.apply(ledger.state());
        }
    }

    /** Meets a request that was cut off, and returns whether none is any more: its plan, or the data set, is needed. */
    private boolean goOn(RequestLedger ledger) throws IOException {
        Asked cutOff = ledger.state().underWay().orElse(null);
        if (cutOff == null) {
            return true;
        }
        String id = cutOff.asked.request();
        Plan plan = Plan.read(folder, cutOff);
        if (plan == null && shards == null) {
            return false;
        }
        try {
            meet(ledger, id, plan == null ? planned(ledger, id) : plan);
        } catch (IllegalArgumentException e) {
            // The ledger has it.
            return true;
        }
        return true;
    }

    private Plan planned(RequestLedger ledger, String id) throws IOException {
        try {
            Planning planning = new Planning(folder, ledger, shards, CONFIG);
            String note = ledger.state().request(id).asked.note();
            return planning.plan(id, planning.unlearning(SavedRequest.of(note).request(shards.values())));
        } catch (IllegalArgumentException e) {
            throw refused(ledger, id, e);
        }
    }

    private void meet(RequestLedger ledger, String id, Plan plan) throws IOException {
        new Job(folder, ledger, CONFIG, id).run(plan);
        if (ledger.state().request(id).scaled() == 0) {
            throw refused(
                    ledger,
                    id,
                    Refusal.of(
                            "gamma (%s) selects no parameter of any node, nothing is changed: F̂/F lies below it everywhere",
                            CONFIG.gamma()));
        }
        ledger.append(Entry.of(Entry.Kind.MET, id, "", "", "", 0, METHOD));
        Folder.delete(folder.underWay());
    }

    private IllegalArgumentException refused(RequestLedger ledger, String id, IllegalArgumentException why)
            throws IOException {
        ledger.append(Entry.of(Entry.Kind.REFUSED, id, "", "", "", 0, Check.line(why.getMessage())));
        Folder.delete(folder.underWay());
        return why;
    }

    /** Forgets labels, wherever they were learned; see {@link #forget(Request)}. */
    public UnlearningReceipt forget(Labels labels) {
        return forget(Request.labels(Check.given("labels", labels)));
    }

    /**
     * Forgets: every model that the request concerns becomes what {@link unlearn4j.unlearn.Fiun} makes of it in memory, bit
     * for bit. One that was cut off before is met first. A request that was met already is not met once more: its receipt is
     * returned.
     *
     * @throws IllegalArgumentException if no node learned what is to be forgotten, if the store was opened without its data
     *     set, or if another process is changing it
     * @throws Refusal if it can't be met; then nothing is changed
     * @throws unlearn4j.data.DataException if a file is not as the ledger has it, or can't be written
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; what is done is done, and the store goes on when it is
     *     next opened or asked
     */
    public UnlearningReceipt forget(Request request) {
        Check.given("request", request);
        Check.that(
                shards != null,
                "%s was opened without its data set, from which it forgets: Store.open(folder, data)",
                folder.path());
        String note = SavedRequest.json(request);
        return folder.on(() -> {
            folder.check();
            return folder.alone(() -> withLedger(ledger -> {
                ledger.state().checkWhole(folder.ledger());
                goOn(ledger);
                if (ledger.state().met(note).isEmpty()) {
                    ask(ledger, request, note);
                }
                return receipt(ledger.state().met(note).orElseThrow());
            }));
        });
    }

    private void ask(RequestLedger ledger, Request request, String note) throws IOException {
        for (Map.Entry<String, String> file : ledger.state().files.entrySet()) {
            Folder.check(folder.path().resolve(file.getKey()), file.getValue());
        }
        // What no node learned is refused before it is entered.
        new Planning(folder, ledger, shards, CONFIG).unlearning(request);
        String id = "r-" + (ledger.state().requests.size() + 1);
        ledger.append(Entry.of(Entry.Kind.ASKED, id, "", "", "", 0, note));
        meet(ledger, id, planned(ledger, id));
    }

    /**
     * Returns the receipt of a request that was met.
     *
     * @param id as {@link #requests} shows it
     * @throws IllegalArgumentException if there is no such request, or it was refused or is not met yet
     * @throws unlearn4j.data.DataException if the ledger was edited
     */
    public UnlearningReceipt receipt(String id) {
        Check.given("id", id);
        return read(state -> {
            state.checkWhole(folder.ledger());
            Asked asked = state.request(id);
            Check.that(
                    asked.isMet(),
                    "request %s is %s%s: it has no receipt",
                    id,
                    asked.state(),
                    asked.isUnderWay() ? "" : " (" + asked.end.note() + ")");
            return receipt(asked);
        });
    }

    private static UnlearningReceipt receipt(Asked asked) {
        List<UnlearningReceipt.Change> changes = asked.changed.values().stream()
                .map(one -> new UnlearningReceipt.Change(one.node(), one.before(), one.after(), one.scaled()))
                .toList();
        return new UnlearningReceipt(
                asked.asked.request(),
                SavedRequest.of(asked.asked.note()).text(),
                Instant.parse(asked.asked.at()),
                Instant.parse(asked.end.at()),
                asked.end.note(),
                asked.end.version(),
                changes,
                asked.end.seal());
    }

    /** Returns a row for each request: its receipt's id, what was asked, when, how far it is, and how much was changed. */
    public Table requests() {
        Table table = Table.create(
                "requests of " + folder.path().getFileName(),
                StringColumn.create("receipt"),
                StringColumn.create("request"),
                StringColumn.create("asked"),
                StringColumn.create("state"),
                IntColumn.create("models"),
                LongColumn.create("scaled"));
        read(state -> state.requests.values()).forEach(one -> {
            table.stringColumn(0).append(one.asked.request());
            table.stringColumn(1).append(SavedRequest.of(one.asked.note()).text());
            table.stringColumn(2).append(one.asked.at());
            table.stringColumn(3).append(one.state());
            table.intColumn(4).append(one.changed.size());
            table.longColumn(5).append(one.scaled());
        });
        return table;
    }

    /**
     * Holds every file against the ledger, and the ledger against its seals.
     *
     * @return a row for each thing that doesn't match; none if all does
     */
    public Table verify() {
        return folder.on(() -> new Verification(folder, read(state -> state)).table());
    }

    @Override
    public String toString() {
        State state = read(one -> one);
        return state.models.size() + " models in " + folder.path() + ", " + state.requests.size() + " requests"
                + (state.underWay().isPresent() ? ", one of them under way" : "") + ": .forget(labels) forgets";
    }
}
