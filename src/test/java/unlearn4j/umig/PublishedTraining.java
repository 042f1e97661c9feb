package unlearn4j.umig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.data.Dataset;
import unlearn4j.data.Datasets;
import unlearn4j.model.ResNet;
import unlearn4j.train.Evaluator;
import unlearn4j.train.TrainingConfig;

/**
 * Trains the published graphs with ResNet18 on CIFAR-100, each in a folder of its own under the first argument, and goes on
 * with what it finds there. What it does it writes to {@code log.txt} there.
 */
final class PublishedTraining {
    private PublishedTraining() {}

    /** Trains those that the other arguments name, in that order; all, if there are none. */
    public static void main(String[] arguments) throws IOException {
        Path root = Files.createDirectories(Path.of(arguments[0]));
        Dataset data = Datasets.cifar100();
        PublishedGraphs graphs = graphs(data);
        Map<String, TrainingPlan> plans = new LinkedHashMap<>();
        plans.put("incremental", graphs.incremental());
        plans.put("federated", graphs.federated());
        plans.put("data-parallel", graphs.dataParallel());
        plans.put("transfer", graphs.transfer());
        Screen.use(new Log(root.resolve("log.txt")));
        for (Map.Entry<String, TrainingPlan> plan : plans.entrySet()) {
            if (arguments.length > 1 && !java.util.List.of(arguments).contains(plan.getKey())) {
                continue;
            }
            String name = "cifar100-resnet18-" + plan.getKey();
            Screen.current().show(name);
            TrainingPlan wanted = plan.getValue();
            wanted.graph(wanted.begin(Map.of(), root.resolve(name)).run());
            Umig umig = Umig.load(root.resolve(name), data);
            for (ModelNode node : umig.nodes()) {
                Screen.current()
                        .show(String.format(
                                Locale.ROOT,
                                "%s %s: %.2f %% of %d training images, %.2f %% of the test images of its labels",
                                name,
                                node,
                                Evaluator.evaluate(node.model(), node.shard()).accuracy(),
                                node.shard().size(),
                                Evaluator.evaluate(
                                                node.model(),
                                                data.test().only(node.shard().labels()))
                                        .accuracy()));
            }
        }
    }

    static PublishedGraphs graphs(Dataset data) {
        TrainingConfig first = TrainingConfig.DEFAULT.epochs(16);
        return new PublishedGraphs(data, ResNet.IMAGENET, first, first.epochs(5), first, 59);
    }

    /** Writes notes, not every batch's progress. */
    private record Log(Path file) implements Screen, Progress {
        @Override
        public void show(Object value) {
            try {
                Files.writeString(
                        file,
                        LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + value + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Progress progress(String task, long total, String unit) {
            show(task + ", " + total + " " + unit);
            return this;
        }

        @Override
        public void done(long done) {}

        @Override
        public void note(String text) {
            show(text);
        }

        @Override
        public void point(String curve, double x, double y) {}

        @Override
        public void close() {}
    }
}
