package unlearn4j;

import static org.assertj.core.api.Assertions.assertThat;
import static unlearn4j.WrongCall.wrong;

import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.core.Scale;
import unlearn4j.core.Seed;
import unlearn4j.data.Dataset;
import unlearn4j.data.ImageShape;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.Partition;
import unlearn4j.data.TinyImages;
import unlearn4j.fisher.FisherEstimator;
import unlearn4j.hdus.Clients;
import unlearn4j.hdus.Hdus;
import unlearn4j.hdus.HdusNetwork;
import unlearn4j.model.AlexNet;
import unlearn4j.model.ModelSpec;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluation;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Head;
import unlearn4j.train.Outputs;
import unlearn4j.train.Schedule;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;
import unlearn4j.unlearn.Fiun;
import unlearn4j.unlearn.FiunConfig;
import unlearn4j.unlearn.HeadMask;
import unlearn4j.unlearn.UnlearningResult;

/**
 * What a notebook's user gets for a wrong call: one line that names the value and the rule, and everything as it was
 * before.
 */
class WrongCallsTest {
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(1).batchSize(60).learningRate(0.01);
    private static final Seed SEED = Seed.of(1);

    private static final Dataset DATA = TinyImages.dataset(10, 12, 4);
    private static final Images TRAIN = DATA.train();
    private static final Images EMPTY = TRAIN.slice(0, 0);
    private static final Images LARGER = TinyImages.of(10, 2, 6);
    private static final Images FIVE_CLASSES = TinyImages.of(5, 4, 4);

    private static final Classifier MODEL = Classifier.create(ResNet.SMALL, TRAIN, SEED.value());
    private static final Classifier OTHER = Classifier.create(ResNet.MEDIUM, TRAIN, SEED.value());
    private static final Classifier OF_FIVE = Classifier.create(ResNet.SMALL, FIVE_CLASSES, SEED.value());
    private static final Classifier POISONED = poisoned();
    private static final Training TRAINED = Training.of(MODEL.copy(), TRAIN, CONFIG);

    private static final Hdus HDUS = Hdus.over(Clients.of(DATA).count(4).reference(20))
            .mainModels(ResNet.SMALL)
            .training(CONFIG)
            .incubation(CONFIG);
    private static final HdusNetwork NETWORK = HDUS.train();
    private static final Umig UMIG = Umig.incremental(DATA)
            .first(4)
            .step(2)
            .models(3)
            .model(ResNet.SMALL)
            .training(CONFIG)
            .train();
    private static final Umig POISONED_UMIG = Umig.of()
            .add(new ModelNode("sound", MODEL.copy(), TRAIN.only(Labels.range(0, 5))))
            .add(new ModelNode("ill", POISONED, TRAIN.only(Labels.range(5, 10))))
            .inherit("ill", "sound");
    private static final Umig MASKED = Umig.of().add(new ModelNode("w_m", MODEL.copy(), TRAIN));
    private static final UnlearningResult UNDONE =
            Fiun.on(UMIG).config(FiunConfig.paper().gamma(0)).forget(Labels.of(1));
    private static final UnlearningResult FIRST = HeadMask.on(MASKED).forget(Labels.of(1));
    private static final UnlearningResult SECOND = HeadMask.on(MASKED).forget(Labels.of(2));

    static {
        TRAINED.run();
        NETWORK.forget("client-3");
        UNDONE.undo();
    }

    private static Classifier poisoned() {
        Classifier model = Classifier.create(ResNet.SMALL, TRAIN, SEED.value());
        Head head = model.head();
        head.weight()[7] = Float.NaN;
        model.load(head);
        return model;
    }

    /** A description that promises other features than its body gives, as one's first own network may. */
    private record Lying(String name, int features) implements ModelSpec {
        @Override
        public Block body(int height, int width) {
            return ResNet.SMALL.body(height, width);
        }
    }

