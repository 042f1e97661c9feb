package unlearn4j.umig;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Evaluation;
import unlearn4j.train.Evaluator;

/**
 * The search for discovery nodes and the unlearning graph. Sets of labels, images and discovery nodes go down the graph as
 * bits, each node once, so that a graph of 10,000 nodes is no hardship.
 */
final class Discovery {
    private final Umig umig;
    private final List<ModelNode> nodes;
    private final Map<ModelNode, List<ModelNode>> parents = new HashMap<>();

    Discovery(Umig umig) {
        this.umig = umig;
        nodes = umig.nodes();
        Check.that(!nodes.isEmpty(), "the graph has no nodes: add one first");
        nodes.forEach(node -> parents.put(node, umig.parents(node)));
    }

    /** Searches by what the nodes were trained on. */
    UnlearningGraph trainedOn(Request request) {
        Labels labels = Labels.of(List.of());
        List<Images> views = new ArrayList<>();
        for (Request single : request.single()) {
            if (single instanceof Request.ByLabels by) {
                labels = labels.and(by.labels());
            } else if (single instanceof Request.BySamples by) {
                views.add(by.images());
            } else if (single instanceof Request.ByShard by) {
                views.add(shard(by));
            }
        }
        Images samples = views.isEmpty() ? null : Images.union(views);
        Map<ModelNode, Images> found = new HashMap<>();
        if (!labels.isEmpty()) {
            Map<ModelNode, BitSet> first =
                    first(bits(labels), (node, wanted) -> bits(node.shard().labels()));
            BitSet learned = union(first);
            if (!learned.equals(bits(labels))) {
                Labels all = labels(learnedByAny());
                throw Check.refusal(
                        "label(s) %s: no node ever learned them, the graph knows %s", labels.without(all), all);
            }
            first.forEach((node, discovered) -> found.put(node, node.shard().only(labels(discovered))));
        }
        if (samples != null) {
            BitSet rows = rows(samples);
            Map<ModelNode, BitSet> first =
                    first(rows, (node, wanted) -> rows(node.shard().shared(samples)));
            int learned = union(first).cardinality();
            Check.that(
                    learned == rows.cardinality(),
                    "%d of the %d images of %s reached no node: ask for images that the " + "graph was trained on",
                    rows.cardinality() - learned,
                    rows.cardinality(),
                    samples.name());
            first.forEach((node, discovered) -> found.merge(node, at(node.shard(), discovered), Images::and));
        }
        return graph(request, labels, samples, found, null);
    }

    /** Searches by what the nodes recognise. */
    UnlearningGraph recognising(Labels labels, Images images, double threshold) {
        Request request = Request.labels(labels);
        Check.that(threshold > 0 && threshold <= 100, "threshold (%s) must lie in (0, 100], percent", threshold);
        Labels shown = Check.given("images", images).labels();
        Check.that(
                shown.containsAll(labels),
                "label(s) %s have no image in %s: give some of each label to forget",
                labels.without(shown),
                images.name());
        Map<ModelNode, BitSet> first = first(bits(labels), (node, wanted) -> {
            Labels asked = labels(wanted);
            Evaluation seen = Evaluator.evaluate(node.model(), images.only(asked));
            BitSet recognised = new BitSet();
            asked.values().stream()
                    .filter(label -> seen.accuracy(Labels.of(label)) >= threshold)
                    .forEach(recognised::set);
            return recognised;
        });
        Labels recognised = labels(union(first));
        Check.that(
                recognised.containsAll(labels),
                "label(s) %s: no node recognises %s %% of their images, lower the " + "threshold",
                labels.without(recognised),
                String.format(Locale.ROOT, "%.1f", threshold));
        Map<ModelNode, Images> found = new HashMap<>();
        first.forEach((node, discovered) -> found.put(node, images.only(labels(discovered))));
        return graph(request, labels, null, found, images);
    }

