package unlearn4j.hdus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.model.ResNet;

/**
 * Sets up and trains SISA (Bourtoule et al. 2021) with a client as a shard: paper A's SISA-A (§IV.B). Each client trains
 * its own model, the server answers for all with the models' mean, and to forget a client the server deletes its model.
 * With {@link #slices} single images can be forgotten, as in the original. An interrupted {@link #train} can be called
 * again and goes on from the last finished epoch.
 */
public final class SisaA extends Alone<SisaA> {
    private int slices = 1;
    private Combination combination = Combination.PROBABILITIES;

    private SisaA(Clients clients) {
        super(clients, List.of(ResNet.SMALL));
    }

    /**
     * Begins with the smallest model for all, as paper A has it (§IV.B), and probabilities added up.
     *
     * @param clients who has which images
     */
    public static SisaA over(Clients clients) {
        return new SisaA(clients);
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
     * Sets how many slices a client's images are in, 1 or more; without this 1. After each there is a checkpoint at the
     * client, and to forget an image the client trains anew from the one before its slice.
     */
    public SisaA slices(int value) {
        untrained();
        slices = Check.positive("slices", value);
        return this;
    }

    /** Sets what the ensemble adds up. */
    public SisaA combine(Combination value) {
        untrained();
        combination = Check.given("combine", value);
        return this;
    }

    @Override
    SisaA self() {
        return this;
    }

    /**
     * Trains each client's model.
     *
     * @return the ensemble
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call goes on from there
     */
    public SisaEnsemble train() {
        Map<String, SisaEnsemble.Submodel> submodels = new LinkedHashMap<>();
        trained(slices).forEach((client, training) -> submodels.put(client, SisaEnsemble.Submodel.of(training)));
        return new SisaEnsemble(submodels, combination, slices > 1);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s, %d slices, %s added up",
                super.toString(),
                slices,
                combination.name().toLowerCase(Locale.ROOT));
    }
}
