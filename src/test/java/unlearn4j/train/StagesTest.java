package unlearn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import unlearn4j.Silent;
import unlearn4j.audit.Distance;
import unlearn4j.data.Datasets;
import unlearn4j.data.Images;
import unlearn4j.fisher.Mlp;
import unlearn4j.model.AlexNet;
import unlearn4j.model.DenseNet;
import unlearn4j.model.MobileNetV2;
import unlearn4j.model.ModelSpec;
import unlearn4j.model.ResNet;

@ExtendWith(Silent.class)
class StagesTest {
    private static final Images IMAGES = Datasets.fashionMnistSample().train().balanced(260, 1);

    /** Halves the picture by 2×2 maxima, then takes all of its pixels. */
    private record Halved() implements ModelSpec {
        @Override
        public String name() {
            return "halved";
        }

        @Override
        public int features() {
            return 14 * 14;
        }

        @Override
        public Block body(int height, int width) {
            return new SequentialBlock()
                    .add(Pool.maxPool2dBlock(new Shape(1, 1), new Shape(1, 1)))
                    .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                    .add(Blocks.batchFlattenBlock());
        }
    }

    private static List<Integer> widths(ModelSpec spec) {
        return Stages.of(Classifier.create(spec, IMAGES, 1), IMAGES.slice(0, 3)).stream()
                .map(Features::width)
                .toList();
    }

    @Test
    void aStageEndsWhereMapsBecomeSmaller() {
        assertThat(widths(ResNet.SMALL)).containsExactly(16, 32, 64);
        assertThat(widths(new ResNet("four", List.of(1, 2, 1, 1), List.of(4, 8, 12, 16))))
                .containsExactly(4, 8, 12, 16);
        assertThat(widths(new Mlp(8, 8))).containsExactly(8);
        for (ModelSpec spec : List.of(MobileNetV2.SMALL, AlexNet.SLIM, DenseNet.SLIM)) {
            assertThat(widths(spec)).as(spec.name()).hasSizeGreaterThan(2).endsWith(spec.features());
        }
    }

    @Test
    void itsFeaturesAreTheMeansOfItsLastMap() {
        Classifier model = Classifier.create(new Halved(), IMAGES, 1);
        List<Features> stages = Stages.of(model, IMAGES);
        byte[] pixels = new byte[28 * 28];
        assertThat(stages).hasSize(3);
        for (int i : new int[] {0, 100, 259}) {
            IMAGES.copy(i, pixels, 0);
            double sum = 0;
            for (byte pixel : pixels) {
                sum += ((pixel & 0xff) / 255.0 - IMAGES.normalisation().mean()[0])
                        / IMAGES.normalisation().deviation()[0];
            }
            assertThat(stages.get(0).values()[i]).isCloseTo((float) (sum / pixels.length), within(1e-4f));
        }
    }

    @Test
    void theLastIsWhatTheHeadSeesAndNothingIsChanged() {
        Classifier model = Classifier.create(ResNet.SMALL, IMAGES, 3);
        String before = model.weights().sha256();
        List<Features> stages = Stages.of(model, IMAGES);
        assertThat(stages.get(2).values())
                .containsExactly(Features.of(model, IMAGES).values());
        assertThat(stages)
                .allSatisfy(stage -> assertThat(Distance.cka(stage, stage)).isCloseTo(1, within(1e-9)));
        assertThat(model.weights().sha256()).isEqualTo(before);
    }

    @Test
    void imagesThatDoNotFitAreRefused() {
        Classifier model = Classifier.create(ResNet.SMALL, IMAGES, 3);
        assertThatThrownBy(() -> Stages.of(model, IMAGES.slice(0, 0))).hasMessageContaining("holds no images");
    }
}
