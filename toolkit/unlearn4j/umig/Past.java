package unlearn4j.umig;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import unlearn4j.core.Check;
import unlearn4j.train.Head;
import unlearn4j.train.Origin;
import unlearn4j.train.Weights;

/**
 * What a graph has been made to forget since it was trained, and not been given back; and the weights that training left. A
 * method of unlearning writes it, {@link Umig#restore} ends it.
 */
public final class Past {
    /** What it was made to forget before it was saved; the weights before that are gone. */
    private final List<String> loaded;

    private final Map<Long, String> requests = new TreeMap<>();
    /** Of each node whose head alone, or whose body too, was changed: what it was before the first time. */
    private final Map<ModelNode, Head> heads = new LinkedHashMap<>();

    private final Map<ModelNode, Weights> bodies = new LinkedHashMap<>();
    private final Map<ModelNode, Origin> origins = new LinkedHashMap<>();
    private long next;

    Past() {
        this(List.of());
    }

    /** Makes the past of a graph that was saved with one. */
    Past(List<String> loaded) {
        this.loaded = List.copyOf(loaded);
    }

    /**
     * Keeps the head of a node that a method will change, and nothing else of it; unless it was kept before.
     *
     * @param head what it is now
     */
    public synchronized void keep(ModelNode node, Head head) {
        begin(node);
        if (!bodies.containsKey(node)) {
            heads.putIfAbsent(node, Check.given("head", head));
        }
        origins.putIfAbsent(node, node.model().origin());
    }

    /**
     * Keeps all of a node that a method will change, unless it was kept before.
     *
     * @param all what it is now
     */
    public synchronized void keep(ModelNode node, Weights all) {
        begin(node);
        bodies.putIfAbsent(node, Check.given("all", all));
        origins.putIfAbsent(node, node.model().origin());
    }

    /** What was kept for a change that was never made is of no use. */
    private void begin(ModelNode node) {
        Check.given("node", node);
        if (requests.isEmpty()) {
            heads.remove(node);
            bodies.remove(node);
            origins.remove(node);
        }
    }

    /**
     * Notes that the graph has been made to forget.
     *
     * @param words by what and what, {@code FIUn forgot labels 3} say
     * @return the number by which it can be struck out again
     */
    public synchronized long add(String words) {
        requests.put(next, Check.given("words", words));
        return next++;
    }

    /** Returns whether what was noted under that number still holds. */
    public synchronized boolean holds(long number) {
        return requests.containsKey(number);
    }

    /** Strikes out what was noted under that number, for it was undone. */
    public synchronized void remove(long number) {
        requests.remove(number);
        if (requests.isEmpty()) {
            clear();
        }
    }

    /** Returns whether every node is as training left it, as far as methods of unlearning are concerned. */
    public synchronized boolean isEmpty() {
        return words().isEmpty();
    }

    /** Returns by what it was made to forget what, in order. */
    synchronized List<String> words() {
        return Stream.concat(loaded.stream(), requests.values().stream()).toList();
    }

    /** Puts back what training left. */
    synchronized void restore() {
        Check.that(
                loaded.isEmpty(),
                "%s before this graph was saved, and what training left was not saved with it: train it again, or load one"
                        + " that was saved before; undo() takes back what was done since",
                String.join(" and ", loaded));
        // A head that was kept had not been changed; the whole that was kept later has it changed.
        Map<ModelNode, Origin> now = new LinkedHashMap<>();
        origins.keySet().forEach(node -> now.put(node, node.model().origin()));
        bodies.forEach((node, weights) -> node.model().load(weights));
        heads.forEach((node, head) -> node.model().load(head));
        // One that was trained since has another body under the head that is put back.
        origins.forEach((node, origin) -> {
            if (now.get(node).isUnlearned()) {
                node.model().comesFrom(origin);
            }
        });
        clear();
    }

    private void clear() {
        requests.clear();
        heads.clear();
        bodies.clear();
        origins.clear();
    }

    /** Returns it in a few words that can follow a name: {@code ", after FIUn forgot labels 3"}, or nothing. */
    public synchronized String after() {
        return isEmpty() ? "" : ", after " + this;
    }

    @Override
    public synchronized String toString() {
        List<String> all = words();
        int size = all.size();
        return size == 0
                ? "as trained"
                : size <= 2 ? String.join(" and ", all) : size + " requests, the last: " + all.get(size - 1);
    }
}
