package unlearn4j.data;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import unlearn4j.core.Check;

/**
 * A set of class labels: what to forget, or what a model has learned. The papers' C_f and C_r.
 *
 * @param values the labels, in order, each 0 or more
 */
public record Labels(SortedSet<Integer> values) {
    private static final int MOST = 1_000_000;

    /** Makes a set; it is copied. */
    public Labels {
        Check.given("labels", values).forEach(label -> Check.given("a label", label));
        values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
        Check.that(
                values.isEmpty() || values.first() >= 0,
                "label (%s) must be 0 or more",
                values.isEmpty() ? "" : values.first());
        Check.that(
                values.isEmpty() || values.last() < MOST,
                "label (%s) must be below %,d, far more than any data set here has",
                values.isEmpty() ? "" : values.last(),
                MOST);
    }

    /** Returns the labels given, at least one. */
    public static Labels of(int... labels) {
        Check.that(Check.given("labels", labels).length > 0, "labels must not be empty: name at least one");
        return of(Arrays.stream(labels).boxed().toList());
    }

    /** Returns the labels given, perhaps none. */
    public static Labels of(Collection<Integer> labels) {
        Check.given("labels", labels).forEach(label -> Check.given("a label", label));
        return new Labels(new TreeSet<>(labels));
    }

    /** Returns the labels {@code from} to {@code below} − 1. */
    public static Labels range(int from, int below) {
        Check.that(
                from >= 0 && from < below,
                "labels from %d to below %d hold none: the first must be the smaller",
                from,
                below);
        Check.that(
                below <= MOST,
                "labels to below %d must be below %,d, far more than any data set here has",
                below,
                MOST);
        return of(IntStream.range(from, below).boxed().toList());
    }

    /** Returns how many labels there are. */
    public int size() {
        return values.size();
    }

    /** Returns whether there are no labels. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Returns whether {@code label} is one of these. */
    public boolean contains(int label) {
        return values.contains(label);
    }

    /** Returns whether all of {@code others} are among these. */
    public boolean containsAll(Labels others) {
        Check.given("others", others);
        return values.containsAll(others.values);
    }

    /** Returns the labels that are here or in {@code others}. */
    public Labels and(Labels others) {
        TreeSet<Integer> both = new TreeSet<>(values);
        both.addAll(Check.given("others", others).values);
        return new Labels(both);
    }

    /** Returns these labels without {@code others}. */
    public Labels without(Labels others) {
        TreeSet<Integer> rest = new TreeSet<>(values);
        rest.removeAll(Check.given("others", others).values);
        return new Labels(rest);
    }

    /** Returns the labels that are both here and in {@code others}. */
    public Labels shared(Labels others) {
        TreeSet<Integer> shared = new TreeSet<>(values);
        shared.retainAll(Check.given("others", others).values);
        return new Labels(shared);
    }

    /** Returns the labels as a person writes them, runs of three or more drawn together: {@code 0–4, 7, 9}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        int[] all = values.stream().mapToInt(Integer::intValue).toArray();
        for (int start = 0; start < all.length; ) {
            int end = start;
            while (end + 1 < all.length && all[end + 1] == all[end] + 1) {
                end++;
            }
            String run = end - start >= 2
                    ? all[start] + "–" + all[end]
                    : IntStream.rangeClosed(start, end)
                            .mapToObj(i -> "" + all[i])
                            .collect(Collectors.joining(", "));
            text.append(text.isEmpty() ? "" : ", ").append(run);
            start = end + 1;
        }
        return text.toString();
    }
}
