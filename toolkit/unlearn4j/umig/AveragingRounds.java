package unlearn4j.umig;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import unlearn4j.data.Images;

/** The rounds of federated and of data-parallel learning. */
final class AveragingRounds {
    private AveragingRounds() {}

    /**
     * Returns the steps of federated averaging (McMahan et al. 2017): in each round every client goes on from the global
     * model with its own images, and the new global model is their average, by their numbers of images.
     *
     * @param learning the framework whose rounds these are
     * @param client what a client is called
     * @param shards each client's images
     * @param servers how many servers average between the clients and the global model; 0 for none
     * @param rounds how many rounds there are
     * @param graphRounds how many of the last rounds have their models as nodes
     */
    static List<Step> of(
            GraphTraining<?> learning, String client, List<Images> shards, int servers, int rounds, int graphRounds) {
        Images all = Images.union(shards);
        List<Step> steps = new ArrayList<>(
                List.of(learning.averaged("w_g/0", Map.of(), all).hidden()));
        for (int round = 1; round <= rounds; round++) {
            List<Step> these = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (int i = 0; i < shards.size(); i++) {
                names.add(client + "-" + (i + 1) + "/" + round);
                these.add(learning.trained(
                        names.get(i), GraphTraining.alike(List.of("w_g/" + (round - 1))), shards.get(i)));
            }
            List<Images> parts = shards;
            if (servers > 0) {
                List<String> uplinks = new ArrayList<>();
                parts = new ArrayList<>();
                for (int server = 0; server < servers; server++) {
                    int from = server * shards.size() / servers;
                    int below = (server + 1) * shards.size() / servers;
                    uplinks.add("server-" + (server + 1) + "/" + round);
                    parts.add(Images.union(shards.subList(from, below)));
                    these.add(learning.averaged(
                            uplinks.get(server),
                            GraphTraining.bySize(names.subList(from, below), shards.subList(from, below)),
                            all));
                }
                names = uplinks;
            }
            Step global = learning.averaged("w_g/" + round, GraphTraining.bySize(names, parts), all);
            boolean shown = round > rounds - graphRounds;
            these.forEach(step -> steps.add(shown ? step : step.hidden()));
            // The first global model of the graph stands for all rounds before it, so all images are its own.
            steps.add(shown ? global : round == rounds - graphRounds ? global.shard(all) : global.hidden());
        }
        return steps;
    }
}