    static Stream<WrongCall> aboutData() {
        ImageShape shape = TRAIN.shape();
        return Stream.of(
                wrong(
                        "UNLEARN4J_SCALE=HUGE",
                        "HUGE",
                        "must be one of [SMOKE, QUICK, PUBLISHED, PAPER]",
                        () -> Scale.from(Map.of("UNLEARN4J_SCALE", "HUGE"))),
                wrong("Seed.of(1).permutation(-1)", "-1", "0 or more", () -> SEED.permutation(-1)),
                wrong("Labels.of(-1)", "-1", "must be 0 or more", () -> Labels.of(-1)),
                wrong("Labels.of()", "labels", "name at least one", () -> Labels.of()),
                wrong("Labels.range(5, 5)", "5", "hold none", () -> Labels.range(5, 5)),
                wrong("new ImageShape(3, 0, 32)", "height (0)", "1 or more", () -> new ImageShape(3, 0, 32)),
                wrong(
                        "Images.of(no images)",
                        "mine",
                        "holds no images",
                        () -> Images.of("mine", shape, new byte[0], new int[0], List.of("a"))),
                wrong(
                        "Images.of(a byte too few)",
                        "31 bytes",
                        "are not 2 images of 1×4×4",
                        () -> Images.of("mine", shape, new byte[31], new int[2], List.of("a"))),
                wrong(
                        "Images.of(a label without a name)",
                        "label (3)",
                        "from 0 to 1",
                        () -> Images.of("mine", shape, new byte[16], new int[] {3}, List.of("a", "b"))),
                wrong(
                        "Images.of(no pixels)",
                        "null",
                        "pixels must be given",
                        () -> Images.of("mine", shape, null, new int[1], List.of("a"))),
                wrong(
                        "new Dataset(train, test of another shape)",
                        "1×6×6",
                        "training images' shape 1×4×4",
                        () -> new Dataset("mine", TRAIN, LARGER, new TreeMap<>())),
                wrong(
                        "new Dataset(train, test of 5 classes)",
                        "5 classes",
                        "training images' 10",
                        () -> new Dataset("mine", TRAIN, FIVE_CLASSES, new TreeMap<>())),
                wrong("data.sample(0, 10, 1)", "count (0)", "from 1 to the 120", () -> DATA.sample(0, 10, 1)),
                wrong("data.sample(10, -1, 1)", "count (-1)", "from 1 to the 60", () -> DATA.sample(10, -1, 1)),
                wrong("train.only(Labels.of(10))", "label (10)", "from 0 to 9", () -> TRAIN.only(Labels.of(10))),
                wrong("train.without(Labels.of(11))", "label (11)", "from 0 to 9", () -> TRAIN.without(Labels.of(11))),
                wrong("train.only(null)", "null", "labels must be given", () -> TRAIN.only(null)),
                wrong("train.at(120)", "position (120)", "[0, 120)", () -> TRAIN.at(120)),
                wrong("train.label(-1)", "position (-1)", "[0, 120)", () -> TRAIN.label(-1)),
                wrong("train.slice(5, 3)", "5 to 3", "must lie in 0 to 120", () -> TRAIN.slice(5, 3)),
                wrong(
                        "train.balanced(121, seed.value())",
                        "121",
                        "from 1 to the 120",
                        () -> TRAIN.balanced(121, SEED.value())),
                wrong("train.and(images of other data)", "tiny", "different data sets", () -> TRAIN.and(LARGER)),
                wrong(
                        "Partition.equal(train, 0, seed.value())",
                        "clients (0)",
                        "from 1 to the 120",
                        () -> Partition.equal(TRAIN, 0, SEED.value())),
                wrong(
                        "Partition.equal(train, 121, seed.value())",
                        "clients (121)",
                        "from 1 to the 120",
                        () -> Partition.equal(TRAIN, 121, SEED.value())),
                wrong(
                        "Partition.classesEach(train, 4, 11, seed.value())",
                        "classesEach (11)",
                        "the 10 classes",
                        () -> Partition.classesEach(TRAIN, 4, 11, SEED.value())),
                wrong(
                        "Partition.dirichlet(train, 4, 0, seed.value())",
                        "alpha (0.0)",
                        "above 0",
                        () -> Partition.dirichlet(TRAIN, 4, 0, SEED.value())),
                wrong(
                        "Partition.dirichlet(train, 4, NaN, seed.value())",
                        "alpha (NaN)",
                        "a finite number",
                        () -> Partition.dirichlet(TRAIN, 4, Double.NaN, SEED.value())),
                wrong(
                        "Partition.dirichlet(train, 60, 0.001, seed.value())",
                        "of 60",
                        "have fewer clients",
                        () -> Partition.dirichlet(TRAIN, 60, 0.001, SEED.value())),
                wrong(
                        "Partition.labelRanges(train, 8, 2, 3)",
                        "make 12 labels",
                        "has 10",
                        () -> Partition.labelRanges(TRAIN, 8, 2, 3)),
                wrong("new Partition(no shards)", "shards", "must not be empty", () -> new Partition(List.of())));
    }

