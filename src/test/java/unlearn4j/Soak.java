package unlearn4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ai.djl.engine.Engine;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import unlearn4j.core.Scale;
import unlearn4j.data.Dataset;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.experiment.Comparison;
import unlearn4j.experiment.Measurement;
import unlearn4j.experiment.Measurements;
import unlearn4j.hdus.Clients;
import unlearn4j.hdus.Hdus;
import unlearn4j.hdus.HdusNetwork;
import unlearn4j.model.ResNet;
import unlearn4j.report.Figures;
import unlearn4j.report.Results;
import unlearn4j.train.Interrupted;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;
import unlearn4j.umig.IncrementalLearning;
import unlearn4j.umig.Umig;
import unlearn4j.unlearn.FineTune;
import unlearn4j.unlearn.Fiun;
import unlearn4j.unlearn.GradientAscent;
import unlearn4j.unlearn.HeadMask;
import unlearn4j.unlearn.UnlearningMethod;
import unlearn4j.unlearn.UnlearningResult;

/**
 * Hours of work in one process, {@code mvn -Psoak}, for {@code -Dsoak.minutes=60}: cycles that train, forget, save, load,
 * compare and draw, in a random order and a third of it interrupted at a random moment. The same seed gives the same bits
 * at the end as at the beginning, and native memory, threads and files stay as they were once warm.
 */
@Tag("soak")
@ExtendWith(Silent.class)
class Soak {
    private static final double MINUTES = Double.parseDouble(System.getProperty("soak.minutes", "60"));
    private static final long SEED = Long.getLong("soak.seed", 1);
    /** Before it the engine fills its pools, and Java its caches. */
    private static final double WARM_UP = 0.25;

    private static final double MOST_MEGABYTES_A_CYCLE = 0.02;
    private static final Dataset DATA = TinyImages.dataset(4, 12, 8);
    private static final ResNet NET = new ResNet("tiny", List.of(1), List.of(4));
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(2).batchSize(8);
    private static final IncrementalLearning INCREMENTAL =
            Umig.incremental(DATA).first(2).step(1).models(3).model(NET).training(CONFIG);
    private static final Hdus HDUS = Hdus.over(
                    Clients.of(DATA).count(3).classesEach(3).reference(8).seed(5))
            .mainModels(NET)
            .seedModel(NET)
            .training(CONFIG)
            .incubation(CONFIG);
    private static final Map<String, Function<Umig, UnlearningMethod<?>>> METHODS = Map.of(
            "FIUn",
            Fiun::on,
            "HeadMask",
            HeadMask::on,
            "FineTune",
            umig -> FineTune.on(umig).training(CONFIG),
            "GradientAscent",
            umig -> GradientAscent.on(umig)
                    .mayFall(100)
                    .training(GradientAscent.TRAINING.epochs(1).batchSize(8)));

    /** What must not grow: native memory, without Java's own; the engine's open resources; the process's open files. */
    private record Measured(
            long cycle, double megabytes, double java, int threads, int resources, int files, int kept) {}

    private final Random random = new Random(SEED);
    /** What each piece of work gave the first time. */
    private final Map<String, Object> first = new LinkedHashMap<>();

    /** Nanoseconds that each took the last time. */
    private final Map<String, Long> taken = new LinkedHashMap<>();

    private int interrupts;
    private int heard;

    @TempDir
    private Path folder;

    @Test
    void nothingGrowsAndTheBitsStay() throws Exception {
        Umig umig = INCREMENTAL.train();
        HdusNetwork network = HDUS.train();
        Path saved = folder.resolve("saved");
        umig.save(saved);
        network.save(folder.resolve("network.safetensors"));
        Map<String, Supplier<Object>> work = work(umig, network, saved);
        List<Measured> measured = new ArrayList<>();
        long start = System.nanoTime();
        long end = start + (long) (MINUTES * 60e9);
        long warm = start + (long) (MINUTES * 60e9 * WARM_UP);
        long said = start;
        long cycle = 0;
        for (; System.nanoTime() < end; cycle++) {
            List<String> names = new ArrayList<>(work.keySet());
            Collections.shuffle(names, random);
            for (String name : names) {
                Object given = at(name, work.get(name), cycle > 0 && random.nextInt(3) == 0);
                if (given != null) {
                    assertThat(given)
                            .as("%s in cycle %d", name, cycle)
                            .isEqualTo(first.computeIfAbsent(name, n -> given));
                }
                sweep();
            }
            if (System.nanoTime() >= warm) {
                measured.add(measure(cycle));
                if (measured.size() == 1 || System.nanoTime() - said > 60e9) {
                    said = System.nanoTime();
                    say(measured);
                }
            }
        }
        say(measured);
        System.out.printf(
                Locale.ROOT, "%d cycles, %d interrupts, of which %d ended a call%n", cycle, interrupts, heard);
        assertThat(slope(measured)).as("MB a cycle").isLessThan(MOST_MEGABYTES_A_CYCLE);
        stays("threads", measured, Measured::threads, 0);
        stays("open files", measured, Measured::files, 0);
        stays("files left", measured, Measured::kept, 0);
        // The collector gives them back a little later, now and then.
        stays("the engine's resources", measured, Measured::resources, 20);
    }

    /** There are never more in the second half than there were in the first. */
    private static void stays(String what, List<Measured> measured, ToIntFunction<Measured> of, int more) {
        int half = measured.size() / 2;
        int before = measured.subList(0, half).stream().mapToInt(of).max().orElseThrow();
        assertThat(measured.subList(half, measured.size()))
                .extracting(of::applyAsInt)
                .as(what)
                .allMatch(one -> one <= before + more);
    }

