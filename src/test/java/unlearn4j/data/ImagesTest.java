package unlearn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ImagesTest {
    /** Twelve images of 1×1; classes 0, 1, 2, 0, 1, 2 and so on, image i of brightness i. */
    private final byte[] pixels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

    private final int[] labels = {0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2};
    private final Images images =
            Images.of("twelve", new ImageShape(1, 1, 1), pixels, labels, List.of("shirt", "shoe", "bag", "hat"));

    private static int[] rows(Images images) {
        return IntStream.range(0, images.size()).map(images::row).toArray();
    }

    private static byte pixel(Images images, int position) {
        byte[] target = new byte[3];
        images.copy(position, target, 1);
        assertThat(target[0] + target[2]).isZero();
        return target[1];
    }

    @Example
    void viewsKeepTheRowTheLabelAndThePixels() {
        Images view = images.only(Labels.of(2)).at(3, 0).named("two bags");
        assertThat(rows(view)).containsExactly(11, 2);
        assertThat(view.label(0)).isEqualTo(2);
        assertThat(pixel(view, 0)).isEqualTo((byte) 11);
        assertThat(view.name()).isEqualTo("two bags");
        assertThat(view.labelNames()).isEqualTo(images.labelNames());
        assertThat(view.normalisation()).isSameAs(images.normalisation());
    }

    @Example
    void viewsShareThePixelsAndCopyNone() {
        Images deep = images.shuffled(1).without(Labels.of(0)).balanced(4, 2).slice(1, 3);
        int row = deep.row(0);
        pixels[row] = 99;
        assertThat(pixel(deep, 0)).isEqualTo((byte) 99);
    }

    @Example
    void onlyAndWithoutPartTheImages() {
        Images only = images.only(Labels.of(0, 2));
        Images without = images.without(Labels.of(0, 2));
        assertThat(rows(only)).containsExactly(0, 2, 3, 5, 6, 8, 9, 11);
        assertThat(rows(without)).containsExactly(1, 4, 7, 10);
        assertThat(rows(only.and(without))).containsExactlyInAnyOrder(rows(images));
    }

    @Example
    void aKnownLabelWithoutImagesGivesAnEmptyView() {
        Images hats = images.only(Labels.of(3));
        assertThat(hats.isEmpty()).isTrue();
        assertThat(hats.labels().isEmpty()).isTrue();
        assertThat(hats.classes()).isEqualTo(4);
    }

    @Example
    void joinedViewsHoldACommonImageOnce() {
        assertThat(rows(images.slice(2, 6).and(images.slice(4, 8)))).containsExactly(2, 3, 4, 5, 6, 7);
    }

    @Example
    void countsAndLabelsAreThoseOfTheView() {
        Images view = images.at(0, 3, 4);
        assertThat(view.counts()).containsExactly(2, 1, 0, 0);
        assertThat(view.labels()).isEqualTo(Labels.of(0, 1));
    }

    @Example
    void shufflingKeepsEveryImageAndFollowsTheSeed() {
        assertThat(rows(images.shuffled(1)))
                .containsExactlyInAnyOrder(rows(images))
                .isEqualTo(rows(images.shuffled(1)))
                .isNotEqualTo(rows(images.shuffled(2)));
    }

    @Property(tries = 100)
    void aBalancedDrawTakesAlmostAsManyOfEachClass(@ForAll @IntRange(min = 1, max = 60) int count, @ForAll long seed) {
        Images drawn = TinyImages.of(5, 12, 1).balanced(count, seed);
        assertThat(rows(drawn)).hasSize(count).doesNotHaveDuplicates();
        assertThat(IntStream.of(drawn.counts()).boxed()).allMatch(n -> n == count / 5 || n == (count + 4) / 5);
    }

    @Example
    void aLongerBalancedDrawBeginsWithTheShorter() {
        // Clients rely on it: the reference images are the beginning of one draw of all.
        int[] all = rows(images.balanced(12, 3));
        assertThat(rows(images.balanced(5, 3)))
                .containsExactly(IntStream.of(all).limit(5).toArray());
    }

    @Example
    void testImagesAreNormalisedAsTheTrainingImagesAre() {
        Images test = Images.like(images, "test", new byte[] {100}, new int[] {3});
        assertThat(test.normalisation()).isSameAs(images.normalisation());
        assertThat(test.labelNames()).isEqualTo(images.labelNames());
        assertThat(test.label(0)).isEqualTo(3);
    }

    @Example
    void theTextSaysHowManyImagesOfWhat() {
        assertThat(images).hasToString("twelve: 12 images of 1×1×1, 3 classes");
    }

    @Example
    void relabelledImagesAreTheSamePixelsUnderOtherLabels() {
        Images flipped = images.at(4, 2, 2).relabelled((row, label) -> row == 4 ? 3 : 2 - label);
        assertThat(IntStream.range(0, 3).map(flipped::label).toArray()).containsExactly(3, 0, 0);
        assertThat(rows(flipped)).containsExactly(4, 2, 2);
        assertThat(pixel(flipped, 1)).isEqualTo((byte) 2);
        assertThat(flipped.normalisation()).isSameAs(images.normalisation());
        assertThat(images.label(4)).isEqualTo(1);
        assertThatThrownBy(() -> images.relabelled((row, label) -> label + 2))
                .hasMessage("twelve: new label (4) must be from 0 to 3");
        assertThatThrownBy(() -> flipped.and(images)).hasMessageContaining("different data sets");
    }

    @Example
    void noiseKeepsAllButThePixels() {
        Images noise = images.at(4, 2, 2).noise(1);
        assertThat(IntStream.range(0, 3).map(noise::label).toArray()).containsExactly(1, 2, 2);
        assertThat(noise.normalisation()).isSameAs(images.normalisation());
        assertThat(pixel(noise, 1)).isNotEqualTo(pixel(noise, 2));
        assertThat(pixel(images.at(4, 2, 2).noise(1), 1)).isEqualTo(pixel(noise, 1));
        assertThat(pixel(images.at(4, 2, 2).noise(2), 1)).isNotEqualTo(pixel(noise, 1));
    }
}
