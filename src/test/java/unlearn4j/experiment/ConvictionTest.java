package unlearn4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import unlearn4j.Silent;
import unlearn4j.audit.Panel;
import unlearn4j.audit.Panel.Gap;
import unlearn4j.audit.Panel.Verdict;
import unlearn4j.data.Dataset;
import unlearn4j.data.Datasets;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.fisher.Mlp;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;
import unlearn4j.unlearn.Fiun;
import unlearn4j.unlearn.HeadMask;
import unlearn4j.unlearn.UnlearningMethod;
import unlearn4j.unlearn.UnlearningResult;

/** The audits spare nobody: methods of the last layer leave the body, and a body that knew the label still does. */
@ExtendWith(Silent.class)
class ConvictionTest {
    private static final Labels LABEL = Labels.of(1);
    private static final Dataset DATA = Datasets.fashionMnistSample();
    private static final Images LEARNED = DATA.train().only(Labels.range(0, 5)).balanced(300, 1);
    private static final Images RETAINED = LEARNED.without(LABEL);
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(30).batchSize(25).learningRate(0.05);

    private static Classifier trained(Images images, long seed) {
        return Training.of(Classifier.create(new Mlp(32, 16), LEARNED, seed), images, CONFIG.seed(seed))
                .run();
    }

    private static Classifier unlearned(UnlearningMethod<?> method, Umig umig) {
        UnlearningResult result = method.forget(LABEL);
        Classifier model = umig.node("w").model().copy();
        result.undo();
        return model;
    }

    @Test
    @Tag("slow")
    void aMethodOfTheLastLayerIsConvictedWhateverItsAccuracies() {
        Images unseen = DATA.test().only(Labels.range(0, 5)).balanced(300, 1);
        Panel panel = Panel.of(LEARNED.only(LABEL), RETAINED, unseen);
        for (long seed = 1; seed <= 5; seed++) {
            Umig umig = Umig.of().add(new ModelNode("w", trained(LEARNED, seed), LEARNED));
            Map<String, Classifier> models = new LinkedHashMap<>();
            models.put("FIUn", unlearned(Fiun.on(umig), umig));
            models.put("HeadMask", unlearned(HeadMask.on(umig), umig));
            panel = panel.audit(seed, trained(RETAINED, seed), models);
        }
        assertThat(panel.convicts("FIUn")).isTrue();
        assertThat(panel.convicts("HeadMask")).isTrue();
        Map<String, Verdict> masked = panel.gaps().stream()
                .filter(gap -> gap.model().equals("HeadMask"))
                .collect(Collectors.toMap(Gap::measure, Gap::verdict));
        assertThat(masked)
                .containsEntry("AD_r", Verdict.AS_RETRAINED)
                .containsEntry("AD_f", Verdict.AS_RETRAINED)
                .containsEntry("CKA", Verdict.DIFFERS);
    }
}
