package unlearn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import unlearn4j.core.Progress;
import unlearn4j.data.Dataset;
import unlearn4j.data.Datasets;
import unlearn4j.data.Images;
import unlearn4j.model.AlexNet;
import unlearn4j.model.ModelSpec;
import unlearn4j.model.ResNet;

@Tag("slow")
class TrainingTest {
    private static final Dataset DATA = Datasets.fashionMnistSample().sample(400, 200, 1);
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(3).seed(5);

    private static Classifier untrained(ModelSpec spec) {
        return Classifier.create(spec, DATA.train(), 3);
    }

    @Test
    void oneSeedGivesTheSameWeightsTwice() {
        TrainingConfig config = CONFIG.epochs(1).augment(true);
        Weights first =
                Training.of(untrained(ResNet.SMALL), DATA.train(), config).run().weights();
        Weights second =
                Training.of(untrained(ResNet.SMALL), DATA.train(), config).run().weights();
        assertThat(second).isEqualTo(first);
        assertThat(Training.of(untrained(ResNet.SMALL), DATA.train(), config.seed(6))
                        .run()
                        .weights())
                .isNotEqualTo(first);
    }

    @Test
    void anotherThreadTrainsToTheSameWeightsAndCanLoadThem() {
        TrainingConfig config = CONFIG.epochs(1);
        Images few = DATA.train().slice(0, 128);
        Classifier here = Training.of(untrained(ResNet.SMALL), few, config).run();
        Classifier there = CompletableFuture.supplyAsync(() -> {
                    Classifier model = untrained(ResNet.SMALL).copy();
                    return Training.of(model, few, config).run().copy();
                })
                .join();
        assertThat(there.weights()).isEqualTo(here.weights());
        assertThat(CompletableFuture.supplyAsync(() -> Evaluator.logits(there, few))
                        .join()
                        .values())
                .isEqualTo(Evaluator.logits(here, few).values());
    }

    @Test
    void trainingInPartsIsTrainingInOneGo() {
        Weights whole =
                Training.of(untrained(ResNet.SMALL), DATA.train(), CONFIG).run().weights();
        Training training = Training.of(untrained(ResNet.SMALL), DATA.train(), CONFIG);
        Progress quiet = new Stop(Long.MAX_VALUE);
        assertThat(training.runTo(1, quiet).weights()).isNotEqualTo(whole);
        assertThat(training.epochsDone()).isEqualTo(1);
        assertThat(training.runTo(3, quiet).weights()).isEqualTo(whole);
    }

    @Test
    void dropoutComesFromTheSeedToo() {
        AlexNet small = new AlexNet("AlexNet-64", 64, 0.5f);
        TrainingConfig config = CONFIG.epochs(1).learningRate(0.01);
        Images few = DATA.train().slice(0, 64);
        Weights first = Training.of(untrained(small), few, config).run().weights();
        assertThat(Training.of(untrained(small), few, config).run().weights()).isEqualTo(first);
    }

