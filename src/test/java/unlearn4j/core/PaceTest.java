package unlearn4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
    private static final Pace IMAGES = new Pace("training", 10_000, "images");
    private static final Pace BYTES = new Pace("fetching", 50_000_000, "B");
    private static final Pace OPEN = new Pace("counting", 0, "images");

    @Test
    void aLineSaysShareRateAndTimeLeft() {
        assertThat(IMAGES.line(2_500, 5)).isEqualTo("training  25 %  500 images/s  15 s left");
        assertThat(BYTES.line(10_000_000, 4)).isEqualTo("fetching  20 %  2.5 MB/s  16 s left");
        assertThat(BYTES.line(500_000, 1)).isEqualTo("fetching  1 %  500.0 kB/s  1 min 39 s left");
    }

    @Test
    void beforeTheFirstUnitThereIsNoRate() {
        assertThat(IMAGES.line(0, 3)).isEqualTo("training  0 %");
        assertThat(IMAGES.line(10, 0)).isEqualTo("training  0 %");
    }

    @Test
    void atTheEndNothingIsLeft() {
        assertThat(IMAGES.line(10_000, 20)).isEqualTo("training  100 %  500 images/s");
        assertThat(IMAGES.line(11_000, 20)).isEqualTo("training  100 %  550 images/s");
    }

    @Test
    void withoutATotalTheUnitsAreCounted() {
        assertThat(OPEN.line(1_234_567, 10)).isEqualTo("counting  1,234,567 images  123,457 images/s");
    }

    @Test
    void theLastLineSaysHowLongItTook() {
        assertThat(IMAGES.finished(10_000, 62)).isEqualTo("training  10,000 images in 1 min 02 s");
        assertThat(BYTES.finished(50_000_000, 0.51)).isEqualTo("fetching  50.0 MB in 0.5 s");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0 s",
        "0.44, 0.4 s",
        "9.94, 9.9 s",
        "9.96, 10 s",
        "59.4, 59 s",
        "59.6, 1 min 00 s",
        "185, 3 min 05 s",
        "3599.4, 59 min 59 s",
        "3599.6, 1 h 00 min",
        "7800, 2 h 10 min",
        "360000, 100 h 00 min"
    })
    void aSpanOfTimeIsSaidAsAPersonWould(double seconds, String words) {
        assertThat(Pace.duration(seconds)).isEqualTo(words);
    }
}
