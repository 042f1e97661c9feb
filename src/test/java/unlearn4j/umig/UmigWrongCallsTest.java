package unlearn4j.umig;

import static org.assertj.core.api.Assertions.assertThat;
import static unlearn4j.WrongCall.wrong;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.WrongCall;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.Partition;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.TrainingConfig;

/** What a notebook's user may do wrong with graphs: each is one line, and the graph stays as it was. */
class UmigWrongCallsTest {
    private static final Dataset DATA = TinyImages.dataset(4, 8, 4);
    private static final Images TRAIN = DATA.train();
    private static final Images NONE = TRAIN.slice(0, 0);
    private static final Classifier MODEL = Classifier.create(ResNet.SMALL, TRAIN, 1);
    private static final Images OTHER = TinyImages.of(6, 4, 4);
    private static final Labels NO_LABELS = Labels.of(List.of());
    private static final Umig UMIG = Umig.of()
            .add(node("a", TRAIN.only(Labels.of(0))))
            .add(node("b", TRAIN.only(Labels.of(1))))
            .add(node("g", NONE))
            .add(node("c", TRAIN.only(Labels.of(2))))
            .inherit("g", "a", "b")
            .inherit("c", "g");

    private static final TrainingPlan PLAN = TrainingPlan.of(UMIG, TrainingConfig.DEFAULT);

    private static ModelNode node(String name, Images shard) {
        return new ModelNode(name, MODEL, shard);
    }

    static Stream<WrongCall> aboutTheGraph() {
        return Stream.of(
                wrong("inherit(a, c)", "a cannot inherit from c", "no cycles", () -> UMIG.inherit("a", "c")),
                wrong("inherit(a, a)", "a cannot inherit from a", "no cycles", () -> UMIG.inherit("a", "a")),
                wrong("inherit(b, a, c)", "b cannot inherit from c", "no cycles", () -> UMIG.inherit("b", "a", "c")),
                wrong("inherit(c, z)", "no node named z", "the nodes are [a, b, g, c]", () -> UMIG.inherit("c", "z")),
                wrong("inherit(c, a, 0)", "weight (0.0) of a → c", "(0, 1]", () -> UMIG.inherit("c", "a", 0)),
                wrong("inherit(c, a, 2)", "weight (2.0) of a → c", "(0, 1]", () -> UMIG.inherit("c", "a", 2)),
                wrong("inherit(a head of 6 classes)", "6×64", "cannot inherit from", () -> Umig.of()
                        .add(node("four", TRAIN))
                        .add(new ModelNode("six", Classifier.create(ResNet.SMALL, OTHER, 1), OTHER))
                        .inherit("six", "four")),
                wrong(
                        "weight(a, c)",
                        "c does not inherit from a",
                        "not",
                        () -> UMIG.weight(UMIG.node("a"), UMIG.node("c"))),
                wrong("weight(null, c)", "null", "parent must be given", () -> UMIG.weight(null, UMIG.node("c"))),
                wrong(
                        "children(a stranger)",
                        "no node named x",
                        "the nodes are",
                        () -> UMIG.children(node("x", TRAIN))),
                wrong("part()", "names", "at least one", () -> UMIG.part()),
                wrong("part(z)", "no node named z", "the nodes are", () -> UMIG.part("a", "z")),
                wrong("reached(nothing)", "no images reached lone", "none to inherit", () -> {
                    Umig lone = Umig.of().add(node("lone", NONE));
                    lone.data(lone.node("lone"), TrainingData.OWN_SHARD);
                }),
                wrong("new ModelNode(images of 6 classes)", "6 classes", "has 4 classes", () -> node("x", OTHER)),
                wrong("Umig.of(null, f)", "null", "shape must be given", () -> Umig.of(null, UMIG::node)));
    }

