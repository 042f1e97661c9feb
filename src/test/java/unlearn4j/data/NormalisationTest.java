package unlearn4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalisationTest {

    @Test
    void meanAndDeviationAreThoseWorkedOutByHand() {
        // Two images of two channels of 1×2: channel one is 0, 255, 0, 255; channel two is 51, 51, 102, 204.
        byte[] pixels = {0, (byte) 255, 51, 51, 0, (byte) 255, 102, (byte) 204};
        Normalisation measured = Normalisation.of(pixels, new ImageShape(2, 1, 2));
        assertThat(measured.mean()).containsExactly(new float[] {0.5f, 0.4f}, within(1e-6f));
        // Channel two is 0.2, 0.2, 0.4, 0.8: squares of deviations 0.04, 0.04, 0, 0.16, their mean 0.06.
        assertThat(measured.deviation()).containsExactly(new float[] {0.5f, 0.244949f}, within(1e-6f));
    }

    @Test
    void imagesOfOneColourAreOnlyMoved() {
        Normalisation measured = Normalisation.of(new byte[] {51, 51, 51, 51}, new ImageShape(1, 2, 2));
        assertThat(measured.mean()).containsExactly(new float[] {0.2f}, within(1e-6f));
        assertThat(measured.deviation()).containsExactly(1f);
    }
}
