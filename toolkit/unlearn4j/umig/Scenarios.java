package unlearn4j.umig;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;

/**
 * The scenarios of an unlearning graph (paper B, §3.3), node by node: single- or multi-root, balanced or imbalanced paths,
 * and how many updates a node needs where unlearning is passed on from parents to heirs. FIUn needs one, whatever the
 * scenario.
 *
 * <p>Passed on <em>synchronously</em>, all nodes that lie d steps below a discovery node are updated at step d: a node is
 * updated once for each different length of its paths from discovery nodes. <em>Asynchronously</em>, each update of a
 * parent has its heirs updated at once: a node is updated once for each path.
 */
public final class Scenarios {
    private final UnlearningGraph unlearning;
    private final Map<ModelNode, BitSet> lengths = new LinkedHashMap<>();
    private final Map<ModelNode, BigInteger> paths = new LinkedHashMap<>();

    /** Follows the paths down the graph. */
    Scenarios(UnlearningGraph unlearning) {
        this.unlearning = unlearning;
        for (ModelNode node : unlearning.nodes()) {
            boolean root = unlearning.role(node) == Role.DISCOVERY;
            BitSet steps = new BitSet();
            steps.set(0, root);
            BigInteger count = root ? BigInteger.ONE : BigInteger.ZERO;
            for (ModelNode parent : unlearning.parents(node)) {
                lengths.get(parent).stream().forEach(length -> steps.set(length + 1));
                count = count.add(paths.get(parent));
            }
            lengths.put(node, steps);
            paths.put(node, count);
        }
    }

    /** Returns whether a node traces back to more than one discovery node. */
    public boolean multiRoot(ModelNode node) {
        lengths(node);
        return unlearning.multiRoot(node);
    }

    /** Returns whether all paths from discovery nodes to a node are of one length. */
    public boolean balanced(ModelNode node) {
        return lengths(node).cardinality() == 1;
    }

    /** Returns how many steps a node lies below a discovery node, by the longest path; 0 for one that has none above it. */
    public int depth(ModelNode node) {
        return lengths(node).length() - 1;
    }

    /** Returns how many steps the deepest node lies below a discovery node. */
    public int depth() {
        return lengths.values().stream()
                .mapToInt(steps -> steps.length() - 1)
                .max()
                .orElseThrow();
    }

    /** Returns how many updates of a node synchronous passing on takes: one for each different length of its paths. */
    public int synchronousUpdates(ModelNode node) {
        return lengths(node).cardinality();
    }

    /** Returns how many updates of all nodes synchronous passing on takes. */
    public long synchronousUpdates() {
        return lengths.values().stream().mapToLong(BitSet::cardinality).sum();
    }

    /** Returns how many updates of a node asynchronous passing on takes: one for each of its paths. */
    public BigInteger asynchronousUpdates(ModelNode node) {
        lengths(node);
        return paths.get(node);
    }

    /** Returns how many updates of all nodes asynchronous passing on takes. */
    public BigInteger asynchronousUpdates() {
        return paths.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    private BitSet lengths(ModelNode node) {
        BitSet steps = lengths.get(Check.given("node", node));
        Check.that(steps != null, "%s has nothing to forget: it is not in the unlearning graph", node);
        return steps;
    }

    /** Returns a row for each node: its role, its scenario, its depth, and the updates that it takes. */
    public Table table() {
        StringColumn name = StringColumn.create("node");
        StringColumn role = StringColumn.create("role");
        StringColumn roots = StringColumn.create("roots");
        StringColumn balance = StringColumn.create("paths");
        IntColumn depth = IntColumn.create("depth");
        IntColumn synchronous = IntColumn.create("updates, synchronous");
        StringColumn asynchronous = StringColumn.create("updates, asynchronous");
        IntColumn fiun = IntColumn.create("updates, FIUn");
        for (ModelNode node : unlearning.nodes()) {
            name.append(node.name());
            role.append(unlearning.role(node).name().toLowerCase(Locale.ROOT));
            roots.append(multiRoot(node) ? "multi" : "single");
            balance.append(balanced(node) ? "balanced" : "imbalanced");
            depth.append(depth(node));
            synchronous.append(synchronousUpdates(node));
            asynchronous.append(asynchronousUpdates(node).toString());
            fiun.append(1);
        }
        return Table.create(
                "Scenarios: " + unlearning.request(),
                name,
                role,
                roots,
                balance,
                depth,
                synchronous,
                asynchronous,
                fiun);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d nodes, %d deep: %,d updates synchronously, %,d asynchronously, %,d with FIUn",
                lengths.size(),
                depth(),
                synchronousUpdates(),
                asynchronousUpdates(),
                lengths.size());
    }
}
