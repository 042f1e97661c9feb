package unlearn4j.umig;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import unlearn4j.core.Check;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.TrainingConfig;

/**
 * The graphs of the scripts that paper B's authors published, under the scripts' names, as plans: for CIFAR-100, or another
 * data set of 100 classes. Where a script leaves the labels to forget out of the first models, here labels 0 to 9 are left
 * out, the most that it is asked to forget, so that one graph serves all its requests.
 *
 * <p>The scripts put a fifth of the 50,000 training images aside and cut the rest into five parts of 8,000, 80 a label. Here
 * too a fifth of each label's images is put aside, its last. <em>Part 0</em> is the first 80 images of each label, all that is
 * left where there are no more than 100, and what every client of {@link #federated}, {@link #incremental} and
 * {@link #transfer} holds. The scripts' <em>part i</em> is the i-th fifth of what is left: 80 images a label of the whole data
 * set, 16 where a mirror holds 100.
 *
 * @param data the data set
 * @param model the network
 * @param first how models with fresh weights are trained
 * @param heirs how models that inherit from one other are trained
 * @param merged how models that begin with an average are trained
 * @param seed the plans' seed
 */
public record PublishedGraphs(
        Dataset data, ModelSpec model, TrainingConfig first, TrainingConfig heirs, TrainingConfig merged, long seed) {
    private static final int CLASSES = 100;
    private static final int PARTS = 5;
    private static final int EACH = 80;
    private static final int DEEPEST = 10_000;
    private static final Labels FORGOTTEN = Labels.range(0, 10);

    /** Makes the graphs' description. */
    public PublishedGraphs {
        Check.that(
                Check.given("data", data).classes() == CLASSES,
                "%s has %d classes, the scripts' graphs are for %d",
                data.name(),
                data.classes(),
                CLASSES);
        Check.given("model", model);
        Check.given("first", first);
        Check.given("heirs", heirs);
        Check.given("merged", merged);
    }

    /**
     * Federated learning: {@code d} and {@code s} without labels 0–9; {@code r1} from their average, {@code r2} from it,
     * {@code r3} from {@code d} and {@code r2}, {@code r4} from {@code r1} and {@code r2}. The labels are discovered at
     * {@code r1}: the paper's w_g, with r2 and r3 or r4 for w_a and w_b.
     */
    public TrainingPlan federated() {
        Images part = partZero();
        Images less = part.without(FORGOTTEN);
        return plan(
                step("d", less),
                step("s", less),
                step("r1", part, "d", "s"),
                step("r2", part, "r1"),
                step("r3", part, "d", "r2"),
                step("r4", part, "r1", "r2"));
    }

    /**
     * Federated learning with several distributions: {@code d} and {@code s} without labels 0–9, {@code r1} without 0–4 from
     * their average, {@code r2} without 5–9 from it, {@code r4} from the average of both, each on a part of its own. Labels
     * 5–9 are discovered at {@code r1}, labels 0–4 at {@code r2}.
     */
    public TrainingPlan federatedDistributions() {
        return plan(
                step("d", part(0).without(FORGOTTEN)),
                step("s", part(0).without(FORGOTTEN)),
                step("r1", part(1).without(Labels.range(0, 5)), "d", "s"),
                step("r2", part(2).without(Labels.range(5, 10)), "r1"),
                step("r4", part(3), "r1", "r2"));
    }

    /** Incremental learning: a chain, {@code u0} on labels 0–89, {@code u1} 0–91, {@code u2} 0–93, {@code u3} 0–97. */
    public TrainingPlan incremental() {
        return plan(
                step("u0", upTo(90)),
                step("u1", upTo(92), "u0"),
                step("u2", upTo(94), "u1"),
                step("u3", upTo(98), "u2"));
    }

    /** Transfer learning: {@code u0} on labels 0–89, and the heads alone of {@code u1}, {@code u2} and {@code u3} from it. */
    public TrainingPlan transfer() {
        return plan(
                step("u0", upTo(90)),
                step("u1", upTo(92), "u0").headOnly(true),
                step("u2", upTo(94), "u0").headOnly(true),
                step("u3", upTo(98), "u0").headOnly(true));
    }

    /**
     * Data-parallel learning: {@code u1} without labels 80–99, {@code u2} without 90–99, {@code u3} without 10–19, each on a
     * part of its own, and {@code u0} from their average on all images. The scripts unlearn as if it were the other way
     * round: see {@link #turned}.
     */
    public TrainingPlan dataParallel() {
        return plan(
                step("u1", part(1).without(Labels.range(80, 100))),
                step("u2", part(2).without(Labels.range(90, 100))),
                step("u3", part(3).without(Labels.range(10, 20))),
                step("u0", kept(), "u1", "u2", "u3"));
    }

    /**
     * Data-parallel learning with several distributions: {@code u1} alone of three has labels 0–4, {@code u2} 5–9,
     * {@code u3} 10–14; {@code u0} from their average on all images.
     */
    public TrainingPlan dataParallelDistributions() {
        return plan(
                step("u1", part(1).without(Labels.range(5, 15))),
                step("u2", part(2).without(Labels.range(0, 5).and(Labels.range(10, 15)))),
                step("u3", part(3).without(Labels.range(0, 10))),
                step("u0", kept(), "u1", "u2", "u3"));
    }

    /**
     * A deep graph: models {@code m1}, {@code m2} and so on of two clients in turn, each from the average of the two before
     * it. The scripts have 50, and more than 10,000 are refused. All labels are discovered at the first.
     */
    public TrainingPlan depth(int models) {
        Check.that(models > 0 && models <= DEEPEST, "models (%d) must be from 1 to %d", models, DEEPEST);
        return plan(IntStream.rangeClosed(1, models)
                .mapToObj(i -> step(
                        "m" + i,
                        part(2 - i % 2),
                        IntStream.range(Math.max(1, i - 2), i)
                                .mapToObj(before -> "m" + before)
                                .toArray(String[]::new)))
                .toArray(Step[]::new));
    }

    /**
     * Returns the data-parallel graph as the scripts unlearn it, with the same models: {@code u0} discovers the labels, and
     * {@code u1}, {@code u2} and {@code u3} inherit from it, though they were trained first.
     *
     * @param umig a graph of {@link #dataParallel}'s plan
     */
    public static Umig turned(Umig umig) {
        GraphShape shape = Check.given("umig", umig).shape();
        List<GraphShape.Edge> turned = shape.edges().stream()
                .map(edge -> new GraphShape.Edge(edge.child(), edge.parent(), 1))
                .toList();
        return Umig.of(new GraphShape(shape.nodes(), turned), umig.plan(), new Past(), umig::node);
    }

    private TrainingPlan plan(Step... steps) {
        return new TrainingPlan(data.train(), List.of(steps), seed);
    }

    private Step step(String name, Images images, String... parents) {
        TrainingConfig training = parents.length == 0 ? first : parents.length == 1 ? heirs : merged;
        return new Step(name, model, GraphTraining.alike(List.of(parents)), images, images, training, false, true);
    }

    private Images upTo(int labels) {
        return partZero().only(Labels.range(0, labels));
    }

    private Images partZero() {
        return cut(0, EACH);
    }

    private Images kept() {
        return cut(0, Integer.MAX_VALUE);
    }

    private Images part(int i) {
        int fifth = Arrays.stream(data.train().counts()).min().orElseThrow() * 4 / 5 / PARTS;
        return cut(i * fifth, (i + 1) * fifth);
    }

    /** Returns the images of each label from the {@code from}-th to the one before the {@code below}-th, of four fifths. */
    private Images cut(int from, int below) {
        Images all = data.train();
        int[] counts = all.counts();
        int[] seen = new int[counts.length];
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            int rank = seen[all.label(i)]++;
            if (rank >= from && rank < Math.min(below, counts[all.label(i)] * 4 / 5)) {
                chosen.add(i);
            }
        }
        return all.at(chosen.stream().mapToInt(Integer::intValue).toArray());
    }
}
