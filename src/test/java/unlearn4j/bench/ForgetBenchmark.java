package unlearn4j.bench;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import unlearn4j.hdus.Receipt;
import unlearn4j.hdus.UntrainedNetworks;

/**
 * How long a client takes to forget one neighbour, by how many seeds it holds: the hub of a star forgets a leaf. Not part
 * of the tests; run by hand:
 *
 * <pre>
 * mvn -q test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/cp.txt
 * java -Dai.djl.offline=true -cp target/test-classes:target/classes:$(cat target/cp.txt) unlearn4j.bench.ForgetBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(2)
public class ForgetBenchmark {
    /** How many seeds the hub holds when it is asked to forget one. */
    @Param({"5", "1000"})
    public int seeds;

    private UntrainedNetworks.Star star;
    private int oldest;
    private int next;

    /** Begins with one leaf fewer, and with no names to remember as forgotten. */
    @Setup(Level.Iteration)
    public void plant() {
        star = new UntrainedNetworks.Star(seeds - 1);
        oldest = 0;
        next = seeds - 1;
    }

    /** Brings the leaves to their number; names don't come twice. */
    @Setup(Level.Invocation)
    public void grow() {
        star.grow(next++);
    }

    /** The leaf that came first leaves. */
    @Benchmark
    public Receipt forget() {
        return star.forget(oldest++);
    }

    /** Runs the benchmark and prints how the two numbers of seeds compare. */
    public static void main(String[] arguments) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(ForgetBenchmark.class.getName())
                        .build())
                .run();
        Map<Integer, Double> nanoseconds = new TreeMap<>();
        for (RunResult result : results) {
            nanoseconds.put(
                    Integer.valueOf(result.getParams().getParam("seeds")),
                    result.getPrimaryResult().getScore());
        }
        System.out.printf(
                "forgetting one of 1000 seeds takes %.2f times as long as one of 5%n",
                nanoseconds.get(1000) / nanoseconds.get(5));
    }
}
