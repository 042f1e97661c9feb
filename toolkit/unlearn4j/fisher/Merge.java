package unlearn4j.fisher;

import java.util.List;
import unlearn4j.core.Check;

/** What a node makes of the unlearning FIMs of several discovery nodes: paper B's Φ (Eq. 5). */
public enum Merge {
    /** The element-wise maximum, the paper's: of each parameter, the most that any of them knows. No bit depends on the order. */
    MAXIMUM {
        @Override
        List<Fisher> merged(List<Fisher> fims) {
            return List.of(fims.stream().reduce(Fisher::merge).orElseThrow());
        }
    },
    /** The element-wise sum, in the order of the discovery nodes: the information of independent data adds up. */
    SUM {
        @Override
        List<Fisher> merged(List<Fisher> fims) {
            return List.of(fims.stream()
                    .reduce((one, other) -> one.combined(other, Double::sum))
                    .orElseThrow());
        }
    },
    /** The element-wise mean, in the order of the discovery nodes. */
    MEAN {
        @Override
        List<Fisher> merged(List<Fisher> fims) {
            Fisher sum = SUM.merged(fims).get(0);
            return List.of(sum.combined(sum, (value, same) -> value / fims.size()));
        }
    },
    /** None, to see what merging is worth (Fig. 7): a node is updated once with each, one after another. */
    NONE {
        @Override
        List<Fisher> merged(List<Fisher> fims) {
            return List.copyOf(fims);
        }
    };

    abstract List<Fisher> merged(List<Fisher> fims);

    /**
     * Merges.
     *
     * @param fims the unlearning FIMs of a node's discovery nodes, at least one
     * @return what the node is updated with, one matrix an update: a single one but for {@link #NONE}
     * @throws IllegalArgumentException if they belong to layers of unlike shapes
     */
    public List<Fisher> of(List<Fisher> fims) {
        return merged(Check.notEmpty("fims", fims));
    }
}
