package unlearn4j;

import java.util.LinkedHashMap;
import java.util.Map;
import unlearn4j.hdus.HdusNetwork;
import unlearn4j.train.Weights;
import unlearn4j.umig.Umig;

/** The weights of all that is there, by name, to be compared bit for bit. */
public final class AllWeights {
    private AllWeights() {}

    public static Map<String, Weights> of(Umig umig) {
        Map<String, Weights> weights = new LinkedHashMap<>();
        umig.nodes().forEach(node -> weights.put(node.name(), node.model().weights()));
        return weights;
    }

    public static Map<String, Weights> of(HdusNetwork network) {
        Map<String, Weights> weights = new LinkedHashMap<>();
        for (String client : network.clients()) {
            weights.put(client, network.mainModel(client).weights());
            weights.put(client + "'s seed", network.seedModel(client).model().weights());
        }
        return weights;
    }
}
