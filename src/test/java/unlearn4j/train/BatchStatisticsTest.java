package unlearn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import unlearn4j.data.Images;
import unlearn4j.data.TinyImages;
import unlearn4j.model.AlexNet;
import unlearn4j.model.ResNet;

class BatchStatisticsTest {
    private static final Images IMAGES = TinyImages.of(10, 6, 4);

    @Test
    void theyAreWhatTrainingSettlesAtAndDoNotDependOnWhatStoodThere() {
        Classifier untrained = Classifier.create(ResNet.SMALL, IMAGES, 1);
        // A rate that moves no weight: after 100 batches the running statistics are those of the one batch.
        Classifier settled = untrained.copy();
        Training.of(
                        settled,
                        IMAGES,
                        TrainingConfig.DEFAULT
                                .epochs(100)
                                .batchSize(60)
                                .learningRate(1e-30)
                                .weightDecay(0))
                .run();
        Classifier broken = untrained.copy();
        List<float[]> before = untrained.weights().copy();
        List<float[]> expected = settled.weights().copy();
        List<float[]> minus = untrained.weights().copy();
        int statistics = 0;
        for (int i = 0; i < before.size(); i++) {
            if (Math.abs(before.get(i)[0] - expected.get(i)[0]) > 1e-6) {
                Arrays.fill(minus.get(i), -7);
                statistics++;
            }
        }
        assertThat(statistics).as("two for each normalised convolution").isEqualTo(18);
        broken.load(Weights.of(minus));

        BatchStatistics.measure(broken, IMAGES);
        List<float[]> measured = broken.weights().copy();
        for (int i = 0; i < before.size(); i++) {
            for (int k = 0; k < before.get(i).length; k++) {
                float value = expected.get(i)[k];
                assertThat(measured.get(i)[k]).isCloseTo(value, within(1e-6f + 0.006f * Math.abs(value)));
            }
        }
    }

    @Test
    void aNetworkWithoutBatchNormalisationStaysAsItIs() {
        Images larger = TinyImages.of(10, 2, 32);
        Classifier model = Classifier.create(new AlexNet("AlexNet-16", 16, 0.5f), larger, 1);
        Weights before = model.weights();
        BatchStatistics.measure(model, larger);
        assertThat(model.weights()).isEqualTo(before);
    }

    @Test
    void gradientAscentLearnsAndLeavesThemAsTheyAre() {
        Classifier model = Classifier.create(ResNet.SMALL, IMAGES, 1);
        Weights before = model.weights();
        float[][] statistics = statistics(model);

        Training.ascending(model, IMAGES, TrainingConfig.DEFAULT.epochs(2).batchSize(20))
                .run();
        assertThat(model.weights()).isNotEqualTo(before);
        assertThat(statistics(model)).isDeepEqualTo(statistics);
    }

    private static float[][] statistics(Classifier model) {
        return model.statistics().stream().map(NDArray::toFloatArray).toArray(float[][]::new);
    }
}
