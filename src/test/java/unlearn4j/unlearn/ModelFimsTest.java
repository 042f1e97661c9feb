package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import unlearn4j.data.Labels;
import unlearn4j.fisher.Fisher;
import unlearn4j.fisher.FisherEstimator;
import unlearn4j.train.Classifier;
import unlearn4j.train.Head;
import unlearn4j.train.Weights;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.TrainingData;
import unlearn4j.umig.Umig;

class ModelFimsTest {
    private final Umig umig = SmallGraph.trained();
    private final ModelNode node = umig.node("w_h");
    private final FisherEstimator estimator = FisherEstimator.perSample(16);

    private Fisher fim(TrainingData data) {
        return ModelFims.of(umig).fim(node, umig.unlearning(Labels.of(1)), data, FiunConfig.tempered());
    }

    @Test
    void aModelFimIsKeptWhileItsWeightsAndTheEdgesStay() {
        Fisher first = fim(TrainingData.OWN_SHARD);
        assertThat(fim(TrainingData.OWN_SHARD)).isSameAs(first);

        Classifier model = node.model();
        Weights weights = model.weights();
        Head other = model.head();
        other.bias()[3] += 1;
        model.load(other);
        assertThat(fim(TrainingData.OWN_SHARD).weight()).isNotEqualTo(first.weight());
        model.load(weights);
        assertThat(fim(TrainingData.OWN_SHARD).weight()).isEqualTo(first.weight());

        Fisher reached = fim(TrainingData.ALL_THAT_REACHED);
        umig.add(new ModelNode("w_x", model.copy(), SmallGraph.IMAGES.slice(100, 110)))
                .inherit("w_h", "w_x");
        assertThat(fim(TrainingData.ALL_THAT_REACHED)).isNotSameAs(reached);
    }

    @Test
    void itIsOfTheNodesOwnImagesOrOfAllThatReachedIt() {
        assertThat(fim(TrainingData.OWN_SHARD).weight())
                .isEqualTo(estimator.of(node.model(), node.shard()).weight());
        assertThat(fim(TrainingData.ALL_THAT_REACHED).weight())
                .isEqualTo(estimator.of(node.model(), umig.reached(node)).weight())
                .isNotEqualTo(fim(TrainingData.OWN_SHARD).weight());
    }

    /** §4.1: no record of who was trained on what, some images to try the nodes on. */
    @Test
    void withoutARecordAGraphForgetsWhatItsNodesRecognise() {
        Umig unknown = Umig.of();
        for (ModelNode known : umig.nodes()) {
            unknown.add(new ModelNode(known.name(), known.model(), SmallGraph.IMAGES.slice(0, 0)));
        }
        unknown.inherit("w_j", "w_s").inherit("w_h", "w_j", "w_f");

        UnlearningResult result = Fiun.on(unknown).forget(unknown.recognising(Labels.of(1), SmallGraph.IMAGES, 50));

        var table = result.evaluate();
        for (ModelNode root : result.unlearning().discovered().keySet()) {
            int row = table.stringColumn("node").asList().indexOf(root.name());
            assertThat(table.doubleColumn("AD_f before").get(row)).isGreaterThanOrEqualTo(50);
            assertThat(table.doubleColumn("AD_f").get(row)).isLessThan(5);
        }
        result.undo();
    }
}