    static Stream<WrongCall> aboutNetworks() {
        return Stream.of(
                wrong(
                        "new ResNet(\"mine\", List.of(1, 1))",
                        "[1, 1]",
                        "must name 3 stages",
                        () -> new ResNet("mine", List.of(1, 1))),
                wrong(
                        "new ResNet(\"mine\", List.of(1, 0, 1))",
                        "(0)",
                        "1 or more",
                        () -> new ResNet("mine", List.of(1, 0, 1))),
                wrong("new AlexNet(\"mine\", 0, 0.5f)", "width (0)", "1 or more", () -> new AlexNet("mine", 0, 0.5f)),
                wrong("new AlexNet(\"mine\", 64, 1)", "dropout (1.0)", "[0.0, 1.0)", () -> new AlexNet("mine", 64, 1)),
                wrong(
                        "Classifier.create(AlexNet.SPEC, 4×4, seed.value())",
                        "4×4",
                        "16×16 is the least",
                        () -> Classifier.create(AlexNet.SPEC, TRAIN, SEED.value())),
                wrong(
                        "Classifier.create(ResNet.SMALL, 3×3, seed.value())",
                        "3×3",
                        "4×4 is the least",
                        () -> Classifier.create(ResNet.SMALL, TinyImages.of(2, 1, 3), SEED.value())),
                wrong(
                        "Classifier.create(null, train, seed.value())",
                        "null",
                        "model must be given",
                        () -> Classifier.create(null, TRAIN, SEED.value())),
                wrong(
                        "Classifier.create(a body of 64 features that promises 32.value())",
                        "(1, 64)",
                        "needs (1, 32)",
                        () -> Classifier.create(new Lying("mine", 32), TRAIN, SEED.value())),
                wrong(
                        "Classifier.create(a network of no features.value())",
                        "(0)",
                        "1 or more",
                        () -> Classifier.create(new Lying("mine", 0), TRAIN, SEED.value())),
                wrong(
                        "Classifier.create(AlexNet of 100,000 units.value())",
                        "10000000000",
                        "narrower",
                        () -> Classifier.create(
                                new AlexNet("mine", 100_000, 0), TinyImages.of(2, 1, 16), SEED.value())),
                wrong(
                        "model.load(another network's weights)",
                        "arrays",
                        "not those of ResNet8",
                        () -> MODEL.load(OTHER.weights())),
                wrong(
                        "model.load(weights of 5 classes)",
                        "320 numbers",
                        "do not fit",
                        () -> MODEL.load(OF_FIVE.weights())),
                wrong(
                        "model.load(a head of 5 classes)",
                        "5×64",
                        "whose head is 10×64",
                        () -> MODEL.load(OF_FIVE.head())),
                wrong("model.load((Head) null)", "null", "head must be given", () -> MODEL.load((Head) null)),
                wrong(
                        "new Head(2, 3, 5 weights, 2 biases)",
                        "not 5",
                        "has 6 weights",
                        () -> new Head(2, 3, new float[5], new float[2])),
                wrong("new Outputs(3, 4 values)", "4 values", "no rows of 3", () -> new Outputs(3, new float[4])),
                wrong("outputs.predicted(2)", "image (2)", "[0, 2)", () -> new Outputs(3, new float[6]).predicted(2)),
                wrong("outputs.softmax(0)", "temperature (0.0)", "above 0", () -> new Outputs(3, new float[6])
                        .softmax(0)),
                wrong("outputs of 2 images against 120", "2 images", "the 120 of tiny", () -> new Outputs(
                                10, new float[20])
                        .against(TRAIN)),
                wrong("outputs of 5 classes against 10", "5 classes", "the 10 of tiny", () -> new Outputs(
                                5, new float[600])
                        .against(TRAIN)),
                wrong(
                        "Evaluator.evaluate(model, other shape)",
                        "1×6×6",
                        "takes 1×4×4",
                        () -> Evaluator.evaluate(MODEL, LARGER)),
                wrong(
                        "Evaluator.evaluate(model, other classes)",
                        "tiny has 5",
                        "10 classes",
                        () -> Evaluator.evaluate(OF_FIVE, TRAIN.named("mine has 10 and tiny has 5"))),
                wrong(
                        "Evaluator.evaluate(model, no images)",
                        "tiny",
                        "holds no images",
                        () -> Evaluator.evaluate(MODEL, EMPTY)),
                wrong(
                        "Evaluator.evaluate(model, null)",
                        "null",
                        "images must be given",
                        () -> Evaluator.evaluate(MODEL, null)),
                wrong(
                        "Evaluator.evaluate(NaN weights, train)",
                        "NaN",
                        "train it anew",
                        () -> Evaluator.evaluate(POISONED, TRAIN)),
                wrong("evaluation.accuracy(labels without images)", "labels 3", "no images", () -> new Evaluation(
                                new int[4], new int[] {1, 1, 1, 0})
                        .accuracy(Labels.of(3))),
                wrong("evaluation.accuracy(no labels)", "labels", "name at least one", () -> new Evaluation(
                                new int[1], new int[1])
                        .accuracy(Labels.of(List.of()))));
    }

