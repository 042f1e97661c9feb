package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unlearn4j.experiment.Measurement;
import unlearn4j.experiment.Measurements;
import unlearn4j.report.Results;

/** Doors for other people's methods, models and estimators: written in cells, as a user writes them, and run. */
class DoorsIT {
    private static final String GRAPH =
            """
            var data = Datasets.fashionMnistSample().sample(200, 50, 7);
            var umig = Umig.incremental(data).first(8).step(1).models(2).model(ResNet.SMALL)
                    .training(TrainingConfig.DEFAULT.epochs(1).batchSize(16)).seed(3).train();
            umig.nodes().size()""";

    /** Fewer than 25 lines, and it is compared as ours are. */
    private static final String METHOD =
            """
            class Shrink extends UnlearningMethod<Shrink> {
                Shrink(Umig umig) { super(umig); }

                static Shrink on(Umig umig) { return new Shrink(umig); }

                protected NodeWeights unlearn(ModelNode node, UnlearningGraph unlearning) {
                    var head = node.model().head();
                    var weight = head.weight().clone();
                    for (int label : unlearning.labels().values()) {
                        for (int j = 0; j < head.features(); j++) {
                            weight[label * head.features() + j] *= 0.1f;
                        }
                    }
                    return NodeWeights.of(new Head(head.classes(), head.features(), weight, head.bias()));
                }
            }""";

    private static final String ESTIMATOR =
            """
            record Equal(float information) implements FisherEstimator {
                public Fisher of(Classifier model, Images images) {
                    int features = model.spec().features();
                    var weight = new float[model.classes() * features];
                    Arrays.fill(weight, information * images.size());
                    var bias = new float[model.classes()];
                    return new Fisher(model.classes(), features, weight, bias);
                }
            }""";

    private static final String MODEL =
            """
            record Plain(int features) implements ModelSpec {
                public String name() { return "plain " + features; }

                public ai.djl.nn.Block body(int height, int width) {
                    return new ai.djl.nn.SequentialBlock()
                            .add(ai.djl.nn.Blocks.batchFlattenBlock(height * width))
                            .add(ai.djl.nn.core.Linear.builder().setUnits(features).build())
                            .add(ai.djl.nn.Activation.reluBlock());
                }
            }""";

    private static Kernel kernel;

    @BeforeAll
    static void start() throws IOException {
        kernel = new Kernel(Kernel.javas().get(0));
        assertThat(kernel.run(GRAPH).outputs()).last().extracting("text").isEqualTo("2");
    }

    @AfterAll
    static void close() throws IOException {
        kernel.close();
    }

    private static String last(String code) {
        List<Kernel.Output> outputs = kernel.run(code).outputs();
        return outputs.get(outputs.size() - 1).text();
    }

    @Test
    void aMethodDefinedInACellIsComparedBesideFiunAndItsRowsAreSaved(@TempDir Path folder) {
        assertThat(METHOD.lines().count()).isLessThanOrEqualTo(25);
        assertThat(kernel.run(METHOD).outputs()).isEmpty();

        kernel.run(
                """
                var compared = Comparison.of().method("mine", Shrink::on).method("FIUn", Fiun::on)
                        .run(umig, Labels.of(3));
                var written = Results.of("mine", Scale.current()).in(Path.of("%s"))
                        .rows(compared.measurements()).write();"""
                        .formatted(folder));

        Measurements rows =
                Results.read(Path.of(last("written.folder().toString()"))).rows();
        assertThat(rows.list()).extracting(one -> one.text("approach")).contains("original", "mine", "FIUn");
        List<Measurement> mine =
                rows.where("approach", "mine").where("metric", "changed").list();
        assertThat(mine)
                .hasSize(2)
                .allMatch(one -> one.value() > 0 && one.seed().getAsLong() == 3);
        assertThat(last("Shrink.on(umig).forget(Labels.of(3)).toString()"))
                .startsWith("Shrink: labels 3 forgotten by 1");
    }

    @Test
    void anEstimatorDefinedInACellIsWhatFiunUnlearnsWith() {
        assertThat(kernel.run(ESTIMATOR).outputs()).isEmpty();

        // F̂ is of fewer images than F, so that no ratio exceeds γ: the method understands, and refuses.
        assertThat(last("Fiun.on(umig).config(FiunConfig.paper().fisher(new Equal(1))).forget(Labels.of(2))"))
                .contains("gamma (1.0) selects no parameter");
        assertThat(
                        last(
                                """
                Fiun.on(umig).config(FiunConfig.paper().fisher(new Equal(1)).gamma(0)).forget(Labels.of(2)).toString()"""))
                .startsWith("FIUn: labels 2 forgotten");
    }

    @Test
    void aModelDescribedInACellIsTrainedSavedAndLoaded(@TempDir Path folder) {
        assertThat(kernel.run(MODEL).outputs()).isEmpty();
        kernel.run(
                """
                var plain = Training.of(Classifier.create(new Plain(16), data.train(), 5), data.train(),
                        TrainingConfig.DEFAULT.epochs(1)).run();
                plain.save(Path.of("%s/plain.safetensors"));
                var again = Classifier.load(Path.of("%s/plain.safetensors"), new Plain(16));"""
                        .formatted(folder, folder));

        assertThat(last("again.weights().equals(plain.weights())")).isEqualTo("true");
        assertThat(last("Classifier.load(Path.of(\"%s/plain.safetensors\"))".formatted(folder)))
                .contains("plain 16");
    }
}
