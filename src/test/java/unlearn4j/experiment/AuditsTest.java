package unlearn4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;
import unlearn4j.audit.Panel;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.fisher.Mlp;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;

class AuditsTest {
    private static final Images LEARNED = TinyImages.of(4, 20, 4);
    private static final Images UNSEEN = TinyImages.of(4, 10, 4);

    private static Classifier model(long seed) {
        return Classifier.create(new Mlp(7, 5), LEARNED, seed);
    }

    private static Panel panel(int seeds) {
        Panel panel = Panel.of(LEARNED.only(Labels.of(1)), LEARNED.without(Labels.of(1)), UNSEEN);
        for (long seed = 1; seed <= seeds; seed++) {
            panel = panel.audit(seed, model(seed), Map.of("any", model(10 + seed)));
        }
        return panel;
    }

    @Test
    void rowsAreLaidOutAsThoseOfAComparison() {
        Measurements rows = Audits.of(panel(2));
        assertThat(rows.where("metric", "probe").list()).hasSize(4);
        assertThat(Measurements.read(rows.table()).list()).hasSameSizeAs(rows.list());
        assertThat(rows.beside("AD_f", "approach", "seed").columnNames()).containsExactly("seed", "re-trained", "any");
    }

    @Test
    void theTableHasAGapAndAVerdictForEachMeasure() {
        Panel panel = panel(3);
        Table table = Audits.table(panel);
        assertThat(table.rowCount()).isEqualTo(panel.gaps().size());
        assertThat(table.stringColumn("measure").asList()).contains("AD_f", "linear probe", "CKA", "weights");
        Panel.Gap first = panel.gaps().get(0);
        assertThat(table.doubleColumn("from").get(0))
                .isEqualTo(first.difference().interval().low());
        assertThat(table.stringColumn("verdict").get(0))
                .isEqualTo(first.verdict().toString());
        assertThat(Audits.table(panel(1)).doubleColumn("from").isMissing(0)).isTrue();
    }

    @Test
    void besideHasAColumnForEachApproach() {
        Table table = Audits.beside(panel(3));
        assertThat(table.columnNames()).containsExactly("measure", "any");
        assertThat(table.stringColumn("measure").asList()).contains("AD_f, %", "CKA");
        assertThat(table.stringColumn("any").asList())
                .allMatch(cell -> cell.matches("[+-]\\d+\\.\\d\\d (differs|as the re-trained|can't tell)"));
    }

    @Test
    void placesGoFromTheRetrainedModelToTheOriginal() {
        Panel panel = Panel.of(LEARNED.only(Labels.of(1)), LEARNED.without(Labels.of(1)), UNSEEN);
        for (long seed = 1; seed <= 4; seed++) {
            Classifier original = trained(seed, LEARNED);
            panel = panel.audit(
                    seed,
                    trained(seed, LEARNED.without(Labels.of(1))),
                    Map.of("original", original, "same", original.copy()));
        }
        List<Measurement> places = Audits.places(panel, "original").list();
        assertThat(places).anyMatch(place -> place.text("audit").equals("AD_f")).allMatch(place -> place.value() == 1);
        Table verdicts = Audits.verdicts(panel, "original");
        assertThat(verdicts.stringColumn("approach").asList()).containsExactlyInAnyOrder("original", "same");
        assertThat(verdicts.stringColumn("verdict").asList()).containsOnly("no");
        assertThat(verdicts.intColumn(2).get(0)
                        + verdicts.intColumn(3).get(0)
                        + verdicts.intColumn(4).get(0))
                .isEqualTo(panel.gaps().size() / 2);
    }

    private static Classifier trained(long seed, Images images) {
        return Training.of(
                        model(seed),
                        images,
                        TrainingConfig.DEFAULT.epochs(40).batchSize(10).seed(seed))
                .run();
    }

    @Test
    void nobodyIsJudgedWhereTheOriginalIsNotConvicted() {
        assertThat(Audits.verdicts(panel(3), "any").stringColumn("verdict").get(0))
                .startsWith("not judged");
        assertThat(Audits.places(panel(3), "any").isEmpty()).isTrue();
    }
}
