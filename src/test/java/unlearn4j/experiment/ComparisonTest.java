package unlearn4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static unlearn4j.WrongCall.wrong;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.WrongCall;
import unlearn4j.data.Dataset;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.fisher.Mlp;
import unlearn4j.report.Claims.Measured;
import unlearn4j.train.Interrupted;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;
import unlearn4j.umig.Umig;
import unlearn4j.unlearn.Fiun;
import unlearn4j.unlearn.FiunConfig;
import unlearn4j.unlearn.HeadMask;
import unlearn4j.unlearn.Retrain;

class ComparisonTest {
    private static final Dataset DATA = TinyImages.dataset(6, 20, 4);
    private static final TrainingConfig TRAINING =
            TrainingConfig.DEFAULT.epochs(15).batchSize(16).learningRate(0.05);
    private static final Umig UMIG = Umig.incremental(DATA)
            .first(4)
            .step(1)
            .models(2)
            .model(new Mlp(12, 8))
            .training(TRAINING)
            .seed(3)
            .train();

    private static Comparison masked() {
        return Comparison.of().method("mask", (umig, labels) -> HeadMask.on(umig));
    }

    private static List<Weights> weights() {
        return UMIG.nodes().stream().map(node -> node.model().weights()).toList();
    }

    @Test
    void everyMethodIsMeasuredAsItsOwnResultIsAndTheGraphIsLeftAsItWas() {
        List<Weights> before = weights();
        Table own = Fiun.on(UMIG).forget(Labels.of(2)).run().table();
        UMIG.nodes().forEach(node -> node.model().load(before.get(UMIG.nodes().indexOf(node))));

        Table table = Comparison.of()
                .method("ours", (umig, labels) -> Fiun.on(umig))
                .method("mask", (umig, labels) -> HeadMask.on(umig))
                .run(1, UMIG, Labels.of(2))
                .table();

        assertThat(weights()).isEqualTo(before);
        for (Row row : own) {
            assertThat(value(table, "ours", row.getString("node"), "AD_r")).isEqualTo(row.getDouble("AD_r"));
            assertThat(value(table, "ours", row.getString("node"), "AD_f")).isEqualTo(row.getDouble("AD_f"));
            assertThat(value(table, "original", row.getString("node"), "AD_f")).isEqualTo(row.getDouble("AD_f before"));
            assertThat(value(table, "mask", row.getString("node"), "AD_f")).isZero();
            assertThat(value(table, "mask", row.getString("node"), "Δ_acc"))
                    .isEqualTo(value(table, "mask", row.getString("node"), "AD_r"));
        }
    }

    private static double value(Table table, String approach, String node, String metric) {
        Table rows = table.where(table.stringColumn("approach")
                .isEqualTo(approach)
                .and(table.stringColumn("node").isEqualTo(node))
                .and(table.stringColumn("metric").isEqualTo(metric)));
        assertThat(rows.rowCount()).isEqualTo(1);
        return rows.doubleColumn("value").get(0);
    }

    @Test
    void aMethodMayBeRunOnAPartOfTheGraphAndForSomeRequestsOnly() {
        Table seconds = Comparison.of()
                .method("re-trained", labels -> labels.size() == 2, (umig, labels) -> Retrain.on(umig.part("w_0"))
                        .training(TRAINING.epochs(1)))
                .method("mask", (umig, labels) -> HeadMask.on(umig))
                .run(1, UMIG, Labels.of(1), Labels.of(1, 2))
                .beside("seconds");

        assertThat(seconds.columnNames()).containsExactly("labels", "node", "re-trained", "mask");
        assertThat(seconds.intColumn("labels").asList()).containsExactly(1, 1, 2, 2);
        assertThat(seconds.rowCount()).isEqualTo(4);
        for (Row row : seconds) {
            boolean asked = row.getInt("labels") == 2 && row.getString("node").equals("w_0");
            assertThat(Double.isFinite(row.getDouble("re-trained"))).isEqualTo(asked);
        }
    }

    @Test
    void aNodeThatNeverLearnedTheLabelIsNotMeasured() {
        Table table = masked().run(1, UMIG, Labels.of(4)).table();

        assertThat(table.stringColumn("node").unique().asList()).containsExactly("w_1");
    }

    @Test
    void whatThePaperPrintsStandsBesideTheNodesThatItNames() {
        Table published = Table.create(
                "printed",
                StringColumn.create("setting", "labels", "labels", "overlap"),
                IntColumn.create("setting_value", 1, 1, 1),
                StringColumn.create("metric", "AD_f", "AD_f", "AD_f"),
                StringColumn.create("approach", "head_mask", "original", "original"),
                StringColumn.create("node", "w_g", "w_g", "w_g"),
                DoubleColumn.create("value", 12, 99, 1));
        Comparison comparison = masked().called("w_0", "w_g").run(1, UMIG, Labels.of(2));

        Table beside = comparison.beside("AD_f", published);
        Table rows = comparison.table(published);

        assertThat(beside.columnNames())
                .containsExactly("labels", "node", "published original", "original", "published HeadMask", "mask");
        assertThat(beside.stringColumn("node").asList()).containsExactly("w_g");
        assertThat(beside.doubleColumn("published HeadMask").get(0)).isEqualTo(12);
        assertThat(rows.stringColumn("node").unique().asList()).containsExactlyInAnyOrder("w_g", "w_1");
        assertThat(rows.doubleColumn("published").removeMissing().asList()).containsExactly(99.0, 12.0);
    }

