package unlearn4j.fisher;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.UnaryOperator;
import unlearn4j.core.Check;

/** The merging functions that {@link Merge} names. */
enum Merges implements Merge {
    MAXIMUM(fims -> List.of(reduced(fims, Math::max))),
    SUM(fims -> List.of(reduced(fims, Double::sum))),
    MEAN(fims -> {
        Fisher sum = reduced(fims, Double::sum);
        return List.of(sum.combined(sum, (value, same) -> value / fims.size()));
    }),
    NONE(List::copyOf);

    private final UnaryOperator<List<Fisher>> merge;

    Merges(UnaryOperator<List<Fisher>> merge) {
        this.merge = merge;
    }

    private static Fisher reduced(List<Fisher> fims, DoubleBinaryOperator operator) {
        return fims.stream()
                .reduce((one, other) -> one.combined(other, operator))
                .orElseThrow();
    }

    @Override
    public List<Fisher> of(List<Fisher> fims) {
        Check.notEmpty("fims", fims).forEach(fim -> Check.given("a matrix of fims", fim));
        return merge.apply(fims);
    }
}
