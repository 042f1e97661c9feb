package unlearn4j.unlearn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.fisher.Fisher;
import unlearn4j.train.Head;
import unlearn4j.train.Interrupted;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/**
 * Fisher inheritance unlearning (paper B, Algorithm 1): the discovery nodes' information about what is to be forgotten,
 * merged along the graph, tells each node which parameters of its head to shrink, independently of all others.
 */
public final class Fiun extends UnlearningMethod<Fiun> {
    private FiunConfig config = FiunConfig.tempered();

    private Fiun(Umig umig) {
        super(umig);
    }

    /** Begins with {@link FiunConfig#tempered()}. */
    public static Fiun on(Umig umig) {
        return new Fiun(umig);
    }

    /** Sets the configuration. */
    public Fiun config(FiunConfig value) {
        config = Check.given("config", value);
        return this;
    }

    @Override
    Fiun self() {
        return this;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException also if a head holds NaN, or if γ selects no parameter of any node
     * @throws Interrupted if the thread is interrupted; then nothing is changed
     */
    @Override
    public UnlearningResult run() {
        UnlearningGraph unlearning = unlearning();
        unlearning.nodes().forEach(node -> FiunUpdate.checkFinite(node.name(), node.model().head()));
        Map<String, Double> seconds = new LinkedHashMap<>();

        long start = System.nanoTime();
        Map<ModelNode, Fisher> modelFims = new LinkedHashMap<>();
        for (ModelNode node : unlearning.nodes()) {
            modelFims.put(node, scaled(umig.modelFim(node, config.fisher())));
        }
        start = lap("model FIMs", start, seconds);

        Map<ModelNode, Fisher> unlearningFims = new LinkedHashMap<>();
        unlearning.discovered().forEach((node, first) -> {
            Images forgotten = umig.reached(node).only(first).named("images to forget at " + node.name());
            unlearningFims.put(node, scaled(config.fisher().of(node.model(), forgotten)));
        });
        start = lap("unlearning FIMs", start, seconds);

        Map<ModelNode, Head> heads = new LinkedHashMap<>();
        Map<ModelNode, Integer> touched = new LinkedHashMap<>();
        for (ModelNode node : unlearning.nodes()) {
            Interrupted.check("FIUn was updating " + node.name() + ", every node is as it was");
            List<ModelNode> sources = unlearning.sources().get(node);
            Fisher merged = sources.stream().map(unlearningFims::get).reduce(Fisher::merge).orElseThrow();
            FiunUpdate update = FiunUpdate.of(node.name(), node.model().head(), merged, modelFims.get(node), config);
            heads.put(node, update.head());
            touched.put(node, update.touched());
        }
        Check.that(touched.values().stream().anyMatch(count -> count > 0),
                "gamma (%s) selects no parameter of any node, nothing is changed: F̂/F lies below it everywhere, lower it",
                config.gamma());
        lap("merge and update", start, seconds);
        return new UnlearningResult("FIUn", umig, unlearning, heads, touched, seconds);
    }

    private Fisher scaled(Fisher fisher) {
        return config.columnShares() ? fisher.columnShares() : fisher;
    }
}
