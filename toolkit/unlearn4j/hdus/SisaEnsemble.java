package unlearn4j.hdus;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.core.Refusal;
import unlearn4j.core.Screen;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Outputs;

/** The clients' models at a server, which answer together, the same for all clients. */
public final class SisaEnsemble extends Baseline<SisaEnsemble.Submodel> {
    private final Combination combination;
    private final boolean checkpoints;

    /**
     * A client's model at the server.
     *
     * @param training what it is trained from, null if nobody knows
     * @param snapshot what answers
     * @param known the classes of which the client has images
     * @param trained whether that is trained on at least one slice
     */
    record Submodel(SlicedTraining training, Snapshot snapshot, Labels known, boolean trained) {

        /** Returns what a training's model is now. */
        static Submodel of(SlicedTraining training) {
            return new Submodel(training, training.snapshot(), training.known(), training.slicesTrained() > 0);
        }
    }

    SisaEnsemble(Map<String, Submodel> submodels, Combination combination, boolean checkpoints) {
        super("SISA-A", submodels);
        this.combination = combination;
        this.checkpoints = checkpoints;
        submodels.values().forEach(each -> sentToServer("models to the server", each));
    }

    private void sentToServer(String phase, Submodel submodel) {
        served(phase, 1, submodel.snapshot.model().bytes());
    }

    /** Returns the mean of the models' outputs; a model that has to begin anew is left out meanwhile, if others are there. */
    @Override
    public Outputs outputs(String client, Images images) {
        model(client);
        List<Submodel> all = List.copyOf(models().values());
        List<Submodel> trained = all.stream().filter(Submodel::trained).toList();
        List<Submodel> asked = trained.isEmpty() ? all : trained;
        List<Outputs> outputs = asked.stream()
                .map(submodel -> Evaluator.logits(submodel.snapshot.model(), images))
                .map(logits -> combination == Combination.LOGITS ? logits : logits.softmax(1))
                .toList();
        if (combination == Combination.KNOWN_CLASSES) {
            // At this λ Eq. 2 weighs all alike.
            double alike = (asked.size() - 1.0) / asked.size();
            return Ensemble.combineKnown(
                    outputs, asked.stream().map(Submodel::known).toList(), alike);
        }
        return Ensemble.combine(outputs.get(0), outputs, 1);
    }

    @Override
    protected Map<String, Submodel> depart(String client, Map<String, Submodel> staying) {
        requestedAtServer(client);
        return staying;
    }

    @Override
    protected Map<String, String> unlearn(String client) {
        return Map.of("models deleted at the server", "that of " + client);
    }

    /**
     * Forgets single images of a client, exactly: its model goes back to the checkpoint before the first slice that holds
     * one of them, is trained on from there without them, and is sent to the server again. It is then bit for bit the
     * model of a client that never had them. Meanwhile that checkpoint answers.
     *
     * @param client whose images they are
     * @param rows the images' rows in the data set, as {@link Images#row} gives them
     * @return what was done
     * @throws IllegalArgumentException if there is no such client, a row is not among its images, or too few are left;
     *     nothing is changed
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call goes on from there
     */
    public Receipt forgetImages(String client, int... rows) {
        SlicedTraining training = model(client).training;
        Check.given("rows", rows);
        Check.that(rows.length > 0, "rows must not be empty: name at least one image of %s", client);
        Refusal.unless(
                training != null,
                "%s comes from a trained network and has no checkpoints: train with SisaA.over(clients)",
                client);
        long start = System.nanoTime();
        training.delete(Arrays.stream(rows).boxed().toList());
        int kept = training.slicesTrained();
        long images = training.imagesToGo();
        publish(client, Submodel.of(training));
        try (Progress progress = Screen.current().progress("training " + client + " anew", images, "images")) {
            training.train(progress.part(client, 0));
        }
        Submodel renewed = Submodel.of(training);
        publish(client, renewed);
        sentToServer("models to the server again", renewed);
        Map<String, String> done = new LinkedHashMap<>();
        done.put("images forgotten", "" + rows.length);
        done.put("images left", "" + training.size());
        done.put("trained on from", kept == 0 ? "the beginning" : "the checkpoint after slice " + kept);
        return new Receipt(name(), client, done, (System.nanoTime() - start) / 1e9);
    }

    private void publish(String client, Submodel submodel) {
        Map<String, Submodel> next = new LinkedHashMap<>(models());
        next.put(client, submodel);
        publish(next);
    }

    /** The checkpoints that clients keep beside the models that answer, none without slices. */
    @Override
    public long history() {
        return models().values().stream()
                .filter(submodel -> submodel.training != null)
                .mapToLong(submodel -> submodel.training.history())
                .sum();
    }

    /**
     * All but the absence of a server and, with slices, of history. Paper A's Table I denies the original SISA more: it
     * forgets images, where SISA-A has a client as a training; it keeps checkpoints, which forgetting a client does not need;
     * and its models are of one shape, though a mean of outputs takes any.
     */
    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.complementOf(EnumSet.of(Capability.NO_SERVER));
        if (checkpoints) {
            capabilities.remove(Capability.NO_HISTORY);
        }
        return capabilities;
    }
}
