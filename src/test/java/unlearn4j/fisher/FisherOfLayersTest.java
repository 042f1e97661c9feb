package unlearn4j.fisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import unlearn4j.data.Datasets;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Head;
import unlearn4j.train.Outputs;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;

/** Layers before the head, against gradients written down by hand and against differences of ln p. */
class FisherOfLayersTest {
    private static final Images TINY = TinyImages.of(3, 4, 4);
    private static final Classifier MLP = Classifier.create(new Mlp(7, 5), TINY, 3);

    /** The gradients of ln p(y | x) by W1, b1, W2, b2, with p at the temperature: back-propagation in double precision. */
    private static List<double[]> byHand(Classifier model, Images images, int image, double temperature) {
        List<float[]> w = model.weights().copy();
        byte[] bytes = new byte[16];
        images.copy(image, bytes, 0);
        double[] x = new double[16];
        for (int i = 0; i < 16; i++) {
            x[i] = ((bytes[i] & 0xff) / 255.0 - images.normalisation().mean()[0])
                    / images.normalisation().deviation()[0];
        }
        double[] first = layer(w.get(0), w.get(1), x, true);
        double[] second = layer(w.get(2), w.get(3), first, true);
        double[] logits = layer(w.get(4), w.get(5), second, false);
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit / temperature);
        }
        double[] residuals = new double[logits.length];
        for (int k = 0; k < logits.length; k++) {
            residuals[k] = images.label(image) == k ? 0 : -Math.exp(logits[k] / temperature) / sum;
        }
        residuals[images.label(image)] = -Arrays.stream(residuals).sum();
        double[] atSecond = back(w.get(4), residuals, second);
        double[] atFirst = back(w.get(2), atSecond, first);
        return List.of(outer(atFirst, x), atFirst, outer(atSecond, first), atSecond);
    }

    private static double[] layer(float[] weight, float[] bias, double[] in, boolean relu) {
        double[] out = new double[bias.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = bias[i];
            for (int j = 0; j < in.length; j++) {
                out[i] += weight[i * in.length + j] * in[j];
            }
            out[i] = relu ? Math.max(0, out[i]) : out[i];
        }
        return out;
    }

    private static double[] back(float[] weight, double[] gradient, double[] active) {
        double[] below = new double[active.length];
        for (int j = 0; j < active.length; j++) {
            for (int i = 0; i < gradient.length && active[j] > 0; i++) {
                below[j] += weight[i * active.length + j] * gradient[i];
            }
        }
        return below;
    }

    private static double[] outer(double[] gradient, double[] in) {
        double[] product = new double[gradient.length * in.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = gradient[i / in.length] * in[i % in.length];
        }
        return product;
    }

    private static List<double[]> meanSquares(Images images, int size, double temperature) {
        List<double[]> squares = new ArrayList<>();
        int batches = (images.size() + size - 1) / size;
        for (int from = 0; from < images.size(); from += size) {
            int below = Math.min(from + size, images.size());
            List<double[]> mean = new ArrayList<>();
            for (int image = from; image < below; image++) {
                add(mean, byHand(MLP, images, image, temperature), 1.0 / (below - from));
            }
            mean.forEach(values -> Arrays.setAll(values, i -> values[i] * values[i]));
            add(squares, mean, 1.0 / batches);
        }
        return squares;
    }

    private static void add(List<double[]> sums, List<double[]> values, double share) {
        for (int array = 0; array < values.size(); array++) {
            if (sums.size() == array) {
                sums.add(new double[values.get(array).length]);
            }
            for (int i = 0; i < values.get(array).length; i++) {
                sums.get(array)[i] += share * values.get(array)[i];
            }
        }
    }

    private static void assertSame(List<float[]> actual, List<double[]> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int array = 0; array < actual.size(); array++) {
            double largest = Arrays.stream(expected.get(array)).max().orElseThrow();
            assertThat(largest).isGreaterThan(0);
            for (int i = 0; i < expected.get(array).length; i++) {
                double value = expected.get(array)[i];
                assertThat((double) actual.get(array)[i])
                        .as("array %d, element %d", array, i)
                        .isCloseTo(value, within(1e-4 * value + 1e-7 * largest));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 16})
    void everyLayersInformationIsTheMeanOfSquaredGradients(double temperature) {
        Fisher all = FisherEstimator.perSample(temperature)
                .layers(FisherEstimator.ALL_LAYERS)
                .of(MLP, TINY);
        assertSame(all.body(), meanSquares(TINY, 1, temperature));
    }

    @Test
    void theLastTwoLayersAreThePartOfAll() {
        Fisher all = FisherEstimator.perSample().layers(3).of(MLP, TINY);
        Fisher two = FisherEstimator.perSample().layers(2).of(MLP, TINY);
        Fisher one = FisherEstimator.perSample().of(MLP, TINY);
        assertThat(two.body())
                .hasSize(2)
                .usingRecursiveComparison()
                .isEqualTo(all.body().subList(2, 4));
        assertThat(one.body()).isEmpty();
        assertThat(two.weight())
                .as("the head's part does not depend on how much else is looked at")
                .isEqualTo(one.weight());
    }

    @Test
    void batchMeanIsTheSquaredMeanGradientInEveryLayerAndDependsOnTheOrder() {
        FisherEstimator estimator = FisherEstimator.batchMean(5).layers(3);
        assertSame(estimator.of(MLP, TINY).body(), meanSquares(TINY, 5, 1));
        Images shuffled = TINY.shuffled(1);
        assertSame(estimator.of(MLP, shuffled).body(), meanSquares(shuffled, 5, 1));
        assertThat(estimator.of(MLP, shuffled).body().get(3))
                .isNotEqualTo(estimator.of(MLP, TINY).body().get(3));
    }

    /** With normalisations and short cuts: ln p at w + ε and w − ε tells the gradient, near enough. */
    @Test
    void aResidualNetworksInformationIsThatOfDifferences() {
        Images images = Datasets.fashionMnistSample().train().slice(0, 60);
        Classifier model = Classifier.create(ResNet.SMALL, images, 5);
        Training.of(
                        model,
                        images,
                        TrainingConfig.DEFAULT.epochs(2).batchSize(20).learningRate(0.02))
                .run();
        Images two = images.slice(0, 2);
        Weights weights = model.weights();
        Fisher all =
                FisherEstimator.perSample().layers(FisherEstimator.ALL_LAYERS).of(model, two);

        assertThat(model.layers())
                .as("stem, six convolutions, two short cuts, head")
                .isEqualTo(10);
        int[] parameters = model.parametersBeforeHead(10);
        assertThat(all.body()).hasSize(parameters.length);
        for (int array : new int[] {0, 1, 5, parameters.length - 2, parameters.length - 1}) {
            float[] information = all.body().get(array);
            int strongest = 0;
            for (int i = 0; i < information.length; i++) {
                strongest = information[i] > information[strongest] ? i : strongest;
            }
            float by = 2e-3f;
            double[] up = logLikelihoods(model, weights, parameters[array], strongest, by, two);
            double[] down = logLikelihoods(model, weights, parameters[array], strongest, -by, two);
            double squares = 0;
            for (int image = 0; image < two.size(); image++) {
                squares += Math.pow((up[image] - down[image]) / (2 * by), 2) / two.size();
            }
            assertThat((double) information[strongest])
                    .as("array %d, element %d", parameters[array], strongest)
                    .isCloseTo(squares, within(0.05 * squares));
        }
        model.load(weights);
    }

    private static double[] logLikelihoods(
            Classifier model, Weights weights, int parameter, int place, float by, Images images) {
        List<float[]> moved = weights.copy();
        moved.get(parameter)[place] += by;
        model.load(Weights.of(moved));
        Outputs logits = Evaluator.logits(model, images);
        double[] logLikelihoods = new double[images.size()];
        for (int image = 0; image < images.size(); image++) {
            double sum = 0;
            for (int k = 0; k < logits.classes(); k++) {
                sum += Math.exp(logits.values()[image * logits.classes() + k]);
            }
            logLikelihoods[image] = logits.values()[image * logits.classes() + images.label(image)] - Math.log(sum);
        }
        return logLikelihoods;
    }

    /** Before the head too: of a memorised image the gradient is small and not zero. */
    @ParameterizedTest
    @CsvSource({"1, 17", "1, 30", "4, 120"})
    void theLayersBeforeTheHeadOfAMemorisedImageKnowSomething(double temperature, float gap) {
        Classifier model = MLP.copy();
        Head head = model.head();
        model.load(new Head(3, 5, head.weight(), new float[] {gap, 0, -1}));
        Images images = TINY.only(Labels.of(0));
        List<double[]> expected = new ArrayList<>();
        for (int image = 0; image < images.size(); image++) {
            List<double[]> gradients = byHand(model, images, image, temperature);
            gradients.forEach(values -> Arrays.setAll(values, i -> values[i] * values[i]));
            add(expected, gradients, 1.0 / images.size());
        }
        assertSame(
                FisherEstimator.perSample(temperature)
                        .layers(3)
                        .of(model, images)
                        .body(),
                expected);
    }

    @Test
    void lookingChangesNothingAndGivesTheSameBitsAgain() {
        Weights before = MLP.weights();
        FisherEstimator estimator = FisherEstimator.perSample(16).layers(3);
        Fisher once = estimator.of(MLP, TINY);
        assertThat(estimator.of(MLP, TINY)).usingRecursiveComparison().isEqualTo(once);
        assertThat(MLP.weights()).isEqualTo(before);
    }

    @Test
    void moreLayersThanThereAreAreRefused() {
        assertThatThrownBy(() -> FisherEstimator.perSample().layers(4).of(MLP, TINY))
                .hasMessage("layers (4) must be from 1 to the 3 of MLP");
        assertThatThrownBy(() -> FisherEstimator.batchMean(2).layers(0)).hasMessage("layers (0) must be 1 or more");
        assertThatThrownBy(() -> FisherEstimator.perSample()
                        .layers(2)
                        .of(MLP, TINY)
                        .combined(FisherEstimator.perSample().of(MLP, TINY), Math::max))
                .hasMessage(
                        "Fisher information of a head and parameters of [35, 5] before it cannot be merged with that of "
                                + "a head: the layers must be the same");
    }
}
