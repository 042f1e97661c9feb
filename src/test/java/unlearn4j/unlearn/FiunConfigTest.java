package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import unlearn4j.fisher.FisherEstimator;
import unlearn4j.fisher.Merge;

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
                        .columnShares(false))
                .isEqualTo(paper);
        assertThat(paper.layers(7).fisher().layers()).isEqualTo(7);
        assertThat(FiunConfig.tempered().layers(4).fisher()).isEqualTo(new FisherEstimator.PerSample(16, 4));
    }
}
