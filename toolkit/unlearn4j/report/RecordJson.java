package unlearn4j.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.lang.reflect.ParameterizedType;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.fisher.FisherEstimator;
import unlearn4j.fisher.Merge;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.ModelSpecJson;
import unlearn4j.train.Origin;
import unlearn4j.umig.Request;

/**
 * An origin as JSON: each step that it took once, what it began with before it, and each set of images once, as rows of a
 * data set. A step is referred to as {@code {"step": 3}}, images as {@code {"view": 0}}.
 */
final class RecordJson {
    static final String STEP = "step";
    static final String VIEW = "view";
    private static final String DIVIDED = "MAXIMUM / ";
    private static final List<Merge> MERGES = List.of(Merge.MAXIMUM, Merge.SUM, Merge.MEAN, Merge.NONE);

    private final JsonArray steps = new JsonArray();
    private final JsonArray views = new JsonArray();
    private final JsonObject data = new JsonObject();
    private final Map<Origin, Integer> known = new IdentityHashMap<>();
    private final Map<Images, Integer> seen = new IdentityHashMap<>();
    private final Map<String, Integer> bySha256 = new TreeMap<>();
    private final Gson gson = gson().registerTypeAdapter(
                    Images.class, (JsonSerializer<Images>) (images, type, context) -> reference(VIEW, place(images)))
            .create();

    private RecordJson() {}

    /** Returns the steps, the last of them the origin itself, the views, and the files of the data sets. */
    static JsonObject of(Origin origin) {
        RecordJson made = new RecordJson();
        made.place(origin);
        JsonObject json = new JsonObject();
        json.add("data", made.data);
        json.add("views", made.views);
        json.add("steps", made.steps);
        return json;
    }

    /** Returns what writes and reads settings; images are for each record to add. */
    static GsonBuilder gson() {
        return new GsonBuilder()
                .disableHtmlEscaping()
                .registerTypeHierarchyAdapter(ModelSpec.class, new ModelSpecJson(List.of()))
                .registerTypeHierarchyAdapter(FisherEstimator.class, new NestedRecords<>(FisherEstimator.class))
                .registerTypeHierarchyAdapter(Request.class, new NestedRecords<>(Request.class))
                .registerTypeHierarchyAdapter(
                        Merge.class, (JsonSerializer<Merge>) (merge, type, context) -> json(merge))
                .registerTypeHierarchyAdapter(
                        Merge.class, (JsonDeserializer<Merge>) (json, type, context) -> merge(json.getAsString()))
                .registerTypeAdapter(Optional.class, (JsonSerializer<Optional<?>>)
                        (value, type, context) -> value.isPresent() ? context.serialize(value.get()) : new JsonArray())
                .registerTypeAdapter(
                        Optional.class, (JsonDeserializer<Optional<?>>) (json, type, context) -> json.isJsonArray()
                                ? Optional.empty()
                                : Optional.of(context.deserialize(
                                        json, ((ParameterizedType) type).getActualTypeArguments()[0])));
    }

    private static JsonElement json(Merge merge) {
        if (MERGES.contains(merge) || merge.equals(divided(merge.toString()).orElse(null))) {
            return new JsonPrimitive(merge.toString());
        }
        JsonObject own = new JsonObject();
        own.addProperty(Replayer.OWN, "merging function");
        return own;
    }

    private static Merge merge(String name) {
        return Stream.concat(MERGES.stream(), divided(name).stream())
                .filter(merge -> merge.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new JsonParseException("this version has no merging function named " + name));
    }

    private static Optional<Merge> divided(String name) {
        return name.startsWith(DIVIDED)
                ? Optional.of(Merge.maximumDividedBy(Double.parseDouble(name.substring(DIVIDED.length()))))
                : Optional.empty();
    }

    private static JsonObject reference(String what, int place) {
        JsonObject reference = new JsonObject();
        reference.addProperty(what, place);
        return reference;
    }

    private int place(Origin origin) {
        Integer there = known.get(origin);
        if (there != null) {
            return there;
        }
        JsonObject step = new JsonObject();
        step.addProperty("kind", origin.kind());
        if (!origin.isUnknown()) {
            step.addProperty(
                    "started", origin.started().truncatedTo(ChronoUnit.SECONDS).toString());
            step.addProperty("seconds", Math.round(origin.seconds() * 1000) / 1e3);
        }
        origin.with().forEach((name, value) -> step.add(name, json(value)));
        steps.add(step);
        known.put(origin, steps.size() - 1);
        return steps.size() - 1;
    }

    private JsonElement json(Object value) {
        if (value instanceof Origin origin) {
            return reference(STEP, place(origin));
        }
        if (value instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            map.forEach((name, one) -> object.add(name.toString(), json(one)));
            return object;
        }
        if (value instanceof Collection<?> list) {
            JsonArray array = new JsonArray();
            list.forEach(one -> array.add(json(one)));
            return array;
        }
        return gson.toJsonTree(value);
    }

    private int place(Images images) {
        return seen.computeIfAbsent(images, any -> {
            String sha256 = images.sha256();
            return bySha256.computeIfAbsent(images.name() + sha256, another -> {
                views.add(view(images, sha256));
                return views.size() - 1;
            });
        });
    }

    private JsonObject view(Images images, String sha256) {
        JsonObject view = new JsonObject();
        view.addProperty("name", images.name());
        view.addProperty("images", images.size());
        view.addProperty("sha256", sha256);
        Dataset.Part part = images.part().orElse(null);
        view.add("data", part == null ? JsonNull.INSTANCE : new JsonPrimitive(part.dataset()));
        if (part != null) {
            view.addProperty("part", part.test() ? "test" : "train");
            view.addProperty("rows", Rows.of(images));
            data.add(part.dataset(), gson.toJsonTree(part.sha256()));
        }
        return view;
    }
}
