package unlearn4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import unlearn4j.audit.Panel;
import unlearn4j.core.Refusal;
import unlearn4j.data.DataException;
import unlearn4j.data.Dataset;
import unlearn4j.data.Datasets;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.fisher.Fisher;
import unlearn4j.fisher.FisherEstimator;
import unlearn4j.fisher.Merge;
import unlearn4j.hdus.Clients;
import unlearn4j.hdus.Hdus;
import unlearn4j.hdus.HdusConfig;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.Request;
import unlearn4j.umig.Umig;
import unlearn4j.unlearn.Fiun;
import unlearn4j.unlearn.FiunConfig;
import unlearn4j.unlearn.Retrain;
import unlearn4j.unlearn.UnlearningResult;

/** What was made can be made again from its record alone, to the last bit, by another process. */
class WorkRecordTest {
    private static final TrainingConfig SHORT =
            TrainingConfig.DEFAULT.epochs(2).batchSize(16).learningRate(0.05);
    private static final Labels FORGET = Labels.of(1);

    @TempDir
    private Path folder;

    private static Dataset data() {
        return Datasets.fashionMnistSample().only(Labels.range(0, 3)).sample(60, 60, 7);
    }

    private static Classifier trained(Images images, long seed, TrainingConfig config) {
        return Training.of(Classifier.create(ResNet.SMALL, images, seed), images, config)
                .run();
    }

    private static Umig graph(Dataset data, long seed) {
        return Umig.incremental(data)
                .first(2)
                .step(1)
                .models(2)
                .model(ResNet.SMALL)
                .training(SHORT)
                .seed(seed)
                .train();
    }

    private WorkRecord reread(WorkRecord record) {
        Path file = folder.resolve("again.json");
        record.write(file);
        WorkRecord read = WorkRecord.read(file);
        assertThat(read.json()).isEqualTo(record.json());
        return read;
    }

    /** Replays the records of a folder's files and prints what comes of it. */
    static final class Replays {
        private Replays() {}

        public static void main(String[] records) {
            for (String record : records) {
                System.out.println(Path.of(record).getFileName() + ": "
                        + WorkRecord.read(Path.of(record)).replay());
            }
        }
    }