    static Stream<WrongCall> aboutTraining() {
        TrainingConfig config = TrainingConfig.DEFAULT;
        return Stream.of(
                wrong("config.epochs(-3)", "epochs (-3)", "1 or more", () -> config.epochs(-3)),
                wrong("config.batchSize(1)", "batchSize (1)", "2 or more", () -> config.batchSize(1)),
                wrong("config.learningRate(0)", "learningRate (0.0)", "above 0", () -> config.learningRate(0)),
                wrong("config.learningRate(NaN)", "NaN", "a finite number", () -> config.learningRate(Double.NaN)),
                wrong("config.momentum(1)", "momentum (1.0)", "[0.0, 1.0)", () -> config.momentum(1)),
                wrong("config.weightDecay(-0.1)", "weightDecay (-0.1)", "0 or more", () -> config.weightDecay(-0.1)),
                wrong("config.clipNorm(0)", "clipNorm (0.0)", "above 0", () -> config.clipNorm(0)),
                wrong("config.schedule(null)", "null", "schedule must be given", () -> config.schedule(null)),
                wrong(
                        "Training.of(model, other shape, config)",
                        "1×6×6",
                        "takes 1×4×4",
                        () -> Training.of(MODEL, LARGER, config)),
                wrong(
                        "Training.of(model, no images, config)",
                        "tiny",
                        "holds no images",
                        () -> Training.of(MODEL, EMPTY, config)),
                wrong(
                        "Training.of(model, 1 image, config)",
                        "1 image",
                        "2 are",
                        () -> Training.of(MODEL, TRAIN.at(0), config)),
                wrong(
                        "Training.of(model, train, null)",
                        "null",
                        "config must be given",
                        () -> Training.of(MODEL, TRAIN, null)),
                wrong(
                        "Training.distilling(model, model, train, 0, config)",
                        "temperature (0.0)",
                        "above 0",
                        () -> Training.distilling(MODEL, OTHER, TRAIN, 0, config)),
                wrong(
                        "Training.distilling(10 classes, 5 classes, …)",
                        "student of 5",
                        "teacher of 10",
                        () -> Training.distilling(MODEL, OF_FIVE, TRAIN, 3, config)),
                wrong("config.learningRate(1e30) and run()", "1.0E30", "try a lower learningRate", () -> Training.of(
                                MODEL,
                                TRAIN,
                                config.epochs(3)
                                        .batchSize(10)
                                        .learningRate(1e30)
                                        .schedule(Schedule.CONSTANT))
                        .run()),
                wrong("training of NaN weights", "NaN", "try a lower learningRate", () -> Training.of(
                                POISONED, TRAIN, config)
                        .run()));
    }

