package unlearn4j.fisher;

import java.util.List;

/**
 * What a node makes of the unlearning FIMs of several discovery nodes: paper B's Φ (Eq. 5). One of one's own is a function,
 * the element-wise minimum say:
 *
 * <pre>{@code
 * Merge minimum = fims -> List.of(fims.stream().reduce((a, b) -> a.combined(b, Math::min)).orElseThrow());
 * }</pre>
 */
@FunctionalInterface
public interface Merge {
    /** The element-wise maximum, the paper's: of each parameter, the most that any of them knows. No bit depends on the order. */
    Merge MAXIMUM = Merges.MAXIMUM;
    /** The element-wise sum, in the order of the discovery nodes: the information of independent data adds up. */
    Merge SUM = Merges.SUM;
    /** The element-wise mean, in the order of the discovery nodes. */
    Merge MEAN = Merges.MEAN;
    /** None, to see what merging is worth (Fig. 7): a node is updated once with each, one after another. */
    Merge NONE = Merges.NONE;

    /**
     * Returns the maximum divided by a number, once for each discovery node beyond the first: what paper B's published
     * scripts do, with 5. A comment in them names 50 for AlexNet and 1 for ResNet18, which is the paper's {@link #MAXIMUM}.
     *
     * @param divisor above 0
     */
    static Merge maximumDividedBy(double divisor) {
        return new DividedMaximum(divisor);
    }

    /**
     * Merges.
     *
     * @param fims the unlearning FIMs of a node's discovery nodes in their order, at least one
     * @return what the node is updated with, one matrix an update, in order: a single one but for {@link #NONE}
     * @throws IllegalArgumentException if they belong to layers of unlike shapes
     */
    List<Fisher> of(List<Fisher> fims);
}
