package unlearn4j.contract;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.audit.Backdoor;
import unlearn4j.audit.Difference;
import unlearn4j.audit.FeatureProbe;
import unlearn4j.audit.Forgetting;
import unlearn4j.audit.ForgettingQuality;
import unlearn4j.audit.Interval;
import unlearn4j.audit.Membership;
import unlearn4j.audit.Panel;
import unlearn4j.audit.ULira;
import unlearn4j.core.Pace;
import unlearn4j.core.Progress;
import unlearn4j.core.RunRecord;
import unlearn4j.core.Scale;
import unlearn4j.core.Screen;
import unlearn4j.core.Seed;
import unlearn4j.core.TextScreen;
import unlearn4j.data.Dataset;
import unlearn4j.data.Datasets;
import unlearn4j.data.ImageFiles;
import unlearn4j.data.ImageShape;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.Normalisation;
import unlearn4j.data.Partition;
import unlearn4j.data.ReadingConfig;
import unlearn4j.data.TinyImages;
import unlearn4j.experiment.ClientAudit;
import unlearn4j.experiment.Comparison;
import unlearn4j.experiment.Measurement;
import unlearn4j.experiment.Measurements;
import unlearn4j.experiment.Paper;
import unlearn4j.experiment.Reproduction;
import unlearn4j.experiment.Search;
import unlearn4j.experiment.Verdicts;
import unlearn4j.fetch.Archive;
import unlearn4j.fetch.Fetched;
import unlearn4j.fetch.FetchedFile;
import unlearn4j.fetch.Fetcher;
import unlearn4j.fetch.Source;
import unlearn4j.fetch.Sources;
import unlearn4j.fisher.Fisher;
import unlearn4j.fisher.FisherEstimator;
import unlearn4j.fisher.Merge;
import unlearn4j.fisher.Mlp;
import unlearn4j.hdus.Baseline;
import unlearn4j.hdus.Capability;
import unlearn4j.hdus.Client;
import unlearn4j.hdus.Clients;
import unlearn4j.hdus.Combination;
import unlearn4j.hdus.Dsgd;
import unlearn4j.hdus.FedUnl;
import unlearn4j.hdus.Framework;
import unlearn4j.hdus.Functionality;
import unlearn4j.hdus.Hdus;
import unlearn4j.hdus.HdusConfig;
import unlearn4j.hdus.HdusNetwork;
import unlearn4j.hdus.Isgd;
import unlearn4j.hdus.Receipt;
import unlearn4j.hdus.SeedAgreement;
import unlearn4j.hdus.SeedModel;
import unlearn4j.hdus.Service;
import unlearn4j.hdus.SisaA;
import unlearn4j.hdus.SisaEnsemble;
import unlearn4j.hdus.Topology;
import unlearn4j.ledger.Ledger;
import unlearn4j.lineage.Duties;
import unlearn4j.lineage.Lineage;
import unlearn4j.lineage.Stores;
import unlearn4j.lineage.TrainedOn;
import unlearn4j.model.AlexNet;
import unlearn4j.model.DenseNet;
import unlearn4j.model.MobileNetV2;
import unlearn4j.model.ModelSpec;
import unlearn4j.model.ResNet;
import unlearn4j.report.Bars;
import unlearn4j.report.Charts;
import unlearn4j.report.Curve;
import unlearn4j.report.GraphPicture;
import unlearn4j.report.Intervals;
import unlearn4j.report.Picture;
import unlearn4j.report.Result;
import unlearn4j.report.Results;
import unlearn4j.report.RunComparison;
import unlearn4j.report.WorkRecord;
import unlearn4j.store.Store;
import unlearn4j.store.UnlearningReceipt;
import unlearn4j.train.Classifier;
import unlearn4j.train.Evaluation;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Features;
import unlearn4j.train.Gradients;
import unlearn4j.train.Head;
import unlearn4j.train.HeadFile;
import unlearn4j.train.ModelCost;
import unlearn4j.train.ModelFile;
import unlearn4j.train.ModelSpecJson;
import unlearn4j.train.Origin;
import unlearn4j.train.Outputs;
import unlearn4j.train.Schedule;
import unlearn4j.train.Softening;
import unlearn4j.train.TorchScript;
import unlearn4j.train.TorchWeights;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;
import unlearn4j.umig.GraphShape;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Past;
import unlearn4j.umig.PublishedGraphs;
import unlearn4j.umig.Request;
import unlearn4j.umig.Role;
import unlearn4j.umig.Scenarios;
import unlearn4j.umig.Step;
import unlearn4j.umig.StoredGraph;
import unlearn4j.umig.TrainingData;
import unlearn4j.umig.TrainingPlan;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;
import unlearn4j.unlearn.Distill;
import unlearn4j.unlearn.FineTune;
import unlearn4j.unlearn.Fiun;
import unlearn4j.unlearn.FiunConfig;
import unlearn4j.unlearn.FiunTrials;
import unlearn4j.unlearn.GradientAscent;
import unlearn4j.unlearn.HeadMask;
import unlearn4j.unlearn.ModelData;
import unlearn4j.unlearn.NodeWeights;
import unlearn4j.unlearn.PublishedFims;
import unlearn4j.unlearn.Retrain;
import unlearn4j.unlearn.Spark;
import unlearn4j.unlearn.StoredFiun;
import unlearn4j.unlearn.StoredHeads;
import unlearn4j.unlearn.TrainedMethod;
import unlearn4j.unlearn.UnlearningMethod;

/**
 * Good arguments for one call, and what it is called on: all of one small world, made anew for each call, so that no call
 * sees what another did.
 */
