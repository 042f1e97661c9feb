package unlearn4j.store;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.data.DataException;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.UnlearningGraph;

/**
 * What a request does to which nodes, as {@code under-way/plan.json} has it: with the files beside it and those of the model
 * FIMs, all that it takes to go on after a kill. Nodes that trace back to the same discovery nodes share one set.
 *
 * @param request the request's id
 * @param sets the names of discovery nodes that are merged, each set once
 * @param fims by discovery node, the hash of the file of its unlearning FIM
 * @param nodes the nodes, parents before children
 */
record Plan(String request, List<List<String>> sets, Map<String, String> fims, List<Step> nodes) {
    private static final String FILE = "plan.json";

    /** A node, and its place among the sets. */
    record Step(String node, int set) {}

    static Plan of(String request, UnlearningGraph unlearning, Map<String, String> fims) {
        Map<List<ModelNode>, Integer> places = new IdentityHashMap<>();
        List<List<String>> sets = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        unlearning.sources().forEach((node, set) -> {
            int place = places.computeIfAbsent(set, any -> {
                sets.add(set.stream().map(ModelNode::name).toList());
                return sets.size() - 1;
            });
            steps.add(new Step(node.name(), place));
        });
        return new Plan(request, sets, fims, steps);
    }

    void write(Folder folder) throws IOException {
        byte[] text = new Gson().toJson(this).getBytes(StandardCharsets.UTF_8);
        Synced.aside(file(folder), out -> out.write(text)).place();
    }

    static Path file(Folder folder) {
        return folder.underWay().resolve(FILE);
    }

    /** Returns the plan of a request; null if there is none yet. */
    static Plan read(Folder folder, Asked asked) throws IOException {
        Path file = file(folder);
        if (asked.begun != null) {
            Folder.check(file, asked.begun.after());
        } else if (!Files.exists(file)) {
            return null;
        }
        try {
            Plan plan = new Gson().fromJson(Files.readString(file), Plan.class);
            plan.check();
            return plan.request.equals(asked.asked.request()) ? plan : null;
        } catch (JsonParseException | NullPointerException | IllegalArgumentException e) {
            throw new DataException(file + " is damaged: put a copy of it back", e);
        }
    }

    private void check() {
        Check.allGiven("sets", sets).forEach(set -> Check.notEmpty("a set", set));
        Check.allGiven("fims", fims);
        nodes.forEach(step -> Check.that(
                step.node != null && step.set >= 0 && step.set < sets.size(), "%s has no set %d", step.node, step.set));
    }
}