    @Test
    void trainingsWithDropoutAtOnceDoNotChangeEachOther() {
        AlexNet small = new AlexNet("AlexNet-64", 64, 0.5f);
        TrainingConfig config = CONFIG.epochs(2).learningRate(0.01).batchSize(8);
        Images few = DATA.train().slice(0, 64);
        Weights alone = Training.of(untrained(small), few, config).run().weights();
        List<CompletableFuture<Weights>> together = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> Training.of(untrained(small), few, config).run().weights(),
                        Executors.newCachedThreadPool()))
                .toList();
        together.forEach(one -> assertThat(one.join()).isEqualTo(alone));
    }

    @Test
    void oneBatchOfAllImagesIsABatchHoweverLargeItMayBe() {
        Images few = DATA.train().slice(0, 40);
        Training training =
                Training.of(untrained(ResNet.SMALL), few, CONFIG.epochs(1).batchSize(Integer.MAX_VALUE));
        Weights trained = training.run().weights();
        assertThat(training.history().doubleColumn("loss").get(0)).isPositive();
        assertThat(trained)
                .isNotEqualTo(untrained(ResNet.SMALL).weights())
                .isEqualTo(Training.of(
                                untrained(ResNet.SMALL), few, CONFIG.epochs(1).batchSize(40))
                        .run()
                        .weights());
    }

    /** What an epoch of one step measures of a network with batch statistics, and what it then leaves alone. */
    @Test
    void anEpochIsLeftAloneAndAMeasuredNetworkIsAsInUse() {
        Images few = DATA.train().slice(0, 128);
        TrainingConfig config = CONFIG.batchSize(32);
        int[] asked = {0};
        Training once = Training.of(untrained(ResNet.SMALL), few, config.epochs(1))
                .leavingEpochs(() -> ++asked[0] > 0)
                .inUseOnceMeasured();
        Training thrice = Training.of(untrained(ResNet.SMALL), few, config.epochs(3))
                .leavingEpochs(() -> ++asked[0] > 0)
                .inUseOnceMeasured();
        List<float[]> first = statistics(once.run());
        assertThat(asked[0]).isEqualTo(1);
        assertThat(statistics(thrice.run()))
                .as("running means move in the first step alone")
                .usingRecursiveComparison()
                .isEqualTo(first);
        assertThat(asked[0]).isEqualTo(4);
        assertThat(thrice.epochsDone()).isEqualTo(3);
        assertThat(thrice.model().weights()).isNotEqualTo(once.model().weights());
        assertThat(statistics(untrained(ResNet.SMALL)))
                .usingRecursiveComparison()
                .isNotEqualTo(first);
    }

    private static List<float[]> statistics(Classifier model) {
        return model.statistics().stream().map(NDArray::toFloatArray).toList();
    }

    @Test
    void aSecondThreadIsToldThatATrainingRunsAndTheFirstIsNotDisturbed() {
        Images few = DATA.train().slice(0, 64);
        TrainingConfig config = CONFIG.epochs(2);
        Weights alone = Training.of(untrained(ResNet.SMALL), few, config).run().weights();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        Training training = Training.of(untrained(ResNet.SMALL), few, config).until(1, () -> {
            begun.countDown();
            try {
                told.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return false;
        });
        CompletableFuture<Classifier> first = CompletableFuture.supplyAsync(training::run);
        try {
            begun.await();
            assertThatThrownBy(training::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the training of ResNet8 runs in another thread already: wait for it, or train a copy");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            told.countDown();
        }
        assertThat(first.join().weights()).isEqualTo(alone);
        assertThat(training.run().weights()).isEqualTo(alone);
    }

    @Test
    void twoVariantsOfOneTrainingShareNothingButTheirNetwork() {
        Images few = DATA.train().slice(0, 64);
        Training plain = Training.ofHead(untrained(ResNet.SMALL), few, CONFIG.epochs(1));
        Training held = plain.heldOut(DATA.test());
        held.run();
        assertThat(plain.epochsDone()).isZero();
        List<float[]> body = held.model().weights().copy();
        List<float[]> before = untrained(ResNet.SMALL).weights().copy();
        assertThat(body.subList(0, body.size() - 2))
                .as("held-out images leave a training of the head one of the head")
                .usingRecursiveComparison()
                .isEqualTo(before.subList(0, body.size() - 2));
    }

    @Test
    void learnsRealImages() {
        Dataset more = Datasets.fashionMnistSample().sample(1500, 500, 1);
        Classifier model = Classifier.create(ResNet.SMALL, more.train(), 1);
        Training training = Training.of(model, more.train(), CONFIG.epochs(4)).heldOut(more.test());
        training.run();
        assertThat(Evaluator.evaluate(model, more.test()).accuracy()).isGreaterThan(60);
        assertThat(training.history().doubleColumn("loss").get(3))
                .isLessThan(training.history().doubleColumn("loss").get(0));
        assertThat(training.history().doubleColumn("held out").get(3))
                .isEqualTo(Evaluator.evaluate(model, more.test()).accuracy());
    }

    /** A display that interrupts its own thread, as the kernel would, when enough images are done. */
    private static final class Stop implements Progress {
        private final long after;
        private String said;

        Stop(long after) {
            this.after = after;
        }

        @Override
        public void done(long done) {
            if (done >= after) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void note(String text) {
            said = text;
        }

        @Override
        public void point(String curve, double x, double y) {}

        @Override
        public void close() {}
    }

    @Test
    void anInterruptedTrainingGoesOnToTheSameNumbers() {
        Weights whole =
                Training.of(untrained(ResNet.SMALL), DATA.train(), CONFIG).run().weights();

        Training training = Training.of(untrained(ResNet.SMALL), DATA.train(), CONFIG);
        Stop stop = new Stop(DATA.train().size() + 130);
        String left = "stopped in epoch 2 of 3 and is as it was after epoch 1; the same call goes on from there";
        assertThatThrownBy(() -> training.run(stop))
                .isInstanceOf(Interrupted.class)
                .hasMessage("interrupted: ResNet8 " + left);
        assertThat(stop.said).isEqualTo(left);
        assertThat(Thread.interrupted()).as("the flag stays set for the caller").isTrue();
        assertThat(training.epochsDone()).isEqualTo(1);
        Weights afterOne = Training.of(untrained(ResNet.SMALL), DATA.train(), CONFIG)
                .model()
                .weights();
        assertThat(training.model().weights()).isNotEqualTo(afterOne);

        assertThat(training.run().weights()).isEqualTo(whole);
        assertThat(training.history().rowCount()).isEqualTo(3);
    }

    @Test
    void aLossThatIsNoNumberStopsTrainingAndLeavesTheLastEpoch() {
        Classifier model = untrained(ResNet.SMALL);
        Weights before = model.weights();
        assertThatThrownBy(() -> Training.of(
                                model, DATA.train(), CONFIG.learningRate(1e30).schedule(Schedule.CONSTANT))
                        .run())
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("learningRate (1.0E30 now)")
                .hasMessageContaining("as it was after epoch 0");
        assertThat(model.weights()).isEqualTo(before);

        Weights again = Training.of(model, DATA.train(), CONFIG.epochs(1)).run().weights();
        assertThat(again)
                .as("nothing of the failed step is left")
                .isEqualTo(Training.of(untrained(ResNet.SMALL), DATA.train(), CONFIG.epochs(1))
                        .run()
                        .weights());
    }

    @Test
    void aMaskedHeadIsNotTrained() {
        Classifier model = untrained(ResNet.SMALL);
        Head head = model.head();
        head.bias()[3] = Float.NEGATIVE_INFINITY;
        model.load(head);
        assertThatThrownBy(() -> Training.of(model, DATA.train(), CONFIG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the head of ResNet8 is masked at labels [3] (its bias there is -∞), through which nothing is "
                                + "learned: undo the mask first");
    }

    @Test
    void aLastBatchOfOneImageIsLeftOut() {
        Images odd = DATA.train().slice(0, 65);
        Training training = Training.of(untrained(ResNet.SMALL), odd, CONFIG.epochs(1));
        training.run();
        assertThat(training.epochsDone()).isEqualTo(1);
    }

    @Test
    void distillationBringsAStudentToItsTeacher() {
        Classifier teacher = Training.of(untrained(ResNet.SMALL), DATA.train(), CONFIG.epochs(8))
                .run();
        Weights before = teacher.weights();
        Images reference = Datasets.fashionMnistSample().train().slice(1000, 2000);
        Classifier student = Classifier.create(ResNet.SMALL, reference, 9);
        Training training = Training.distilling(teacher, student, reference, 3, CONFIG.epochs(6));
        training.run();

        Outputs taught = Evaluator.logits(teacher, DATA.test());
        Outputs learned = Evaluator.logits(student, DATA.test());
        int agreed = 0;
        for (int i = 0; i < taught.size(); i++) {
            agreed += taught.predicted(i) == learned.predicted(i) ? 1 : 0;
        }
        assertThat(agreed).as("of 200").isGreaterThan(130);
        assertThat(teacher.weights()).isEqualTo(before);
        double first = training.history().doubleColumn("loss").get(0);
        double last = training.history().doubleColumn("loss").get(5);
        assertThat(last).isBetween(0.0, first / 2);
    }

    @Test
    void nativeMemoryStaysFlatOverRepeatedRuns() {
        Classifier model = untrained(ResNet.SMALL);
        Training.of(model, DATA.train(), CONFIG.epochs(1)).run();
        int arrays = managedArrays(model);
        for (int i = 0; i < 3; i++) {
            Training.of(model, DATA.train(), CONFIG.epochs(1)).run();
            Evaluator.evaluate(model, DATA.test());
        }
        assertThat(managedArrays(model)).isEqualTo(arrays);
    }

    private static int managedArrays(Classifier model) {
        try (NDManager scope = model.scope()) {
            return scope.getParentManager().getManagedArrays().size();
        }
    }
}