    static Stream<WrongCall> aboutHdus() {
        Clients clients = Clients.of(DATA);
        return Stream.of(
                wrong("Clients.of(null)", "null", "data must be given", () -> Clients.of(null)),
                wrong("clients.count(-2)", "count (-2)", "1 or more", () -> clients.count(-2)),
                wrong("clients.count(11).classesEach(9).list()", "clients (11)", "at most 10", () -> clients.count(11)
                        .classesEach(9)
                        .list()),
                wrong("clients.classesEach(11)", "classesEach (11)", "the 10 classes", () -> clients.classesEach(11)),
                wrong("clients.reference(120)", "reference (120)", "from 1 to 119", () -> clients.reference(120)),
                wrong("clients.reference(0)", "reference (0)", "from 1 to 119", () -> clients.reference(0)),
                wrong("clients.each(0)", "each (0)", "1 or more", () -> clients.each(0)),
                wrong("clients.reference(119).list()", "reference (119)", "take fewer", () -> clients.reference(119)
                        .list()),
                wrong("Hdus.over(null)", "null", "clients must be given", () -> Hdus.over(null)),
                wrong("hdus.mainModels()", "mainModels", "at least one", () -> Hdus.over(clients)
                        .mainModels()),
                wrong("hdus.mainModels(ResNet.SMALL, null)", "null", "main model must be given", () -> Hdus.over(
                                clients)
                        .mainModels(ResNet.SMALL, null)),
                wrong("hdus.temperature(0)", "temperature (0.0)", "above 0", () -> Hdus.over(clients)
                        .temperature(0)),
                wrong("hdus.lambda(1)", "lambda (1.0)", "[0.0, 1.0)", () -> Hdus.over(clients)
                        .lambda(1)),
                wrong("hdus.lambda(-0.1)", "lambda (-0.1)", "[0.0, 1.0)", () -> Hdus.over(clients)
                        .lambda(-0.1)),
                wrong("hdus.lambda(NaN)", "lambda (NaN)", "[0.0, 1.0)", () -> Hdus.over(clients)
                        .lambda(Double.NaN)),
                wrong("hdus.combine(null)", "null", "combine must be given", () -> Hdus.over(clients)
                        .combine(null)),
                wrong("hdus.seedModel(AlexNet.SPEC).train() on 4×4", "4×4", "too small for AlexNet", () -> Hdus.over(
                                clients)
                        .seedModel(AlexNet.SPEC)
                        .train()),
                wrong(
                        "network.mainModel(\"client-9\")",
                        "client-9",
                        "the clients are [client-1, client-2, client-4]",
                        () -> NETWORK.mainModel("client-9")),
                wrong(
                        "network.forget(\"client-3\") twice",
                        "client-3",
                        "was forgotten before",
                        () -> NETWORK.forget("client-3")),
                wrong("network.forget(null)", "null", "client must be given", () -> NETWORK.forget(null)),
                wrong("network.forget(\"\")", "named", "the clients are [client-1", () -> NETWORK.forget("")),
                wrong(
                        "network.seedModel(\"Client-1\")",
                        "Client-1",
                        "the clients are [client-1",
                        () -> NETWORK.seedModel("Client-1")),
                wrong("network.evaluate(other shape)", "1×6×6", "takes 1×4×4", () -> NETWORK.evaluate(LARGER)),
                wrong("network.evaluate(no images)", "tiny", "holds no images", () -> NETWORK.evaluate(EMPTY)));
    }

