package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class LiveCurveTest {

    @Test
    void withoutAPointThereIsNoPicture() {
        LiveCurve curve = new LiveCurve();
        curve.add("loss", 0, Double.NaN);
        curve.add("loss", 1, Double.POSITIVE_INFINITY);
        curve.draw();

        assertThat(curve.html()).isEmpty();
    }

    @Test
    void whatAChartCannotShowIsLeftOutAndBreaksNothing() {
        LiveCurve curve = new LiveCurve();
        for (int i = 0; i < 100; i++) {
            curve.add("curve " + i, 0, i);
        }
        curve.add(" ", 0, 1);
        curve.add("curve 0", 2, 1);
        curve.draw();
        String before = curve.html();
        curve.add("curve 0", 1, 1);
        curve.draw();

        assertThat(before).contains("curve 24").doesNotContain("curve 25");
        assertThat(curve.html()).isEqualTo(before);
    }

    @Test
    void aMillionPointsAreDrawnAsFew() {
        LiveCurve curve = new LiveCurve();
        for (int i = 0; i < 1_000_000; i++) {
            curve.add("loss", i, Math.sin(i));
        }
        curve.draw();

        assertThat(curve.html()).hasSizeBetween(1000, 200_000);
    }

    @Test
    void onePointIsDrawnAndTheNextOnlyByTheNextDrawing() {
        LiveCurve curve = new LiveCurve();
        curve.add("loss", 0, 1);
        curve.draw();
        String first = curve.html();
        curve.add("loss", 1, 0.5);

        assertThat(first).startsWith("<img width=\"560\"");
        assertThat(curve.html()).isEqualTo(first);
        curve.draw();
        assertThat(curve.html()).isNotEqualTo(first);
    }

    @Test
    void aPageKeepsNoPictureOfAFewPoints() {
        LiveCurve curve = new LiveCurve();
        for (int epoch = 1; epoch <= 4; epoch++) {
            curve.add("w_0", epoch, epoch);
            curve.add("w_1", epoch, epoch);
        }
        curve.draw();
        assertThat(curve.html()).isNotEmpty();
        curve.finish();
        assertThat(curve.html()).isEmpty();

        curve.add("w_1", 5, 5);
        curve.finish();
        assertThat(curve.html()).startsWith("<img");
    }

    @Test
    void thePictureHasTwicePixelsAndStaysSmall() throws IOException {
        LiveCurve curve = new LiveCurve();
        for (int i = 0; i < 200; i++) {
            curve.add("loss", i, 1.0 / (1 + i));
            curve.add("accuracy", i, 1 - 1.0 / (1 + i));
        }
        curve.draw();
        String html = curve.html();
        byte[] png = Base64.getDecoder().decode(html.substring(html.indexOf("base64,") + 7, html.lastIndexOf('"')));

        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(2 * LiveCurve.WIDTH);
        assertThat(png.length).isLessThan(60_000);
    }
}
