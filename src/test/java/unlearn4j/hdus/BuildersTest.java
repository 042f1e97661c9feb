package unlearn4j.hdus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.data.Dataset;
import unlearn4j.data.TinyImages;
import unlearn4j.model.ResNet;
import unlearn4j.train.Interrupted;
import unlearn4j.train.Softening;
import unlearn4j.train.TrainingConfig;

/** Builders are values: a setting makes another one, and what is trained from one is nobody else's. */
class BuildersTest {
    private static final Dataset DATA = TinyImages.dataset(4, 12, 8);
    private static final Clients CLIENTS =
            Clients.of(DATA).count(3).classesEach(3).reference(8).seed(5);
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(1).batchSize(8);
    private static final Hdus HDUS =
            Hdus.over(CLIENTS).mainModels(ResNet.SMALL).training(CONFIG).incubation(CONFIG);
    private static final Isgd ISGD = Isgd.over(CLIENTS).mainModels(ResNet.SMALL).training(CONFIG);
    private static final SisaA SISA = SisaA.over(CLIENTS).training(CONFIG);
    private static final FedUnl FED_UNL = FedUnl.over(CLIENTS).rounds(1).training(CONFIG);
    private static final Dsgd DSGD = Dsgd.over(CLIENTS).rounds(1).training(CONFIG);

    static Stream<Supplier<Object>> settings() {
        return Stream.of(
                () -> HDUS.config(HdusConfig.paper()),
                () -> HDUS.mainModels(ResNet.MEDIUM),
                () -> HDUS.seedModel(ResNet.MEDIUM),
                () -> HDUS.temperature(8),
                () -> HDUS.softening(Softening.TEACHER),
                () -> HDUS.lambda(0.9),
                () -> HDUS.combine(Combination.LOGITS),
                () -> HDUS.topology(Topology.ring()),
                () -> HDUS.training(CONFIG.epochs(9)),
                () -> HDUS.incubation(CONFIG.epochs(9)),
                () -> ISGD.mainModels(ResNet.MEDIUM),
                () -> ISGD.training(CONFIG.epochs(9)),
                () -> SISA.slices(3),
                () -> SISA.combine(Combination.LOGITS),
                () -> SISA.mainModels(ResNet.MEDIUM),
                () -> FED_UNL.temperature(8),
                () -> FED_UNL.recovery(4),
                () -> FED_UNL.rounds(2),
                () -> FED_UNL.localEpochs(2),
                () -> FED_UNL.model(ResNet.MEDIUM),
                () -> DSGD.topology(Topology.complete()),
                () -> DSGD.training(CONFIG.learningRate(0.3)),
                () -> DSGD.rounds(2));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aSettingMakesAnotherBuilderAndLeavesTheOldOne(Supplier<Object> setting) {
        String all = "" + HDUS + ISGD + SISA + FED_UNL + DSGD;
        assertThat(all).as("the old ones").doesNotContain(setting.get().toString());
        assertThat("" + HDUS + ISGD + SISA + FED_UNL + DSGD).isEqualTo(all);
    }

    static Stream<Supplier<Framework>> trainers() {
        return Stream.of(HDUS::train, ISGD::train, SISA::train, FED_UNL::train, DSGD::train);
    }

    @ParameterizedTest
    @MethodSource("trainers")
    void eachTrainingMakesAFrameworkOfItsOwn(Supplier<Framework> trainer) {
        Framework one = trainer.get();
        Framework other = trainer.get();
        float[] before = one.outputs("client-1", DATA.test()).values();
        assertThat(other.outputs("client-1", DATA.test()).values()).isEqualTo(before);
        other.forget("client-2");
        assertThat(one.clients()).containsExactly("client-1", "client-2", "client-3");
        assertThat(one.outputs("client-1", DATA.test()).values()).isEqualTo(before);
    }

    @Test
    void anInterruptedTrainingIsGoneOnWithByItsBuilderAndNotByAnother() {
        Hdus interrupted = HDUS.training(CONFIG.epochs(3));
        Hooked.interrupting(30)
                .during(() -> assertThatThrownBy(interrupted::train).isInstanceOf(Interrupted.class));
        assertThat(Thread.interrupted()).isTrue();
        HdusNetwork other = interrupted.lambda(0.9).train();
        HdusNetwork whole = interrupted.train();
        assertThat(other.traffic().messages()).isEqualTo(whole.traffic().messages());
        assertThat(other.mainModel("client-3").weights())
                .isEqualTo(whole.mainModel("client-3").weights());
    }

    @Test
    void thePapersConfigurationIsWhatAllBegin() {
        assertThat(Hdus.over(CLIENTS))
                .hasToString(Hdus.over(CLIENTS).config(HdusConfig.paper()).toString());
        TrainingConfig paper = HdusConfig.paper().training();
        assertThat(Isgd.over(CLIENTS))
                .hasToString(Isgd.over(CLIENTS).training(paper).toString());
        assertThat(Dsgd.over(CLIENTS))
                .hasToString(Dsgd.over(CLIENTS)
                        .training(paper)
                        .rounds(paper.epochs())
                        .toString());
        assertThat(HdusConfig.paper().epochs(7).training().epochs()).isEqualTo(7);
        assertThat(HdusConfig.paper().epochs(7).incubation().epochs()).isEqualTo(7);
    }
}
