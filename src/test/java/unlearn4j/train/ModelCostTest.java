package unlearn4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;
import unlearn4j.data.ImageShape;
import unlearn4j.data.Images;
import unlearn4j.data.TinyImages;
import unlearn4j.model.AlexNet;
import unlearn4j.model.MobileNetV2;
import unlearn4j.model.MobileNetV2.Stage;
import unlearn4j.model.ResNet;

/** Parameters and multiply-adds, against numbers worked out by hand. */
class ModelCostTest {
    private static final Images COLOUR = TinyImages.black(new ImageShape(3, 32, 32), 10);

    @Test
    void residualNetworksCostWhatTheirConvolutionsDo() {
        ModelCost cost = ModelCost.of(ResNet.SMALL, COLOUR);

        // Each convolution: its weights times the pixels that it gives. Stem and first stage at 32×32, the second at
        // 16×16, the third at 8×8, with 1×1 short cuts in both; and the head.
        long first = 1024L * (9 * 3 * 16 + 2 * 9 * 16 * 16);
        long second = 256L * (9 * 16 * 32 + 9 * 32 * 32 + 16 * 32);
        long third = 64L * (9 * 32 * 64 + 9 * 64 * 64 + 32 * 64);
        assertThat(cost.multiplyAdds()).isEqualTo(first + second + third + 640).isEqualTo(12_501_632);
        // 336 channels are normalised, each with a scale and a shift that are trained and two statistics that are not.
        assertThat(cost.parameters()).isEqualTo(78_714);
        assertThat(cost.trained()).isEqualTo(78_714 - 2 * (16 * 3 + 32 * 3 + 64 * 3));
        assertThat(cost.seconds()).isPositive().isLessThan(60);
    }

    @Test
    void aDepthwiseConvolutionCostsNineMultiplyAddsAPixelAndChannel() {
        MobileNetV2 spec = new MobileNetV2("one block", 4, List.of(new Stage(6, 2, List.of(10))), 7);
        Images grey = TinyImages.black(new ImageShape(1, 8, 8), 3);

        // Stem and expansion at 8×8; depthwise convolution, projection and last convolution at 4×4; the head.
        long expected = 64 * (9 * 4 + 4 * 10) + 16 * (9 * 10 + 10 * 6 + 6 * 7) + 7 * 3;
        assertThat(ModelCost.of(spec, grey).multiplyAdds()).isEqualTo(expected);
    }

    @Test
    void linearLayersAndBiasesCount() {
        ModelCost cost = ModelCost.of(new AlexNet("narrow", 8, 0), TinyImages.black(new ImageShape(1, 16, 16), 10));

        long convolutions = 256L * 9 * 64 + 64L * 9 * 64 * 192 + 16L * 9 * (192 * 384 + 384 * 256 + 256 * 256);
        assertThat(cost.multiplyAdds()).isEqualTo(convolutions + 8 * 4 * 256 + 8 * 8 + 80);
        assertThat(cost.trained()).isEqualTo(cost.parameters());
    }

    @Test
    void theTableHasARowForEachNetworkAndBothKindsOfMegabyte() {
        Table table = ModelCost.table(COLOUR, ResNet.SMALL, MobileNetV2.SMALL);

        assertThat(table.columnNames())
                .containsExactly("model", "parameters", "trained", "MB", "MiB", "million multiply-adds", "forward ms");
        assertThat(table.stringColumn("model").asList()).containsExactly("ResNet8", "MobileNet-S");
        assertThat(table.longColumn("parameters").get(0)).isEqualTo(78_714);
        assertThat(table.doubleColumn("MB").get(0)).isEqualTo(0.314856);
        assertThat(table.doubleColumn("MiB").get(0)).isEqualTo(314_856 / 1_048_576.0);
        assertThat(table.doubleColumn("million multiply-adds").get(0)).isEqualTo(12.501632);
    }
}