    static Stream<WrongCall> aboutRequests() {
        return Stream.of(
                wrong("unlearning(label 3)", "label(s) 3", "the graph knows 0–2", () -> UMIG.unlearning(Labels.of(3))),
                wrong(
                        "unlearning(label 77)",
                        "label(s) 77",
                        "the graph knows 0–2",
                        () -> UMIG.unlearning(Labels.of(77))),
                wrong("unlearning(null)", "null", "request must be given", () -> UMIG.unlearning((Request) null)),
                wrong("Request.labels(none)", "labels", "at least one", () -> Request.labels(NO_LABELS)),
                wrong("Request.samples(none)", "samples", "at least one", () -> Request.samples(NONE)),
                wrong("Request.clients()", "clients", "at least one", () -> Request.clients()),
                wrong("Request.clients(\" \")", "node", "not blank", () -> Request.clients(" ")),
                wrong("Request.labelsAt(a, none)", "labels", "at least one", () -> Request.labelsAt("a", NO_LABELS)),
                wrong("and(null)", "null", "other must be given", () -> Request.labels(Labels.of(1))
                        .and(null)),
                wrong(
                        "unlearning(client z)",
                        "no node named z",
                        "the nodes are",
                        () -> UMIG.unlearning(Request.clients("z"))),
                wrong(
                        "unlearning(client g)",
                        "g was trained on no images",
                        "of its own",
                        () -> UMIG.unlearning(Request.clients("g"))),
                wrong(
                        "unlearning(label 1 at a)",
                        "label(s) 1: a was not itself trained",
                        "but on 0",
                        () -> UMIG.unlearning(Request.labelsAt("a", Labels.of(0, 1)))),
                wrong(
                        "unlearning(samples of label 3)",
                        "8 of the 9 images of tiny",
                        "that the graph was trained on",
                        () -> UMIG.unlearning(
                                Request.samples(TRAIN.only(Labels.of(3)).and(TRAIN.slice(0, 1))))),
                wrong("images(an inherited node)", "c is not a discovery node", "[a] are", () -> UMIG.unlearning(
                                Labels.of(0))
                        .images(UMIG.node("c"))),
                wrong(
                        "recognising(threshold 0)",
                        "threshold (0.0)",
                        "(0, 100]",
                        () -> UMIG.recognising(Labels.of(0), TRAIN, 0)),
                wrong(
                        "recognising(label 3 in images without)",
                        "label(s) 3 have no image",
                        "some of each",
                        () -> UMIG.recognising(Labels.of(3), TRAIN.only(Labels.of(0)), 50)),
                wrong(
                        "recognising(untrained)",
                        "no node recognises 100.0 %",
                        "lower the threshold",
                        () -> UMIG.recognising(Labels.range(0, 4), TRAIN, 100)));
    }

