package unlearn4j.train;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import unlearn4j.data.DataException;

/**
 * A training after its last finished epoch. Its file is a {@link ModelFile} of two networks: the one that is trained, and
 * one that has the momentum in the place of each weight that learns.
 *
 * @param history the finished epochs
 * @param weights the network's weights
 * @param velocities the momentum, an array for each that learns
 */
record Checkpoint(List<Epoch> history, Weights weights, List<float[]> velocities) {
    private static final String MODEL = "model";
    private static final String MOMENTUM = "momentum";
    // Without held-out images, the accuracy on them is NaN.
    private static final Gson JSON =
            new GsonBuilder().serializeSpecialFloatingPointValues().create();

    private record About(String of, List<Epoch> history) {}

    /** Writes the file. */
    void save(Path file, String of, Classifier model, boolean headOnly) {
        List<float[]> momentum = new ArrayList<>();
        for (int i = 0; i < weights.count(); i++) {
            momentum.add(new float[weights.array(i).length]);
        }
        int[] learning = learning(model, headOnly);
        for (int i = 0; i < learning.length; i++) {
            momentum.set(learning[i], velocities.get(i));
        }
        Map<String, Classifier> models = new LinkedHashMap<>();
        models.put(MODEL, model);
        models.put(MOMENTUM, model.as(model.spec(), new Weights(momentum)));
        new ModelFile(JSON.toJson(new About(of, history)), models).save(file);
    }

    /** Reads the file, if it is of that training. */
    static Optional<Checkpoint> load(Path file, String of, Classifier model, boolean headOnly) {
        ModelFile saved = ModelFile.load(file);
        if (!saved.models().keySet().equals(Set.of(MODEL, MOMENTUM))) {
            throw new DataException(
                    file + " holds no training that was broken off: choose another folder, or delete it");
        }
        About about = JSON.fromJson(saved.about(), About.class);
        if (!about.of.equals(of)) {
            return Optional.empty();
        }
        Weights momentum = saved.models().get(MOMENTUM).weights();
        return Optional.of(new Checkpoint(
                about.history,
                saved.models().get(MODEL).weights(),
                Arrays.stream(learning(model, headOnly))
                        .mapToObj(momentum::array)
                        .toList()));
    }

    /** Where the arrays that learn stand among all of the network's, in the optimiser's order. */
    private static int[] learning(Classifier model, boolean headOnly) {
        int[] all = Gradients.trained(model);
        return headOnly ? Arrays.copyOfRange(all, all.length - Gradients.HEAD, all.length) : all;
    }
}
