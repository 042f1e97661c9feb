package unlearn4j.store;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import unlearn4j.core.Check;
import unlearn4j.data.DataException;

/** What the entries of a ledger say all together. */
final class State {
    /** By node, the hash of its model's file. */
    final Map<String, String> models = new LinkedHashMap<>();
    /** By node, the hash of its model FIM's file. */
    final Map<String, String> fims = new LinkedHashMap<>();
    /** By path in the store, the hash of a file that is no node's. */
    final Map<String, String> files = new LinkedHashMap<>();
    /** By id, what was asked. */
    final Map<String, Asked> requests = new LinkedHashMap<>();

    private String lastSeal = "";
    private long lastNumber;
    private long broken;

    /** Takes the entry that comes next. */
    void see(Entry entry) {
        if (broken == 0
                && (entry.number() != lastNumber + 1
                        || !entry.sealBehind(lastSeal).equals(entry.seal()))) {
            broken = lastNumber + 1;
        }
        lastNumber = entry.number();
        lastSeal = entry.seal();
        switch (entry.kind()) {
            case STORED ->
                (entry.node().isEmpty() ? files : models)
                        .put(entry.node().isEmpty() ? entry.note() : entry.node(), entry.after());
            case ESTIMATED -> fims.put(entry.node(), entry.after());
            case ASKED -> requests.put(entry.request(), new Asked(entry));
            default -> {
                if (entry.kind() == Entry.Kind.CHANGED) {
                    models.put(entry.node(), entry.after());
                }
                if (requests.containsKey(entry.request())) {
                    requests.get(entry.request()).see(entry);
                }
            }
        }
    }

    /** Returns the seal of the last entry; empty if there is none. */
    String lastSeal() {
        return lastSeal;
    }

    /** Returns the number of the last entry; 0 if there is none. */
    long lastNumber() {
        return lastNumber;
    }

    /** Returns the number of the first entry that its seal doesn't fit; 0 if there is none. */
    long broken() {
        return broken;
    }

    /** Refuses a ledger that was edited. */
    void checkWhole(Path ledger) {
        if (broken > 0) {
            throw new DataException(ledger + " was edited: entry " + broken
                    + " is not the one that was sealed there. Nothing is changed by it; put a copy of it back");
        }
    }

    /** Returns the request that is under way, if there is one. */
    Optional<Asked> underWay() {
        return requests.values().stream().filter(Asked::isUnderWay).findFirst();
    }

    /** Returns the request that was met with those words, if there is one. */
    Optional<Asked> met(String note) {
        return requests.values().stream()
                .filter(one -> one.isMet() && one.asked.note().equals(note))
                .findFirst();
    }

    /** Returns a request that there is. */
    Asked request(String id) {
        Asked asked = requests.get(Check.given("id", id));
        Check.that(asked != null, "there is no request %s: .requests() shows those that there are", id);
        return asked;
    }
}
