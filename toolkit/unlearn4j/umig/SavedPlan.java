package unlearn4j.umig;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.data.DataException;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.TrainingConfig;

/**
 * Who was trained on which images, and how, as {@code plan.json} has it: images are rows of the data set.
 *
 * @param views each set of images once
 * @param shards each node's own images, by their place among the views
 * @param seed the plan's seed
 * @param steps the plan's steps; null for a graph that was made by hand
 */
record SavedPlan(List<View> views, Map<String, Integer> shards, long seed, List<SavedStep> steps) {

    /** Images of the data set, and what they are recognised by. */
    private record View(String name, String sha256, int[] rows) {}

    /** A step, whose images are named by their place. */
    private record SavedStep(
            String name,
            ModelSpec model,
            Map<String, Double> parents,
            int images,
            int shard,
            TrainingConfig training,
            boolean headOnly,
            boolean node) {}

    static SavedPlan of(Map<String, Images> shards, TrainingPlan plan) {
        List<View> views = new ArrayList<>();
        Map<List<String>, Integer> places = new HashMap<>();
        Map<String, Integer> own = new LinkedHashMap<>();
        shards.forEach((name, images) -> own.put(name, place(images, views, places)));
        List<SavedStep> steps = plan == null
                ? null
                : plan.steps().stream()
                        .map(step -> new SavedStep(
                                step.name(),
                                step.model(),
                                step.parents(),
                                place(step.images(), views, places),
                                place(step.shard(), views, places),
                                step.training(),
                                step.headOnly(),
                                step.node()))
                        .toList();
        return new SavedPlan(views, own, plan == null ? 0 : plan.seed(), steps);
    }

    private static int place(Images images, List<View> views, Map<List<String>, Integer> places) {
        return places.computeIfAbsent(List.of(images.name(), images.sha256()), any -> {
            int[] rows = new int[images.size()];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = images.row(i);
            }
            views.add(new View(images.name(), images.sha256(), rows));
            return views.size() - 1;
        });
    }

    /** Refuses what no plan says. */
    void check() {
        for (View view : Check.allGiven("views", views)) {
            Check.given("name of a view", view.name);
            Check.given("sha256 of a view", view.sha256);
            Check.given("rows of a view", view.rows);
        }
        Check.allGiven("shards", shards).values().forEach(this::checkPlace);
        for (SavedStep step : steps == null ? List.<SavedStep>of() : Check.allGiven("steps", steps)) {
            checkPlace(step.images);
            checkPlace(step.shard);
        }
    }

    private void checkPlace(int place) {
        Check.that(place >= 0 && place < views.size(), "there are no images at place %d of %d", place, views.size());
    }

    /** Returns each node's own images. */
    Map<String, Images> shards(Dataset data) {
        List<Images> found = images(data);
        Map<String, Images> own = new HashMap<>();
        shards.forEach((name, place) -> own.put(name, found.get(place)));
        return own;
    }

    /** Returns the plan, or null if there is none. */
    TrainingPlan plan(Dataset data) {
        if (steps == null) {
            return null;
        }
        List<Images> found = images(data);
        return new TrainingPlan(
                data.train(),
                steps.stream()
                        .map(step -> new Step(
                                step.name,
                                step.model,
                                step.parents,
                                found.get(step.images),
                                found.get(step.shard),
                                step.training,
                                step.headOnly,
                                step.node))
                        .toList(),
                seed);
    }

    private List<Images> images(Dataset data) {
        Map<Integer, Integer> positions = new HashMap<>();
        for (int i = 0; i < data.train().size(); i++) {
            positions.put(data.train().row(i), i);
        }
        return views.stream()
                .map(view -> {
                    int[] at = new int[view.rows.length];
                    for (int i = 0; i < at.length; i++) {
                        at[i] = positions.getOrDefault(view.rows[i], -1);
                        if (at[i] < 0) {
                            throw other(view, data);
                        }
                    }
                    Images images = data.train().at(at).named(view.name);
                    if (!images.sha256().equals(view.sha256)) {
                        throw other(view, data);
                    }
                    return images;
                })
                .toList();
    }

    private static DataException other(View view, Dataset data) {
        return new DataException(
                "the graph was trained on " + view.name + ", which are not among the training images of " + data.name()
                        + ": load it with the data set that it was trained on");
    }
}
