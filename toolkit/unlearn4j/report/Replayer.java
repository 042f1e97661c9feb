package unlearn4j.report;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.audit.Panel;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.data.DataException;
import unlearn4j.data.Dataset;
import unlearn4j.data.Datasets;
import unlearn4j.data.Images;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.Classifier;
import unlearn4j.train.Softening;
import unlearn4j.train.Training;
import unlearn4j.train.TrainingConfig;
import unlearn4j.train.Weights;
import unlearn4j.umig.GraphShape;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Request;
import unlearn4j.umig.TrainingData;
import unlearn4j.umig.Umig;
import unlearn4j.unlearn.Fiun;
import unlearn4j.unlearn.FiunConfig;
import unlearn4j.unlearn.HeadMask;
import unlearn4j.unlearn.UnlearningResult;

/** Takes the steps of a record once more, each once, from the data sets on. */
final class Replayer {
    /** What is somebody's own, and no file can say. */
    static final String OWN = "own";

    private final JsonArray steps;
    private final JsonArray views;
    private final Map<Integer, Object> made = new HashMap<>();
    private final Map<Integer, Images> images = new HashMap<>();
    private final Map<String, Dataset> data = new HashMap<>();
    private final Gson gson = RecordJson.gson()
            .registerTypeAdapter(Images.class, (JsonDeserializer<Images>) (json, type, context) ->
                    view(json.getAsJsonObject().get(RecordJson.VIEW).getAsInt()))
            .create();

    Replayer(JsonObject record) {
        steps = record.getAsJsonArray("steps");
        views = record.getAsJsonArray("views");
    }

    /** Returns what the record's own step makes: a network, what a method did, or a panel. */
    Object replayed() {
        return made(steps.size() - 1);
    }

    private Object made(int place) {
        Object known = made.get(place);
        if (known == null) {
            JsonObject step = steps.get(place).getAsJsonObject();
            String kind = step.get("kind").getAsString();
            known = switch (kind) {
                case "new network" ->
                    Classifier.create(
                            read(step, "network", ModelSpec.class),
                            read(step, "like", Images.class),
                            step.get("seed").getAsLong());
                case "average" -> average(step);
                case "training", "distillation" -> trained(step, kind.equals("distillation"));
                case "unlearning" -> unlearned(step);
                case "unlearned node" -> node(step);
                case "audit" -> audited(step);
                default -> throw Check.refusal("no record makes a step of kind %s again", kind);
            };
            made.put(place, known);
        }
        return known;
    }

    /** Returns a network of its own, for whoever trains it or makes it forget. */
    private Classifier model(JsonElement reference) {
        return ((Classifier) made(step(reference))).copy();
    }

    private List<Classifier> models(JsonElement references) {
        List<Classifier> models = new ArrayList<>();
        references.getAsJsonArray().forEach(one -> models.add(model(one)));
        return models;
    }

    static int step(JsonElement reference) {
        return reference.getAsJsonObject().get(RecordJson.STEP).getAsInt();
    }

    private <T> T read(JsonObject step, String name, Class<T> type) {
        return gson.fromJson(step.get(name), type);
    }

    private Classifier average(JsonObject step) {
        List<Classifier> models = models(step.get("models"));
        Classifier average = models.get(0);
        average.load(Weights.average(
                models.stream().map(Classifier::weights).toList(), read(step, "shares", double[].class)));
        return average;
    }

    private Classifier trained(JsonObject step, boolean distilled) {
        Classifier model = model(step.get("of"));
        Images shown = read(step, "images", Images.class);
        TrainingConfig config = read(step, "training", TrainingConfig.class);
        Training training = distilled
                ? Training.distilling(
                        model(step.get("teacher")),
                        model,
                        shown,
                        step.get("temperature").getAsDouble(),
                        read(step, "softening", Softening.class),
                        config)
                : step.has("head only") ? Training.ofHead(model, shown, config) : Training.of(model, shown, config);
        if (step.has("share of labels")) {
            double[] shares = read(step, "share of labels", double[].class);
            training = training.withLabels(shares[0], shares[1]);
        }
        int epochs = step.get("epochs").getAsInt();
        String name = model.spec().name();
        try (Progress progress =
                Screen.current().progress("training " + name, (long) epochs * shown.size(), "images")) {
            return training.runTo(epochs, progress.part(name, 0));
        }
    }

    private UnlearningResult unlearned(JsonObject step) {
        Umig umig = Umig.of();
        List<Classifier> models = models(step.get("models"));
        String[] names = read(step, "names", String[].class);
        Images[] shards = read(step, "shards", Images[].class);
        for (int i = 0; i < names.length; i++) {
            umig.add(new ModelNode(names[i], models.get(i), shards[i]));
        }
        for (GraphShape.Edge edge : read(step, "edges", GraphShape.Edge[].class)) {
            umig.inherit(edge.child(), edge.parent(), edge.weight());
        }
        TrainingData of = read(step, "data", TrainingData.class);
        Request request = read(step, "request", Request.class);
        return step.get("method").getAsString().equals("HeadMask")
                ? HeadMask.on(umig).data(of).forget(request)
                : Fiun.on(umig)
                        .config(read(step.getAsJsonObject("settings"), "configuration", FiunConfig.class))
                        .data(of)
                        .forget(request);
    }

    private Classifier node(JsonObject step) {
        return step.has("trained as")
                ? model(step.get("trained as"))
                : ((UnlearningResult) made(step(step.get("of"))))
                        .umig()
                        .node(step.get("node").getAsString())
                        .model();
    }

    private Panel audited(JsonObject step) {
        Panel panel = Panel.of(
                read(step, "forgotten", Images.class),
                read(step, "retained", Images.class),
                read(step, "unseen", Images.class));
        if (step.has("relearning")) {
            panel = panel.relearning(read(step, "relearning", TrainingConfig.class));
        }
        List<Classifier> retrained = models(step.get("retrained"));
        Map<String, List<Classifier>> others = new LinkedHashMap<>();
        step.getAsJsonObject("models").asMap().forEach((name, each) -> others.put(name, models(each)));
        long[] seeds = read(step, "seeds", long[].class);
        for (int i = 0; i < seeds.length; i++) {
            Map<String, Classifier> run = new LinkedHashMap<>();
            for (Map.Entry<String, List<Classifier>> other : others.entrySet()) {
                run.put(other.getKey(), other.getValue().get(i));
            }
            panel = panel.audit(seeds[i], retrained.get(i), run);
        }
        return panel;
    }

    private Images view(int place) {
        return images.computeIfAbsent(place, any -> {
            JsonObject view = views.get(place).getAsJsonObject();
            Dataset dataset = data.computeIfAbsent(view.get("data").getAsString(), Datasets::named);
            Images part = view.get("part").getAsString().equals("test") ? dataset.test() : dataset.train();
            String name = view.get("name").getAsString();
            int[] rows = Rows.read(view.get("rows").getAsString());
            for (int row : rows) {
                if (row >= part.size()) {
                    throw other(name, dataset);
                }
            }
            Images found = part.at(rows).named(name);
            if (!found.sha256().equals(view.get("sha256").getAsString())) {
                throw other(name, dataset);
            }
            return found;
        });
    }

    private static DataException other(String name, Dataset dataset) {
        return new DataException("images " + name + " of the record are not those of " + dataset.name()
                + " here: get the data set with the files whose SHA-256 it has");
    }
}