final class Samples {
    private static final Dataset DATA = TinyImages.dataset(4, 12, 8);
    private static final Images TRAIN = DATA.train();
    private static final Images MANY = TinyImages.of(100, 2, 8);
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(1).batchSize(16).learningRate(0.01);
    private static final ResNet SPEC = new ResNet("tiny", List.of(1), List.of(4));
    private static final ResNet OTHER = new ResNet("other", List.of(1), List.of(5));
    private static final MobileNetV2 MOBILE =
            new MobileNetV2("mobile", 4, List.of(new MobileNetV2.Stage(4, 1, List.of(6))), 8);
    private static final Classifier MODEL = Classifier.create(SPEC, TRAIN, 1);
    private static final Clients CLIENTS =
            Clients.of(DATA).count(3).classesEach(3).reference(8).seed(5);
    private static final Hdus HDUS =
            Hdus.over(CLIENTS).mainModels(SPEC).seedModel(SPEC).training(CONFIG).incubation(CONFIG);
    private static final String HASH = "0".repeat(64);
    private static final Lazy<Functionality> TRIED = new Lazy<>(() -> Functionality.of(
            (clients, models) ->
                    Isgd.over(clients).mainModels(models).training(CONFIG).train(),
            CLIENTS,
            DATA.test(),
            SPEC,
            OTHER));

    private final Path folder;
    private final Map<String, Supplier<?>> samples = new HashMap<>();
    private final Lazy<Umig> umig = new Lazy<>(Samples::graph);
    private final Lazy<HdusNetwork> network = new Lazy<>(this::network);
    private final Lazy<UnlearningGraph> unlearning = new Lazy<>(() -> umig.get().unlearning(Labels.of(1)));

    private final Lazy<Store> store = new Lazy<>(this::madeStore);
    private final Lazy<Path> saved = new Lazy<>(this::savedGraph);
    /** Made when it is first asked for. */
    private static final class Lazy<T> {
        private final Supplier<T> maker;
        private T made;

        Lazy(Supplier<T> maker) {
            this.maker = maker;
        }

        T get() {
            if (made == null) {
                made = maker.get();
            }
            return made;
        }
    }

    /** A framework of one's own. */
    private static final class Own extends Baseline<Integer> {
        Own() {
            super("own", Map.of("client-1", 1, "client-2", 2, "client-3", 3));
        }

        @Override
        public Outputs outputs(String client, Images images) {
            model(client);
            return Evaluator.logits(MODEL, images);
        }
    }

    /**
     * Makes a world.
     *
     * @param folder a new folder
     */
    Samples(Path folder) {
        this.folder = folder;
        plain();
        functions();
        data();
        networks();
        graphs();
        stores();
        clients();
        experiments();
        reports();
    }

    private static Umig graph() {
        return Umig.of()
                .add(new ModelNode("w_1", MODEL.copy(), TRAIN.slice(0, 16)))
                .add(new ModelNode("w_2", MODEL.copy(), TRAIN.slice(16, 32)))
                .add(new ModelNode("w_3", MODEL.copy(), TRAIN.slice(32, 48)))
                .inherit("w_2", "w_1")
                .inherit("w_3", "w_2");
    }

    private Path savedForTorch() {
        TorchWeights.save(MODEL, folder.resolve("torch"));
        return folder.resolve("torch");
    }

    private Path savedGraph() {
        umig.get().save(folder.resolve("graph"));
        return folder.resolve("graph");
    }

