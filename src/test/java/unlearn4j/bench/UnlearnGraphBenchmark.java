package unlearn4j.bench;

import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import java.util.Locale;
import java.util.Map;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.Classifier;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;
import unlearn4j.unlearn.Fiun;
import unlearn4j.unlearn.UnlearningResult;

/**
 * How long FIUn takes on a graph of 10,000 small heads, its plan included: a binary tree in which every tenth node has a
 * second parent. Not part of the tests; run by hand, the number of nodes being the one argument:
 *
 * <pre>
 * mvn -q test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/cp.txt
 * java -Dai.djl.offline=true -cp target/test-classes:target/classes:$(cat target/cp.txt) \
 *     unlearn4j.bench.UnlearnGraphBenchmark 10000
 * </pre>
 *
 * <p>The share of the memory bandwidth counts what Eq. 6 must touch, the head read and written and both matrices read, and
 * compares it with copying a large array in the same run.
 */
public final class UnlearnGraphBenchmark {
    private static final int CLASSES = 10;
    private static final int SIDE = 8;
    private static final int ROUNDS = 5;
    private static final int COPIED = 1 << 26;

    private UnlearnGraphBenchmark() {}

    /** A head and nothing under it: the pixels are the features. */
    private record HeadAlone(int features) implements ModelSpec {
        @Override
        public String name() {
            return "head";
        }

        @Override
        public Block body(int height, int width) {
            return Blocks.batchFlattenBlock();
        }
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        int nodes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        long start = System.nanoTime();
        Umig umig = graph(nodes);
        System.out.printf(Locale.ROOT, "%,d nodes made in %.2f s%n", nodes, seconds(start));
        double bandwidth = copyBandwidth();
        System.out.printf(Locale.ROOT, "copying reads and writes %.2f GB/s%n", bandwidth / 1e9);
        Labels labels = Labels.of(3, 7);
        for (int round = 1; round <= ROUNDS; round++) {
            start = System.nanoTime();
            UnlearningGraph plan = umig.unlearning(labels);
            double planned = seconds(start);
            start = System.nanoTime();
            UnlearningResult result = Fiun.on(umig).forget(labels);
            double all = seconds(start);
            Map<String, Double> phases = result.seconds();
            int updated = plan.nodes().size();
            double update = phases.get("merge and update");
            double bytes = 4.0 * Float.BYTES * (CLASSES * SIDE * SIDE + CLASSES) * updated;
            System.out.printf(
                    Locale.ROOT,
                    "round %d: plan %.3f s for %,d nodes of %,d discovery nodes; run %.3f s, of it "
                            + "model FIMs %.3f s, unlearning FIMs %.3f s, merge and update %.3f s: %,.0f nodes/s, %.2f GB/s, "
                            + "%.1f %% of the copy's bandwidth%n",
                    round,
                    planned,
                    updated,
                    plan.discovered().size(),
                    all,
                    phases.get("model FIMs"),
                    phases.get("unlearning FIMs"),
                    update,
                    updated / update,
                    bytes / update / 1e9,
                    100 * bytes / update / bandwidth);
            start = System.nanoTime();
            result.undo();
            System.out.printf(Locale.ROOT, "         undone in %.3f s%n", seconds(start));
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static Umig graph(int nodes) {
        Images images = TinyImages.of(CLASSES, 400, SIDE);
        // The root never saw labels 5 and above: they are discovered further down, at many nodes.
        Images low = images.only(Labels.range(0, 5));
        Umig umig = Umig.of();
        for (int i = 0; i < nodes; i++) {
            Images from = i < 15 ? low : images;
            int first = i * 7 % (from.size() - 6);
            Classifier model = Classifier.create(new HeadAlone(SIDE * SIDE), images, i);
            umig.add(new ModelNode("w_" + i, model, from.slice(first, first + 6)));
            if (i > 0) {
                umig.inherit("w_" + i, "w_" + (i - 1) / 2);
            }
            if (i > 20 && i % 10 == 0) {
                umig.inherit("w_" + i, "w_" + (i - 1) / 3);
            }
        }
        return umig;
    }

    private static double copyBandwidth() {
        float[] from = new float[COPIED];
        float[] to = new float[COPIED];
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 6; round++) {
            long start = System.nanoTime();
            System.arraycopy(from, 0, to, 0, COPIED);
            best = Math.min(best, seconds(start));
        }
        return 2.0 * Float.BYTES * COPIED / best;
    }
}
