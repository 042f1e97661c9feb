package unlearn4j.store;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request, as far as the ledger knows of it. */
final class Asked {
    /** The entry that it came with. */
    final Entry asked;
    /** By node, what is about to be replaced, whether it is replaced by now or not. */
    final Map<String, Entry> changing = new LinkedHashMap<>();
    /** By node, what is done. */
    final Map<String, Entry> changed = new LinkedHashMap<>();
    /** The entry from which on models may be changed; null before. */
    Entry begun;
    /** The entry that ends it; null as long as it is under way. */
    Entry end;

    Asked(Entry asked) {
        this.asked = asked;
    }

    void see(Entry entry) {
        switch (entry.kind()) {
            case BEGUN -> begun = entry;
            case CHANGING -> changing.put(entry.node(), entry);
            case CHANGED -> changed.put(entry.node(), entry);
            case MET, REFUSED -> end = entry;
            default -> {}
        }
    }

    boolean isUnderWay() {
        return end == null;
    }

    boolean isMet() {
        return end != null && end.kind() == Entry.Kind.MET;
    }

    /** Returns in a word how far it is. */
    String state() {
        return isUnderWay() ? "under way" : isMet() ? "met" : "refused";
    }

    /** Returns how many parameters were scaled. */
    long scaled() {
        return changed.values().stream().mapToLong(Entry::scaled).sum();
    }
}