    @Test
    @Tag("slow")
    void aFreshProcessReplaysATrainingADistillationAnUnlearningAndAnAudit() throws Exception {
        Dataset data = data();
        WorkRecord.of(trained(data.train(), 3, SHORT.augment(true))).write(folder.resolve("training"));
        WorkRecord.of(Hdus.over(Clients.of(data)
                                .count(2)
                                .classesEach(3)
                                .reference(20)
                                .seed(5))
                        .config(HdusConfig.paper()
                                .mainModels(ResNet.SMALL)
                                .training(SHORT)
                                .incubation(SHORT))
                        .train()
                        .seedModel("client-1")
                        .model())
                .write(folder.resolve("distillation"));
        Umig umig = graph(data, 4);
        Classifier original = umig.node("w_1").model().copy();
        UnlearningResult retraining = Retrain.on(umig).forget(FORGET);
        Classifier retrained = umig.node("w_1").model().copy();
        retraining.undo();
        UnlearningResult result =
                Fiun.on(umig).config(FiunConfig.published().gamma(0.5)).forget(FORGET);
        WorkRecord.of(result).write(folder.resolve("unlearning"));
        WorkRecord.of(Panel.of(data.train().only(FORGET), data.train().without(FORGET), data.test())
                        .relearning(SHORT)
                        .audit(
                                4,
                                retrained,
                                Map.of(
                                        "original",
                                        original,
                                        "FIUn",
                                        umig.node("w_1").model())))
                .write(folder.resolve("audit"));

        List<String> names = List.of("training", "distillation", "unlearning", "audit");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true", "-Dai.djl.offline=true", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(Replays.class.getName());
        names.forEach(name -> command.add(folder.resolve(name).toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(said.lines())
                .containsAll(
                        names.stream().map(name -> name + ": the same bits").toList());
    }

    @Test
    void aReplayThatComesToOtherBitsSaysWhich() {
        Images images = data().train();
        String json = WorkRecord.of(trained(images, 3, SHORT)).json();
        WorkRecord other = changed(json.replace("\"seed\": 3", "\"seed\": 4"));

        assertThat(other.replay().same()).isFalse();
        assertThat(other.replay().differences()).hasSize(1).first().asString().startsWith("weights: ");
    }

    private WorkRecord changed(String json) {
        try {
            Files.writeString(folder.resolve("changed.json"), json);
            return WorkRecord.read(folder.resolve("changed.json"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatDiffersIsASeedASettingImagesAndTheBits() {
        Images images = data().train();
        WorkRecord one = WorkRecord.of(trained(images, 3, SHORT));

        assertThat(one.diff(WorkRecord.of(trained(images, 3, SHORT))).isEmpty()).isTrue();
        Table seeds = one.diff(WorkRecord.of(trained(images, 4, SHORT)));
        assertThat(seeds.stringColumn("what").asList()).containsExactly("of › seed", "out › weights");
        assertThat(seeds.row(0).getString("this")).isEqualTo("3");
        assertThat(seeds.row(0).getString("other")).isEqualTo("4");
        assertThat(one.diff(WorkRecord.of(trained(images, 3, SHORT.learningRate(0.01))))
                        .stringColumn("what")
                        .asList())
                .containsExactly("training › learningRate", "out › weights");
        Images fewer = images.slice(0, 40);
        assertThat(one.diff(WorkRecord.of(trained(fewer, 3, SHORT)))
                        .stringColumn("this")
                        .asList())
                .first()
                .asString()
                .startsWith("60 images, ");
    }

    /** Weights that somebody put in come from nowhere; those that are given back come from where they did. */
    @Test
    void anOriginHoldsForAsLongAsTheWeightsDo() {
        Dataset data = data();
        Umig umig = graph(data, 4);
        Classifier model = umig.node("w_1").model();
        String before = WorkRecord.of(model).json();

        UnlearningResult result = Fiun.on(umig).forget(FORGET);
        assertThat(WorkRecord.of(model.copy())).asString().startsWith("unlearned node in ");
        assertThat(WorkRecord.of(model).json())
                .isEqualTo(WorkRecord.of(model.copy()).json());
        result.undo();
        assertThat(WorkRecord.of(model).json()).isEqualTo(before);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> WorkRecord.of(result))
                .withMessageContaining("was changed since, or given back");
        Fiun.on(umig).forget(FORGET);
        umig.restore();
        assertThat(WorkRecord.of(model).json()).isEqualTo(before);

        model.load(model.weights());
        assertThat(WorkRecord.of(model).unrepeatable())
                .contains("it begins with weights that were read from a file or put in by hand");
    }

    @Test
    void whatIsOnesOwnIsSaidInALine() {
        Images own = TinyImages.dataset(3, 8, 8).train();
        WorkRecord record = reread(WorkRecord.of(trained(own, 1, SHORT)));

        assertThat(record.unrepeatable()).hasValueSatisfying(reason -> assertThat(reason)
                .contains("no rows of a data set that comes with the toolkit")
                .doesNotContain("\n"));
        assertThatExceptionOfType(Refusal.class).isThrownBy(record::replay);
        assertThat(WorkRecord.of(trained(data().train().relabelled((row, label) -> 2 - label), 1, SHORT))
                        .unrepeatable())
                .isPresent();
    }

    /** All ones. */
    record Ones() implements FisherEstimator {
        @Override
        public Fisher of(Classifier model, Images images) {
            return FisherEstimator.perSample().of(model, images);
        }
    }

    @Test
    void settingsAreReadAsTheyWereWritten() {
        Dataset data = data();
        Request mixed = Request.labels(FORGET).and(Request.samples(data.train().slice(0, 3)));
        for (FiunConfig config : List.of(
                FiunConfig.paper(),
                FiunConfig.published().merge(Merge.MEAN).tau(2),
                FiunConfig.tempered().fitted(SHORT).gamma(0.3),
                FiunConfig.tempered().fisher(FisherEstimator.trueFisher()).gamma(0.1))) {
            Umig umig = graph(data, 4);
            WorkRecord record = WorkRecord.of(
                    Fiun.on(umig).config(config).forget(config.fit().isPresent() ? Request.labels(FORGET) : mixed));
            assertThat(reread(record).replay()).hasToString("the same bits");
        }
        WorkRecord own = WorkRecord.of(Fiun.on(graph(data, 4))
                .config(FiunConfig.tempered().fisher(new Ones()))
                .forget(FORGET));
        assertThat(own.unrepeatable()).contains("Ones is of somebody's own");
        assertThat(WorkRecord.of(Fiun.on(graph(data, 4))
                                .config(FiunConfig.tempered().merge(fims -> List.of(fims.get(0))))
                                .forget(FORGET))
                        .unrepeatable())
                .contains("merging function is of somebody's own");
    }

    @Test
    void headsAndAveragesAreMadeAgain() {
        Dataset data = data();
        Umig transfer = Umig.transfer(data)
                .model(ResNet.SMALL)
                .training(SHORT.epochs(1))
                .seed(2)
                .train();
        Classifier heir = transfer.nodes().get(transfer.nodes().size() - 1).model();
        assertThat(reread(WorkRecord.of(heir)).replay().same()).isTrue();
        Umig averaged = Umig.federated(data)
                .rounds(2)
                .model(ResNet.SMALL)
                .training(SHORT.epochs(1))
                .seed(2)
                .train();
        Classifier average = averaged.nodes().get(averaged.nodes().size() - 1).model();
        assertThat(reread(WorkRecord.of(average)).replay().same()).isTrue();
    }

    @Test
    void aFileOfAnotherVersionOrOfSomethingElseIsRefusedInALine() throws Exception {
        String json = WorkRecord.of(Classifier.create(ResNet.SMALL, data().train(), 1))
                .json();
        for (Map.Entry<String, String> wrong : Map.of(
                        json.replace("\"schema\": 1", "\"schema\": 2"),
                        "is a record of schema 2, this version of the toolkit reads schema 1",
                        json.substring(0, json.length() / 2),
                        "is no record of a work",
                        "[]",
                        "is no record of a work",
                        json.replace("\"kind\"", "\"sort\""),
                        "is no record of a work")
                .entrySet()) {
            Path file = folder.resolve("wrong.json");
            Files.writeString(file, wrong.getKey());
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> WorkRecord.read(file))
                    .withMessageContaining(wrong.getValue())
                    .withMessageNotContaining("\n");
        }
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> WorkRecord.read(folder.resolve("none.json")))
                .withMessageStartingWith("there is no file");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> changed(json.replaceAll("\"sha256\": \"[0-9a-f]{4}", "\"sha256\": \"0000"))
                        .replay())
                .withMessageContaining("are not those of Fashion-MNIST sample here");
    }
}
