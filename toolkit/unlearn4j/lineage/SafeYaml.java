package unlearn4j.lineage;

import java.util.HashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;
import org.snakeyaml.engine.v2.schema.Schema;
import unlearn4j.data.DataException;

/**
 * YAML from anywhere: strings, numbers, lists and maps, and no class of Java's. What is deep, or says a part again by alias,
 * is refused before it is built.
 */
final class SafeYaml {
    private static final int DEEPEST = 32;
    private static final int LONGEST = 1 << 20;

    private SafeYaml() {}

    /**
     * Reads a map; of an empty text, an empty one.
     *
     * @param text the YAML
     * @param place what a message begins with
     * @throws DataException if it is something else, or no YAML
     */
    static Map<String, Object> map(String text, String place) {
        return map(text, place, new CoreSchema());
    }

    /** Reads a map as {@link #map(String, String)} does, and all that is no list or map as text, as it is written. */
    static Map<String, Object> texts(String text, String place) {
        return map(text, place, new FailsafeSchema());
    }

    private static Map<String, Object> map(String text, String place, Schema schema) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(schema)
                .setAllowDuplicateKeys(false)
                .setCodePointLimit(LONGEST)
                .build();
        try {
            refuseBombs(new Parse(settings).parseString(text), place);
            Object value = new Load(settings).loadFromString(text);
            if (value != null && !(value instanceof Map)) {
                throw new DataException(place + ": the YAML must be a map, name: value, not " + kind(value));
            }
            Map<String, Object> map = new HashMap<>();
            if (value != null) {
                ((Map<?, ?>) value).forEach((key, of) -> map.put(String.valueOf(key), of));
            }
            return map;
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1) + ", ")
                    .orElse("");
            throw new DataException(place + ": this is no plain YAML: " + line + e.getProblem());
        } catch (YamlEngineException e) {
            throw new DataException(place + ": this is no plain YAML: "
                    + e.getMessage().lines().findFirst().orElse("it can't be read"));
        }
    }

    private static void refuseBombs(Iterable<Event> events, String place) {
        int depth = 0;
        for (Event event : events) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > DEEPEST) {
                throw new DataException(
                        place + ": the YAML is nested deeper than " + DEEPEST + " levels: it is no record");
            }
            if (event instanceof AliasEvent alias) {
                throw new DataException(place + ": the YAML has an alias, *" + alias.getAlias()
                        + ", by which a small file becomes a huge one: write out what it stands for");
            }
        }
    }

    /** Returns what a value is, in words for a message. */
    static String kind(Object value) {
        if (value instanceof Map) {
            return "a map";
        }
        return value instanceof Iterable ? "a list" : "the value " + value;
    }
}
