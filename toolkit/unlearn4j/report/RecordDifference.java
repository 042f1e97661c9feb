package unlearn4j.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What differs between two records, times left out: a row for each, by where it stands; a step that both share comes once. */
final class RecordDifference {
    private static final Set<String> TIMES = Set.of("started", "seconds");
    private static final Set<String> PARTS = Set.of("steps", "views", "schema", "data");

    private final JsonObject one;
    private final JsonObject other;
    private final Set<List<Integer>> seen = new HashSet<>();
    private final StringColumn what = StringColumn.create("what");
    private final StringColumn here = StringColumn.create("this");
    private final StringColumn there = StringColumn.create("other");

    private RecordDifference(JsonObject one, JsonObject other) {
        this.one = one;
        this.other = other;
    }

    static Table of(JsonObject one, JsonObject other) {
        RecordDifference difference = new RecordDifference(one, other);
        difference.steps(
                "",
                one.getAsJsonArray("steps").size() - 1,
                other.getAsJsonArray("steps").size() - 1);
        difference.objects("", without(one), without(other));
        return Table.create("What differs", difference.what, difference.here, difference.there);
    }

    private static JsonObject without(JsonObject record) {
        JsonObject rest = record.deepCopy();
        PARTS.forEach(rest::remove);
        return rest;
    }

    private void steps(String path, int a, int b) {
        if (seen.add(List.of(a, b))) {
            objects(path, step(one, a), step(other, b));
        }
    }

    private static JsonObject step(JsonObject record, int place) {
        return record.getAsJsonArray("steps").get(place).getAsJsonObject();
    }

    private void objects(String path, JsonObject a, JsonObject b) {
        Map<String, JsonElement> all = new LinkedHashMap<>(a.asMap());
        b.asMap().forEach(all::putIfAbsent);
        for (String name : all.keySet()) {
            if (!TIMES.contains(name)) {
                values(path.isEmpty() ? name : path + " › " + name, a.get(name), b.get(name));
            }
        }
    }

    private void values(String path, JsonElement a, JsonElement b) {
        if (a == null || b == null) {
            row(path, words(one, a), words(other, b));
        } else if (refers(a, b, RecordJson.STEP)) {
            steps(path, Replayer.step(a), Replayer.step(b));
        } else if (refers(a, b, RecordJson.VIEW)) {
            row(path, words(one, a), words(other, b));
        } else if (a.isJsonObject() && b.isJsonObject()) {
            objects(path, a.getAsJsonObject(), b.getAsJsonObject());
        } else if (a.isJsonArray()
                && b.isJsonArray()
                && a.getAsJsonArray().size() == b.getAsJsonArray().size()) {
            for (int i = 0; i < a.getAsJsonArray().size(); i++) {
                String each = a.getAsJsonArray().size() == 1 ? "" : " " + (i + 1);
                values(
                        path + each,
                        a.getAsJsonArray().get(i),
                        b.getAsJsonArray().get(i));
            }
        } else {
            row(path, words(one, a), words(other, b));
        }
    }

    private static boolean refers(JsonElement a, JsonElement b, String to) {
        return a.isJsonObject()
                && b.isJsonObject()
                && a.getAsJsonObject().has(to)
                && b.getAsJsonObject().has(to);
    }

    private void row(String path, String mine, String others) {
        if (!mine.equals(others)) {
            what.append(path.replaceAll(" › value$", ""));
            here.append(mine);
            there.append(others);
        }
    }

    private static String words(JsonObject record, JsonElement value) {
        if (value == null || value.isJsonNull()) {
            return "–";
        }
        if (value.isJsonPrimitive()) {
            String text = value.getAsString();
            return text.matches("[0-9a-f]{64}") ? text.substring(0, 12) : text;
        }
        if (value.isJsonObject() && value.getAsJsonObject().has(RecordJson.VIEW)) {
            JsonObject view = record.getAsJsonArray("views")
                    .get(value.getAsJsonObject().get(RecordJson.VIEW).getAsInt())
                    .getAsJsonObject();
            return view.get("images").getAsString() + " images, "
                    + view.get("sha256").getAsString().substring(0, 12);
        }
        if (value.isJsonObject() && value.getAsJsonObject().has(RecordJson.STEP)) {
            return step(record, Replayer.step(value)).get("kind").getAsString();
        }
        return value.toString();
    }
}
