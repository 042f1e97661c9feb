package unlearn4j.umig;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;

/**
 * The part of a graph that a request to forget concerns: paper B's Ĝ (§3.3). Immutable: nodes that are added to the graph
 * later are not in it.
 */
public final class UnlearningGraph {
    private final Umig umig;
    private final Request request;
    private final Labels labels;
    private final Images samples;
    private final Map<ModelNode, Images> images;
    private final Map<ModelNode, Labels> discovered = new LinkedHashMap<>();
    private final Map<ModelNode, List<ModelNode>> sources;
    private final Map<ModelNode, List<ModelNode>> parents;
    private final Images tried;

    /**
     * What a node has of some images.
     *
     * @param retained those to keep, perhaps none: AD_r is measured on them
     * @param forgotten those to forget, perhaps none: AD_f is measured on them
     */
    public record Division(Images retained, Images forgotten) {
        /** Makes a division. */
        public Division {
            Check.given("retained", retained);
            Check.given("forgotten", forgotten);
        }
    }

    /**
     * Makes an unlearning graph; the maps are taken over.
     *
     * @param umig the graph
     * @param request what was asked
     * @param labels the labels to forget wherever they were learned, perhaps none
     * @param samples the single images to forget, those of clients included; null if there are none
     * @param images the images to forget at each discovery node
     * @param sources the discovery nodes that each node traces back to, parents before children
     * @param parents the parents of each of these nodes that are in the unlearning graph themselves
     * @param tried what nodes were tried on where they were found by what they recognise; null if they were not
     */
    UnlearningGraph(
            Umig umig,
            Request request,
            Labels labels,
            Images samples,
            Map<ModelNode, Images> images,
            Map<ModelNode, List<ModelNode>> sources,
            Map<ModelNode, List<ModelNode>> parents,
            Images tried) {
        this.umig = umig;
        this.tried = tried;
        this.request = request;
        this.labels = labels;
        this.samples = samples;
        this.images = images;
        images.forEach((node, toForget) -> discovered.put(node, toForget.labels()));
        this.sources = Collections.unmodifiableMap(sources);
        this.parents = parents;
    }

    /** Returns the whole graph. */
    public Umig umig() {
        return umig;
    }

    /** Returns what nodes were tried on where they were found by what they recognise; null if they were not. */
    public Images tried() {
        return tried;
    }

    /** Returns what was asked. */
    public Request request() {
        return request;
    }

    /** Returns the labels to be forgotten wherever they were learned; none if only samples or clients are. */
    public Labels labels() {
        return labels;
    }

    /** Returns the discovery nodes n_i^D in breadth-first order, each with the labels of the images to forget there. */
    public Map<ModelNode, Labels> discovered() {
        return Collections.unmodifiableMap(discovered);
    }

    /**
     * Returns the images that a discovery node is to forget: D̂_i^D of Eq. 3.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Images images(ModelNode node) {
        Images toForget = images.get(Check.given("node", node));
        Check.that(toForget != null, "%s is not a discovery node, %s are", node, images.keySet());
        return toForget.named("images to forget at " + node.name());
    }

    /** Returns those of some images that are to be forgotten, perhaps none: AD_f is measured on them. */
    public Images forgotten(Images among) {
        Images ofLabels = Check.given("images", among).only(labels);
        return samples == null ? ofLabels : ofLabels.and(among.shared(samples)).named(among.name());
    }

    /** Returns those of some images that are not to be forgotten, perhaps none: AD_r is measured on them. */
    public Images retained(Images among) {
        Images ofOthers = Check.given("images", among).without(labels);
        return samples == null ? ofOthers : ofOthers.without(samples);
    }

    /**
     * Returns a node's training data D_j. Where the record has none, and the nodes were found by what they recognise, it is
     * the images that they were tried on.
     *
     * @throws IllegalArgumentException if no images reached the node
     */
    public Images data(ModelNode node, TrainingData which) {
        return tried != null && umig.known(Check.given("node", node)).isEmpty() ? tried : umig.data(node, which);
    }

    /**
     * Divides a node's training data into what it is to keep and what it is to forget. A node that has nothing to forget
     * among its own images, and inherits it, is measured on what reached it.
     */
    public Division division(ModelNode node, TrainingData which) {
        Images data = data(node, which);
        Images toForget = forgotten(data);
        if (toForget.isEmpty() && sources.containsKey(node)) {
            toForget = forgotten(data(node, TrainingData.ALL_THAT_REACHED));
        }
        return new Division(retained(data), toForget);
    }

    /**
     * Returns for each node to be updated the discovery nodes that it traces back to, itself included if it is one;
     * parents come before children. Nodes that trace back to the same discovery nodes share one list.
     */
    public Map<ModelNode, List<ModelNode>> sources() {
        return sources;
    }

    /** Returns the nodes to be updated, parents before children. */
    public List<ModelNode> nodes() {
        return List.copyOf(sources.keySet());
    }

    /** Returns the parents of a node that are to be updated too, perhaps none. */
    public List<ModelNode> parents(ModelNode node) {
        return parents.getOrDefault(Check.given("node", node), List.of());
    }

    /** Returns what a node is to this request. */
    public Role role(ModelNode node) {
        if (images.containsKey(Check.given("node", node))) {
            return Role.DISCOVERY;
        }
        return sources.containsKey(node) ? Role.INHERITED : Role.UNTOUCHED;
    }

    /** Returns whether a node traces back to more than one discovery node: a multi-root scenario. */
    public boolean multiRoot(ModelNode node) {
        return sources.getOrDefault(Check.given("node", node), List.of()).size() > 1;
    }

    /** Returns the scenarios of §3.3 that the nodes are in, and the updates that they take. */
    public Scenarios scenarios() {
        return new Scenarios(this);
    }

    /** Returns the labels of the images to forget at the discovery nodes that a node traces back to. */
    public Labels known(ModelNode node) {
        return sources.getOrDefault(Check.given("node", node), List.of()).stream()
                .map(discovered::get)
                .reduce(Labels.of(List.of()), Labels::and);
    }

    @Override
    public String toString() {
        return request + ": " + discovered.size() + " discovery and " + (nodes().size() - discovered.size())
                + " inherited nodes of " + umig.nodes().size() + " models";
    }
}
