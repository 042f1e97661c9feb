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
import java.util.stream.LongStream;
import java.util.stream.Stream;
import unlearn4j.core.Scale;
import unlearn4j.data.Dataset;
import unlearn4j.data.Datasets;
import unlearn4j.data.Labels;
import unlearn4j.experiment.Comparison;
import unlearn4j.experiment.Measurements;
import unlearn4j.model.ResNet;
import unlearn4j.report.Results;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.PublishedGraphs;
import unlearn4j.umig.Step;
import unlearn4j.umig.TrainingPlan;
import unlearn4j.umig.Umig;
import unlearn4j.unlearn.Fiun;
import unlearn4j.unlearn.FiunConfig;
import unlearn4j.unlearn.HeadMask;
import unlearn4j.unlearn.Retrain;

/**
 * One of paper B's tables by the number of labels to forget, on the graph of the authors' scripts. The graph is trained in a
 * folder and goes on there. Measured are FIUn as printed, as published and ours, and the control, for labels 0; 0 and 1; 0 to
 * 3; 0 to 9; or re-training, which costs as much as the graph, for labels 0 to 9.
 *
 * @param table the table's number
 * @param framework what the ledger's folders call the graph
 * @param plan the graph
 * @param graph what is unlearned of it
 * @param names what the paper calls the nodes
 * @param retrained whether it is re-training that is measured
 */
record PublishedTable(
        int table,
        String framework,
        Function<PublishedGraphs, TrainingPlan> plan,
        UnaryOperator<Umig> graph,
        Map<String, String> names,
        boolean retrained)
        implements Work {
    /** Read once for all tables. */
    private static final Map<Scale, Dataset> DATA = new ConcurrentHashMap<>();

    private static final int FIRST_SEED = 59;
    private static final int MOST = 10;
    private static final Labels[] REQUESTS = {
        Labels.range(0, 1), Labels.range(0, 2), Labels.range(0, 4), Labels.range(0, MOST)
    };
    /** A pass forward costs about a third of a step of training. */
    private static final int FORWARD = 3;
    /** The features once, and the model FIM of each of three settings. */
    private static final int PASSES = 4;

    /** Returns the tables whose graphs have ResNet18 in ImageNet form on CIFAR-100; what costs most comes last. */
    static List<PublishedTable> all() {
        return Stream.of(false, true)
                .flatMap(retrained -> Stream.of(
                        new PublishedTable(
                                9,
                                "federated",
                                PublishedGraphs::federated,
                                UnaryOperator.identity(),
                                Map.of("r1", "w_g", "r2", "w_a", "r3", "w_b"),
                                retrained),
                        new PublishedTable(
                                10,
                                "incremental",
                                PublishedGraphs::incremental,
                                UnaryOperator.identity(),
                                Map.of("u0", "w_g", "u1", "w_a", "u2", "w_b"),
                                retrained),
                        new PublishedTable(
                                4,
                                "transfer",
                                PublishedGraphs::transfer,
                                UnaryOperator.identity(),
                                Map.of("u0", "w_g", "u1", "w_a", "u2", "w_b"),
                                retrained),
                        new PublishedTable(
                                5,
                                "data-parallel",
                                PublishedGraphs::dataParallel,
                                PublishedGraphs::turned,
                                Map.of("u0", "w_g", "u1", "w_a", "u2", "w_b"),
                                retrained)))
                .toList();
    }

    @Override
    public String name() {
        return "table-" + table + (retrained ? "-retrained" : "");
    }

    @Override
    public String covers() {
        return "FIUn, Table " + table + ", ResNet18 on CIFAR-100, the published " + framework + " graph"
                + (retrained ? ", re-trained" : "");
    }

    @Override
    public String experiment() {
        return "published-table-" + table + "-resnet18-" + (retrained ? "retrained" : "heads");
    }

    @Override
    public String command() {
        return "`kernel-setup/reproduce " + name() + "`, how long, `--list` tells for your machine";
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

    /** At PUBLISHED: one cycle of 16 epochs for a first model and for an average, of 5 for an heir of one. */
    private static PublishedGraphs graphs(Dataset data, Scale scale, long seed) {
        TrainingConfig first = TrainingConfig.DEFAULT.epochs(scale == Scale.SMOKE ? 2 : 16);
        return new PublishedGraphs(
                data,
                scale == Scale.SMOKE ? ResNet.SMALL : ResNet.IMAGENET,
                first,
                first.epochs(scale == Scale.SMOKE ? 1 : 5),
                first,
                seed);
    }

    private static long[] seeds(int count) {
        return LongStream.range(FIRST_SEED, FIRST_SEED + count).toArray();
    }

    private Path folder(Setting setting, long seed, String part) {
        String network = setting.scale() == Scale.SMOKE ? "smoke" : "resnet18";
        return setting.graphs()
                .resolve("cifar100-" + network + "-" + framework + (seed == FIRST_SEED ? "" : "-" + seed) + part);
    }

    @Override
    public boolean finished(Setting setting) {
        return setting.newest(experiment())
                .filter(there -> there.record().configuration().equals(configuration(setting)))
                .isPresent();
    }

    /** The graph is counted where FIUn is measured; what else is done, as the images that take as long. */
    @Override
    public double minutes(Setting setting, ToDoubleFunction<TrainingPlan> speed) {
        Dataset data = data(setting.scale());
        double seconds = 0;
        for (long seed : seeds(setting.seeds())) {
            TrainingPlan planned = plan.apply(graphs(data, setting.scale(), seed));
            double images = planned.images();
            if (!retrained) {
                images = planned.begin(Map.of(), folder(setting, seed, "")).imagesToGo();
                for (Step step : planned.steps()) {
                    int seen = step.images().size() + data.test().size();
                    images += 1.0 * PASSES * seen / FORWARD;
                }
            }
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
        Comparison measured = Comparison.of().unseen(data.test()).about("model", "ResNet18");
        for (Map.Entry<String, String> name : new TreeMap<>(names).entrySet()) {
            measured = measured.called(name.getKey(), name.getValue());
        }
        measured = retrained
                ? measured.method("re-trained", umig -> Retrain.on(umig)
                        .in(folder(setting, umig.seed().orElseThrow(), "-without-0-9")))
                : heads(measured);
        for (long seed : seeds(setting.seeds())) {
            TrainingPlan planned = plan.apply(graphs(data, setting.scale(), seed));
            Umig umig = graph.apply(planned.graph(
                    planned.begin(Map.of(), folder(setting, seed, "")).run()));
            measured = retrained ? measured.run(umig, Labels.range(0, MOST)) : measured.run(umig, REQUESTS);
        }
        Measurements rows = measured.measurements();
        // The originals are measured with the heads, so re-training leaves them out.
        results.rows(retrained ? rows.where(one -> !one.text("approach").equals(Comparison.ORIGINAL)) : rows)
                .write();
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
        if (!retrained) {
            rules().forEach((name, rule) -> configuration.put(name, rule.toString()));
        }
        configuration.put(
                "labels to forget",
                retrained
                        ? Labels.range(0, MOST).toString()
                        : Stream.of(REQUESTS).map(Labels::toString).collect(Collectors.joining("; ")));
        return configuration;
    }
}
