package unlearn4j.hdus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.TrainingConfig;

/**
 * Sets up and trains SISA (Bourtoule et al. 2021) with a client as a shard: paper A's SISA-A (§IV.B). Each client trains
 * its own model, the server answers for all with the models' mean, and to forget a client the server deletes its model.
 * With {@link #slices} single images can be forgotten, as in the original. A value; each setting returns a changed
 * copy. An interrupted {@link #train} can be called again on the same object and goes on from the last finished epoch.
 */
public final class SisaA extends Alone<SisaA> {
    private final int slices;
    private final Combination combination;

    private SisaA(
            Clients clients, List<ModelSpec> mainModels, TrainingConfig training, int slices, Combination combination) {
        super(clients, mainModels, training);
        this.slices = Check.positive("slices", slices);
        this.combination = Check.given("combine", combination);
    }

    /** Begins with the smallest model for all, as paper A has it (§IV.B), and probabilities added up. */
    public static SisaA over(Clients clients) {
        HdusConfig paper = HdusConfig.paper();
        return new SisaA(clients, List.of(paper.seedModel()), paper.training(), 1, Combination.PROBABILITIES);
    }

    /**
     * Returns the main models of a trained network as an ensemble at a server. Nothing is trained, and the network stays
     * as it is. Single images can't be forgotten, as there are no checkpoints.
     */
    public static SisaEnsemble of(HdusNetwork network, Combination combination) {
        Check.given("network", network);
        Check.given("combination", combination);
        Map<String, SisaEnsemble.Submodel> submodels = new LinkedHashMap<>();
        network.clients()
                .forEach(client -> submodels.put(
                        client,
                        new SisaEnsemble.Submodel(
                                null,
                                Snapshot.of(network.mainModel(client)),
                                network.ensemble(client).known(),
                                true)));
        return new SisaEnsemble(submodels, combination, false);
    }

    /**
     * Returns a copy in which a client's images are in that many slices, 1 or more; without this 1. After each there is a
     * checkpoint at the client, and to forget an image the client trains anew from the one before its slice.
     */
    public SisaA slices(int value) {
        return new SisaA(clients, mainModels, training, value, combination);
    }

    /** Returns a copy whose ensemble adds that up. */
    public SisaA combine(Combination value) {
        return new SisaA(clients, mainModels, training, slices, value);
    }

    @Override
    SisaA with(List<ModelSpec> models, TrainingConfig config) {
        return new SisaA(clients, models, config, slices, combination);
    }

    /**
     * Trains each client's model.
     *
     * @return an ensemble of its own at each call
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call goes on from there
     */
    public SisaEnsemble train() {
        Map<String, SisaEnsemble.Submodel> submodels = new LinkedHashMap<>();
        trained(slices).forEach((client, training) -> submodels.put(client, SisaEnsemble.Submodel.of(training)));
        return new SisaEnsemble(submodels, combination, slices > 1);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s, %d slices, %s added up", super.toString(), slices, combination.words());
    }
}
