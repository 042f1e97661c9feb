package unlearn4j.lineage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import unlearn4j.core.Check;
import unlearn4j.data.Labels;

/**
 * What a model was itself trained on, as far as anybody wrote it down; what it inherits is its ancestors'.
 *
 * @param parts what is known; perhaps nothing
 * @param gap why there may be more, {@code "its card names no data sets"} say; empty if the parts are all
 */
public record TrainedOn(List<Part> parts, String gap) {

    /**
     * Some training data.
     *
     * @param data the data set's name; empty if it isn't known
     * @param labels the labels of its images, 1 or more; none if they aren't known
     */
    public record Part(String data, Optional<Labels> labels) {
        /** Makes a part. */
        public Part {
            Check.given("data", data);
            Check.given("labels of " + data, labels)
                    .ifPresent(
                            known -> Check.that(!known.isEmpty(), "labels of %s must be 1 or more, or unknown", data));
            Check.that(
                    !data.isBlank() || labels.isPresent(),
                    "a part must have a data set's name, labels, or both: not none");
        }

        @Override
        public String toString() {
            String of = data.isBlank() ? "a data set without a name" : data;
            return labels.map(known -> of + " (labels " + known + ")").orElse(of);
        }
    }

    /** Makes what a model was trained on. */
    public TrainedOn {
        parts = List.copyOf(Check.allGiven("parts", parts));
        Check.given("gap", gap);
    }

    /** Returns that nobody knows. */
    public static TrainedOn unknown(String why) {
        Check.that(why != null && !why.isBlank(), "why nobody knows must be given, not blank");
        return new TrainedOn(List.of(), why);
    }

    /** Returns that it was not trained itself: an average or a merge of others, or a copy. */
    public static TrainedOn nothing() {
        return new TrainedOn(List.of(), "");
    }

    /** Returns these data sets and no more, of unknown labels. */
    public static TrainedOn data(Collection<String> names) {
        return new TrainedOn(
                Check.notEmpty("names", names).stream()
                        .map(name -> new Part(name, Optional.empty()))
                        .toList(),
                "");
    }

    /** Returns images of these labels and no more, of a data set without a name. */
    public static TrainedOn labels(Labels labels) {
        return new TrainedOn(List.of(new Part("", Optional.of(Check.given("labels", labels)))), "");
    }

    /** Returns the same data with its labels known. */
    TrainedOn only(Labels labels) {
        List<Part> known = new ArrayList<>();
        parts.forEach(part -> known.add(new Part(part.data, Optional.of(labels))));
        return parts.isEmpty() ? labels(labels) : new TrainedOn(known, gap);
    }

    @Override
    public String toString() {
        String known = parts.stream().map(Part::toString).collect(Collectors.joining(", "));
        if (parts.isEmpty()) {
            return gap.isEmpty() ? "nothing" : "unknown";
        }
        return gap.isEmpty() ? known : known + ", perhaps more";
    }
}
