package unlearn4j.ledger;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import unlearn4j.core.Scale;
import unlearn4j.data.Dataset;
import unlearn4j.data.Datasets;
import unlearn4j.data.Labels;
import unlearn4j.experiment.Comparison;
import unlearn4j.experiment.Measurements;
import unlearn4j.model.AlexNet;
import unlearn4j.model.ModelSpec;
import unlearn4j.model.ResNet;
import unlearn4j.report.Results;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.PublishedGraphs;
import unlearn4j.umig.Step;
import unlearn4j.umig.TrainingPlan;
import unlearn4j.umig.Umig;
import unlearn4j.unlearn.Distill;
import unlearn4j.unlearn.FineTune;
import unlearn4j.unlearn.Fiun;
import unlearn4j.unlearn.FiunConfig;
import unlearn4j.unlearn.GradientAscent;
import unlearn4j.unlearn.HeadMask;
import unlearn4j.unlearn.Retrain;

/**
 * One of paper B's tables by the number of labels to forget, on the graph of the authors' scripts. The graph is trained in a
 * folder and goes on there.
 *
 * @param table the table's number
 * @param framework what the ledger's folders call the graph
 * @param plan the graph
 * @param graph what is unlearned of it
 * @param names what the paper calls the nodes
 * @param network the network
 * @param part what is measured
 * @param hours about how many hours it takes from the beginning, as {@code --list} estimated on one idle core
 */
