package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unlearn4j.data.Labels;
import unlearn4j.fisher.Merge;
import unlearn4j.train.Head;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;

@Tag("slow")
class SparkClusterTest {
    private static final Map<String, String> SETTINGS = Map.of(
            "spark.executor.memory", "512m",
            "spark.executor.extraClassPath", Cluster.classes(),
            "spark.extraListeners", Killer.class.getName());
    private static Cluster cluster;
    private static Path heads;
    private static final AtomicReference<String> KILLED = new AtomicReference<>();
    private static final AtomicReference<String> REMOVED = new AtomicReference<>();

    @TempDir
    private Path folder;

    /** Kills the worker that has just begun to update heads. */
    public static final class Killer extends SparkListener {
        @Override
        public void onTaskStart(SparkListenerTaskStart start) {
            String executor = start.taskInfo().executorId();
            if (heads != null && KILLED.get() == null && isUpdating() && cluster.killWorkerOf(executor)) {
                KILLED.set(executor);
            }
        }

        @Override
        public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
            REMOVED.set(removed.executorId());
        }

        private static boolean isUpdating() {
            try (Stream<Path> jobs = Files.list(heads)) {
                return jobs.anyMatch(job -> StoredTables.isWhole(job.resolve("merged")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @AfterEach
    void forgetTheSettings() {
        SETTINGS.keySet().forEach(System::clearProperty);
    }

    @Test
    void aWorkerThatIsKilledChangesNoBit() throws Exception {
        Umig umig = DrawnGraph.of(40, 6);
        Labels labels = Labels.of(0, 1);
        FiunConfig config = FiunConfig.tempered().merge(Merge.SUM);
        StoredHeads stored = Spark.local().store(umig, config, folder.resolve("heads"), labels);
        try (Cluster started = new Cluster(Path.of("target/cluster").toAbsolutePath(), 2)) {
            cluster = started;
            heads = stored.folder();
            SETTINGS.forEach(System::setProperty);

            Fiun.on(stored).config(config).with(Spark.master(cluster.url())).forget(labels);
        } finally {
            heads = null;
        }
        assertThat(KILLED.get()).as("whose worker was killed").isNotNull();
        assertThat(REMOVED.get()).isEqualTo(KILLED.get());
        forgetTheSettings();

        Fiun.on(umig).config(config).forget(labels);
        Map<String, Head> after = Spark.local()
                .heads(stored, umig.nodes().stream().map(ModelNode::name).toArray(String[]::new));
        umig.nodes().forEach(node -> assertThat(NodeWeights.of(after.get(node.name()))
                        .sameAs(NodeWeights.of(node.model().head())))
                .as(node.name())
                .isTrue());
    }
}
