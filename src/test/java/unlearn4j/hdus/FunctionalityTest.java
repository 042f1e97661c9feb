package unlearn4j.hdus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static unlearn4j.WrongCall.wrong;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.Table;
import unlearn4j.WrongCall;
import unlearn4j.core.Refusal;
import unlearn4j.data.Dataset;
import unlearn4j.data.TinyImages;
import unlearn4j.experiment.Measurement;
import unlearn4j.experiment.Measurements;
import unlearn4j.experiment.Tables;
import unlearn4j.model.ModelSpec;
import unlearn4j.model.ResNet;
import unlearn4j.train.Classifier;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.TrainingException;

/** Table I's trials on tiny images: what does not depend on how fast the machine is. */
class FunctionalityTest {
    private static final Dataset DATA = TinyImages.dataset(10, 12, 4);
    private static final Clients CLIENTS =
            Clients.of(DATA).count(3).reference(30).seed(7);
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(1).batchSize(16).learningRate(0.05);
    private static final Functionality.Setup HDUS = (clients, models) -> Hdus.over(clients)
            .mainModels(models)
            .seedModel(ResNet.SMALL)
            .training(CONFIG)
            .incubation(CONFIG)
            .train();
    private static final Functionality.Setup FED_UNL = (clients, models) ->
            FedUnl.over(clients).model(models).rounds(1).training(CONFIG).train();
    private static final long BYTES =
            Classifier.create(ResNet.SMALL, DATA.train(), 0).bytes();

    private static Functionality tried(Functionality.Setup setup) {
        return Functionality.of(setup, CLIENTS, DATA.test(), ResNet.SMALL, ResNet.MEDIUM);
    }

    private static boolean has(Functionality tried, Capability capability) {
        return tried.outcomes().get(capability).passed();
    }

    @Test
    void hdusHasWhatItDeclares() {
        Functionality hdus = tried(HDUS);
        assertThat(hdus.outcomes()).containsOnlyKeys(Capability.values());
        assertThat(Stream.of(Capability.values()).filter(capability -> capability != Capability.FAST_RECOVERY))
                .allMatch(capability -> has(hdus, capability));
        assertThat(hdus.outcomes().get(Capability.EXACT).seen())
                .isEqualTo("2 of 2 clients answer as if it had never been");
        assertThat(hdus.outcomes().get(Capability.HETEROGENEOUS).seen()).contains("ResNet8 and ResNet18");
        // Six seeds among three clients, and the request to two.
        assertThat(hdus.outcomes().get(Capability.NO_SERVER).seen()).isEqualTo("0 of 8 messages went through a server");
        assertThat(hdus.table().stringColumn("capability").asList())
                .hasSize(7)
                .first()
                .isEqualTo("exact unlearning");
    }

    @Test
    void fedUnlIsNeitherExactNorWithoutServerHistoryAndOneNetworkForAll() {
        Functionality fedUnl = tried(FED_UNL);
        assertThat(has(fedUnl, Capability.CLIENT_WISE)).isTrue();
        for (Capability capability :
                List.of(Capability.EXACT, Capability.NO_HISTORY, Capability.NO_SERVER, Capability.HETEROGENEOUS)) {
            assertThat(has(fedUnl, capability)).as(capability.words()).isFalse();
        }
        assertThat(fedUnl.outcomes().get(Capability.NO_HISTORY).seen())
                .startsWith(String.format("%,d bytes", 3 * BYTES));
        assertThat(fedUnl.outcomes().get(Capability.HETEROGENEOUS).seen())
                .contains("ResNet8, ResNet18", "FedUnl averages its clients' weights");
    }

    /** HDUS, but with several networks it throws that. */
    private static Functionality.Setup throwing(RuntimeException error) {
        return (clients, models) -> {
            if (models.length > 1) {
                throw error;
            }
            return HDUS.train(clients, models);
        };
    }

    @Test
    void aRefusalAndATrainingThatFailsAreFindingsAndAMistakeEndsTheTrials() {
        for (RuntimeException finding :
                List.of(Refusal.of("one network is what it can have"), new TrainingException("the loss became NaN"))) {
            Functionality tried = tried(throwing(finding));
            assertThat(has(tried, Capability.HETEROGENEOUS)).isFalse();
            assertThat(tried.outcomes().get(Capability.HETEROGENEOUS).seen()).contains(finding.getMessage());
        }
        IllegalArgumentException mistake = new IllegalArgumentException("images of 28×28 do not fit 32×32");
        assertThatThrownBy(() -> tried(throwing(mistake))).isSameAs(mistake);
    }