    @Test
    void ofTestImagesItIsMeasuredWhatAModelSaysAndWhatItsFeaturesTell() {
        Table table = masked().unseen(DATA.test()).run(1, UMIG, Labels.of(2)).table();

        assertThat(value(table, "mask", "w_0", "unseen AD_f")).isZero();
        assertThat(value(table, "mask", "w_0", "probe"))
                .isEqualTo(value(table, "original", "w_0", "probe"))
                .isPositive();
        assertThat(value(table, "mask", "w_0", "probe of the rest"))
                .isEqualTo(value(table, "original", "w_0", "probe of the rest"))
                .isPositive();
    }

    @Test
    void howManyOfANetworksNumbersAMethodChangedIsMeasuredInPercent() {
        Table table = masked().run(1, UMIG, Labels.of(2)).table();

        // The mask sets the row of label 2 and its bias: 8 features, or as many as were not so before, and 1.
        double numbers = UMIG.node("w_0").model().parameters();
        assertThat(value(table, "mask", "w_0", "changed")).isEqualTo(100 * 9 / numbers, within(1e-9));
    }

    @Test
    void aMethodThatRefusesHasChangedNothingAndIsMeasuredSo() {
        Comparison comparison = Comparison.of()
                .method("too high", (umig, labels) -> Fiun.on(umig)
                        .config(FiunConfig.paper().gamma(1e30)))
                .run(1, UMIG, Labels.of(2));

        assertThat(comparison.refusals().stringColumn("why").get(0)).contains("gamma");
        assertThat(value(comparison.table(), "too high", "w_0", "AD_f"))
                .isEqualTo(value(comparison.table(), "original", "w_0", "AD_f"));
    }

    @Test
    void aComparisonThatIsStoppedLeavesNoRowAndTheGraphAsItWas() {
        List<Weights> before = weights();
        Comparison comparison = masked().method("stopped", (umig, labels) -> {
            Thread.currentThread().interrupt();
            return Retrain.on(umig);
        });

        assertThatThrownBy(() -> comparison.run(1, UMIG, Labels.of(2))).isInstanceOf(Interrupted.class);
        Thread.interrupted();

        assertThat(comparison.table().isEmpty()).isTrue();
        assertThat(weights()).isEqualTo(before);
    }

    @Test
    void claimsAreJudgedByTheWorstNodeAndByTheMeanOverSeeds() {
        List<Measured> rows = new ArrayList<>();
        for (long seed = 1; seed <= 2; seed++) {
            rows.add(new Measured(seed, Labels.of(3), "original", "w_g", "AD_r", 90));
            rows.add(new Measured(seed, Labels.of(3), "re-trained", "w_g", "seconds", 60));
            rows.add(new Measured(seed, Labels.of(3), "FIUn", "w_g", "seconds", seed == 1 ? 0.5 : 1));
            rows.add(new Measured(seed, Labels.of(3), "FIUn", "w_g", "AD_f", seed == 1 ? 0 : 4));
            rows.add(new Measured(seed, Labels.of(3), "FIUn", "w_g", "AD_r", seed == 1 ? 89 : 85));
        }
        Table claims = Claims.of(rows, Map.of("original", "original", "re-trained", "Retrain", "FIUn", "Fiun"));

        assertThat(claims.stringColumn("holds").asList()).containsExactly("no", "yes", "no");
        assertThat(claims.doubleColumn("holds at, %").asList()).containsExactly(50.0, 50.0, 50.0);
        // Falls of 1 and 5 points; 120 and 60 times.
        assertThat(claims.doubleColumn("mean").asList()).containsExactly(2.0, 3.0, 90.0);
        assertThat(claims.doubleColumn("worst").asList()).containsExactly(4.0, 5.0, 60.0);
        assertThat(claims.stringColumn("worst at").get(0)).isEqualTo("w_g, labels 3, seed 2");
        // Standard deviation √8 over √2 is 2; t for one degree of freedom is 12.7062.
        assertThat(claims.doubleColumn("to").get(1)).isCloseTo(3 + 2 * 12.7062, within(1e-3));
    }

    static Stream<WrongCall> wrongCalls() {
        return Stream.of(
                wrong(
                        "Comparison.of().run(1, umig, Labels.of(2))",
                        "methods",
                        "must not be empty",
                        () -> Comparison.of().run(1, UMIG, Labels.of(2))),
                wrong("masked.run(1, umig)", "requests", "must not be empty", () -> masked().run(1, UMIG)),
                wrong("masked.method(\"mask\", …)", "mask", "names must differ", () -> masked().method(
                                "mask", (umig, labels) -> HeadMask.on(umig))),
                wrong("masked.method(\"original\", …)", "original", "names must differ", () -> masked().method(
                                "original", (umig, labels) -> HeadMask.on(umig))),
                wrong("masked.called(\"w_7\", \"w_g\").run(…)", "w_7", "no node named", () -> masked().called(
                                "w_7", "w_g")
                        .run(1, UMIG, Labels.of(2))),
                wrong(
                        "masked.run(1, umig, Labels.range(0, 4))",
                        "w_0",
                        "nothing to measure AD_r on",
                        () -> masked().run(1, UMIG, Labels.range(0, 4))),
                wrong("run twice", "seed 1", "another seed", () -> masked().run(1, UMIG, Labels.of(2))
                        .run(1, UMIG, Labels.of(2))),
                wrong("masked.claims()", "measured", "run the comparison first", () -> masked().claims()),
                wrong("masked.beside(\"loss\")", "loss", "its metrics are", () -> masked().run(1, UMIG, Labels.of(2))
                        .beside("loss")),
                wrong("beside two models", "printed", "those of one model", () -> masked().run(1, UMIG, Labels.of(2))
                        .beside("AD_f", Paper.FIUN.table(9).setName("printed"))));
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void wrongCallsAreRefusedInOneLine(WrongCall call) {
        call.assertRefused();
    }
}
