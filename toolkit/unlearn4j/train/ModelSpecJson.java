package unlearn4j.train;

import ai.djl.nn.Block;
import com.google.gson.Gson;
import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.List;
import unlearn4j.core.Check;
import unlearn4j.data.DataException;
import unlearn4j.model.ModelSpec;

/**
 * Descriptions of networks as JSON. One of the toolkit's is its record's name and its components, {@code {"record":
 * "ResNet", "name": "ResNet8", "blocks": [1, 1, 1]}}; only records beside {@link ModelSpec} are read so, and a file can name
 * no other class. One of somebody's own is its name and features, {@code {"own": "MLP", "features": 64}}: who reads it has
 * the description.
 */
public final class ModelSpecJson implements JsonSerializer<ModelSpec>, JsonDeserializer<ModelSpec> {
    private static final String RECORD = "record";
    private static final String OWN = "own";
    private static final Gson COMPONENTS = new Gson();

    private final List<ModelSpec> own;

    /**
     * Makes a reader and writer.
     *
     * @param own the descriptions that do not come with the toolkit, perhaps none
     */
    public ModelSpecJson(List<ModelSpec> own) {
        this.own = List.copyOf(Check.allGiven("own", own));
    }

    /** Stands for a description that the reader has not. */
    private record Unknown(String name, int features) implements ModelSpec {
        @Override
        public Block body(int height, int width) {
            throw Check.refusal("%s of %d features is somebody's own description: give it to load", name, features);
        }
    }

    /** Refuses a file with a network whose description was not given. */
    static void checkKnown(Path file, ModelSpec spec) {
        if (spec instanceof Unknown) {
            throw new DataException(String.format(
                    java.util.Locale.ROOT,
                    "%s holds %s, a network of somebody's own description: load it with a description of that name and of "
                            + "%d features, Classifier.load(path, description)",
                    file,
                    spec.name(),
                    spec.features()));
        }
    }

    @Override
    public JsonElement serialize(ModelSpec spec, Type type, JsonSerializationContext context) {
        JsonObject json = new JsonObject();
        if (!spec.getClass().isRecord() || spec.getClass().getPackage() != ModelSpec.class.getPackage()) {
            json.addProperty(OWN, spec.name());
            json.addProperty("features", spec.features());
            return json;
        }
        json.addProperty(RECORD, spec.getClass().getSimpleName());
        COMPONENTS
                .toJsonTree(spec)
                .getAsJsonObject()
                .entrySet()
                .forEach(component -> json.add(component.getKey(), component.getValue()));
        return json;
    }

    @Override
    public ModelSpec deserialize(JsonElement json, Type type, JsonDeserializationContext context) {
        JsonObject object = json.isJsonObject() ? json.getAsJsonObject() : new JsonObject();
        if (object.has(OWN) && object.has("features")) {
            String name = object.get(OWN).getAsString();
            int features = object.get("features").getAsInt();
            return own.stream()
                    .filter(spec -> spec.name().equals(name) && spec.features() == features)
                    .findFirst()
                    .orElse(new Unknown(name, features));
        }
        String name = object.has(RECORD) ? object.get(RECORD).getAsString() : "";
        if (!name.matches("[A-Za-z0-9]+")) {
            throw new JsonParseException("a network's description names no record");
        }
        try {
            Class<?> found = Class.forName(ModelSpec.class.getPackageName() + "." + name);
            if (found.isRecord() && ModelSpec.class.isAssignableFrom(found)) {
                return (ModelSpec) COMPONENTS.fromJson(json, found);
            }
        } catch (ClassNotFoundException e) {
            // The same to a reader as a class of another kind.
        }
        throw new JsonParseException("this version has no network description named " + name);
    }
}
