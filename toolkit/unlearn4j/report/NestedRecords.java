package unlearn4j.report;

import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

/**
 * Values of an interface that are records within it, as JSON: the record's name and its components, {@code {"record":
 * "PerSample", "temperature": 16.0, "layers": 1}}. One of somebody's own is its class's name, {@code {"own": "Uniform"}}, and
 * isn't read: a file can name no other class.
 *
 * @param outer the interface
 */
record NestedRecords<T>(Class<T> outer) implements JsonSerializer<T>, JsonDeserializer<T> {
    private static final String RECORD = "record";

    @Override
    public JsonElement serialize(T value, Type type, JsonSerializationContext context) {
        JsonObject json = new JsonObject();
        if (!value.getClass().isRecord() || value.getClass().getEnclosingClass() != outer) {
            json.addProperty(Replayer.OWN, value.getClass().getSimpleName());
            return json;
        }
        json.addProperty(RECORD, value.getClass().getSimpleName());
        try {
            for (RecordComponent part : value.getClass().getRecordComponents()) {
                json.add(part.getName(), context.serialize(part.getAccessor().invoke(value), part.getGenericType()));
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a record's components can be read", e);
        }
        return json;
    }

    @Override
    public T deserialize(JsonElement json, Type type, JsonDeserializationContext context) {
        String name = json.getAsJsonObject().get(RECORD).getAsString();
        Class<?> found = Arrays.stream(outer.getDeclaredClasses())
                .filter(nested -> nested.isRecord() && nested.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new JsonParseException("this version has no " + outer.getSimpleName() + " named " + name));
        List<RecordComponent> parts = List.of(found.getRecordComponents());
        try {
            Constructor<?> made = found.getDeclaredConstructor(
                    parts.stream().map(RecordComponent::getType).toArray(Class<?>[]::new));
            return outer.cast(made.newInstance(parts.stream()
                    .<Object>map(part ->
                            context.deserialize(json.getAsJsonObject().get(part.getName()), part.getGenericType()))
                    .toArray()));
        } catch (ReflectiveOperationException e) {
            throw new JsonParseException(name + " can't be made of " + json, e);
        }
    }
}
