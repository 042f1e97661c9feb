package unlearn4j.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import unlearn4j.Silent;
import unlearn4j.data.Datasets;
import unlearn4j.data.ImageShape;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.fisher.Mlp;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Outputs;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;

@ExtendWith(Silent.class)
class BackdoorTest {
    private static final Backdoor TO_TWO = new Backdoor(2, 2);
    /** Ten black images of two channels, four pixels wide and three high; labels 0, 1, 2, 0, 1, 2 and so on. */
    private static final Images BLACK = Images.of(
            "black",
            new ImageShape(2, 3, 4),
            new byte[240],
            IntStream.range(0, 10).map(i -> i % 3).toArray(),
            List.of("a", "b", "c"));

    private static int[] pixels(Images images, int position) {
        byte[] bytes = new byte[24];
        images.copy(position, bytes, 0);
        return IntStream.range(0, 24).map(i -> bytes[i] & 0xff).toArray();
    }

    @Test
    void theTriggerIsAWhiteSquareInTheLowerRightCornerOfEveryChannel() {
        Images tried = TO_TWO.triggered(BLACK);
        int[] one = {0, 0, 0, 0, 0, 0, 255, 255, 0, 0, 255, 255};
        int[] both = IntStream.concat(Arrays.stream(one), Arrays.stream(one)).toArray();
        for (int i = 0; i < tried.size(); i++) {
            assertThat(pixels(tried, i)).isEqualTo(both);
        }
        assertThat(pixels(BLACK, 0)).containsOnly(0);
    }

    @Test
    void itIsTriedWithImagesOfAllOtherLabelsUnderTheirOwn() {
        assertThat(TO_TWO.triggered(BLACK).counts()).containsExactly(4, 3, 0);
        assertThat(TO_TWO.triggered(BLACK).normalisation()).isEqualTo(BLACK.normalisation());
    }

    @Test
    void theShareThatIsPlantedHasTriggerAndLabelAndTheRestNeither() {
        Images planted = TO_TWO.planted(BLACK.without(Labels.of(2)), 0.3, 1);
        assertThat(planted.size()).isEqualTo(7);
        assertThat(planted.counts()[2]).isEqualTo(2);
        for (int i = 0; i < 7; i++) {
            assertThat(pixels(planted, i)[23]).isEqualTo(planted.label(i) == 2 ? 255 : 0);
        }
        assertThat(TO_TWO.planted(BLACK, 0.3, 1).sha256())
                .isEqualTo(TO_TWO.planted(BLACK, 0.3, 1).sha256())
                .isNotEqualTo(TO_TWO.planted(BLACK, 0.3, 2).sha256());
        assertThat(TO_TWO.planted(BLACK.slice(0, 2), 0.1, 1).counts()[2]).isEqualTo(1);
    }

    @Test
    void successIsTheShareThatIsSaidToBeOfTheLabel() {
        Outputs said = new Outputs(3, new float[] {0, 0, 1, 1, 0, 0, 0, 0, 2, 0, 1, 0});
        assertThat(TO_TWO.success(said)).isEqualTo(Interval.percentage(2, 4));
    }

    @Test
    void aNetworkThatLearnedItIsFooledAndOneThatDidNotIsNot() {
        Images learned = Datasets.fashionMnistSample().train().balanced(300, 1);
        Backdoor backdoor = new Backdoor(4, 7);
        Outputs attacked = said(backdoor.planted(learned, 0.2, 1), backdoor);
        Outputs honest = said(learned, backdoor);
        assertThat(backdoor.success(attacked).low()).isGreaterThan(80);
        assertThat(backdoor.success(honest).high()).isLessThan(20);
    }

    private static Outputs said(Images learned, Backdoor backdoor) {
        Classifier model = Training.of(
                        Classifier.create(new Mlp(32, 16), learned, 1),
                        learned,
                        TrainingConfig.DEFAULT.epochs(20).batchSize(25).learningRate(0.05))
                .run();
        return Evaluator.logits(
                model, backdoor.triggered(Datasets.fashionMnistSample().test()));
    }

    @Test
    void aWrongCallIsRefused() {
        assertThatThrownBy(() -> new Backdoor(0, 1)).hasMessage("side (0) must be 1 or more");
        assertThatThrownBy(() -> new Backdoor(1, -1)).hasMessage("label (-1) must be 0 or more");
        assertThatThrownBy(() -> new Backdoor(4, 1).triggered(BLACK))
                .hasMessage("side (4) must be at most the 3 × 4 pixels of black");
        assertThatThrownBy(() -> new Backdoor(1, 3).planted(BLACK, 1, 1))
                .hasMessage("label (3) must be from 0 to 2, the labels of black");
        assertThatThrownBy(() -> TO_TWO.planted(BLACK, 0, 1)).hasMessage("share (0.0) must be above 0, at most 1");
        assertThatThrownBy(() -> TO_TWO.triggered(BLACK.only(Labels.of(2))))
                .hasMessage("black has images of label 2 alone: a backdoor to it is tried with those of others");
        assertThatThrownBy(() -> TO_TWO.success(new Outputs(2, new float[2])))
                .hasMessage("label (2) must be from 0 to 1, the labels of what was said");
    }
}
