package unlearn4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import unlearn4j.Silent;
import unlearn4j.audit.Interval;
import unlearn4j.audit.Membership;
import unlearn4j.core.Seed;
import unlearn4j.data.Dataset;
import unlearn4j.data.Datasets;
import unlearn4j.data.Images;
import unlearn4j.fisher.Mlp;
import unlearn4j.hdus.Clients;
import unlearn4j.hdus.Hdus;
import unlearn4j.hdus.HdusNetwork;
import unlearn4j.hdus.Topology;
import unlearn4j.train.TrainingConfig;

/** What a seed model gives away, where the answer is known: labels are drawn at random, so that all there is to know of them is by heart. */
@ExtendWith(Silent.class)
class SeedMembershipTest {
    private static final Mlp MLP = new Mlp(64, 32);
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULT.epochs(40).batchSize(20).learningRate(0.05).weightDecay(0);
    private static final Clients CLIENTS =
            Clients.of(data()).count(2).classesEach(10).each(100).reference(100);
    private static final Images MEMBERS = CLIENTS.partition().shards().get(1);
    private static final Images OTHERS = CLIENTS.unused().balanced(200, 1);
    private static HdusNetwork network;

    private static Dataset data() {
        Dataset sample = Datasets.fashionMnistSample();
        int[] drawn = Seed.of(9).random().ints(60_000, 0, 10).toArray();
        return new Dataset(
                "drawn", sample.train().relabelled((row, label) -> drawn[row]), sample.test(), sample.sha256());
    }

    /** The second client distils its seed on its own images, the worst that it can do. */
    @BeforeAll
    static void learn() {
        Images reference = CLIENTS.reference();
        network = Hdus.over(CLIENTS.reference(name -> name.equals("client-2") ? MEMBERS : reference))
                .mainModels(MLP)
                .seedModel(MLP)
                .training(CONFIG)
                .incubation(CONFIG)
                .train();
    }

    private static Interval ofTheNeighbour(HdusNetwork asked) {
        return Membership.byLoss(images -> asked.outputs("client-1", images), MEMBERS, OTHERS)
                .area();
    }

    @Test
    void aSeedThatWasDistilledOnItsClientsImagesTellsThemAndAnothersDoesNot() {
        assertThat(Membership.byLoss(network.mainModel("client-2"), MEMBERS, OTHERS)
                        .area()
                        .estimate())
                .isGreaterThan(0.95);
        assertThat(Membership.byLoss(network.seedModel("client-2").model(), MEMBERS, OTHERS)
                        .area()
                        .low())
                .isGreaterThan(0.8);
        assertThat(Membership.byLoss(network.seedModel("client-1").model(), MEMBERS, OTHERS)
                        .area()
                        .holds(0.5))
                .isTrue();
    }

    @Test
    void aNeighboursEnsembleTellsThemUntilTheClientIsForgotten() {
        HdusNetwork asked = network.withTopology(Topology.complete());
        assertThat(ofTheNeighbour(asked).low()).isGreaterThan(0.7);
        asked.forget("client-2");
        assertThat(ofTheNeighbour(asked).holds(0.5)).isTrue();
    }
}