    /** Pieces of work, each with what it must give every time. */
    private Map<String, Supplier<Object>> work(Umig umig, HdusNetwork network, Path saved) {
        Map<String, Weights> original = AllWeights.of(umig);
        Map<String, Supplier<Object>> work = new LinkedHashMap<>();
        work.put("train", () -> AllWeights.of(INCREMENTAL.train()));
        work.put("train in a folder", () -> AllWeights.of(INCREMENTAL.train(folder.resolve("kept"))));
        work.put("HDUS", () -> AllWeights.of(HDUS.train()));
        METHODS.forEach((name, method) -> work.put(name, () -> {
            UnlearningResult result = method.apply(umig).forget(Labels.of(1));
            Map<String, Weights> after = AllWeights.of(umig);
            result.undo();
            assertThat(AllWeights.of(umig)).as("undone").isEqualTo(original);
            return after;
        }));
        work.put("save", () -> {
            umig.save(folder.resolve("graph"));
            network.save(folder.resolve("again.safetensors"));
            return AllWeights.of(Umig.load(folder.resolve("graph"), DATA));
        });
        work.put("load", () -> AllWeights.of(Umig.load(saved, DATA)));
        work.put("evaluate", () -> umig.evaluate().print() + network.evaluate().print());
        work.put("compare", () -> {
            Comparison.of()
                    .method("FIUn", Fiun::on)
                    .method("HeadMask", HeadMask::on)
                    .run(umig, Labels.of(1));
            return AllWeights.of(umig);
        });
        work.put("draw", () -> Results.of("soak", Scale.current())
                .in(folder.resolve("results"))
                .seed(SEED)
                .data(DATA.sha256())
                .rows(Measurements.of(Measurement.of("AD_f", 1, "%")))
                .picture("graph", Figures.graph(umig))
                .chart("clients", Figures.bars("clients", "%", umig.evaluate(), "node", "accuracy %"))
                .write()
                .files());
        return work;
    }

    /** Returns what the work gave, or nothing when an interrupt at a random moment ended it. */
    private Object at(String name, Supplier<Object> work, boolean interrupted) throws InterruptedException {
        AtomicReference<Object> given = new AtomicReference<>();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread worker = new Thread(
                () -> {
                    try {
                        given.set(work.get());
                    } catch (Throwable e) {
                        thrown.set(e);
                    }
                },
                name);
        long start = System.nanoTime();
        worker.start();
        if (interrupted) {
            worker.join(1 + random.nextInt(1 + (int) (taken.get(name) / 1_000_000)));
            interrupts++;
            worker.interrupt();
        }
        worker.join(120_000);
        if (worker.isAlive()) {
            fail("%s hangs at %s", name, List.of(worker.getStackTrace()));
        }
        if (thrown.get() != null) {
            if (!interrupted || !(thrown.get() instanceof Interrupted)) {
                throw new AssertionError(name, thrown.get());
            }
            heard++;
        }
        if (!interrupted) {
            taken.put(name, System.nanoTime() - start);
        }
        return given.get();
    }

    /** Takes away what a piece of work may leave: whole results, and what an interrupted training goes on from. */
    private void sweep() throws IOException {
        for (String name : List.of("graph", "results", "again.safetensors")) {
            delete(folder.resolve(name));
        }
        if (random.nextInt(5) == 0) {
            delete(folder.resolve("kept"));
        }
    }

    private static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> all = Files.walk(path)) {
                for (Path one : all.sorted(Collections.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }

    private Measured measure(long cycle) throws Exception {
        System.gc();
        double java =
                ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getCommitted() / 1048576.0;
        try (Stream<Path> left = Files.list(folder);
                Stream<Path> temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            long others = left.filter(path -> !path.endsWith("kept")).count()
                    + temporary
                            .filter(path -> path.getFileName().toString().startsWith("unlearn4j"))
                            .count();
            return new Measured(
                    cycle,
                    megabytes() - java,
                    java,
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    resources(),
                    open(),
                    (int) others);
        }
    }

    /** Returns what the process has in memory; Java's heap is of one size, so what grows is native. */
    private static double megabytes() throws IOException {
        Process ps = new ProcessBuilder(
                        "ps",
                        "-o",
                        "rss=",
                        "-p",
                        String.valueOf(ProcessHandle.current().pid()))
                .start();
        return Double.parseDouble(new String(ps.getInputStream().readAllBytes()).strip()) / 1024;
    }

    private static int open() throws IOException {
        Path files = Path.of(Files.isDirectory(Path.of("/proc/self/fd")) ? "/proc/self/fd" : "/dev/fd");
        try (Stream<Path> open = Files.list(files)) {
            return (int) open.count();
        }
    }

    /** Returns how many managers and arrays the engine's root holds; DJL has no door for it. */
    private static int resources() throws ReflectiveOperationException {
        Field field = BaseNDManager.class.getDeclaredField("resources");
        field.setAccessible(true);
        try (NDManager manager = Engine.getInstance().newBaseManager()) {
            return ((Map<?, ?>) field.get(manager.getParentManager())).size();
        }
    }

    private static double slope(List<Measured> measured) {
        SimpleRegression line = new SimpleRegression();
        measured.forEach(one -> line.addData(one.cycle, one.megabytes));
        return line.getSlope();
    }

    private static void say(List<Measured> measured) {
        Measured last = measured.get(measured.size() - 1);
        System.out.printf(
                Locale.ROOT,
                "%s, %.4f MB a cycle since cycle %d%n",
                last,
                measured.size() < 3 ? 0 : slope(measured),
                measured.get(0).cycle);
    }
}
