package unlearn4j.lineage;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import unlearn4j.data.Labels;
import unlearn4j.lineage.TrainedOn.Part;

/**
 * What is to be forgotten: a data set, labels, or labels of a data set.
 *
 * @param data the data set's name; empty for any
 * @param labels the labels; empty for all
 */
record Question(String data, Labels labels) {
    /** What stands for the whole data set where labels aren't asked. */
    private static final int WHOLE = -1;

    /** Whether a model was trained on it; in order, so that the larger of two is that of both together. */
    enum Answer {
        NO,
        MAYBE,
        YES
    }

    Answer of(TrainedOn trainedOn) {
        return Stream.concat(
                        trainedOn.parts().stream().map(this::of),
                        Stream.of(trainedOn.gap().isEmpty() ? Answer.NO : Answer.MAYBE))
                .reduce(Answer.NO, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    /** Returns what of it a model was surely trained on itself: labels, or {@value #WHOLE}. */
    Set<Integer> learned(TrainedOn trainedOn) {
        Set<Integer> learned = new TreeSet<>();
        trainedOn.parts().stream().filter(part -> of(part) == Answer.YES).forEach(part -> {
            if (labels.isEmpty()) {
                learned.add(WHOLE);
            } else {
                learned.addAll(labels.shared(part.labels().orElseThrow()).values());
            }
        });
        return learned;
    }

    Answer of(Part part) {
        Answer byName = ofName(part.data());
        Answer byLabels = labels.isEmpty()
                ? Answer.YES
                : part.labels()
                        .map(known -> labels.shared(known).isEmpty() ? Answer.NO : Answer.YES)
                        .orElse(Answer.MAYBE);
        return byName.compareTo(byLabels) < 0 ? byName : byLabels;
    }

    /** {@code cifar10} and {@code uoft-cs/cifar10} may be one data set or two: nobody but their owners can say. */
    private Answer ofName(String name) {
        if (data.isEmpty() || name.equalsIgnoreCase(data)) {
            return Answer.YES;
        }
        return name.isEmpty() || last(name).equalsIgnoreCase(last(data)) ? Answer.MAYBE : Answer.NO;
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        String of = labels.size() == 1 ? "label " + labels : "labels " + labels;
        return labels.isEmpty() ? data : data.isEmpty() ? of : of + " of " + data;
    }
}
