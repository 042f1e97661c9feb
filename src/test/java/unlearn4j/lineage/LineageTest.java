package unlearn4j.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.lineage.Lineage.Model;
import unlearn4j.lineage.TrainedOn.Part;
import unlearn4j.model.ResNet;
import unlearn4j.report.Figures;
import unlearn4j.train.Classifier;
import unlearn4j.umig.GraphShape;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Role;
import unlearn4j.umig.Umig;

class LineageTest {
    private static final Images IMAGES = TinyImages.of(4, 3, 8);
    private static final Classifier MODEL = Classifier.create(new ResNet("tiny", List.of(1), List.of(4)), IMAGES, 1);

    @TempDir
    private Path folder;

    private Cards registry() {
        return new Cards(folder)
                .card("lab/faces", "datasets: [lab/people]", "license: mit")
                .card("lab/cars", "datasets: lab/roads", "license: apache-2.0")
                .card("shop/tuned", "base_model: lab/faces", "base_model_relation: finetune", "datasets: [shop/goods]")
                .card("shop/both", "base_model:", "- lab/cars", "- shop/tuned", "base_model_relation: merge")
                .card("shop/cars", "base_model: lab/cars", "base_model_relation: adapter", "datasets: [shop/goods]")
                .card("anon/silent", "license: other")
                .card("anon/heir", "base_model: anon/silent", "datasets: [shop/goods]")
                .card("anon/orphan", "base_model: gone/away", "datasets: [shop/goods]")
                .raw("anon/bare.md", "# A model, and no YAML\n");
    }

    @Test
    void whoWasTrainedOnItAndWhoInheritsMustForgetIt() {
        Duties duties = registry().read().mustForget("lab/people");

        assertThat(duties.must()).containsExactly("lab/faces", "shop/tuned", "shop/both");
        assertThat(duties.clean()).containsExactlyInAnyOrder("lab/cars", "shop/cars");
        assertThat(duties.unknown())
                .containsExactlyInAnyOrder("anon/bare", "anon/silent", "anon/heir", "anon/orphan", "gone/away");
        assertThat(duties.role("lab/faces")).isEqualTo(Role.DISCOVERY);
        assertThat(duties.role("shop/both")).isEqualTo(Role.INHERITED);
        assertThat(duties.path("shop/both")).containsExactly("lab/faces", "shop/tuned", "shop/both");
        assertThat(duties.path("lab/cars")).isEmpty();
        assertThat(duties).hasToString("3 must forget lab/people, 2 are clean, of 5 nobody knows");
    }

    @Test
    void whoseDoubtIsWhoseIsSaid() {
        Duties duties = registry().read().mustForget("lab/people");

        assertThat(duties.path("anon/orphan")).containsExactly("gone/away", "anon/orphan");
        assertThat(duties.why("anon/orphan")).isEqualTo("inherits from gone/away: there is no record of it");
        assertThat(duties.why("anon/bare")).isEqualTo("its card says nothing: it has no YAML");
        assertThat(duties.why("anon/heir")).isEqualTo("inherits from anon/silent: its card names no data sets");
        assertThat(duties.why("shop/both")).isEqualTo("inherits from lab/faces: trained on lab/people");
    }

    @Test
    void aDataSetOfTheSameNameByAnotherOwnerIsUnknown() {
        Lineage lineage = new Cards(folder)
                .card("a", "datasets: [uoft-cs/cifar10]")
                .card("b", "datasets: [CIFAR10]")
                .card("c", "datasets: [cifar100]")
                .read();

        Duties duties = lineage.mustForget("cifar10");

        assertThat(duties.must()).containsExactly("b");
        assertThat(duties.unknown()).containsExactly("a");
        assertThat(duties.why("a")).isEqualTo("trained on uoft-cs/cifar10, which may be it");
        assertThat(duties.clean()).containsExactly("c");
    }

    @Test
    void labelsThatNobodyWroteDownAreUnknown() {
        Lineage lineage = new Cards(folder)
                .card("some", "datasets: [mnist]", "unlearn4j-labels: 0 3")
                .card("one", "datasets: [mnist]", "unlearn4j-labels: 3")
                .card("other", "datasets: [mnist]", "unlearn4j-labels: [1, 2]")
                .card("any", "datasets: [mnist]")
                .card("svhn", "datasets: [svhn]")
                .read();

        Duties duties = lineage.mustForget("mnist", Labels.of(3));

        assertThat(duties.must()).containsExactly("one", "some");
        assertThat(duties.unknown()).containsExactly("any");
        assertThat(duties.clean()).containsExactly("other", "svhn");
        assertThatThrownBy(() -> lineage.mustForget(Labels.of(3)))
                .hasMessage("labels (3) are of which data set? Models were trained on [mnist, svhn]: ask"
                        + " mustForget(\"mnist\", labels)");
        assertThatThrownBy(() -> lineage.mustForget("fashion"))
                .hasMessage("no model says that it was trained on fashion: those named are [mnist, svhn]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "datasets:",
                "datasets: []",
                "datasets: ['']",
                "base_model: a\nbase_model_relation: quantized",
                "base_model_relation: finetune\ndatasets: [x]",
                "base_model_relation: merge",
                "base_model: ''"
            })
    void whatATemplateLeavesOpenIsUnknown(String yaml) {
        Lineage lineage = new Cards(folder)
                .card("a", "datasets: [x, people]")
                .card("m", yaml)
                .read();

        assertThat(lineage.mustForget("people").clean()).isEmpty();
    }