    static Stream<WrongCall> aboutTraining() {
        Partition two = new Partition(List.of(TRAIN.slice(0, 8), TRAIN.slice(8, 16)));
        return Stream.of(
                wrong("federated(null)", "null", "data must be given", () -> Umig.federated(null)),
                wrong("clients(0)", "clients (0)", "1 or more", () -> Umig.federated(DATA)
                        .clients(0)),
                wrong("servers(-1)", "servers (-1)", "0 or more", () -> Umig.federated(DATA)
                        .servers(-1)),
                wrong("clients(2).servers(3)", "servers (3)", "at most one a client", () -> Umig.federated(DATA)
                        .clients(2)
                        .servers(3)
                        .train()),
                wrong("rounds(2).graphRounds(3)", "graphRounds (3)", "at most the 2 rounds", () -> Umig.federated(DATA)
                        .rounds(2)
                        .graphRounds(3)
                        .train()),
                wrong("clients(33) of 32 images", "clients (33)", "32 images", () -> Umig.federated(DATA)
                        .clients(33)
                        .train()),
                wrong("clients(32) of 32 images", "client-1/1 has 1 image", "fewer models", () -> Umig.federated(DATA)
                        .clients(32)
                        .train()),
                wrong("partition and clients", "clients (3)", "can't both be set", () -> Umig.federated(DATA)
                        .partition(two)
                        .clients(3)),
                wrong("labelsEach and partition", "labelsEach (2)", "can't both be set", () -> Umig.federated(DATA)
                        .labelsEach(2)
                        .partition(two)),
                wrong("labelsEach(9)", "classesEach (9)", "from 1 to the 4", () -> Umig.federated(DATA)
                        .labelsEach(9)
                        .train()),
                wrong("plan() of a graph by hand", "made by hand", "TrainingPlan.of(umig, training)", UMIG::plan),
                wrong("plan.keeping(null)", "null", "kept must be given", () -> PLAN.keeping(null)),
                wrong("plan.begin(a: null)", "null", "known must be given", () -> PLAN.begin(null)),
                wrong("plan.graph(null)", "null", "models must be given", () -> PLAN.graph(null)),
                wrong("save(null)", "null", "folder must be given", () -> UMIG.save(null)),
                wrong("plan.part(z)", "no step named z", "the steps are", () -> PLAN.part(List.of("a", "z"))),
                wrong("plan.begin(z)", "no step named z", "the steps are", () -> PLAN.begin(Map.of("z", MODEL))),
                wrong(
                        "TrainingPlan.of(no nodes)",
                        "the graph has no nodes",
                        "add one first",
                        () -> TrainingPlan.of(Umig.of(), TrainingConfig.DEFAULT)),
                wrong("incremental.heirs(null)", "null", "heirs must be given", () -> Umig.incremental(DATA)
                        .heirs(null)),
                wrong("dataParallel.shards(0)", "shards (0)", "1 or more", () -> Umig.dataParallel(DATA)
                        .shards(0)),
                wrong(
                        "dataParallel.partition(two).shards(3)",
                        "shards (3)",
                        "can't both be set",
                        () -> Umig.dataParallel(DATA).partition(two).shards(3)),
                wrong(
                        "dataParallel.rounds(1).graphRounds(2)",
                        "graphRounds (2)",
                        "at most the 1 rounds",
                        () -> Umig.dataParallel(DATA).rounds(1).graphRounds(2).train()),
                wrong("transfer.first(4) of 4", "first (4)", "more to learn", () -> Umig.transfer(DATA)
                        .first(4)
                        .train()),
                wrong("transfer.tasks(2, 9)", "9 labels", "at most the 4 classes", () -> Umig.transfer(DATA)
                        .first(1)
                        .tasks(2, 9)
                        .train()),
                wrong("transfer.tasks()", "tasks []", "1 to 23", () -> Umig.transfer(DATA)
                        .tasks()),
                wrong("binaryTree.depth(40)", "depth (40)", "from 0 to 12", () -> Umig.binaryTree(DATA)
                        .depth(40)),
                wrong("binaryTree.segments(0)", "segments (0)", "1 or more", () -> Umig.binaryTree(DATA)
                        .segments(0)),
                wrong("dag without nodes", "no nodes", "add one first", () -> Umig.dag(DATA)
                        .train()),
                wrong("dag.node(a) twice", "a already", "names must differ", () -> Umig.dag(DATA)
                        .node("a", TRAIN)
                        .node("a", TRAIN)),
                wrong("dag.node(b, images, a)", "no such node yet", "parents first", () -> Umig.dag(DATA)
                        .node("b", TRAIN, "a")),
                wrong("dag.node(a, none)", "a has neither images nor parents", "give it some", () -> Umig.dag(DATA)
                        .node("a", NONE)));
    }

    @ParameterizedTest
    @MethodSource({"aboutTheGraph", "aboutRequests", "aboutTraining"})
    void aWrongCallIsOneLineAndChangesNothing(WrongCall wrong) {
        String graph = UMIG.shape().toString();
        int weights = MODEL.weights().hashCode();

        wrong.assertRefused();

        assertThat(UMIG.shape()).hasToString(graph);
        assertThat(MODEL.weights().hashCode()).isEqualTo(weights);
    }
}
