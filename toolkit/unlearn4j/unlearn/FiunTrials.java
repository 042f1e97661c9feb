package unlearn4j.unlearn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.audit.Forgetting;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.data.Labels;
import unlearn4j.fisher.Fisher;
import unlearn4j.fisher.FisherEstimator;
import unlearn4j.train.Evaluation;
import unlearn4j.train.Features;
import unlearn4j.train.Head;
import unlearn4j.train.Parallel;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.TrainingData;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * What {@link Fiun} would make of a graph, with setting after setting; no node is changed. FIUn updates heads, so each
 * node's images run through its body once and every setting is measured on the features that are kept. A FIM is computed
 * once for each estimator.
 */
public final class FiunTrials {
    private static final TrainingData DATA = TrainingData.OWN_SHARD;

    private final Umig umig;
    private final UnlearningGraph unlearning;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final Map<ModelNode, Unchanged> begun = new LinkedHashMap<>();
    private final Map<ModelNode, Kept> kept = new LinkedHashMap<>();
    private final Map<Estimation, Map<ModelNode, Fisher>> unlearningFims = new LinkedHashMap<>();
    private final Map<Asked, Fisher> modelFims = new ConcurrentHashMap<>();

    /** What FIMs depend on: settings that are alike in this share theirs. */
    private record Estimation(
            FisherEstimator fisher, FisherEstimator discovery, ModelData modelData, Optional<TrainingConfig> fit) {
        static Estimation of(FiunConfig config) {
            return new Estimation(config.fisher(), config.discovery(), config.modelData(), config.fit());
        }
    }

    private record Asked(ModelNode node, Estimation estimation) {}

    /** What a node's body makes of the images that it is measured on, and what its own head says of them. */
    private record Kept(Features retained, Features forgotten, Forgetting before) {}

    private FiunTrials(Umig umig, Labels labels) {
        this.umig = umig;
        unlearning = umig.unlearning(labels);
        for (ModelNode node : unlearning.nodes()) {
            Check.that(
                    !labels.containsAll(umig.known(node)),
                    "%s knows no labels but %s: there is nothing to measure AD_r on",
                    node,
                    labels);
            FiunUpdate.checkFinite(node.name(), node.model().head());
            begun.put(node, Unchanged.since(node));
        }
    }

    /**
     * Begins trials on a graph whose nodes stay as they are for as long as these last.
     *
     * @param labels the labels to forget
     * @throws IllegalArgumentException if no node learned one of the labels, if a node knows no others, or if its head holds
     *     NaN
     */
    public static FiunTrials of(Umig umig, Labels labels) {
        return new FiunTrials(Check.given("umig", umig), Check.given("labels", labels));
    }

    /**
     * Tries settings.
     *
     * @param configs settings that look at the head alone
     * @return a row for each setting and node: the setting (T is missing for {@link FisherEstimator#batchMean}; F̂/F is
     *     compared raw or by column shares), AD_r and AD_f before and after as {@link UnlearningResult#evaluate} measures them,
     *     Δ_acc, which is AD_r − AD_f (§5.1), and how many of the head's parameters are scaled, in percent; where γ selects
     *     none, the node stays as it is
     * @throws unlearn4j.train.Interrupted if the thread is interrupted
     */
    public Table table(List<FiunConfig> configs) {
        Check.notEmpty("configs", configs);
        checkUnchanged();
        Map<Estimation, FiunConfig> estimations = new LinkedHashMap<>();
        configs.forEach(config -> estimations.putIfAbsent(Estimation.of(config), config));
        int nodes = unlearning.nodes().size();
        long fims = (long) estimations.size() * nodes;
        List<Row> rows = new ArrayList<>();
        try (Progress progress = Screen.current().progress("trying settings", fims + configs.size(), "steps")) {
            progress.note("FIMs");
            long done = 0;
            for (FiunConfig config : estimations.values()) {
                checkHeadOnly(config.fisher());
                unlearningFims(config);
                long before = done;
                Parallel.map(
                        unlearning.nodes(),
                        threads,
                        some -> progress.done(before + some),
                        node -> modelFim(node, config));
                done += nodes;
            }
            unlearning.nodes().forEach(node -> kept.computeIfAbsent(node, this::keep));
            progress.note("settings");
            Parallel.map(configs, threads, some -> progress.done(fims + some), this::rows)
                    .forEach(rows::addAll);
        }
        return tabulated(rows);
    }