    /** A folder that says it holds models: what is asked of it is refused where Spark isn't installed, and otherwise for them. */
    private StoredHeads storedHeads() {
        try {
            Files.writeString(folder.resolve("current"), "heads");
            Files.writeString(
                    folder.resolve("estimator"), FiunConfig.tempered().fisher().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return StoredHeads.at(folder);
    }

    private HdusNetwork network() {
        return HDUS.train();
    }

    /** Returns a good value for a parameter, or nothing where the table has none. */
    Optional<Object> of(Executable method, Parameter parameter) {
        String of = method.getDeclaringClass().getSimpleName() + "."
                + (method instanceof Constructor ? "new" : method.getName());
        String type = name(parameter.getParameterizedType());
        return first(
                of + " " + parameter.getType().getSimpleName() + " " + parameter.getName(),
                of + " " + parameter.getName(),
                type + " " + parameter.getName(),
                type,
                parameter.getType().getSimpleName());
    }

    /** Returns an object of that type to call methods on, or nothing where the table has none. */
    Optional<Object> of(Class<?> type, Executable method) {
        String name = type.getTypeName().replaceAll(".*[.$]", "");
        return first("on " + name + "." + method.getName(), "on " + name, name);
    }

    private Optional<Object> first(String... keys) {
        for (String key : keys) {
            if (samples.containsKey(key)) {
                return Optional.of(samples.get(key).get());
            }
        }
        return Optional.empty();
    }

    /** Returns a type's name without packages. */
    private static String name(Type type) {
        return type.getTypeName().replaceAll("[\\w.]+[.$](?=\\w)", "");
    }

    private <T> void put(Class<T> type, Supplier<? extends T> sample) {
        samples.put(type.getSimpleName(), sample);
    }

    private void put(String key, Supplier<?> sample) {
        samples.put(key, sample);
    }

    private void plain() {
        put("int", () -> 2);
        put("int position", () -> 0);
        put("int label", () -> 1);
        put("long", () -> 2L);
        put("double", () -> 0.5);
        put("float", () -> 0.5f);
        put("boolean", () -> true);
        put("String", () -> "words");
        put("Object", () -> "anything");
        put("T", () -> "anything");
        put("C", () -> "anything");
        put("int[]", () -> new int[] {0, 1});
        put("float[]", () -> new float[] {1, 2});
        put("double[]", () -> new double[] {0.25, 0.5});
        put("double[][]", () -> new double[][] {{1, 2}, {3, 4}});
        put("int[][]", () -> new int[][] {{1, 2}, {3, 4}});
        put("byte[]", () -> new byte[64]);
        put("String[]", () -> new String[] {"method"});
        put("Object[]", () -> new Object[] {"FIUn"});
        put("List<Integer>", () -> List.of(1, 2));
        put("List<Long>", () -> List.of(1L, 2L));
        put("List<String>", () -> List.of("a", "b"));
        put("List<float[]>", () -> List.of(new float[] {1, 2}));
        put("Collection<Integer>", () -> List.of(1, 2));
        put("Collection<String>", () -> List.of("w_2", "w_3"));
        put("Collection", () -> List.of("w_2"));
        put("SortedSet<Integer>", () -> new TreeSet<>(List.of(1, 2)));
        put("Map<String, String>", () -> new TreeMap<>(Map.of("a", "b")));
        put("SortedMap<String, String>", () -> new TreeMap<>(Map.of("a", "b")));
        put("Map<String, Double>", () -> new LinkedHashMap<>(Map.of("w_1", 0.5)));
        put(Throwable.class, () -> new IOException("disk full"));
        put(IOException.class, () -> new IOException("disk full"));
        put(Path.class, () -> folder.resolve("new"));
        put(Instant.class, () -> Instant.EPOCH);
        put(OptionalLong.class, OptionalLong::empty);
        put(PrintStream.class, Samples::nowhere);
        put(InputStream.class, () -> new ByteArrayInputStream(new byte[8]));
        put("Map<String, String> environment", Map::of);
        put("Iterable<T>", () -> List.of("a", "b"));
        put("Check.in below", () -> 1.0);
        put("Check.inOneLine error", () -> new IOException("disk full"));
        put("Check.notEmpty values", () -> List.of(1));
        put("Check.allGiven Map values", () -> Map.of("a", 1));
        put("Check.allGiven Collection values", () -> List.of(1));
    }

    private static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    }

    private void functions() {
        put(BooleanSupplier.class, () -> (BooleanSupplier) () -> true);
        put(DoubleBinaryOperator.class, () -> (DoubleBinaryOperator) Math::max);
        put(IntBinaryOperator.class, () -> (IntBinaryOperator) (row, label) -> label);
        put("Parallel.map inputs", () -> List.of(1, 2));
        put("Parallel.map task", () -> (Function<Integer, Integer>) i -> i);
        put(LongConsumer.class, () -> (LongConsumer) done -> {});
        put("Function<String, Images>", () -> (Function<String, Images>) client -> TRAIN);
        put("Function<String, ModelNode>", () ->
                (Function<String, ModelNode>) name -> new ModelNode(name, MODEL, TRAIN));
        put("Function<Measurement, ?>", () -> (Function<Measurement, ?>) Measurement::metric);
        put("Function<T, Measurements>", () -> (Function<Object, Measurements>) any -> measurements());
        put("Function<Images, Outputs>", () -> (Function<Images, Outputs>)
                images -> Evaluator.logits(MODEL, images).softmax(1));
        put("Function", () -> (Function<Umig, UnlearningMethod<?>>) HeadMask::on);
        put(LongFunction.class, () -> (LongFunction<Measurements>) seed -> measurements());
        put("Predicate<Row>", () -> (Predicate<Row>) row -> true);
        put("Predicate<Measurement>", () -> (Predicate<Measurement>) one -> true);
        put("Predicate<Request>", () -> (Predicate<Request>) request -> true);
        put("Supplier<T>", () -> (Supplier<String>) () -> "anything");
        put("ToDoubleFunction<C>", () -> (ToDoubleFunction<Object>) any -> 1);
        put("UnaryOperator<Images>", () -> (UnaryOperator<Images>) images -> images);
        put(Archive.Visitor.class, () -> (Archive.Visitor) (name, in) -> {});
        put(Reproduction.Graphs.class, () -> (Reproduction.Graphs) (of, seed) -> umig.get());
        put(Functionality.Setup.class, () -> (Functionality.Setup) (clients, models) ->
                Isgd.over(clients).mainModels(models).training(CONFIG).train());
        put(Evaluator.BatchUse.class, () -> (Evaluator.BatchUse) (positions, features, logits) -> {});
        put(Gradients.Pull.class, () -> (Gradients.Pull) (positions, logits) -> logits.onesLike());
        put(Gradients.Use.class, () -> (Gradients.Use) gradients -> {});
    }

    private void data() {
        put(Seed.class, () -> Seed.of(1));
        put(Scale.class, () -> Scale.SMOKE);
        put(Pace.class, () -> new Pace("reading", 10, "images"));
        put(Screen.class, () -> new TextScreen(nowhere()));
        put(TextScreen.class, () -> new TextScreen(nowhere()));
        put(Progress.class, () -> new TextScreen(nowhere()).progress("reading", 10, "images"));
        put(
                RunRecord.class,
                () -> new RunRecord(
                        "e",
                        Scale.SMOKE,
                        List.of(1L),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        "cpu",
                        "c",
                        Instant.EPOCH,
                        1));
        put(Dataset.class, () -> DATA);
        put(Images.class, () -> TRAIN);
        put(ImageShape.class, TRAIN::shape);
        put(Labels.class, () -> Labels.of(1));
        put("Images.of pixels", () -> new byte[128]);
        put("Images.of labels", () -> new int[] {0, 1});
        put("Images.like pixels", () -> new byte[128]);
        put("Images.like labels", () -> new int[] {0, 1});
        put("Images.copy offset", () -> 0);
        put("Labels.range below", () -> 4);
        put("int below", () -> 4);
        put(Normalisation.class, TRAIN::normalisation);
        put(Partition.class, () -> Partition.equal(TRAIN, 2, 1));
        put("List<Images>", () -> List.of(TRAIN.slice(0, 16), TRAIN.slice(16, 48)));
        put("List<Labels>", () -> List.of(Labels.of(0, 1), Labels.of(2, 3)));
        put("Labels[]", () -> new Labels[] {Labels.of(1)});
        put(ReadingConfig.class, () -> ReadingConfig.DEFAULT);
        put("ReadingConfig.new channels", () -> 3);
        put("ReadingConfig.new testShare", () -> 0.2);
        put("ReadingConfig.test share", () -> 0.2);
        put("Datasets.folder folder", () -> images("images"));
        put("Datasets.list csv", () -> images("list/pets.csv"));
        put("Datasets.arrays path", () -> images("arrays"));
        put("Datasets.arrays images", () -> images("arrays/train_images.npy"));
        put("Datasets.arrays labels", () -> images("arrays/train_labels.npy"));
        put(Source.class, () -> Sources.MNIST);
        put("on Archive", () -> Archive.of(sample(), 1 << 20));
        put("on Fetched", () -> fetched());
        put("List<FetchedFile>", () -> fetched().files());
        put("List<SourceFile>", () -> Sources.MNIST.files());
        put("SourceFile", () -> Sources.MNIST.files().get(0));
        put("Optional<DebianPackage>", () -> Sources.MNIST.debian());
        put(
                "on Fetcher",
                () -> Fetcher.from(Map.of("UNLEARN4J_DATA", folder.toString(), "UNLEARN4J_MIRROR", folder.toString())));
        put("Fetched.file name", () -> "train-images-idx3-ubyte.gz");
        put("Source.new id", () -> "mine");
    }

    /** Writes images as a folder, as a list and as arrays, and returns one of these. */
    private Path images(String one) {
        try {
            ImageFiles.classes(folder.resolve("images"), 5);
            StringBuilder csv = new StringBuilder("path,label\n");
            for (int i = 0; i < 5; i++) {
                csv.append("cat/" + i + ".png,cat\ndog/" + i + ".png,dog\n");
            }
            Files.writeString(ImageFiles.classes(folder.resolve("list"), 5).resolve("pets.csv"), csv);
            Path arrays = folder.resolve("arrays");
            ImageFiles.put(arrays, "train_images.npy", ImageFiles.npy("|u1", "6, 2, 2", new byte[24]));
            ImageFiles.put(arrays, "train_labels.npy", ImageFiles.npy("|u1", "6", new byte[] {0, 1, 0, 1, 0, 1}));
            return folder.resolve(one);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path sample() {
        return Path.of("toolkit/unlearn4j/data/fashion-mnist-sample/t10k-labels-idx1-ubyte.gz");
    }

    private static Fetched fetched() {
        try {
            // The description of a file is not public.
            Object file = Sources.MNIST.files().get(0);
            return new Fetched(Sources.MNIST, List.of((FetchedFile)
                    FetchedFile.class.getConstructors()[0].newInstance(file, sample(), HASH, "a mirror")));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private void networks() {
        put(ModelSpec.class, () -> SPEC);
        put("ModelSpec other", () -> OTHER);
        put("ModelSpec[]", () -> new ModelSpec[] {SPEC});
        put("List<ModelSpec>", () -> List.of(SPEC));
        put("List<ModelSpec> own", () -> List.of(new Mlp(3, 4)));
        put(ResNet.class, () -> SPEC);
        put(AlexNet.class, () -> AlexNet.SLIM);
        put(DenseNet.class, () -> DenseNet.SLIM);
        put(MobileNetV2.class, () -> MOBILE);
        put("int height", () -> 64);
        put("int width", () -> 64);
        put("List<Stage>", MOBILE::stages);
        put(MobileNetV2.Stage.class, () -> MOBILE.stages().get(0));
        put("AlexNet.new filters", () -> List.of(1, 2, 3, 4, 5));
        put(Classifier.class, MODEL::copy);
        put("Pruning.to model", () -> Classifier.create(MOBILE, TRAIN, 1));
        put("Pruning.toParameters model", () -> Classifier.create(MOBILE, TRAIN, 1));
        put("Pruning.toParameters parameters", () -> 200L);
        put("Map<String, Classifier>", () -> new LinkedHashMap<>(Map.of("w_1", MODEL)));
        put(Weights.class, MODEL::weights);
        put("List<Weights>", () -> List.of(MODEL.weights(), MODEL.weights()));
        put(Head.class, MODEL::head);
        put(Evaluation.class, () -> Evaluator.evaluate(MODEL, TRAIN));
        put(Features.class, () -> Features.of(MODEL, TRAIN));
        put(Outputs.class, () -> Evaluator.logits(MODEL, TRAIN));
        put(ModelCost.class, () -> ModelCost.of(SPEC, TRAIN));
        put(ModelFile.class, () -> new ModelFile("about", Map.of("model", MODEL)));
        put(ModelSpecJson.class, () -> new ModelSpecJson(List.of()));
        put(Schedule.class, () -> Schedule.CONSTANT);
        put(Softening.class, () -> Softening.BOTH);
        put(TrainingConfig.class, () -> CONFIG);
        put(Training.class, () -> Training.of(MODEL.copy(), TRAIN, CONFIG));
        put("Map<String, Network>", () -> Map.of("tiny", new Reproduction.Network("tiny", SPEC, CONFIG)));
        put(FeatureProbe.class, () -> FeatureProbe.of(Features.of(MODEL, TRAIN)));
        put(Interval.class, () -> new Interval(0.5, 0, 1));
        put(Intervals.class, () -> (Intervals) Charts.lines("t", "x", "y", Curve.of("base", 1)));
        put(Difference.class, () -> new Difference(new Interval(0.5, 0, 1), 0.5));
        put("List<Difference>", () -> List.of(new Difference(new Interval(0.5, 0, 1), 0.5)));
        put("Interval.new low", () -> 0.0);
        put("Interval.new high", () -> 1.0);
        put("Interval.percentage all", () -> 4);
        put(Membership.class, () -> Membership.of(new double[] {1}, new double[] {2}));
        put(ForgettingQuality.class, () -> new ForgettingQuality(new Interval(0.5, 0, 1), 2));
        put("List<Classifier>", () -> List.of(MODEL, MODEL));
        put("BiFunction<Images, Long, Classifier>", () ->
                (BiFunction<Images, Long, Classifier>) (members, seed) -> MODEL);
        put(ULira.class, () -> ULira.of(TRAIN, 4, 1, (members, seed) -> MODEL));
        put("ULira.of shadows", () -> 4);
        put("ULira.attack members", () -> TRAIN.slice(0, 12));
        put(Panel.class, Samples::panel);
        put("on Panel.relearning", () -> Panel.of(TRAIN.only(Labels.of(1)), TRAIN, DATA.test()));
        put("Panel.audit models", () -> new LinkedHashMap<>(Map.of("original", MODEL)));
        put(Panel.Gap.class, () -> panel().gaps().get(0));
        put(Panel.Value.class, () -> panel().values().get(0));
        put(Panel.Verdict.class, () -> Panel.Verdict.DIFFERS);
        put("Panel.convicts model", () -> "original");
        put("Audits.places original", () -> "original");
        put("Audits.verdicts original", () -> "original");
        put(Ledger.class, () -> Ledger.of(folder));
        put("Ledger.cells number", () -> 1);
        put(ModelData.class, () -> ModelData.RETAINED);
        put("Optional<TrainingConfig>", () -> java.util.Optional.of(CONFIG));
        put(Forgetting.class, () -> new Forgetting(1, 2));
        put(Fisher.class, Samples::fisher);
        put("List<Fisher>", () -> List.of(fisher(), fisher()));
        put(FisherEstimator.class, () -> FisherEstimator.perSample(1));
        put(FisherEstimator.BatchMean.class, () -> FisherEstimator.batchMean(2));
        put(FisherEstimator.PerSample.class, () -> new FisherEstimator.PerSample(1, 1));
        put(FisherEstimator.TrueFisher.class, FisherEstimator.TrueFisher::new);
        put(Merge.class, () -> Merge.SUM);
        put("float[] weight", () -> new float[] {1, 2, 3, 4});
        put("float[] mean", () -> new float[] {1});
        put("float[] deviation", () -> new float[] {1});
        put("Features.new images", () -> TRAIN.slice(0, 1));
        put("Features.new width", () -> 2);
        put("ResNet.new blocks", () -> List.of(1, 1, 1));
        put("ResNet.new filters", () -> List.of(4, 5, 6));
        put("Classifier.load file", this::saved);
        put("ModelFile.load file", this::saved);
        put("TorchWeights.load file", this::savedForTorch);
        put("TorchScript.of body", () -> Path.of("src/test/resources/torch/grey.pt"));
        put("TorchScript.of head", () -> "fc");
        put("TorchScript.body height", () -> 8);
        put("TorchScript.body width", () -> 8);
        put(TorchScript.class, () -> TorchScript.of(Path.of("src/test/resources/torch/grey.pt"), "fc", TRAIN));
        put("Training.runTo epochs", () -> 1);
        put("on Training.save", Samples::trained);
        put("Figures.training training", Samples::trained);
    }

    /** Of something that can be made again. */
    private static WorkRecord record() {
        return WorkRecord.of(
                Classifier.create(ResNet.SMALL, Datasets.fashionMnistSample().train(), 1));
    }

    private static Panel panel() {
        return Panel.of(TRAIN.only(Labels.of(1)), TRAIN.without(Labels.of(1)), DATA.test())
                .audit(1, MODEL, Map.of("original", MODEL));
    }

    private Result result() {
        return Results.of("tour", Scale.current())
                .in(folder.resolve("results"))
                .seed(1)
                .rows(measurements())
                .write();
    }

    private static Measurements audited() {
        return Measurements.over(
                List.of("before", "after", "never"),
                when -> Measurements.over(
                        List.of("accuracy", "guessing", "backdoor", "its label", "membership"),
                        metric -> Measurements.of(Measurement.of(metric, 50, "%")
                                .about("images", 10)
                                .about("framework", "HDUS")
                                .about("when", when))));
    }

    private static Fisher fisher() {
        return FisherEstimator.perSample(1).of(MODEL, TRAIN);
    }

    private static Training trained() {
        Training training = Training.of(MODEL.copy(), TRAIN, CONFIG);
        training.run();
        return training;
    }

    private Path saved() {
        MODEL.save(folder.resolve("model"));
        return folder.resolve("model");
    }

    private Store madeStore() {
        return Store.of(folder.resolve("store"), umig.get());
    }

    private Path stored() {
        store.get();
        return folder.resolve("store");
    }

    private void stores() {
        UnlearningReceipt.Change change = new UnlearningReceipt.Change("w_1", HASH, HASH, 2);
        put(UnlearningReceipt.Change.class, () -> change);
        put("List<Change>", () -> List.of(change));
        put(Store.class, store::get);
        put("on Store.receipt", () -> {
            store.get().forget(Labels.of(1));
            return store.get();
        });
        put("Store.receipt id", () -> "r-1");
        put("Store.open folder", this::stored);
        put("Map<String, Images>", () -> {
            Map<String, Images> shards = new LinkedHashMap<>();
            umig.get().nodes().forEach(node -> shards.put(node.name(), node.shard()));
            return shards;
        });
        put(StoredGraph.class, () -> StoredGraph.open(saved.get(), StoredGraph.shards(saved.get(), DATA)));
        put("StoredGraph.open folder", saved::get);
        put("StoredGraph.shards folder", saved::get);
        put("StoredGraph.load name", () -> "w_2");
        put(HeadFile.class, () -> HeadFile.read(saved()));
        put("HeadFile.read file", this::saved);
        put(OutputStream.class, OutputStream::nullOutputStream);
    }

    private void graphs() {
        put(Umig.class, umig::get);
        put(UnlearningGraph.class, unlearning::get);
        put(UnlearningGraph.Division.class, () -> new UnlearningGraph.Division(TRAIN, TRAIN));
        put(Past.class, () -> umig.get().past());
        put(ModelNode.class, () -> umig.get().node("w_2"));
        put(Request.class, () -> Request.labels(Labels.of(1)));
        put(TrainingData.class, () -> TrainingData.OWN_SHARD);
        put(Role.class, () -> Role.DISCOVERY);
        put(Scenarios.class, () -> unlearning.get().scenarios());
        put(TrainingPlan.class, () -> TrainingPlan.of(umig.get(), CONFIG));
        put(Step.class, () -> TrainingPlan.of(umig.get(), CONFIG).steps().get(0));
        put("List<Step>", () -> TrainingPlan.of(umig.get(), CONFIG).steps());
        put("on PlanRun", () -> TrainingPlan.of(umig.get(), CONFIG).begin(Map.of()));
        put(GraphShape.class, () -> umig.get().shape());
        put(GraphShape.Node.class, () -> umig.get().shape().nodes().get(0));
        put(GraphShape.Edge.class, () -> umig.get().shape().edges().get(0));
        put("List<Node>", () -> umig.get().shape().nodes());
        put("List<Edge>", () -> umig.get().shape().edges());
        put("GraphShape.ofJson text", () -> umig.get().shape().json());
        put("GraphShape.ofGraphMl text", () -> umig.get().shape().graphMl());
        put(PublishedGraphs.class, () -> new PublishedGraphs(many(), SPEC, CONFIG, CONFIG, CONFIG, 1));
        put("PublishedGraphs.new data", Samples::many);
        put("on DagLearning", () -> Umig.dag(DATA).node("w_0", TRAIN));
        put("on DataParallelLearning", () -> Umig.dataParallel(DATA));
        put("on FederatedLearning", () -> Umig.federated(DATA));
        put("on IncrementalLearning", () -> Umig.incremental(DATA));
        put("on GraphTraining", () -> Umig.incremental(DATA));
        put("on TransferLearning", () -> Umig.transfer(DATA));
        put("on TreeLearning", () -> Umig.binaryTree(DATA));
        put(Lineage.class, Samples::lineage);
        put(Lineage.Model.class, () -> lineage().models().get(0));
        put("Collection<Model>", () -> lineage().models());
        put("Collection<ModelNode>", () -> umig.get().nodes());
        put("on Lineage", Samples::lineage);
        put("Lineage.umig nodes", () -> List.of(new ModelNode("base", MODEL, TRAIN)));
        put("Lineage.model name", () -> "base");
        put("Lineage.mustForget dataset", () -> "mnist");
        put("Lineage.cards folder", () -> Stores.cards(folder));
        put("Lineage.mlflow store", () -> Stores.written(folder));
        put(Duties.class, () -> lineage().mustForget("mnist"));
        put("String model", () -> "base");
        put(TrainedOn.class, TrainedOn::nothing);
        put("List<Part>", () -> List.of(new TrainedOn.Part("mnist", Optional.empty())));
        put("Part.new labels", () -> Optional.of(Labels.of(1)));
        put("TrainedOn.data names", () -> List.of("mnist"));
        put("List<String> parents", () -> List.of("other"));
        put(FiunConfig.class, FiunConfig::tempered);
        put("List<FiunConfig>", () -> List.of(FiunConfig.tempered()));
        put(FiunTrials.class, () -> FiunTrials.of(umig.get(), Labels.of(1)));
        put("on Fiun", () -> Fiun.on(umig.get()));
        put(Spark.class, Spark::local);
        put("Spark.new master", () -> "local");
        put("Spark.master url", () -> "spark://127.0.0.1:1");
        put("Spark.draw models", () -> 7);
        put("Labels[]", () -> new Labels[] {Labels.of(1)});
        put("Spark.store folder", () -> folder.resolve("stored"));
        put("Spark.draw folder", () -> folder.resolve("stored"));
        put(StoredHeads.class, this::storedHeads);
        put("StoredHeads.at folder", () -> storedHeads().folder());
        put(StoredFiun.class, () -> Fiun.on(storedHeads()));
        put("on StoredFiun", () -> Fiun.on(storedHeads()));
        put("on HeadMask", () -> HeadMask.on(umig.get()));
        put("on Distill", () -> Distill.on(umig.get()).training(CONFIG));
        put("on FineTune", () -> FineTune.on(umig.get()).training(CONFIG));
        put("on GradientAscent", () -> GradientAscent.on(umig.get()).training(CONFIG));
        put("on Retrain", () -> Retrain.on(umig.get()).training(CONFIG));
        put(TrainedMethod.class, () -> FineTune.on(umig.get()).training(CONFIG));
        put(UnlearningMethod.class, () -> HeadMask.on(umig.get()));
        put("on UnlearningResult", () -> HeadMask.on(umig.get()).forget(Labels.of(1)));
        put("WorkRecord.of result", () -> HeadMask.on(umig.get()).forget(Labels.of(1)));
        put(Origin.class, MODEL::origin);
        put("Origin.new with", () -> Map.of("seed", 1L));
        put("Datasets.named name", () -> "Fashion-MNIST sample");
        put(WorkRecord.class, Samples::record);
        put("WorkRecord.read file", () -> {
            Path file = folder.resolve("record.json");
            record().write(file);
            return file;
        });
        put(NodeWeights.class, () -> NodeWeights.of(MODEL.head()));
        put(PublishedFims.class, () -> PublishedFims.of(umig.get(), FiunConfig.tempered()));
        put("String node", () -> "w_2");
        put("String parent", () -> "w_1");
        put("String child", () -> "w_3");
        put("DagLearning.node parents", () -> new String[] {"w_0"});
        put(
                "on GraphTraining.train",
                () -> Umig.dag(DATA).node("w_0", TRAIN).model(SPEC).training(CONFIG));
        put("PublishedGraphs.turned umig", () -> Umig.dag(DATA)
                .node("w_0", TRAIN)
                .model(SPEC)
                .training(CONFIG)
                .train());
        put("Mixed.new parts", () -> List.of(Request.labels(Labels.of(1)), Request.clients("w_2")));
        put("String[] nodes", () -> new String[] {"w_2"});
        put("String[] names", () -> new String[] {"w_1"});
        put("TrainingPlan.graph models", () -> Map.of("w_1", MODEL, "w_2", MODEL, "w_3", MODEL));
        put("Umig.add node", () -> new ModelNode("w_4", MODEL, TRAIN));
        put("Umig.inherit parents", () -> new String[] {"w_1"});
        put("Umig.load folder", saved::get);
        put("Umig.node name", () -> "w_2");
        put(
                "Umig.recognising labels",
                () -> Labels.of(Evaluator.logits(MODEL, TRAIN).predicted(0)));
        put("ModelNode parent", () -> umig.get().node("w_1"));
        put("UnlearningGraph.images node", () -> umig.get().node("w_1"));
    }

    private static Lineage lineage() {
        return Lineage.of(List.of(
                new Lineage.Model("base", "", List.of(), TrainedOn.data(List.of("mnist")), "mit"),
                new Lineage.Model("heir", "", List.of("base"), TrainedOn.nothing(), "")));
    }

    private static Dataset many() {
        return new Dataset("many", MANY, MANY, new TreeMap<>());
    }

    private void clients() {
        put(Clients.class, () -> CLIENTS);
        put(Client.class, () -> CLIENTS.list().get(0));
        put("Client[]", () -> new Client[0]);
        put(Combination.class, () -> Combination.PROBABILITIES);
        put(Capability.class, () -> Capability.EXACT);
        put(HdusConfig.class, HdusConfig::paper);
        put(Topology.class, Topology::complete);
        put(Hdus.class, () -> HDUS);
        put(HdusNetwork.class, network::get);
        put(Framework.class, network::get);
        put(Backdoor.class, () -> new Backdoor(1, 0));
        put(ClientAudit.class, () -> new ClientAudit("client-3", new Backdoor(1, 0), TRAIN, TRAIN));
        put("ClientAudit.forget never", () -> Isgd.over(CLIENTS.without("client-3"))
                .training(CONFIG)
                .mainModels(SPEC)
                .train());
        put("ClientAudit.verdicts measured", Samples::audited);
        put("on Baseline", Own::new);
        put("on Dsgd", () -> Dsgd.over(CLIENTS).training(CONFIG).model(SPEC));
        put("on FedUnl", () -> FedUnl.over(CLIENTS).training(CONFIG).model(SPEC));
        put("on Isgd", () -> Isgd.over(CLIENTS).training(CONFIG).mainModels(SPEC));
        put("on SisaA", () -> SisaA.over(CLIENTS).training(CONFIG).mainModels(SPEC));
        put(
                SisaEnsemble.class,
                () -> SisaA.over(CLIENTS).training(CONFIG).mainModels(SPEC).train());
        put(SeedModel.class, () -> new SeedModel("client-1", Labels.of(1), MODEL));
        put(
                "List<SeedModel>",
                () -> List.of(
                        new SeedModel("a", Labels.of(1), MODEL),
                        new SeedModel("b", Labels.of(1), MODEL),
                        new SeedModel("c", Labels.of(1), MODEL)));
        put("SeedAgreement.new percent", () -> new TreeMap<>(Map.of("a", 1.0, "b", 2.0, "c", 3.0)));
        put(SeedAgreement.class, () -> SeedAgreement.of(network.get().repository("client-1"), TRAIN));
        put(Receipt.class, () -> new Receipt("HDUS", "client-1", Map.of(), 1));
        put(Service.class, () -> service());
        put("List<Service>", () -> List.of(service()));
        put(Service.Answer.class, () -> new Service.Answer("client-1", 0, 1, 2));
        put(Functionality.class, TRIED::get);
        put("List<Functionality>", () -> List.of(TRIED.get()));
        put(Functionality.Outcome.class, () -> new Functionality.Outcome(true, "seen"));
        put("Graph", () -> {
            SimpleGraph<String, DefaultEdge> graph = new SimpleGraph<>(DefaultEdge.class);
            graph.addVertex("client-1");
            graph.addVertex("client-2");
            graph.addEdge("client-1", "client-2");
            return graph;
        });
        put("String client", () -> "client-1");
        put("String leaving", () -> "client-1");
        put("HdusNetwork.join client", () -> new Client("new", TRAIN, TRAIN));
        put("SisaEnsemble.forgetImages rows", () ->
                new int[] {CLIENTS.list().get(0).images().row(0)});
        put("String[] neighbours", () -> new String[] {"client-1"});
        put("Clients.without names", () -> new String[] {"client-1"});
        put("HdusNetwork.load file", () -> {
            network.get().save(folder.resolve("network"));
            return folder.resolve("network");
        });
    }

    private Service service() {
        return Service.watch(new Own(), "client-1", TRAIN, 0);
    }

    private void experiments() {
        put(Table.class, Samples::table);
        put(DoubleColumn.class, () -> DoubleColumn.create("value", 1, 2));
        put(Measurement.class, () -> measurements().list().get(0));
        put(Measurements.class, Samples::measurements);
        put("Measurement[]", () -> new Measurement[] {measurements().list().get(0)});
        put("List<Measurement>", () -> measurements().list());
        put(Comparison.class, () -> compared());
        put("Map<String, Comparison>", () -> Map.of("tiny", compared()));
        put(Paper.class, () -> Paper.FIUN);
        put(Search.class, () -> Search.over(List.of(1, 2), any -> 1));
        put("List<C>", () -> List.of(1, 2));
        put(Verdicts.class, () -> Verdicts.of("claims"));
        put("on Reproduction", () -> reproduction());
        put(Reproduction.Network.class, () -> new Reproduction.Network("tiny", SPEC, CONFIG));
        put(Reproduction.Reproduced.class, () -> reproduction().run(Scale.SMOKE));
        put("Reproduction.network name", () -> "tiny");
        put("Comparison.beside printed", () -> printed());
        put("Comparison.measurements printed", () -> printed());
        put("List<? extends Request>", () -> List.of(Request.labels(Labels.of(1))));
        put("Measurements.published columns", () -> Map.of("method", "method"));
        put("Measurements.read table", () -> measurements().table());
        put("Tables.judged column", () -> "holds");
        put("Tables.with column", () -> "new");
        put("Verdicts.exceeds column", () -> "holds");
        put("Verdicts.exceeds row", () -> 1);
        put("Verdicts.goes way", () -> "rises");
        put("Tables.ahead first", () -> "FIUn");
        put("Tables.ahead by", () -> new String[] {"where"});
        put("Tables.means rows", () -> "model");
        put("Tables.means columns", () -> "method");
        put("Tables.means values", () -> "value");
        put("Tables.range over", () -> "method");
        put("Tables.range by", () -> new String[] {"framework"});
        put("Tables.spread measure", () -> "value");
        put("Tables.trend y", () -> "value");
        put("Tables.trend x", () -> "mean");
        put("Map<String, ?>", () -> Map.of("method", "FIUn"));
        put("String metric", () -> "AD_f");
        put("String column", () -> "method");
    }

    private Reproduction reproduction() {
        return Reproduction.of(printed(), Comparison.of().method("HeadMask", HeadMask::on), (of, seed) -> umig.get())
                .network("tiny", SPEC, CONFIG);
    }

    /** A table as {@link Paper} has them. */
    private static Table printed() {
        return Table.create(
                "printed",
                StringColumn.create("model", "tiny"),
                StringColumn.create("setting", "labels"),
                StringColumn.create("setting_value", "1"),
                StringColumn.create("metric", "AD_f"),
                StringColumn.create("approach", "HeadMask"),
                StringColumn.create("node", "w_1"),
                DoubleColumn.create("value", 1),
                StringColumn.create("doubt", ""));
    }

    private Comparison compared() {
        return Comparison.of().method("HeadMask", HeadMask::on).run(umig.get(), Labels.of(1));
    }

    static Table table() {
        return Table.create(
                "printed",
                StringColumn.create("model", "tiny", "tiny"),
                StringColumn.create("method", "FIUn", "HeadMask"),
                DoubleColumn.create("value", 1, 2),
                DoubleColumn.create("mean", 1, 2),
                DoubleColumn.create("from", 0, 1),
                DoubleColumn.create("to", 2, 3));
    }

    private static Measurements measurements() {
        return Measurements.of(
                Measurement.of("AD_f", 1, "%")
                        .about("method", "FIUn")
                        .about("framework", "HDUS")
                        .at("w_1")
                        .seed(1),
                Measurement.of("AD_f", 2, "%")
                        .about("method", "HeadMask")
                        .about("framework", "HDUS")
                        .at("w_1")
                        .seed(1));
    }

    private void reports() {
        put(Bars.class, () -> Bars.of("bars", 1, 2));
        put("Bars[]", () -> new Bars[] {Bars.of("bars", 1, 2)});
        put("List<Bars>", () -> List.of(Bars.of("bars", 1, 2)));
        put(Curve.class, () -> Curve.of("curve", 1, 2));
        put("Curve[]", () -> new Curve[] {Curve.of("curve", 1, 2)});
        put("List<Curve>", () -> List.of(Curve.of("curve", 1, 2)));
        put(Chart.class, Samples::heat);
        put(HeatMapChart.class, Samples::heat);
        put(GraphPicture.class, Samples::picture);
        put(Result.class, this::result);
        put("List<Result>", () -> List.of(result(), result()));
        put(RunComparison.class, () -> new RunComparison(List.of(result(), result())));
        put("RunComparison.chart by", () -> "method");
        put("Map<String, String> more", () -> new TreeMap<>(Map.of("a.txt", "b")));
        put(Picture.class, Samples::picture);
        put("Charts.mark row", () -> "a");
        put("Charts.mark column", () -> "c");
        put("Figures.bars categories", () -> "model");
        put("Figures.bars columns", () -> new String[] {"value"});
        put("Figures.heat rows", () -> "model");
        put("Figures.heat columns", () -> "method");
        put("Figures.heat values", () -> "value");
        put("Figures.lines x", () -> "mean");
        put("Figures.lines y", () -> "value");
        put("Figures.lines by", () -> "method");
        put("Results.data sha256", () -> Map.of("file", HASH));
        put("Results.kept chart", Samples::heat);
        put("Results.rows measured", () -> measurements());
        put("Results.read in", () -> Results.of("experiment", Scale.current())
                .in(folder)
                .rows(measurements())
                .write()
                .folder());
        put("on GraphPicture.Node", () -> new GraphPicture.Node("w_1", Role.DISCOVERY, ""));
        put("on GraphPicture.Edge", () -> new GraphPicture.Edge("w_1", "w_2"));
        put(
                "GraphPicture.of nodes",
                () -> List.of(
                        new GraphPicture.Node("w_1", Role.DISCOVERY, ""),
                        new GraphPicture.Node("w_2", Role.INHERITED, "")));
        put("GraphPicture.of edges", () -> List.of(new GraphPicture.Edge("w_1", "w_2")));
        put(Graphics2D.class, () -> new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB).createGraphics());
        put("on Results", () -> Results.of("experiment", Scale.current()).in(folder));
        put("Map<String, double[]>", () -> Map.of("a", new double[] {1, 2}));
    }

    private static HeatMapChart heat() {
        return Charts.heat("heat", "x", "y", List.of("a", "b"), List.of("c", "d"), new double[][] {{1, 2}, {3, 4}});
    }

    private static GraphPicture picture() {
        return GraphPicture.of(
                List.of(
                        new GraphPicture.Node("w_1", Role.DISCOVERY, ""),
                        new GraphPicture.Node("w_2", Role.INHERITED, "")),
                List.of(new GraphPicture.Edge("w_1", "w_2")));
    }
}