    @Test
    void aNetworkTrainedAnewIsExactAndKeepsNothing() {
        Functionality dsgd = tried((clients, models) ->
                Dsgd.over(clients).model(models).rounds(1).training(CONFIG).train());
        assertThat(has(dsgd, Capability.EXACT)).isTrue();
        assertThat(has(dsgd, Capability.NO_HISTORY)).isTrue();
        assertThat(has(dsgd, Capability.NO_SERVER)).isTrue();
        assertThat(has(dsgd, Capability.HETEROGENEOUS)).isFalse();
    }

    @Test
    void checkpointsAreHistoryAndTheModelsThatAnswerAreNot() {
        SisaA sisa = SisaA.over(CLIENTS).training(CONFIG);
        assertThat(sisa.train().history()).isZero();
        assertThat(SisaA.over(CLIENTS).training(CONFIG).slices(3).train().history())
                .isEqualTo(2 * 3 * BYTES);
    }

    @Test
    void thePapersMarkStandsBesideOursWhereItIsAnother() {
        List<Functionality> sisa = List.of(tried((clients, models) ->
                SisaA.over(clients).mainModels(models).training(CONFIG).train()));
        Table table = Tables.functionality(sisa);
        assertThat(table.stringColumn("framework").asList()).containsExactly("SISA-A");
        assertThat(table.row(0).getString(Capability.EXACT.words())).isEqualTo("✓");
        assertThat(table.row(0).getString(Capability.CLIENT_WISE.words())).isEqualTo("✓ (paper ✗)");
        assertThat(table.row(0).getString(Capability.NO_SERVER.words())).isEqualTo("✗");
        Measurements marks = Tables.capabilities(sisa);
        assertThat(marks.list()).hasSize(14);
        assertThat(marks.where("capability", Capability.CLIENT_WISE.words()).list())
                .extracting(Measurement::metric, Measurement::value, Measurement::published)
                .containsExactly(tuple("found", 1.0, 0.0), tuple("declared", 1.0, Double.NaN));
        assertThat(marks.where("capability", Capability.NO_SERVER.words())
                        .list()
                        .get(0)
                        .doubt())
                .isEqualTo("the feature's heading is lost");
    }

    @Test
    void whoStaysAwayChangesNothingForTheOthers() {
        List<Client> all = CLIENTS.list();
        List<Client> rest = CLIENTS.without("client-2").list();
        assertThat(rest).extracting(Client::name).containsExactly("client-1", "client-3");
        assertThat(rest.get(1).images().sha256()).isEqualTo(all.get(2).images().sha256());
        ModelSpec[] models = {ResNet.LARGE, ResNet.MEDIUM, ResNet.SMALL};
        Table allocation =
                Hdus.over(CLIENTS.without("client-2")).mainModels(models).allocation();
        assertThat(allocation.stringColumn("main model").asList()).containsExactly("ResNet50", "ResNet8");
        assertThat(CLIENTS.without("client-1").without("client-3").list())
                .extracting(Client::name)
                .containsExactly("client-2");
        assertThat(CLIENTS.without("client-2")).asString().contains("without client-2");
    }

    static Stream<WrongCall> wrongCalls() {
        return Stream.of(
                wrong(
                        "clients.without(\"client-9\")",
                        "client-9",
                        "client-1 to client-3",
                        () -> CLIENTS.without("client-9")),
                wrong("clients.count(1).without(\"client-1\")", "client-1", "leave one", () -> CLIENTS.count(1)
                        .without("client-1")),
                wrong("clients.without(\"client-1\").count(1).list()", "client-1", "leave one", () -> CLIENTS.without(
                                "client-1")
                        .count(1)
                        .list()),
                wrong("FedUnl.over(c).model(a, b)", "ResNet8, ResNet18", "must be one network", () -> FedUnl.over(
                                CLIENTS)
                        .model(ResNet.SMALL, ResNet.MEDIUM)),
                wrong(
                        "Functionality.of(setup, two clients, ..)",
                        "2",
                        "3 or more",
                        () -> Functionality.of(HDUS, CLIENTS.count(2), DATA.test(), ResNet.SMALL, ResNet.MEDIUM)),
                wrong(
                        "Functionality.of(setup, c, images, a, a)",
                        "ResNet8",
                        "another network",
                        () -> Functionality.of(HDUS, CLIENTS, DATA.test(), ResNet.SMALL, ResNet.SMALL)));
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void aWrongCallIsRefusedInOneLine(WrongCall call) {
        call.assertRefused();
    }
}
