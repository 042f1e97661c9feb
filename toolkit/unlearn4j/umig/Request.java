package unlearn4j.umig;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;

/**
 * What is to be forgotten: labels, samples, clients (paper B, §4.3), or several of these at once. A value; a graph says
 * which of its nodes it concerns, {@link Umig#unlearning(Request)}.
 */
public sealed interface Request {

    /**
     * All images of some labels, wherever they were learned.
     *
     * @param labels the labels, at least one
     */
    record ByLabels(Labels labels) implements Request {
        /** Makes a request. */
        public ByLabels {
            Check.that(
                    !Check.given("labels", labels).isEmpty(), "labels must not be empty: name at least one to forget");
        }

        @Override
        public String toString() {
            return "labels " + labels;
        }
    }

    /**
     * Single images, wherever they were learned.
     *
     * @param images the images, at least one: a view of the data set that the graph was trained on
     */
    record BySamples(Images images) implements Request {
        /** Makes a request. */
        public BySamples {
            Check.that(
                    !Check.given("samples", images).isEmpty(),
                    "samples must not be empty: name at least one to forget");
        }

        @Override
        public String toString() {
            return images.size() + (images.size() == 1 ? " sample of " : " samples of ") + images.name();
        }
    }

    /**
     * What a node was itself trained on, its shard: all of it, as when a client leaves, or that of some labels. Other nodes
     * that have these images, the same client's in other rounds say, forget them too.
     *
     * @param node the node's name
     * @param labels the labels, or none for all of the shard
     */
    record ByShard(String node, Labels labels) implements Request {
        /** Makes a request. */
        public ByShard {
            Check.that(node != null && !node.isBlank(), "node must be given, not blank");
            Check.given("labels", labels);
        }

        @Override
        public String toString() {
            return labels.isEmpty() ? "all that " + node + " learned" : "labels " + labels + " of " + node;
        }
    }

    /**
     * Several requests, met together.
     *
     * @param parts one or more
     */
    record Mixed(List<Request> parts) implements Request {
        /** Makes a request; the list is copied. */
        public Mixed {
            parts = List.copyOf(Check.notEmpty("parts", parts));
        }

        @Override
        public String toString() {
            return parts.stream().map(Request::toString).collect(Collectors.joining("; "));
        }
    }

    /** Asks for labels to be forgotten, wherever they were learned. */
    static Request labels(Labels labels) {
        return new ByLabels(labels);
    }

    /** Asks for single images to be forgotten, wherever they were learned. */
    static Request samples(Images images) {
        return new BySamples(images);
    }

    /** Asks for all images to be forgotten that these nodes were themselves trained on: those of clients, say. */
    static Request clients(String... nodes) {
        Check.that(Check.given("nodes", nodes).length > 0, "clients must not be empty: name at least one to forget");
        List<Request> parts = new ArrayList<>();
        for (String node : nodes) {
            parts.add(new ByShard(node, Labels.of(List.of())));
        }
        return parts.size() == 1 ? parts.get(0) : new Mixed(parts);
    }

    /**
     * Asks for the images of some labels to be forgotten that one node was itself trained on: paper B's §5.3 has nodes
     * that forget different labels.
     */
    static Request labelsAt(String node, Labels labels) {
        Check.that(!Check.given("labels", labels).isEmpty(), "labels must not be empty: name at least one to forget");
        return new ByShard(node, labels);
    }

    /** Returns the labels that are asked for, wherever or of one node; none where single images or all of a shard are. */
    default Labels labels() {
        return single().stream()
                .map(one -> one instanceof ByLabels by
                        ? by.labels
                        : one instanceof ByShard by ? by.labels : Labels.of(List.of()))
                .reduce(Labels.of(List.of()), Labels::and);
    }

    /** Returns a request for what this one asks and what another asks. */
    default Request and(Request other) {
        return new Mixed(List.of(this, Check.given("other", other)));
    }

    /** Returns the single requests that this one is made of. */
    default List<Request> single() {
        return this instanceof Mixed mixed
                ? mixed.parts.stream().flatMap(part -> part.single().stream()).toList()
                : List.of(this);
    }
}
