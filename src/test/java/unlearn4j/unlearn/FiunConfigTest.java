package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import unlearn4j.data.Labels;
import unlearn4j.fisher.Fisher;
import unlearn4j.fisher.FisherEstimator;
import unlearn4j.fisher.Merge;
import unlearn4j.train.TrainingConfig;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Request;
import unlearn4j.umig.Umig;

class FiunConfigTest {
    @Test
    void thePapersIsTable8() {
        FiunConfig paper = FiunConfig.paper();
        assertThat(paper.tau()).isEqualTo(1);
        assertThat(paper.gamma()).isEqualTo(1);
        assertThat(paper.eta()).isEqualTo(0.1);
        assertThat(paper.fisher().layers()).as("use layer: last layer").isEqualTo(1);
        assertThat(paper.fisher()).isEqualTo(new FisherEstimator.PerSample(1, 1));
        assertThat(paper.merge()).isEqualTo(Merge.MAXIMUM);
        assertThat(paper.columnShares()).isFalse();
        assertThat(paper.fit()).as("Eq. 3 at the node's own weights").isEmpty();
        TrainingConfig fit = FiunConfig.TABLE_8;
        assertThat(List.of(fit.learningRate(), 1.0 * fit.epochs(), 1.0 * fit.batchSize()))
                .containsExactly(0.1, 100.0, 64.0);
    }

    @Test
    void oursDiffersByTemperatureAndShares() {
        assertThat(FiunConfig.tempered())
                .isEqualTo(
                        FiunConfig.paper().fisher(FisherEstimator.perSample(16)).columnShares(true));
    }

    @Test
    void eachSettingIsChangedAlone() {
        FiunConfig paper = FiunConfig.paper();
        assertThat(paper.gamma(2)
                        .gamma(1)
                        .tau(3)
                        .tau(1)
                        .eta(0)
                        .eta(0.1)
                        .layers(4)
                        .layers(1)
                        .merge(Merge.SUM)
                        .merge(Merge.MAXIMUM)
                        .columnShares(true)
                        .columnShares(false)
                        .modelData(ModelData.RETAINED)
                        .modelData(ModelData.ALL))
                .isEqualTo(paper);
        assertThat(paper.layers(7).fisher().layers()).isEqualTo(7);
        assertThat(FiunConfig.tempered().layers(4).fisher()).isEqualTo(new FisherEstimator.PerSample(16, 4));
    }

    @Test
    void thePublishedRuleIsThatOfTheScripts() {
        FiunConfig published = FiunConfig.published();
        assertThat(published.fisher()).isEqualTo(FisherEstimator.batchMean(64).firstOfEach(32));
        assertThat(published.discovery()).isEqualTo(FisherEstimator.batchMean(64));
        assertThat(published.eta()).as("bound = 1").isEqualTo(1);
        assertThat(published.gamma()).as("α").isEqualTo(1);
        assertThat(published.tau()).as("λ").isEqualTo(1);
        assertThat(published.fisher(FisherEstimator.perSample()).discovery()).isEqualTo(FisherEstimator.perSample());
    }

    /** A discovery node's F is of whole batches, an heir's of each batch's first images; of two FIMs the maximum over 5. */
    @Test
    void aNodeIsUpdatedByThePublishedRuleAsWorkedOutStepByStep() {
        Umig umig = SmallGraph.trained();
        FiunConfig published = FiunConfig.published();
        FisherEstimator firsts = FisherEstimator.batchMean(64).firstOfEach(32);
        Request both = Request.labelsAt("w_s", Labels.of(1)).and(Request.labelsAt("w_f", Labels.of(4)));
        ModelNode s = umig.node("w_s");
        ModelNode f = umig.node("w_f");
        ModelNode heir = umig.node("w_h");
        Fisher ofS = firsts.of(s.model(), s.shard().only(Labels.of(1)));
        Fisher ofF = firsts.of(f.model(), f.shard().only(Labels.of(4)));
        Fisher merged = ofS.combined(ofF, (one, other) -> Math.max(one, other) / 5);
        FiunUpdate atHeir =
                FiunUpdate.of("w_h", heir.model().head(), merged, firsts.of(heir.model(), heir.shard()), published);
        Fisher whole = FisherEstimator.batchMean(64).of(s.model(), s.shard());
        FiunUpdate atRoot = FiunUpdate.of("w_s", s.model().head(), ofS, whole, published);

        Fiun.on(umig).config(published).forget(both);

        assertThat(heir.model().head().sameAs(atHeir.head())).isTrue();
        assertThat(s.model().head().sameAs(atRoot.head())).isTrue();
    }
}