record PublishedTable(
        int table,
        String framework,
        Function<PublishedGraphs, TrainingPlan> plan,
        UnaryOperator<Umig> graph,
        Map<String, String> names,
        Network network,
        Part part,
        double hours)
        implements Work {
    /**
     * What is measured in one run.
     *
     * <p>HEADS: FIUn as printed, as published and ours, and the control, for labels 0; 0 and 1; 0 to 3; 0 to 9. ASCENT:
     * gradient ascent, as the scripts have it, beside these, for labels 0; 0 and 1; 0 to 9. For labels 0 to 9 alone, TUNED
     * and DISTILLED: fine-tuning and distillation, as the scripts have them, which cost more than the graph; RETRAINED:
     * re-training, which costs as much as the graph.
     */
    private enum Part {
        HEADS(1, 2, 4, MOST),
        ASCENT(1, 2, MOST),
        TUNED(MOST),
        DISTILLED(MOST),
        RETRAINED(MOST);

        private final int[] labels;

        Part(int... labels) {
            this.labels = labels;
        }
    }

    /**
     * A network and how it is trained at PUBLISHED, as the scripts have it but for the epochs: one cycle of so many, after
     * which it knows its images.
     */
    private enum Network {
        RESNET18("ResNet18", ResNet.IMAGENET, TrainingConfig.DEFAULT.epochs(16), 5),
        ALEXNET("AlexNet", AlexNet.PUBLISHED, TrainingConfig.DEFAULT.epochs(60).learningRate(0.01), 20);

        private final String title;
        private final ModelSpec spec;
        private final TrainingConfig first;
        private final int heirs;

        Network(String title, ModelSpec spec, TrainingConfig first, int heirs) {
            this.title = title;
            this.spec = spec;
            this.first = first;
            this.heirs = heirs;
        }
    }

    /** Read once for all tables. */
    private static final Map<Scale, Dataset> DATA = new ConcurrentHashMap<>();

    private static final int FIRST_SEED = 59;
    private static final int MOST = 10;
    /** A pass forward costs about a third of a step of training. */
    private static final int FORWARD = 3;
    /** Of a node that doesn't forget none of the 100 is left early; label 0 at r1 was above 80 % after 21. */
    private static final int EPOCHS_OF_FINE_TUNING = 100;
    /** 100 at a discovery node, fewer at an heir. */
    private static final int EPOCHS_OF_DISTILLING = 60;
    /** The features once, and the model FIM of each of three settings. */
    private static final int PASSES = 4;

    /** Returns the tables whose graphs are of CIFAR-100; what costs most comes last. */
    static List<PublishedTable> all() {
        return List.of(
                federated(9, Network.RESNET18, Part.HEADS, 1.2),
                chain(10, "incremental", PublishedGraphs::incremental, Network.RESNET18, Part.HEADS, 0.5),
                chain(4, "transfer", PublishedGraphs::transfer, Network.RESNET18, Part.HEADS, 0.5),
                dataParallel(Network.RESNET18, Part.HEADS, 0.4),
                federated(1, Network.RESNET18, Part.ASCENT, 1.2),
                federated(1, Network.RESNET18, Part.TUNED, 8.8),
                federated(1, Network.RESNET18, Part.DISTILLED, 5.5),
                federated(9, Network.RESNET18, Part.RETRAINED, 2.2),
                chain(10, "incremental", PublishedGraphs::incremental, Network.RESNET18, Part.RETRAINED, 0.8),
                chain(4, "transfer", PublishedGraphs::transfer, Network.RESNET18, Part.RETRAINED, 0.8),
                dataParallel(Network.RESNET18, Part.RETRAINED, 0.7),
                federated(9, Network.ALEXNET, Part.HEADS, 4.3),
                chain(10, "incremental", PublishedGraphs::incremental, Network.ALEXNET, Part.HEADS, 1.6),
                chain(4, "transfer", PublishedGraphs::transfer, Network.ALEXNET, Part.HEADS, 1.6),
                dataParallel(Network.ALEXNET, Part.HEADS, 1.3));
    }

    private static PublishedTable federated(int table, Network network, Part part, double hours) {
        return new PublishedTable(
                table,
                "federated",
                PublishedGraphs::federated,
                UnaryOperator.identity(),
                Map.of("r1", "w_g", "r2", "w_a", "r3", "w_b"),
                network,
                part,
                hours);
    }

    private static PublishedTable chain(
            int table,
            String framework,
            Function<PublishedGraphs, TrainingPlan> plan,
            Network network,
            Part part,
            double hours) {
        return new PublishedTable(table, framework, plan, UnaryOperator.identity(), FROM_U0, network, part, hours);
    }

    private static PublishedTable dataParallel(Network network, Part part, double hours) {
        return new PublishedTable(
                5,
                "data-parallel",
                PublishedGraphs::dataParallel,
                PublishedGraphs::turned,
                FROM_U0,
                network,
                part,
                hours);
    }

    private static final Map<String, String> FROM_U0 = Map.of("u0", "w_g", "u1", "w_a", "u2", "w_b");

    @Override
    public String name() {
        return "table-" + table + (network == Network.RESNET18 ? "" : "-" + small(network.title))
                + (rulesAreMeasured() ? "" : "-" + small(part.name()));
    }

    private static String small(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    @Override
    public String covers() {
        return "FIUn, Table " + table + ", " + network.title + " on CIFAR-100, the published " + framework + " graph"
                + (rulesAreMeasured() ? "" : ", " + small(part.name()));
    }

    @Override
    public String experiment() {
        return "published-table-" + table + "-" + small(network.title) + "-" + small(part.name());
    }

    @Override
    public String command() {
        return String.format(
                Locale.ROOT,
                "`kernel-setup/reproduce %s`, about %s hours on one core",
                name(),
                Markdown.number(hours, 1));
    }

    @Override
    public List<Scale> scales() {
        return List.of(Scale.SMOKE, Scale.PUBLISHED);
    }

    private static Dataset data(Scale scale) {
        return DATA.computeIfAbsent(
                scale,
                any -> scale == Scale.SMOKE ? Datasets.cifar100().sample(500, 200, FIRST_SEED) : Datasets.cifar100());
    }

    /** A first model and an average are trained alike, an heir of one model for fewer epochs. */
    private PublishedGraphs graphs(Dataset data, Scale scale, long seed) {
        boolean smoke = scale == Scale.SMOKE;
        TrainingConfig first = smoke ? network.first.epochs(2) : network.first;
        return new PublishedGraphs(
                data, smoke ? ResNet.SMALL : network.spec, first, first.epochs(smoke ? 1 : network.heirs), first, seed);
    }

    private Labels[] requests() {
        return IntStream.of(part.labels)
                .mapToObj(count -> Labels.range(0, count))
                .toArray(Labels[]::new);
    }

    private static long[] seeds(int count) {
        return LongStream.range(FIRST_SEED, FIRST_SEED + count).toArray();
    }

    private Path folder(Setting setting, long seed, String without) {
        String trained = setting.scale() == Scale.SMOKE ? "smoke" : small(network.title);
        return setting.graphs()
                .resolve("cifar100-" + trained + "-" + framework + (seed == FIRST_SEED ? "" : "-" + seed) + without);
    }

    @Override
    public boolean finished(Setting setting) {
        return setting.newest(experiment())
                .filter(there -> there.record().configuration().equals(configuration(setting)))
                .isPresent();
    }

    /** What is done beside the graph counts as the images that take as long. */
    @Override
    public double minutes(Setting setting, ToDoubleFunction<TrainingPlan> speed) {
        Dataset data = data(setting.scale());
        double seconds = 0;
        for (long seed : seeds(setting.seeds())) {
            TrainingPlan planned = plan.apply(graphs(data, setting.scale(), seed));
            double images = planned.begin(Map.of(), folder(setting, seed, "")).imagesToGo();
            for (Step step : planned.steps()) {
                int own = step.images().size();
                images += 1.0 * PASSES * (own + data.test().size()) / FORWARD
                        + (part == Part.TUNED ? 1.0 * EPOCHS_OF_FINE_TUNING * own : 0)
                        + (part == Part.DISTILLED ? 1.0 * EPOCHS_OF_DISTILLING * own : 0);
            }
            images += part == Part.RETRAINED ? planned.images() : 0;
            seconds += images * speed.applyAsDouble(planned);
        }
        return seconds / TimeUnit.MINUTES.toSeconds(1);
    }

    @Override
    public void run(Setting setting) {
        Dataset data = data(setting.scale());
        Results results =
                Results.of(experiment(), setting.scale()).in(setting.ledger()).data(data.sha256());
        configuration(setting).forEach(results::configuration);
        Comparison measured = Comparison.of().unseen(data.test()).about("model", network.title);
        for (Map.Entry<String, String> name : new TreeMap<>(names).entrySet()) {
            measured = measured.called(name.getKey(), name.getValue());
        }
        measured = switch (part) {
            case HEADS -> heads(measured);
            case ASCENT -> heads(measured.method("gradient ascent", GradientAscent::published));
            case TUNED -> measured.method("fine-tuning", FineTune::published);
            case DISTILLED -> measured.method("distillation", Distill::published);
            case RETRAINED ->
                measured.method("re-trained", umig -> Retrain.on(umig)
                        .in(folder(setting, umig.seed().orElseThrow(), "-without-0-9")));
        };
        for (long seed : seeds(setting.seeds())) {
            TrainingPlan planned = plan.apply(graphs(data, setting.scale(), seed));
            Umig umig = graph.apply(planned.graph(
                    planned.begin(Map.of(), folder(setting, seed, "")).run()));
            measured = measured.run(umig, requests());
        }
        Measurements rows = measured.measurements();
        // The originals are measured with the heads, so what is measured alone leaves them out.
        results.rows(
                        rulesAreMeasured()
                                ? rows
                                : rows.where(one -> !one.text("approach").equals(Comparison.ORIGINAL)))
                .write();
    }

    private boolean rulesAreMeasured() {
        return part == Part.HEADS || part == Part.ASCENT;
    }

    private static Comparison heads(Comparison measured) {
        Comparison with = measured;
        for (Map.Entry<String, FiunConfig> rule : rules().entrySet()) {
            with = with.method(rule.getKey(), umig -> Fiun.on(umig).config(rule.getValue()));
        }
        return with.method("HeadMask", HeadMask::on);
    }

    private static Map<String, FiunConfig> rules() {
        Map<String, FiunConfig> rules = new TreeMap<>();
        rules.put("FIUn paper()", FiunConfig.paper());
        rules.put("FIUn published()", FiunConfig.published());
        rules.put("FIUn tempered()", FiunConfig.tempered());
        return rules;
    }

    private Map<String, String> configuration(Setting setting) {
        PublishedGraphs first = graphs(data(setting.scale()), setting.scale(), FIRST_SEED);
        Map<String, String> configuration = new TreeMap<>();
        configuration.put("code", setting.code());
        configuration.put("network", first.model().toString());
        configuration.put("training of first models", first.first().toString());
        configuration.put("training of heirs", first.heirs().toString());
        configuration.put("training of averages", first.merged().toString());
        configuration.put("seeds", String.format(Locale.ROOT, "%d from %d", setting.seeds(), FIRST_SEED));
        if (rulesAreMeasured()) {
            rules().forEach((name, rule) -> configuration.put(name, rule.toString()));
        }
        configuration.put(
                "labels to forget", Stream.of(requests()).map(Labels::toString).collect(Collectors.joining("; ")));
        return configuration;
    }
}
