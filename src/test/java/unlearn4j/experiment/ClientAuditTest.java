package unlearn4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tech.tablesaw.api.Row;
import unlearn4j.Silent;
import unlearn4j.audit.Backdoor;
import unlearn4j.data.Dataset;
import unlearn4j.data.Datasets;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.fisher.Mlp;
import unlearn4j.hdus.Clients;
import unlearn4j.hdus.Framework;
import unlearn4j.hdus.Hdus;
import unlearn4j.hdus.HdusNetwork;
import unlearn4j.hdus.Isgd;
import unlearn4j.hdus.SisaA;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Outputs;
import unlearn4j.train.TrainingConfig;

@ExtendWith(Silent.class)
class ClientAuditTest {
    private static final Dataset DATA = Datasets.fashionMnistSample();
    private static final Images TRIED = DATA.test().balanced(200, 1);
    private static final String LEAVER = "client-2";
    private static final Mlp MLP = new Mlp(32, 16);
    private static final Backdoor BACKDOOR = new Backdoor(5, 0);
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(20).batchSize(25).learningRate(0.05);

    private static Clients clients(int count, long seed) {
        return Clients.of(DATA)
                .count(count)
                .classesEach(10)
                .each(100)
                .reference(200)
                .seed(seed)
                .images(LEAVER, images -> BACKDOOR.planted(images, 0.5, seed));
    }

    private static Measurements forgotten(Clients clients, Function<Clients, Framework> train) {
        Images members = clients.list().get(1).images();
        return new ClientAudit(LEAVER, BACKDOOR, members, TRIED)
                .forget(train.apply(clients), train.apply(clients.without(LEAVER)));
    }

    private static Map<String, String> verdicts(int count, Function<Clients, Framework> train) {
        Measurements measured = Measurements.over(List.of(1L, 2L, 3L), seed -> forgotten(clients(count, seed), train)
                .seed(seed));
        Map<String, String> verdicts = new TreeMap<>();
        for (Row row : ClientAudit.verdicts(measured)) {
            verdicts.put(row.getString("audit"), row.getString("verdict"));
        }
        return verdicts;
    }

    @Test
    @Tag("slow")
    void aClientsBackdoorIsFoundAndIsGone() {
        assertThat(verdicts(3, clients -> SisaA.over(clients)
                        .mainModels(MLP)
                        .training(CONFIG)
                        .train()))
                .containsEntry("its label", "gone");
    }

    @Test
    void whoSharesNothingHasNothingToForget() {
        assertThat(verdicts(2, clients -> Isgd.over(clients)
                        .mainModels(MLP)
                        .training(CONFIG)
                        .train()))
                .containsOnlyKeys("backdoor", "its label", "membership")
                .allSatisfy((audit, verdict) -> assertThat(verdict).isEqualTo("not judged: not found before"));
    }

    /** A newcomer learned the labels that the leaver's seed said: no seed that is dropped takes them back. */
    @Test
    @Tag("slow")
    void whoLearnedFromASeedIsConvicted() {
        assertThat(verdicts(3, ClientAuditTest::withANewcomer)).containsEntry("its label", "not gone");
    }

    private static HdusNetwork withANewcomer(Clients clients) {
        Images reference = clients.reference();
        Images attackers = BACKDOOR.planted(reference, 0.5, 1);
        HdusNetwork network = Hdus.over(clients.reference(name -> name.equals(LEAVER) ? attackers : reference))
                .mainModels(MLP)
                .seedModel(MLP)
                .training(CONFIG)
                .incubation(CONFIG)
                .train();
        String teacher = network.clients().contains(LEAVER) ? LEAVER : "client-1";
        Images images = BACKDOOR.planted(clients.unused().balanced(150, 1), 0.5, 1);
        Outputs said = Evaluator.logits(network.seedModel(teacher).model(), images);
        network.join("late", images.relabelled((row, label) -> said.predicted(row)));
        return network;
    }

    private static Measurements rows(double accuracy, double before, double after, long... seeds) {
        List<Measurement> rows = new ArrayList<>();
        for (long seed : seeds) {
            for (String when : List.of("before", "after", "never")) {
                double backdoor = when.equals("before") ? before : when.equals("after") ? after : 2;
                Map.of(
                                "accuracy",
                                accuracy,
                                "guessing",
                                10.0,
                                "backdoor",
                                backdoor,
                                "its label",
                                0.0,
                                "membership",
                                0.5)
                        .forEach((metric, value) -> rows.add(Measurement.of(metric, value + seed, "%")
                                .about("images", 1000)
                                .about("framework", "F")
                                .about("when", when)
                                .seed(seed)));
            }
        }
        return Measurements.of(rows);
    }

    private static String backdoor(Measurements rows) {
        return ClientAudit.verdicts(rows).stringColumn("verdict").get(0);
    }

    @Test
    void aVerdictSaysWhyThereIsNone() {
        assertThat(backdoor(rows(50, 60, 2, 1, 2, 3))).isEqualTo("gone");
        assertThat(backdoor(rows(50, 60, 20, 1, 2, 3))).isEqualTo("not gone");
        assertThat(backdoor(rows(50, 60, 0.5, 1, 2, 3))).isEqualTo("less than never");
        assertThat(backdoor(rows(50, 2, 2, 1, 2, 3))).isEqualTo("not judged: not found before");
        assertThat(backdoor(rows(10, 60, 2, 1, 2, 3))).isEqualTo("not judged: it learned nothing");
        assertThat(backdoor(rows(50, 60, 2, 1))).isEqualTo("can't tell: one seed has no interval");
    }

    @Test
    void aWrongCallIsRefused() {
        Framework some = SisaA.over(clients(2, 1))
                .mainModels(MLP)
                .training(CONFIG.epochs(1))
                .train();
        ClientAudit audit = new ClientAudit(LEAVER, BACKDOOR, TRIED, TRIED);
        assertThatThrownBy(() -> audit.forget(some, some))
                .hasMessage("never must have the clients that stay, [client-1], and has [client-1, client-2]");
        assertThat(some.clients()).contains(LEAVER);
        assertThatThrownBy(() -> new ClientAudit("client-9", BACKDOOR, TRIED, TRIED).forget(some, some))
                .hasMessage("client-9 is not in SISA-A, but [client-1, client-2]");
        assertThatThrownBy(() -> new ClientAudit(LEAVER, BACKDOOR, TRIED.only(Labels.of(0)), TRIED))
                .hasMessageContaining("no images of one label, other than the backdoor's");
        Measurements once = rows(50, 60, 2, 1);
        assertThatThrownBy(() -> ClientAudit.verdicts(once.and(once)))
                .hasMessageContaining("of F was measured twice with one seed");
        assertThatThrownBy(() -> ClientAudit.verdicts(once.where("when", "after")))
                .hasMessageContaining("before was not measured");
    }
}