    /**
     * Returns log10 F̂/F for parameters of a node's head, as a setting would see them: what Eq. 6 compares with log10 γ.
     * Those without information in F̂, which stay, and those without any in F, which become 0, have no such number.
     *
     * @param node the node's name
     * @param labels the rows of the head
     */
    public double[] logRatios(String node, FiunConfig config, Labels labels) {
        checkHeadOnly(Check.given("config", config).fisher());
        Check.given("labels", labels);
        checkUnchanged();
        ModelNode at = umig.node(node);
        Check.that(
                unlearning.nodes().contains(at),
                "%s has nothing to forget of %s, these have: %s",
                node,
                unlearning.request(),
                unlearning.nodes());
        List<Fisher> merged = config.merge().of(scaledFims(at, config));
        Check.that(
                merged.size() == 1,
                "%s has %d ratios of each parameter with Merge.%s: choose another merge",
                node,
                merged.size(),
                config.merge());
        return merged.get(0).logRatios(Fiun.scaled(modelFim(at, config), config), labels);
    }

    private Kept keep(ModelNode node) {
        UnlearningGraph.Division division = unlearning.division(node, DATA);
        Features retained = Features.of(node.model(), division.retained());
        Features forgotten = Features.of(node.model(), division.forgotten());
        return new Kept(retained, forgotten, Forgetting.of(node.model().head(), retained, forgotten));
    }

    private Fisher modelFim(ModelNode node, FiunConfig config) {
        return modelFims.computeIfAbsent(new Asked(node, Estimation.of(config)), any -> ModelFims.of(umig)
                .fim(node, unlearning, DATA, config));
    }

    private record Row(FiunConfig config, ModelNode node, Forgetting before, Forgetting after, double scaled) {}

    private List<Row> rows(FiunConfig config) {
        List<Row> rows = new ArrayList<>();
        for (ModelNode node : unlearning.nodes()) {
            Fiun.Updated updated = Fiun.updated(node, scaledFims(node, config), modelFim(node, config), config);
            Head head = ((NodeWeights.OfHead) updated.weights()).head();
            int parameters = head.classes() * (head.features() + 1);
            Kept of = kept.get(node);
            rows.add(new Row(
                    config,
                    node,
                    of.before,
                    Forgetting.of(head, of.retained, of.forgotten),
                    100.0 * updated.touched() / parameters));
        }
        return rows;
    }

    private List<Fisher> scaledFims(ModelNode node, FiunConfig config) {
        Map<ModelNode, Fisher> fims = unlearningFims(config);
        return unlearning.sources().get(node).stream()
                .map(root -> Fiun.scaled(fims.get(root), config))
                .toList();
    }

    private Map<ModelNode, Fisher> unlearningFims(FiunConfig config) {
        synchronized (unlearningFims) {
            return unlearningFims.computeIfAbsent(Estimation.of(config), any -> {
                Map<ModelNode, Fisher> fims = new LinkedHashMap<>();
                unlearning
                        .discovered()
                        .keySet()
                        .forEach(root -> fims.put(root, Fiun.unscaledFim(unlearning, root, config)));
                return fims;
            });
        }
    }

    private void checkUnchanged() {
        begun.values().forEach(one -> one.check("%s was changed since these trials began: undo that, or begin others"));
    }

    private static void checkHeadOnly(FisherEstimator estimator) {
        Check.that(
                estimator.layers() == 1,
                "layers (%d) must be 1: trials keep the features that the head sees, use Fiun " + "for more",
                estimator.layers());
    }

    private Table tabulated(List<Row> rows) {
        StringColumn forgotten = StringColumn.create("forgotten");
        StringColumn compared = StringColumn.create("compared");
        StringColumn node = StringColumn.create("node");
        List<DoubleColumn> settings = List.of(
                DoubleColumn.create("T"),
                DoubleColumn.create("gamma"),
                DoubleColumn.create("tau"),
                DoubleColumn.create("eta"));
        List<DoubleColumn> measured = Stream.of(
                        "AD_r before", "AD_r", "AD_f before", "AD_f", "Δ_acc, points", "scaled %")
                .map(Evaluation::column)
                .toList();
        for (Row row : rows) {
            FiunConfig config = row.config;
            forgotten.append(unlearning.labels().toString());
            compared.append(config.columnShares() ? "shares" : "raw");
            settings.get(0)
                    .append(
                            config.fisher() instanceof FisherEstimator.PerSample perSample
                                    ? perSample.temperature()
                                    : Double.NaN);
            settings.get(1).append(config.gamma());
            settings.get(2).append(config.tau());
            settings.get(3).append(config.eta());
            node.append(row.node.name());
            measured.get(0).append(row.before.retained());
            measured.get(1).append(row.after.retained());
            measured.get(2).append(row.before.forgotten());
            measured.get(3).append(row.after.forgotten());
            measured.get(4).append(row.after.difference());
            measured.get(5).append(row.scaled);
        }
        Table table = Table.create("Settings tried", forgotten, compared);
        settings.forEach(table::addColumns);
        table.addColumns(node);
        measured.forEach(table::addColumns);
        return table;
    }

    @Override
    public String toString() {
        return "trials of FIUn, " + unlearning;
    }
}
