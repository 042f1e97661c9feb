package unlearn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import tech.tablesaw.api.Table;

class PartitionTest {

    private static int[] rows(Images images) {
        return IntStream.range(0, images.size()).map(images::row).toArray();
    }

    private static void disjoint(Partition partition) {
        assertThat(partition.shards().stream()
                        .map(PartitionTest::rows)
                        .flatMapToInt(IntStream::of)
                        .boxed())
                .doesNotHaveDuplicates();
    }

    @Property(tries = 100)
    void equalSharesAreDisjointAndLeaveOutLessThanOneEach(
            @ForAll @IntRange(min = 1, max = 6) int classes,
            @ForAll @IntRange(min = 1, max = 9) int perClass,
            @ForAll @IntRange(min = 1, max = 12) int clients,
            @ForAll long seed) {
        Images images = TinyImages.of(classes, perClass, 1);
        Assume.that(clients <= images.size());

        Partition partition = Partition.equal(images, clients, seed);

        disjoint(partition);
        assertThat(partition.shards()).hasSize(clients).allMatch(shard -> shard.size() == images.size() / clients);
    }

    @Property(tries = 200)
    void eachClientHasAsManyClassesAsAskedAndNoTwoTheSame(
            @ForAll @IntRange(min = 2, max = 8) int classes,
            @ForAll @IntRange(min = 1, max = 7) int classesEach,
            @ForAll @IntRange(min = 1, max = 8) int clients,
            @ForAll @IntRange(min = 8, max = 20) int perClass,
            @ForAll long seed) {
        Assume.that(classesEach < classes && clients <= classes);

        Partition partition = Partition.classesEach(TinyImages.of(classes, perClass, 1), clients, classesEach, seed);

        disjoint(partition);
        assertThat(partition.shards()).hasSize(clients);
        assertThat(partition.shards().stream().map(Images::size).distinct()).hasSize(1);
        assertThat(partition.shards())
                .extracting(Images::labels)
                .doesNotHaveDuplicates()
                .allMatch(labels -> labels.size() == classesEach);
    }

    @Example
    void labelsAreDealtOutEquallyToThoseWhoAreToHaveThem() {
        List<Labels> labels = List.of(Labels.of(0, 1), Labels.of(1, 2), Labels.of(1));

        Partition partition = Partition.labelsOf(TinyImages.of(4, 7, 1), labels, 3);

        disjoint(partition);
        assertThat(partition.shards()).extracting(Images::labels).isEqualTo(labels);
        assertThat(partition.shards())
                .extracting(Images::counts)
                .containsExactly(new int[] {7, 2, 0, 0}, new int[] {0, 2, 7, 0}, new int[] {0, 3, 0, 0});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Partition.labelsOf(TinyImages.of(4, 7, 1), List.of(Labels.of(1), Labels.of(2, 5)), 3))
                .withMessageContaining("label(s) 5 of client 2 have no images");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Partition.labelsOf(TinyImages.of(4, 2, 1), labels, 3))
                .withMessageContaining("label 1 of tiny has 2 images for 3 clients");
    }

    @Property(tries = 50)
    void clientsThatHaveAllClassesMayBeMoreThanTheClasses(
            @ForAll @IntRange(min = 1, max = 9) int clients, @ForAll long seed) {
        Partition partition = Partition.classesEach(TinyImages.of(3, 6, 1), clients, 3, seed);
        disjoint(partition);
        assertThat(partition.shards()).hasSize(clients).allMatch(shard -> shard.size() == 18 / clients);
    }

    @Property(tries = 200)
    void dirichletDealsOutEveryImageOnce(
            @ForAll @IntRange(min = 1, max = 5) int classes,
            @ForAll @IntRange(min = 1, max = 4) int clients,
            @ForAll @DoubleRange(min = 0.05, max = 50) double alpha,
            @ForAll long seed) {
        Images images = TinyImages.of(classes, 40, 1);
        Partition partition;
        try {
            partition = Partition.dirichlet(images, clients, alpha, seed);
        } catch (IllegalArgumentException e) {
            // A small alpha may leave a client with nothing, and says so.
            assertThat(e).hasMessageContaining("gets no images");
            return;
        }
        assertThat(partition.shards().stream()
                        .map(PartitionTest::rows)
                        .flatMapToInt(IntStream::of)
                        .toArray())
                .containsExactlyInAnyOrder(rows(images));
    }

    @Property(tries = 100)
    void labelRangesGrowByTheStep(
            @ForAll @IntRange(min = 1, max = 5) int first,
            @ForAll @IntRange(min = 1, max = 3) int step,
            @ForAll @IntRange(min = 1, max = 4) int count) {
        Images images = TinyImages.of(14, 3, 1);

        List<Images> ranges = Partition.labelRanges(images, first, step, count);

        assertThat(ranges).hasSize(count);
        for (int i = 0; i < count; i++) {
            int labels = first + i * step;
            assertThat(ranges.get(i).labels()).isEqualTo(Labels.range(0, labels));
            assertThat(ranges.get(i).size()).isEqualTo(3 * labels);
            if (i > 0) {
                assertThat(rows(ranges.get(i))).contains(rows(ranges.get(i - 1)));
            }
        }
    }

    @Example
    void aLargeAlphaSharesAClassEvenlyAndASmallOneDoesNot() {
        Images images = TinyImages.of(10, 100, 1);
        List<Images> even = Partition.dirichlet(images, 4, 1000, 1).shards();
        List<Images> uneven = Partition.dirichlet(images, 4, 0.1, 1).shards();
        assertThat(even.stream().map(Images::counts).flatMapToInt(IntStream::of).boxed())
                .allMatch(count -> count > 15 && count < 35);
        assertThat(uneven.stream()
                        .map(Images::counts)
                        .flatMapToInt(IntStream::of)
                        .filter(count -> count > 60)
                        .count())
                .isGreaterThanOrEqualTo(5);
    }

    @Example
    void oneSeedDealsOutTheSameAndAnotherDoesNot() {
        Images images = TinyImages.of(10, 20, 1);
        assertThat(dealt(images, 1)).isEqualTo(dealt(images, 1)).isNotEqualTo(dealt(images, 2));
    }

    private static List<List<Integer>> dealt(Images images, long seed) {
        return Partition.classesEach(images, 6, 9, seed).shards().stream()
                .map(shard -> IntStream.of(rows(shard)).boxed().toList())
                .toList();
    }

    @Example
    void aClassWithFewerImagesThanHoldersIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Partition.classesEach(TinyImages.of(10, 5, 1), 8, 9, 1))
                .withMessageMatching("label \\d of tiny has 5 images for [678] clients that are to have some: "
                        + "have fewer clients, or more images");
    }

    @Example
    void theTableHasARowForEachClientAndAColumnForEachClass() {
        Table table = Partition.equal(TinyImages.of(2, 4, 1), 2, 1).table();
        assertThat(table.columnNames()).containsExactly("client", "class 0", "class 1", "images");
        assertThat(table.stringColumn("client").asList()).containsExactly("client-1", "client-2");
        assertThat(table.intColumn("images").asList()).containsExactly(4, 4);
        assertThat(table.intColumn("class 0").sum()).isEqualTo(4);
    }
}
