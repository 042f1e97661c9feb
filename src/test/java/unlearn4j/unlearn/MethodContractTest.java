package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.PrintStream;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.Table;
import unlearn4j.AllWeights;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.core.TextScreen;
import unlearn4j.data.Labels;
import unlearn4j.train.Interrupted;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Request;
import unlearn4j.umig.Umig;

/** What every method keeps to. A new method adds one line. */
class MethodContractTest {
    private static final TrainingConfig SHORT = SmallGraph.TRAINING.epochs(3);
    private static final Screen SILENT = new TextScreen(new PrintStream(PrintStream.nullOutputStream()));
    private final Screen screenBefore = Screen.current();

    static Stream<Arguments> methods() {
        return Stream.of(
                method("Fiun", umig -> Fiun.on(umig)),
                method("Fiun as in Table 8", umig -> Fiun.on(umig).config(FiunConfig.paper())),
                method("Fiun of two layers", umig -> Fiun.on(umig)
                        .config(FiunConfig.paper().layers(2))),
                method("HeadMask", umig -> HeadMask.on(umig)),
                method("Retrain", umig -> Retrain.on(umig).training(SHORT)),
                method("GradientAscent", umig -> GradientAscent.on(umig)
                        .mayFall(20)
                        .training(GradientAscent.TRAINING.epochs(5).batchSize(8).learningRate(0.01))),
                method("a method of one's own", umig -> new Shrink(umig)),
                method("FineTune", umig -> FineTune.on(umig).training(SHORT)),
                method("Distill", umig -> Distill.on(umig).training(SHORT)),
                method("GradientAscent as published", umig -> GradientAscent.published(umig)),
                method("FineTune as published", umig -> FineTune.published(umig).training(SHORT)),
                method("Distill as published", umig -> Distill.published(umig).training(SHORT)));
    }

    private static Arguments method(String name, Function<Umig, UnlearningMethod<?>> method) {
        return arguments(name, method);
    }

