package unlearn4j.unlearn;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.Locale;
import unlearn4j.data.Labels;

/**
 * How long stored models take, drawn by chance, in this process. Not part of the tests; run by hand, the arguments being how
 * many models, K, J and an empty folder:
 *
 * <pre>
 * mvn -q -Pspark test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/cp.txt
 * java -Xmx4g (the --add-opens of pom.xml) -cp target/test-classes:target/classes:$(cat target/cp.txt) \
 *     unlearn4j.unlearn.SparkBenchmark 1000000 10 63 /tmp/heads
 * </pre>
 */
public final class SparkBenchmark {
    private SparkBenchmark() {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        int models = Integer.parseInt(arguments[0]);
        int classes = Integer.parseInt(arguments[1]);
        int features = Integer.parseInt(arguments[2]);
        long start = System.nanoTime();
        StoredHeads stored = Spark.local().draw(models, classes, features, 1, Path.of(arguments[3]));
        double drawn = (System.nanoTime() - start) / 1e9;
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        start = System.nanoTime();
        StoredForgetting done = Fiun.on(stored).forget(Labels.of(1));
        double all = (System.nanoTime() - start) / 1e9;
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.printf(
                Locale.ROOT,
                "%,d heads of %,d: drawn in %.1f s, forgotten in %.1f s %s, peak heap at most %.2f GiB; %s%n",
                models,
                classes * (features + 1),
                drawn,
                all,
                done.seconds(),
                peak / (double) (1 << 30),
                done);
    }
}