    private Images shard(Request.ByShard by) {
        ModelNode node = umig.node(by.node());
        Images wanted = by.labels().isEmpty() ? node.shard() : node.shard().only(by.labels());
        Check.that(
                !node.shard().isEmpty(), "%s was trained on no images of its own, it can't ask to forget them", node);
        Check.that(
                wanted.labels().containsAll(by.labels()),
                "label(s) %s: %s was not itself trained on them, but on %s",
                by.labels().without(wanted.labels()),
                node,
                node.shard().labels());
        return wanted;
    }

    /**
     * Finds for each thing that is wanted the nodes that have it while no ancestor does.
     *
     * @param wanted what is looked for
     * @param has what of that a node has, asked only for what it does not inherit; more does no harm
     */
    private Map<ModelNode, BitSet> first(BitSet wanted, BiFunction<ModelNode, BitSet, BitSet> has) {
        Map<ModelNode, BitSet> reached = new HashMap<>();
        Map<ModelNode, BitSet> first = new HashMap<>();
        for (ModelNode node : nodes) {
            BitSet inherited = new BitSet();
            parents.get(node).forEach(parent -> inherited.or(reached.get(parent)));
            BitSet fresh = (BitSet) wanted.clone();
            fresh.andNot(inherited);
            if (!fresh.isEmpty()) {
                fresh.and(has.apply(node, fresh));
            }
            if (!fresh.isEmpty()) {
                first.put(node, fresh);
                inherited.or(fresh);
            }
            reached.put(node, inherited);
        }
        return first;
    }

    /** Follows the discovery nodes down the graph. */
    private UnlearningGraph graph(
            Request request, Labels labels, Images samples, Map<ModelNode, Images> found, Images tried) {
        Map<ModelNode, Images> images = new LinkedHashMap<>();
        umig.breadthFirst().stream().filter(found::containsKey).forEach(node -> images.put(node, found.get(node)));
        List<ModelNode> roots = List.copyOf(images.keySet());
        Map<ModelNode, BitSet> above = new HashMap<>();
        for (int i = 0; i < roots.size(); i++) {
            above.computeIfAbsent(roots.get(i), any -> new BitSet()).set(i);
        }
        Map<BitSet, List<ModelNode>> lists = new HashMap<>();
        Map<ModelNode, List<ModelNode>> sources = new LinkedHashMap<>();
        Map<ModelNode, List<ModelNode>> concerned = new HashMap<>();
        for (ModelNode node : nodes) {
            List<ModelNode> from =
                    parents.get(node).stream().filter(sources::containsKey).toList();
            if (from.isEmpty() && !above.containsKey(node)) {
                continue;
            }
            BitSet traced = above.computeIfAbsent(node, any -> new BitSet());
            from.forEach(parent -> traced.or(above.get(parent)));
            sources.put(node, lists.computeIfAbsent(traced, bits -> bits.stream()
                    .mapToObj(roots::get)
                    .toList()));
            concerned.put(node, from);
        }
        return new UnlearningGraph(umig, request, labels, samples, images, sources, concerned, tried);
    }

    private BitSet learnedByAny() {
        BitSet all = new BitSet();
        nodes.forEach(node -> all.or(bits(node.shard().labels())));
        return all;
    }

    private static BitSet union(Map<ModelNode, BitSet> sets) {
        BitSet union = new BitSet();
        sets.values().forEach(union::or);
        return union;
    }

    private static BitSet bits(Labels labels) {
        BitSet bits = new BitSet();
        labels.values().forEach(bits::set);
        return bits;
    }

    private static Labels labels(BitSet bits) {
        return Labels.of(bits.stream().boxed().toList());
    }

    private static BitSet rows(Images images) {
        BitSet rows = new BitSet();
        for (int i = 0; i < images.size(); i++) {
            rows.set(images.row(i));
        }
        return rows;
    }

    private static Images at(Images shard, BitSet rows) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < shard.size(); i++) {
            if (rows.get(shard.row(i))) {
                positions.add(i);
            }
        }
        return shard.at(positions.stream().mapToInt(Integer::intValue).toArray());
    }
}
