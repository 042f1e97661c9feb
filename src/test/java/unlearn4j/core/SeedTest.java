package unlearn4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeedTest {
    private static final Seed SEED = Seed.of(7);

    @Test
    void childrenAreTheSameInEveryVersion() {
        // Published numbers depend on these: a change here changes every experiment.
        assertThat(SEED.child("clients").value()).isEqualTo(-4365725136337265918L);
        assertThat(SEED.child(3).value()).isEqualTo(7758145696617331093L);
        assertThat(SEED.permutation(8)).containsExactly(4, 5, 0, 7, 6, 2, 1, 3);
    }

    @Test
    void childrenDifferByNameByNumberAndByParent() {
        Stream<Seed> named = Stream.of("", "a", "b", "ab", "ba", "aa", "client-1", "client-2", "client-11")
                .map(SEED::child);
        Stream<Seed> numbered = LongStream.range(-500, 500).mapToObj(SEED::child);
        Stream<Seed> ofOthers = LongStream.range(0, 1000)
                .filter(value -> value != 7)
                .mapToObj(value -> Seed.of(value).child("a"));
        Stream<Seed> nested = Stream.of(
                SEED.child("a").child("b"),
                SEED.child("b").child("a"),
                SEED.child(1).child(2));
        assertThat(Stream.of(Stream.of(SEED), named, numbered, ofOthers, nested).flatMap(seeds -> seeds))
                .doesNotHaveDuplicates();
    }

    @Test
    void aPermutationHoldsEveryNumberOnce() {
        for (int size : new int[] {0, 1, 2, 3, 10, 1000}) {
            assertThat(SEED.child(size).permutation(size))
                    .containsExactlyInAnyOrder(IntStream.range(0, size).toArray());
        }
    }

    @Test
    void everyPlaceOfAPermutationIsDrawnEvenly() {
        int size = 6;
        int draws = 12_000;
        int[][] counts = new int[size][size];
        for (int draw = 0; draw < draws; draw++) {
            int[] order = SEED.child(draw).permutation(size);
            for (int place = 0; place < size; place++) {
                counts[place][order[place]]++;
            }
        }
        // 2000 are expected in each cell, with a standard deviation of 41.
        assertThat(Stream.of(counts).flatMapToInt(IntStream::of).boxed())
                .allMatch(count -> count > 1800 && count < 2200);
    }

    @Test
    void aGeneratorStartsAnewEachTime() {
        assertThat(SEED.random().nextLong())
                .isEqualTo(SEED.random().nextLong())
                .isNotEqualTo(SEED.child("other").random().nextLong());
    }
}
