package unlearn4j.fisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unlearn4j.data.Datasets;
import unlearn4j.data.Images;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Head;
import unlearn4j.train.Outputs;

class FisherEstimatorTest {
    private static final Images IMAGES = Datasets.fashionMnistSample().train().slice(0, 40);

    private static Classifier withRandomHead(long seed) {
        Classifier model = Classifier.create(ResNet.SMALL, IMAGES, seed);
        SplittableRandom random = new SplittableRandom(seed);
        float[] weight = new float[10 * 64];
        float[] bias = new float[10];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) (2 * random.nextDouble() - 1);
        }
        for (int i = 0; i < bias.length; i++) {
            bias[i] = (float) (2 * random.nextDouble() - 1);
        }
        model.load(new Head(10, 64, weight, bias));
        return model;
    }

    /** The gradients of ln p(y | x) of each image by DJL's autograd, one image at a time: weights, then biases. */
    private static List<float[]> autograd(Classifier model, double temperature) {
        List<float[]> features = new ArrayList<>();
        Evaluator.forEachBatch(model, IMAGES, (positions, rows, logits) -> {
            for (int i = 0; i < positions.length; i++) {
                features.add(rows.get(i).toFloatArray());
            }
        });
        Head head = model.head();
        List<float[]> gradients = new ArrayList<>();
        for (int i = 0; i < IMAGES.size(); i++) {
            try (NDManager scope = Engine.getInstance().newBaseManager();
                    GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray weight = scope.create(head.weight(), new Shape(10, 64));
                NDArray bias = scope.create(head.bias());
                weight.setRequiresGradient(true);
                bias.setRequiresGradient(true);
                NDArray logits = weight.matMul(scope.create(features.get(i), new Shape(64, 1)))
                        .flatten()
                        .add(bias);
                // The gradient is taken by the tempered logits, as the closed form has it.
                NDArray tempered =
                        logits.stopGradient().div((float) temperature).add(logits.sub(logits.stopGradient()));
                NDArray logLikelihood = tempered.logSoftmax(0).get(IMAGES.label(i));
                collector.backward(logLikelihood);
                float[] both = new float[650];
                System.arraycopy(weight.getGradient().toFloatArray(), 0, both, 0, 640);
                System.arraycopy(bias.getGradient().toFloatArray(), 0, both, 640, 10);
                gradients.add(both);
            }
        }
        return gradients;
    }

    private static void assertSame(Fisher fisher, double[] expected) {
        double largest = 0;
        for (double value : expected) {
            largest = Math.max(largest, value);
        }
        for (int i = 0; i < expected.length; i++) {
            double actual = i < 640 ? fisher.weight()[i] : fisher.bias()[i - 640];
            assertThat(actual).as("element %d", i).isCloseTo(expected[i], within(1e-5 * expected[i] + 1e-9 * largest));
        }
        assertThat(largest).isGreaterThan(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theClosedFormIsTheMeanOfSquaredAutogradGradients(long seed) {
        Classifier model = withRandomHead(seed);
        for (double temperature : new double[] {1, 16}) {
            double[] expected = new double[650];
            for (float[] gradient : autograd(model, temperature)) {
                for (int i = 0; i < expected.length; i++) {
                    expected[i] += (double) gradient[i] * gradient[i] / IMAGES.size();
                }
            }
            assertSame(FisherEstimator.perSample(temperature).of(model, IMAGES), expected);
        }
    }

    @Test
    void batchMeanIsTheSquaredMeanGradientOfEachBatch() {
        Classifier model = withRandomHead(4);
        List<float[]> gradients = autograd(model, 1);
        double[] expected = new double[650];
        for (int from = 0; from < 40; from += 16) {
            int below = Math.min(40, from + 16);
            for (int i = 0; i < expected.length; i++) {
                double mean = 0;
                for (int image = from; image < below; image++) {
                    mean += gradients.get(image)[i] / (below - from);
                }
                expected[i] += mean * mean / 3;
            }
        }
        assertSame(FisherEstimator.batchMean(16).of(model, IMAGES), expected);
    }

    @Test
    void theFirstOfEachBatchAreThoseWhoseMeanGradientIsSquared() {
        Classifier model = withRandomHead(4);
        List<float[]> gradients = autograd(model, 1);
        double[] expected = new double[650];
        for (int from = 0; from < 40; from += 16) {
            int below = Math.min(40, from + 6);
            for (int i = 0; i < expected.length; i++) {
                double mean = 0;
                for (int image = from; image < below; image++) {
                    mean += gradients.get(image)[i] / (below - from);
                }
                expected[i] += mean * mean / 3;
            }
        }
        assertSame(FisherEstimator.batchMean(16).firstOfEach(6).of(model, IMAGES), expected);
        assertThat(FisherEstimator.batchMean(16).firstOfEach(16)).isEqualTo(FisherEstimator.batchMean(16));
        assertThatThrownBy(() -> FisherEstimator.batchMean(16).firstOfEach(17))
                .hasMessage("first (17) must be from 1 to the 16 of a batch");
        assertThat(FisherEstimator.batchMean(Integer.MAX_VALUE)
                        .of(model, IMAGES)
                        .bias())
                .isEqualTo(FisherEstimator.batchMean(40).of(model, IMAGES).bias());
    }

    /** Labels drawn from what the network says, 2,000,000 for each image: the mean of squares comes near the closed form. */
    @Test
    void theTrueFisherIsWhatLabelsDrawnFromTheNetworkGive() {
        Classifier model = withRandomHead(7);
        // A tenth of the weights: no class is so rare that the draws are too few to know it to a percent.
        Head head = model.head();
        float[] tenth = head.weight();
        for (int i = 0; i < tenth.length; i++) {
            tenth[i] /= 10;
        }
        model.load(new Head(10, 64, tenth, new float[10]));
        Outputs p = Evaluator.logits(model, IMAGES).softmax(1);
        List<float[]> features = new ArrayList<>();
        Evaluator.forEachBatch(model, IMAGES, (positions, rows, logits) -> {
            for (int i = 0; i < positions.length; i++) {
                features.add(rows.get(i).toFloatArray());
            }
        });
        SplittableRandom random = new SplittableRandom(1);
        int draws = 2_000_000;
        double[] weight = new double[640];
        double[] bias = new double[10];
        for (int image = 0; image < IMAGES.size(); image++) {
            int[] counts = new int[10];
            for (int draw = 0; draw < draws; draw++) {
                double left = random.nextDouble();
                int label = 0;
                while (label < 9 && (left -= p.values()[image * 10 + label]) >= 0) {
                    label++;
                }
                counts[label]++;
            }
            for (int k = 0; k < 10; k++) {
                double pk = p.values()[image * 10 + k];
                double square = (counts[k] * (1 - pk) * (1 - pk) + (draws - counts[k]) * pk * pk) / draws;
                bias[k] += square / IMAGES.size();
                for (int j = 0; j < 64; j++) {
                    double h = features.get(image)[j];
                    weight[k * 64 + j] += square * h * h / IMAGES.size();
                }
            }
        }
        Fisher fisher = FisherEstimator.trueFisher().of(model, IMAGES);
        for (int k = 0; k < 10; k++) {
            assertThat((double) fisher.bias()[k]).isCloseTo(bias[k], within(0.01 * bias[k]));
        }
        for (int i = 0; i < weight.length; i++) {
            assertThat((double) fisher.weight()[i]).as("weight %d", i).isCloseTo(weight[i], within(0.01 * weight[i]));
        }
        assertThat(FisherEstimator.trueFisher()
                        .of(model, IMAGES.relabelled((row, label) -> 9 - label))
                        .weight())
                .as("no label is looked at")
                .isEqualTo(fisher.weight());
    }

    @Test
    void batchMeanDependsOnTheOrderAndPerSampleDoesNot() {
        Classifier model = withRandomHead(5);
        Images other = IMAGES.shuffled(1);
        assertThat(FisherEstimator.batchMean(8).of(model, other).weight()[0])
                .isNotCloseTo(FisherEstimator.batchMean(8).of(model, IMAGES).weight()[0], within(1e-8f));
        float[] one = FisherEstimator.perSample().of(model, IMAGES).weight();
        float[] two = FisherEstimator.perSample().of(model, other).weight();
        for (int i = 0; i < one.length; i++) {
            assertThat(two[i]).isCloseTo(one[i], within(1e-5f * one[i] + 1e-9f));
        }
    }

    @Test
    void theWholeHoldsItsPart() {
        Classifier model = withRandomHead(6);
        Fisher whole = FisherEstimator.perSample().of(model, IMAGES);
        Images part = IMAGES.slice(10, 20);
        Fisher ofPart = FisherEstimator.perSample().of(model, part);
        for (int i = 0; i < whole.weight().length; i++) {
            assertThat(whole.weight()[i]).isGreaterThanOrEqualTo(ofPart.weight()[i] * 10 / 40 * 0.9999f);
        }
    }

    @Test
    void sharesAddUpToOneForEachFeature() {
        Fisher shares = new Fisher(2, 2, new float[] {1, 0, 3, 0}, new float[] {2, 6}).columnShares();
        assertThat(shares.weight()).containsExactly(0.25f, 0, 0.75f, 0);
        assertThat(shares.bias()).containsExactly(0.25f, 0.75f);
    }
}
