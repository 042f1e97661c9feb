package unlearn4j.train;

import com.google.gson.Gson;
import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import java.lang.reflect.Type;
import unlearn4j.core.Check;
import unlearn4j.model.ModelSpec;

/**
 * Descriptions of networks as JSON: the record's name and its components, {@code {"record": "ResNet", "name": "ResNet8",
 * "blocks": [1, 1, 1]}}. Only records beside {@link ModelSpec} are written and read, so that a file can name no other
 * class.
 */
public final class ModelSpecJson implements JsonSerializer<ModelSpec>, JsonDeserializer<ModelSpec> {
    private static final String RECORD = "record";
    private static final Gson COMPONENTS = new Gson();

    @Override
    public JsonElement serialize(ModelSpec spec, Type type, JsonSerializationContext context) {
        Check.that(
                spec.getClass().isRecord() && spec.getClass().getPackage() == ModelSpec.class.getPackage(),
                "a network of %s can't be saved: only the descriptions that come with the toolkit are read again",
                spec.name());
        JsonObject json = new JsonObject();
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
        JsonElement record = json.isJsonObject() ? json.getAsJsonObject().get(RECORD) : null;
        String name = record == null ? "" : record.getAsString();
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
