package unlearn4j.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What keeps a record from being made again: something of somebody's own, which no file can hold. */
final class OwnWork {
    private static final Set<String> MADE_AGAIN =
            Set.of("new network", "average", "training", "distillation", "unlearning", "unlearned node", "audit");
    private static final Set<String> METHODS = Set.of("FIUn", "HeadMask");

    private final JsonArray steps;
    private final JsonArray views;
    private final Set<Integer> seen = new HashSet<>();

    private OwnWork(JsonObject record) {
        steps = record.getAsJsonArray("steps");
        views = record.getAsJsonArray("views");
    }

    /** Returns the first reason that there is, in words; nothing if the record can be made again. */
    static Optional<String> in(JsonObject record) {
        OwnWork work = new OwnWork(record);
        return work.ofStep(work.steps.size() - 1);
    }

    private Optional<String> ofStep(int place) {
        if (!seen.add(place)) {
            return Optional.empty();
        }
        JsonObject step = steps.get(place).getAsJsonObject();
        String kind = step.get("kind").getAsString();
        if (kind.equals("unknown")) {
            return Optional.of("it begins with weights that were read from a file or put in by hand");
        }
        if (!MADE_AGAIN.contains(kind)) {
            return Optional.of("a step of kind " + kind + " is not made again");
        }
        if (step.has("ends by")) {
            return Optional.of("a training was ended by a rule, which is code");
        }
        if (step.has("recognised on")) {
            return Optional.of("its nodes were found by what they recognise, not by a request");
        }
        if (step.has("method") && !METHODS.contains(step.get("method").getAsString())) {
            return Optional.of("the method " + step.get("method").getAsString() + " is not among "
                    + METHODS.stream().sorted().toList());
        }
        // What a node was trained as is all that it takes to make it again.
        return in(step.has("trained as") ? step.get("trained as") : step);
    }

    private Optional<String> in(JsonElement json) {
        if (json.isJsonArray()) {
            return first(json.getAsJsonArray());
        }
        if (!json.isJsonObject()) {
            return Optional.empty();
        }
        JsonObject object = json.getAsJsonObject();
        if (object.has(RecordJson.STEP)) {
            return ofStep(object.get(RecordJson.STEP).getAsInt());
        }
        if (object.has(Replayer.OWN)) {
            return Optional.of(object.get(Replayer.OWN).getAsString() + " is of somebody's own");
        }
        if (object.has(RecordJson.VIEW)) {
            JsonObject view = views.get(object.get(RecordJson.VIEW).getAsInt()).getAsJsonObject();
            return view.has("rows")
                    ? Optional.empty()
                    : Optional.of("its images, " + view.get("name").getAsString()
                            + ", are no rows of a data set that comes with the toolkit");
        }
        return first(object.asMap().values());
    }

    private Optional<String> first(Iterable<JsonElement> parts) {
        for (JsonElement part : parts) {
            Optional<String> reason = in(part);
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }
}
