package unlearn4j.hdus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unlearn4j.core.Progress;
import unlearn4j.core.Seed;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ResNet;
import unlearn4j.train.Interrupted;
import unlearn4j.train.Outputs;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;

/** Forgetting single images, bit for bit. */
@Tag("slow")
class SisaTest {
    private static final Dataset DATA = TinyImages.dataset(10, 14, 4);
    private static final Images TEST = DATA.test();
    private static final Clients CLIENTS =
            Clients.of(DATA).count(2).reference(40).seed(3);
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(4).batchSize(8).learningRate(0.05);
    private static final Seed SEED = CLIENTS.seed().child("client-1");
    private static final Images IMAGES = CLIENTS.list().get(0).images();
    private static final Progress QUIET = new Hooked(done -> {});

    private static SlicedTraining prepared(Images images, int slices) {
        return new SlicedTraining("client-1", images, ResNet.SMALL, slices, CONFIG, SEED);
    }

    private static Weights trained(SlicedTraining training) {
        return training.train(QUIET).weights();
    }

    private static List<Integer> rows(int... positions) {
        return Arrays.stream(positions).map(IMAGES::row).boxed().toList();
    }

    private static Images without(Set<Integer> positions) {
        return IMAGES.at(IntStream.range(0, IMAGES.size())
                .filter(i -> !positions.contains(i))
                .toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void afterForgettingImagesTheModelIsThatOfAClientThatNeverHadThem(int slices) {
        SlicedTraining training = prepared(IMAGES, slices);
        Weights before = trained(training);
        Set<Integer> gone = new TreeSet<>();
        for (int[] positions : new int[][] {{5}, {0, 17, 40}}) {
            training.delete(rows(positions));
            Arrays.stream(positions).forEach(gone::add);
            assertThat(trained(training))
                    .isEqualTo(trained(prepared(without(gone), slices)))
                    .isNotEqualTo(before);
        }
    }

    @Test
    void trainingBeginsAgainAtTheCheckpointBeforeTheFirstSliceThatHoldsOne() {
        SlicedTraining training = prepared(IMAGES, 4);
        trained(training);
        assertThat(training.imagesToGo()).isZero();
        Set<Integer> gone = new TreeSet<>();
        Set<Integer> kept = new TreeSet<>();
        for (int position = 0; position < 8; position++) {
            training.delete(rows(position));
            gone.add(position);
            kept.add(training.slicesTrained());
            // Of four epochs in one go, each of four steps has 2/5: two, rounded.
            if (training.slicesTrained() == 3) {
                assertThat(training.imagesToGo()).isEqualTo(2 * training.size());
            }
            if (training.slicesTrained() == 0) {
                assertThat(training.imagesToGo())
                        .isEqualTo(prepared(without(gone), 4).imagesToGo());
            }
            trained(training);
        }
        assertThat(training.size()).isEqualTo(IMAGES.size() - 8);
        assertThat(kept).as("slices whose checkpoint was kept").contains(0, 3).isSubsetOf(0, 1, 2, 3);
    }

    private static SisaEnsemble ensemble() {
        return SisaA.over(CLIENTS).slices(3).training(CONFIG).train();
    }

    @Test
    void anInterruptedDeletionAnswersWithoutTheImagesAndGoesOn() {
        int[] rows = IntStream.range(0, 10).map(IMAGES::row).toArray();
        SisaEnsemble whole = ensemble();
        Receipt receipt = whole.forgetImages("client-1", rows);
        assertThat(receipt.done())
                .containsEntry("images forgotten", "10")
                .containsEntry("images left", "" + (IMAGES.size() - 10));

        SisaEnsemble ensemble = ensemble();
        assertThat(ensemble.capabilities()).as("checkpoints are history").doesNotContain(Capability.NO_HISTORY);
        long before = ensemble.traffic().messages();
        float[] knew = ensemble.outputs("client-1", TEST).values();
        Hooked.interrupting(20).during(() -> assertThatThrownBy(() -> ensemble.forgetImages("client-1", rows))
                .isInstanceOf(Interrupted.class));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ensemble.outputs("client-1", TEST).values()).isNotEqualTo(knew);
        ensemble.forgetImages("client-1", rows);
        assertThat(ensemble.outputs("client-2", TEST).values())
                .isEqualTo(whole.outputs("client-2", TEST).values());
        assertThat(ensemble.traffic().messages()).as("the new model was sent").isEqualTo(before + 1);
        assertThatThrownBy(() -> ensemble.forgetImages("client-1", rows[0]))
                .hasMessageContaining("was forgotten before");
    }

    @Test
    void aModelThatHasToBeginAnewIsLeftOutUntilItIsTrained() {
        SisaEnsemble ensemble = ensemble();
        SisaEnsemble alone = ensemble();
        alone.forget("client-1");
        float[] other = alone.outputs("client-2", TEST).values();
        List<Outputs> answers = new ArrayList<>();
        // Half of all images are in all slices.
        int[] rows = IntStream.range(0, IMAGES.size() / 2).map(IMAGES::row).toArray();
        new Hooked(done -> answers.add(CompletableFuture.supplyAsync(() -> ensemble.outputs("client-1", TEST))
                        .join()))
                .during(() -> ensemble.forgetImages("client-1", rows));
        assertThat(answers).isNotEmpty().allMatch(answer -> Arrays.equals(answer.values(), other));
        assertThat(ensemble.outputs("client-1", TEST).values()).isNotEqualTo(other);
    }
}