    static Stream<WrongCall> aboutUmig() {
        return Stream.of(
                wrong("Umig.incremental(null)", "null", "data must be given", () -> Umig.incremental(null)),
                wrong("umig.first(0)", "first (0)", "1 or more", () -> Umig.incremental(DATA)
                        .first(0)),
                wrong("umig.step(-1)", "step (-1)", "1 or more", () -> Umig.incremental(DATA)
                        .step(-1)),
                wrong("umig.models(0)", "models (0)", "1 or more", () -> Umig.incremental(DATA)
                        .models(0)),
                wrong(
                        "umig.first(9).step(2).models(3).train()",
                        "make 13 labels",
                        "has 10",
                        () -> Umig.incremental(DATA).first(9).step(2).models(3).train()),
                wrong("umig.add(null)", "null", "node must be given", () -> UMIG.add(null)),
                wrong("umig.add(a second w_0)", "w_0", "names must differ", () -> UMIG.add(UMIG.node("w_0"))),
                wrong(
                        "new ModelNode(\" \", model, images)",
                        "name",
                        "not blank",
                        () -> new ModelNode(" ", MODEL, TRAIN)),
                wrong(
                        "new ModelNode(\"mine\", model, images of 5 classes)",
                        "5 classes",
                        "has 10 classes",
                        () -> new ModelNode("mine", MODEL, FIVE_CLASSES)),
                wrong("umig.node(\"w_9\")", "w_9", "the nodes are [w_0, w_1, w_2]", () -> UMIG.node("w_9")),
                wrong("umig.inherit(\"w_0\", \"w_2\")", "w_0", "no cycles", () -> UMIG.inherit("w_0", "w_2")),
                wrong("umig.inherit(\"w_1\", \"w_1\")", "w_1", "no cycles", () -> UMIG.inherit("w_1", "w_1")),
                wrong(
                        "umig.inherit(\"w_2\", \"w_0\", \"w_9\")",
                        "w_9",
                        "there is no node",
                        () -> UMIG.inherit("w_2", "w_0", "w_9")),
                wrong("umig.inherit(\"w_2\")", "w_2", "at least one parent", () -> UMIG.inherit("w_2")),
                wrong("umig.inherit(a head of 5 classes)", "5×64", "cannot inherit from", () -> Umig.of()
                        .add(new ModelNode("ten", MODEL, TRAIN))
                        .add(new ModelNode("five", OF_FIVE, FIVE_CLASSES))
                        .inherit("five", "ten")),
                wrong("Umig.of().unlearning(Labels.of(1))", "no nodes", "add one first", () -> Umig.of()
                        .unlearning(Labels.of(1))));
    }

