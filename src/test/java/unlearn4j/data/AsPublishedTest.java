package unlearn4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AsPublishedTest {
    @Test
    void bytesAreReadAgainWithoutBeingRearranged() {
        // Two pixels in a row: red 1 and 2, green 3 and 4, blue 5 and 6; and another image.
        byte[] pixels = {1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, (byte) 255};
        Images train = Images.of("two", new ImageShape(3, 1, 2), pixels, new int[] {0, 1}, List.of("a", "b"));
        Dataset published = new Dataset("two", train, train.slice(1, 2), new TreeMap<>()).asPublished();

        // Stored pixel by pixel: 1 3 5, 2 4 6.
        assertThat(bytes(published.train(), 0)).containsExactly(1, 3, 5, 2, 4, 6);
        assertThat(bytes(published.test(), 0)).containsExactly(11, 13, 15, 12, 14, (byte) 255);
        assertThat(published.test().row(0)).isEqualTo(1);
        assertThat(published.train().label(1)).isEqualTo(1);
    }

    @Test
    void bytesGoInAsTheyAre() {
        Normalisation published =
                TinyImages.dataset(2, 4, 4).asPublished().train().normalisation();

        for (int pixel = 0; pixel < 256; pixel++) {
            float seen = (pixel / 255f - published.mean()[0]) / published.deviation()[0];
            assertThat(seen).isCloseTo(pixel, org.assertj.core.api.Assertions.within(1e-4f));
        }
    }

    private static byte[] bytes(Images images, int position) {
        byte[] bytes = new byte[images.shape().bytes()];
        images.copy(position, bytes, 0);
        return bytes;
    }
}
