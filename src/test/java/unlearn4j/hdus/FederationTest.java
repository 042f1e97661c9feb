package unlearn4j.hdus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import unlearn4j.data.Dataset;
import unlearn4j.data.Datasets;
import unlearn4j.train.TrainingConfig;

/** FedUnl and DSGD learn real images, and are of use again after a departure. Chance is 10 %. */
@Tag("slow")
class FederationTest {
    private static final Dataset DATA = Datasets.fashionMnistSample().sample(750, 200, 3);
    private static final Clients CLIENTS =
            Clients.of(DATA).count(3).classesEach(9).reference(300).seed(7);
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.batchSize(16).learningRate(0.05);

    private static double mean(Framework framework) {
        return framework
                .accuracies(DATA.test(), CLIENTS)
                .doubleColumn("all classes %")
                .mean();
    }

    @Test
    void decentralisedSgdLearnsAndLearnsAgain() {
        Framework network = Dsgd.over(CLIENTS).rounds(5).training(CONFIG).train();
        assertThat(mean(network)).isGreaterThan(45);
        network.forget("client-1");
        assertThat(network.clients()).containsExactly("client-2", "client-3");
        assertThat(mean(network)).isGreaterThan(40);
    }

    @Test
    void federatedUnlearningLearnsAndRecovers() {
        Framework server =
                FedUnl.over(CLIENTS).rounds(5).training(CONFIG).recovery(6).train();
        assertThat(mean(server)).isGreaterThan(45);
        server.forget("client-1");
        assertThat(mean(server)).isGreaterThan(40);
    }
}