    static Stream<WrongCall> aboutUnlearning() {
        FiunConfig config = FiunConfig.paper();
        return Stream.of(
                wrong(
                        "FisherEstimator.perSample(0)",
                        "temperature (0.0)",
                        "above 0",
                        () -> FisherEstimator.perSample(0)),
                wrong("FisherEstimator.batchMean(0)", "size (0)", "1 or more", () -> FisherEstimator.batchMean(0)),
                wrong("perSample().of(model, no images)", "tiny", "holds no images", () -> FisherEstimator.perSample()
                        .of(MODEL, EMPTY)),
                wrong(
                        "fisher.combined(that of 5 classes)",
                        "5×64",
                        "the heads must have one shape",
                        () -> FisherEstimator.perSample()
                                .of(MODEL, TRAIN)
                                .combined(FisherEstimator.perSample().of(OF_FIVE, FIVE_CLASSES), Math::max)),
                wrong("config.gamma(NaN)", "gamma (NaN)", "a finite number", () -> config.gamma(Double.NaN)),
                wrong("config.gamma(-1)", "gamma (-1.0)", "0 or more", () -> config.gamma(-1)),
                wrong("config.tau(0)", "tau (0.0)", "above 0", () -> config.tau(0)),
                wrong("config.eta(1.5)", "eta (1.5)", "[0, 1]", () -> config.eta(1.5)),
                wrong("config.fisher(null)", "null", "fisher must be given", () -> config.fisher(null)),
                wrong("Fiun.on(null)", "null", "umig must be given", () -> Fiun.on((Umig) null)),
                wrong("Fiun.on(umig).config(null)", "null", "config must be given", () -> Fiun.on(UMIG)
                        .config(null)),
                wrong("Fiun.on(umig).forget((Labels) null)", "null", "labels must be given", () -> Fiun.on(UMIG)
                        .forget((Labels) null)),
                wrong("Fiun.on(umig).forget(no labels)", "labels", "name at least one", () -> Fiun.on(UMIG)
                        .forget(Labels.of(List.of()))),
                wrong("Fiun.on(umig).forget(Labels.of(1, 9))", "label(s) 9", "the graph knows 0–7", () -> Fiun.on(UMIG)
                        .forget(Labels.of(1, 9))),
                wrong(
                        "HeadMask.on(umig).forget(Labels.of(12))",
                        "label(s) 12",
                        "the graph knows 0–7",
                        () -> HeadMask.on(UMIG).forget(Labels.of(12))),
                wrong("Fiun with a gamma that selects nothing", "gamma (1.0E9)", "lower it", () -> Fiun.on(UMIG)
                        .config(config.gamma(1e9))
                        .forget(Labels.of(1))),
                wrong("Fiun on a head that holds NaN", "ill, head weight holds NaN", "train it anew", () -> Fiun.on(
                                POISONED_UMIG)
                        .forget(Labels.of(1))),
                wrong("result.undo() twice", "labels 1", "undone before", UNDONE::undo),
                wrong("the first of two results.undo()", "w_m was changed since", "undo the later", FIRST::undo),
                wrong("Fiun after HeadMask", "-Infinity", "undo its HeadMask first", () -> Fiun.on(MASKED)
                        .forget(Labels.of(3))),
                wrong("result.evaluate(null)", "null", "images must be given", () -> SECOND.evaluate(null)),
                wrong(
                        "result.evaluate(other classes)",
                        "label (5)",
                        "from 0 to 4",
                        () -> SECOND.evaluate(FIVE_CLASSES)));
    }

    @ParameterizedTest
    @MethodSource({"aboutData", "aboutNetworks", "aboutTraining", "aboutHdus", "aboutUmig", "aboutUnlearning"})
    void aWrongCallIsOneLineAndChangesNothing(WrongCall wrong) {
        String before = state();

        wrong.assertRefused();

        assertThat(state()).isEqualTo(before);
    }

    /** All that a wrong call could change: who is there, who inherits from whom, and every weight. */
    private static String state() {
        List<Object> state = new ArrayList<>(List.of(TRAINED.epochsDone(), NETWORK, UMIG, POISONED_UMIG));
        Stream.of(MODEL, OTHER, OF_FIVE, POISONED, TRAINED.model()).forEach(model -> state.add(hash(model)));
        for (String client : NETWORK.clients()) {
            state.add(hash(NETWORK.mainModel(client)));
            NETWORK.repository(client).forEach(seed -> state.add(seed.owner() + hash(seed.model())));
        }
        Stream.of(UMIG, POISONED_UMIG, MASKED)
                .flatMap(umig -> umig.nodes().stream())
                .forEach(node -> state.add(hash(node.model())));
        return state.toString();
    }

    private static int hash(Classifier model) {
        return model.weights().hashCode();
    }
}
