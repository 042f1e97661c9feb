package unlearn4j.fisher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Eq. 5: the maximum does not mind how often, in which order and how grouped matrices come. */
class MergeTest {
    @Provide
    Arbitrary<Fisher> fims() {
        Arbitrary<float[]> numbers =
                Arbitraries.floats().between(0, 1e30f).array(float[].class).ofSize(12);
        return numbers.map(
                n -> new Fisher(2, 3, slice(n, 0, 6), slice(n, 6, 8), List.of(slice(n, 8, 11), slice(n, 11, 12))));
    }

    private static float[] slice(float[] numbers, int from, int below) {
        return Arrays.copyOfRange(numbers, from, below);
    }

    private static void assertSame(Fisher one, Fisher other) {
        assertThat(one.weight()).isEqualTo(other.weight());
        assertThat(one.bias()).isEqualTo(other.bias());
        assertThat(one.body()).usingRecursiveComparison().isEqualTo(other.body());
    }

    private static Fisher merged(Merge merge, Fisher... fims) {
        List<Fisher> merged = merge.of(List.of(fims));
        assertThat(merged).hasSize(1);
        return merged.get(0);
    }

    @Example
    void thePublishedMaximumIsDividedOnceForEachBeyondTheFirst() {
        Fisher one = new Fisher(1, 2, new float[] {50, 4}, new float[] {25});
        Fisher two = new Fisher(1, 2, new float[] {25, 100}, new float[] {75});
        Merge published = Merge.maximumDividedBy(5);
        assertSame(merged(published, one), one);
        assertSame(merged(published, one, two), new Fisher(1, 2, new float[] {10, 20}, new float[] {15}));
        assertSame(merged(published, one, two, one), new Fisher(1, 2, new float[] {2, 4}, new float[] {3}));
    }

    @Property(tries = 200)
    void theMaximumIsIdempotent(@ForAll("fims") Fisher a, @ForAll("fims") Fisher b) {
        assertSame(merged(Merge.MAXIMUM, a, a), a);
        assertSame(merged(Merge.MAXIMUM, a, b, a, b, b), merged(Merge.MAXIMUM, a, b));
    }

    @Property(tries = 200)
    void theMaximumIsCommutative(@ForAll("fims") Fisher a, @ForAll("fims") Fisher b) {
        assertSame(merged(Merge.MAXIMUM, a, b), merged(Merge.MAXIMUM, b, a));
    }

    @Property(tries = 200)
    void theMaximumIsAssociative(@ForAll("fims") Fisher a, @ForAll("fims") Fisher b, @ForAll("fims") Fisher c) {
        assertSame(
                merged(Merge.MAXIMUM, merged(Merge.MAXIMUM, a, b), c),
                merged(Merge.MAXIMUM, a, merged(Merge.MAXIMUM, b, c)));
        assertSame(merged(Merge.MAXIMUM, a, b, c), merged(Merge.MAXIMUM, c, a, b));
    }

    @Property(tries = 200)
    void theMaximumIsNeverLessThanAnyAndAlwaysOneOfThem(@ForAll("fims") Fisher a, @ForAll("fims") Fisher b) {
        Fisher merged = merged(Merge.MAXIMUM, a, b);
        for (int i = 0; i < 6; i++) {
            assertThat(merged.weight()[i])
                    .isGreaterThanOrEqualTo(a.weight()[i])
                    .isGreaterThanOrEqualTo(b.weight()[i])
                    .isIn(a.weight()[i], b.weight()[i]);
        }
    }

    @Property(tries = 100)
    void oneAloneIsItselfWhateverTheFunction(@ForAll("fims") Fisher a) {
        for (Merge merge : Merges.values()) {
            assertSame(merged(merge, a), a);
        }
    }

    @Test
    void handWorked() {
        Fisher one = new Fisher(1, 2, new float[] {1, 4}, new float[] {2});
        Fisher two = new Fisher(1, 2, new float[] {3, 0}, new float[] {4});
        assertThat(merged(Merge.MAXIMUM, one, two).weight()).containsExactly(3, 4);
        assertThat(merged(Merge.MAXIMUM, one, two).bias()).containsExactly(4);
        assertThat(merged(Merge.SUM, one, two).weight()).containsExactly(4, 4);
        assertThat(merged(Merge.MEAN, one, two).weight()).containsExactly(2, 2);
        assertThat(merged(Merge.MEAN, one, two).bias()).containsExactly(3);
        assertThat(Merge.NONE.of(List.of(one, two))).containsExactly(one, two);
    }

    @Test
    void theirNamesAreThoseOfTheConstants() {
        assertThat(List.of(Merge.MAXIMUM, Merge.SUM, Merge.MEAN, Merge.NONE)).hasToString("[MAXIMUM, SUM, MEAN, NONE]");
    }
}