    @AfterEach
    void restore() {
        Thread.interrupted();
        Screen.use(screenBefore);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("methods")
    void changesTheUnlearningGraphAloneAndUndoesItBitForBit(String name, Function<Umig, UnlearningMethod<?>> method) {
        Umig umig = SmallGraph.trained();
        Map<String, Weights> before = AllWeights.of(umig);
        UnlearningResult result = method.apply(umig).forget(Labels.of(5));
        Map<String, Weights> after = AllWeights.of(umig);
        Table table = result.evaluate();

        assertThat(after.get("w_s")).as("label 5 never reached it").isEqualTo(before.get("w_s"));
        assertThat(after.get("w_j")).isEqualTo(before.get("w_j"));
        assertThat(after.get("w_f")).isNotEqualTo(before.get("w_f"));
        assertThat(after.get("w_h")).isNotEqualTo(before.get("w_h"));
        assertThat(result.changed(umig.node("w_s")).isEmpty()).isTrue();
        assertThat(result.changed(umig.node("w_h")).isEmpty()).isFalse();
        assertThat(result.cumulativeSeconds()).containsOnlyKeys(umig.node("w_f"), umig.node("w_h"));
        assertThat(result.cumulativeSeconds().values()).allMatch(seconds -> seconds > 0);
        assertThat(table.intColumn("parameters changed").asList()).contains(0);
        assertThat(result.seconds()).as("measuring is in no phase").doesNotContainKey("evaluation");
        assertThat(AllWeights.of(umig)).as("measuring changes nothing").isEqualTo(after);

        result.undo();
        assertThat(AllWeights.of(umig)).isEqualTo(before);
        assertThatThrownBy(result::undo).hasMessageContaining("labels 5 was undone before");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("methods")
    void theSameSeedGivesTheSameBits(String name, Function<Umig, UnlearningMethod<?>> method) {
        Umig umig = SmallGraph.trained();
        UnlearningResult first = method.apply(umig).forget(Labels.of(1, 4));
        Map<String, Weights> once = AllWeights.of(umig);
        first.undo();
        method.apply(umig).forget(Labels.of(1, 4));
        assertThat(AllWeights.of(umig)).isEqualTo(once);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("methods")
    void forgetsAClientAndALabelAtOnce(String name, Function<Umig, UnlearningMethod<?>> method) {
        Umig umig = SmallGraph.trained();
        Map<String, Weights> before = AllWeights.of(umig);
        UnlearningResult result =
                method.apply(umig).forget(Request.clients("w_j").and(Request.labels(Labels.of(5))));
        assertThat(AllWeights.of(umig).get("w_s"))
                .as("it never saw w_j's images")
                .isEqualTo(before.get("w_s"));
        assertThat(AllWeights.of(umig).get("w_h")).isNotEqualTo(before.get("w_h"));
        result.undo();
        assertThat(AllWeights.of(umig)).isEqualTo(before);
    }

    /** The flag is set at the n-th report of progress, n drawn at random: wherever that is, all are old or all are new. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("methods")
    void anInterruptLeavesAllOldOrAllNew(String name, Function<Umig, UnlearningMethod<?>> method) {
        Umig umig = SmallGraph.trained();
        Map<String, Weights> before = AllWeights.of(umig);
        method.apply(umig).forget(Labels.of(1, 4)).undo();
        UnlearningResult whole = method.apply(umig).forget(Labels.of(1, 4));
        Map<String, Weights> after = AllWeights.of(umig);
        whole.undo();
        SplittableRandom random = new SplittableRandom(name.hashCode());
        for (int round = 0; round < 8; round++) {
            Screen.use(new InterruptingScreen(random.nextInt(1, 12)));
            UnlearningMethod<?> once = method.apply(umig);
            UnlearningResult result;
            try {
                result = once.forget(Labels.of(1, 4));
            } catch (Interrupted e) {
                assertThat(Thread.interrupted()).as("the flag stays set").isTrue();
                assertThat(AllWeights.of(umig)).isEqualTo(before);
                Screen.use(SILENT);
                result = once.forget(Labels.of(1, 4));
            }
            Thread.interrupted();
            assertThat(AllWeights.of(umig))
                    .as("asking again gives what it would have given")
                    .isEqualTo(after);
            result.undo();
        }
    }

    /** Another thread interrupts at some moment, which is another in every run. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("methods")
    void anInterruptAtAnyMomentLeavesAllOldOrAllNew(String name, Function<Umig, UnlearningMethod<?>> method)
            throws InterruptedException {
        Umig umig = SmallGraph.trained();
        Map<String, Weights> before = AllWeights.of(umig);
        method.apply(umig).forget(Labels.of(1, 4)).undo();
        long start = System.nanoTime();
        UnlearningResult whole = method.apply(umig).forget(Labels.of(1, 4));
        long taken = System.nanoTime() - start;
        Map<String, Weights> after = AllWeights.of(umig);
        whole.undo();
        Screen.use(SILENT);
        for (int round = 0; round < 5; round++) {
            AtomicReference<UnlearningResult> result = new AtomicReference<>();
            AtomicBoolean stopped = new AtomicBoolean();
            Thread worker = new Thread(() -> {
                try {
                    result.set(method.apply(umig).forget(Labels.of(1, 4)));
                } catch (Interrupted e) {
                    stopped.set(true);
                }
            });
            worker.start();
            long until = System.nanoTime() + taken * (2 * round + 1) / 10;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            worker.interrupt();
            worker.join();
            assertThat(AllWeights.of(umig)).isEqualTo(stopped.get() ? before : after);
            if (result.get() != null) {
                result.get().undo();
            }
        }
    }

    /** Interrupts the thread that reports, once. */
    private static final class InterruptingScreen implements Screen {
        private int left;

        InterruptingScreen(int reports) {
            left = reports;
        }

        @Override
        public void show(Object value) {}

        @Override
        public Progress progress(String task, long total, String unit) {
            return new Progress() {
                @Override
                public void done(long done) {
                    if (--left == 0) {
                        Thread.currentThread().interrupt();
                    }
                }

                @Override
                public void note(String text) {}

                @Override
                public void point(String curve, double x, double y) {}

                @Override
                public void close() {}
            };
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("methods")
    void nothingToForgetAndUnknownLabelsAreRefused(String name, Function<Umig, UnlearningMethod<?>> method) {
        Umig umig = SmallGraph.trained();
        assertThatThrownBy(() -> method.apply(umig).forget((Request) null))
                .hasMessageContaining("request must be given");
        assertThatThrownBy(() -> method.apply(umig).forget(Labels.of(9))).hasMessageContaining("9");
    }

    /** A node of the unlearning graph whose native memory is gone. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("methods")
    void aLostNodeLeavesTheOthersOld(String name, Function<Umig, UnlearningMethod<?>> method) {
        Umig umig = SmallGraph.trained();
        Map<String, Weights> before = AllWeights.of(umig);
        ModelNode lost = umig.node("w_h");
        lost.model().scope().getParentManager().close();
        assertThatThrownBy(() -> method.apply(umig).forget(Labels.of(1, 4))).isInstanceOf(RuntimeException.class);
        for (String other : new String[] {"w_s", "w_f", "w_j"}) {
            assertThat(umig.node(other).model().weights()).isEqualTo(before.get(other));
        }
    }
}