    @Test
    void aGraphWithItsModelsIsAnsweredAsTheGraphItselfAnswers() {
        Random random = new Random(5);
        for (int graph = 0; graph < 40; graph++) {
            Umig umig = random(random);
            Labels labels = random.nextBoolean() ? Labels.of(0) : Labels.of(0, 1);
            var unlearning = umig.unlearning(labels);
            Duties duties = Lineage.of(umig).mustForget(labels);

            assertThat(umig.nodes()).allSatisfy(node -> assertThat(duties.role(node.name()))
                    .as("%s of %s", node, umig)
                    .isEqualTo(unlearning.role(node)));
        }
    }

    private static Umig random(Random random) {
        Umig umig = Umig.of();
        int size = 2 + random.nextInt(8);
        for (int i = 0; i < size; i++) {
            Labels labels = i == 0 ? Labels.of(0, 1) : Labels.of(random.nextInt(4), random.nextInt(4));
            umig.add(new ModelNode(
                    "n" + i, MODEL, random.nextInt(4) == 0 && i > 0 ? IMAGES.only(Labels.of(3)) : IMAGES.only(labels)));
            for (int parent = 0; parent < i; parent++) {
                if (random.nextInt(3) == 0) {
                    umig.inherit("n" + i, "n" + parent);
                }
            }
        }
        return umig;
    }

    @Test
    void aShapeKnowsLabelsAndWhatItDoesNotSayIsUnknown() {
        Lineage lineage = Lineage.of(new GraphShape(
                List.of(
                        new GraphShape.Node("a", "", Labels.of(1)),
                        new GraphShape.Node("b", "", Labels.of(2)),
                        new GraphShape.Node("c", "", Labels.of(List.of()))),
                List.of(new GraphShape.Edge("a", "c", 1))));

        assertThat(lineage.mustForget(Labels.of(1)).must()).containsExactly("a", "c");
        assertThat(lineage.mustForget(Labels.of(2)).unknown()).containsExactly("c");
        assertThat(lineage.mustForget(Labels.of(2)).clean()).containsExactly("a");
    }

    @Test
    void thoseWithWeightsMakeAGraphThatInheritsAcrossThoseWithout() {
        Lineage lineage = Lineage.of(List.of(
                model("c", List.of("b"), TrainedOn.labels(Labels.of(2))),
                model("a", List.of(), TrainedOn.labels(Labels.of(1))),
                model("b", List.of("a"), TrainedOn.unknown("lost"))));

        Umig umig = lineage.umig(List.of(node("c", 2), node("a", 1)));

        assertThat(umig.parents(umig.node("c"))).containsExactly(umig.node("a"));
        assertThat(umig.unlearning(Labels.of(1)).role(umig.node("c"))).isEqualTo(Role.INHERITED);
        assertThatThrownBy(() -> lineage.umig(List.of(node("z", 1)))).hasMessageContaining("no model named z");
    }

    private static ModelNode node(String name, int label) {
        return new ModelNode(name, MODEL, IMAGES.only(Labels.of(label)));
    }

    private static Model model(String name, List<String> parents, TrainedOn trainedOn) {
        return new Model(name, "", parents, trainedOn, "");
    }

    @Test
    void theAnswerIsATableACsvAndAPicture() throws IOException {
        Duties duties = registry().read().mustForget("lab/people");
        Path file = folder.resolve("who.csv");
        duties.csv(file);

        assertThat(duties.table().columnNames()).containsExactly("model", "must forget", "role", "path", "why");
        assertThat(duties.table().stringColumn("must forget").asList()).contains("must", "clean", "unknown");
        assertThat(Files.readAllLines(file))
                .hasSize(11)
                .contains("shop/both,must,inherited,lab/faces → shop/tuned → shop/both,"
                        + "inherits from lab/faces: trained on lab/people");
        assertThat(Figures.lineage(duties).svg()).contains(">nobody knows</text>", ">gone/away</text>");
        assertThat(duties.lineage().table().rowCount()).isEqualTo(10);
    }

    @Test
    void theLongestChainIsAnsweredToItsEnd() {
        List<Model> chain = new ArrayList<>();
        chain.add(model("0", List.of(), TrainedOn.data(List.of("people"))));
        for (int i = 1; i < 20_000; i++) {
            chain.add(model("" + i, List.of("" + (i - 1)), TrainedOn.nothing()));
        }

        Duties duties = Lineage.of(chain).mustForget("people");

        assertThat(duties.must()).hasSize(20_000);
        assertThat(duties.path("19999")).hasSize(20_000).startsWith("0", "1");
    }

    @Test
    void aPartSaysSomething() {
        assertThat(new Part("mnist", Optional.of(Labels.of(1)))).hasToString("mnist (labels 1)");
        assertThatThrownBy(() -> new Part("", Optional.empty()))
                .hasMessageContaining("a data set's name, labels, or both");
    }
}
