package unlearn4j.lineage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import unlearn4j.lineage.Lineage.Model;

/** What an MLflow store says, in either form: runs, the models that they logged and were given, and registered versions. */
final class MlflowRuns {
    /** Contexts of data that a run looked at and did not learn from. Validation data chooses models, so it is not here. */
    private static final Set<String> NOT_LEARNED = Set.of("evaluation", "eval", "test", "testing");

    private static final String LOGGED = "models:/m-";
    private static final int SHORT_ID = 8;

    private final Map<String, Run> runs = new LinkedHashMap<>();
    /** The run that logged each model. */
    private final Map<String, String> loggedBy = new HashMap<>();

    private final List<Version> versions = new ArrayList<>();

    private static final class Run {
        final String name;
        final Map<String, String> tags = new HashMap<>();
        final Set<String> data = new LinkedHashSet<>();
        final List<String> given = new ArrayList<>();

        Run(String name) {
            this.name = name;
        }
    }

    private record Version(String name, String run, String source) {}

    void run(String id, String name) {
        runs.put(id, new Run(name == null || name.isBlank() ? id : name));
    }

    void tag(String run, String key, String value) {
        if (runs.containsKey(run) && value != null) {
            runs.get(run).tags.put(key, value);
        }
    }

    /** A data set that a run was given, and for what; {@code context} may be null. */
    void data(String run, String name, String context) {
        if (runs.containsKey(run) && !(context != null && NOT_LEARNED.contains(context.toLowerCase(Locale.ROOT)))) {
            runs.get(run).data.add(name);
        }
    }

    /** A logged model that a run was given. */
    void given(String run, String model) {
        if (runs.containsKey(run)) {
            runs.get(run).given.add(model);
        }
    }

    void logged(String model, String run) {
        loggedBy.put(model, run);
    }

    void version(String name, String version, String run, String source) {
        versions.add(new Version(name + "/" + version, run, source));
    }

    List<Model> models() {
        Map<String, String> names = names();
        List<Model> models = new ArrayList<>();
        runs.forEach((id, run) -> models.add(model(id, run, names)));
        versions.forEach(version -> models.add(model(version, names)));
        return models;
    }

    private Model model(String id, Run run, Map<String, String> names) {
        List<String> parents = new ArrayList<>();
        TrainedOn trainedOn = LabelsTag.applied(
                run.tags.get(LabelsTag.KEY),
                run.data.isEmpty() ? TrainedOn.unknown("its run logged no training data") : TrainedOn.data(run.data),
                "run " + names.get(id));
        String outer = run.tags.get("mlflow.parentRunId");
        if (outer != null && !outer.isBlank()) {
            if (wasGiven(outer, id)) {
                trainedOn = new TrainedOn(
                        trainedOn.parts(),
                        "it is nested in " + named(names, outer) + ", which was given its model, so which came first?");
            } else {
                parents.add(named(names, outer));
            }
        }
        // A run may be given what it logged itself.
        run.given.stream()
                .filter(model -> !id.equals(loggedBy.get(model)))
                .forEach(model -> parents.add(maker(names, model)));
        return new Model(names.get(id), "run", parents, trainedOn, "");
    }

    /** A run that tries what runs within it made was given their models: it has them from these, not they from it. */
    private boolean wasGiven(String run, String maker) {
        return runs.containsKey(run)
                && runs.get(run).given.stream().anyMatch(model -> maker.equals(loggedBy.get(model)));
    }

    private Model model(Version version, Map<String, String> names) {
        String parent = null;
        if (version.run != null && !version.run.isBlank()) {
            parent = named(names, version.run);
        } else if (version.source != null && version.source.startsWith(LOGGED)) {
            parent = maker(names, version.source.substring("models:/".length()));
        }
        return new Model(
                version.name,
                "registered version",
                parent == null ? List.of() : List.of(parent),
                parent == null ? TrainedOn.unknown("it was registered without a run") : TrainedOn.nothing(),
                "");
    }

    private String maker(Map<String, String> names, String model) {
        String run = loggedBy.get(model);
        return run == null || run.isBlank() ? "model " + model : named(names, run);
    }

    private static String named(Map<String, String> names, String run) {
        return names.getOrDefault(run, "run " + run);
    }

    /** Several runs may have one name: all of these are called by their ids too. */
    private Map<String, String> names() {
        Map<String, Integer> times = new HashMap<>();
        versions.forEach(version -> times.merge(version.name, 1, Integer::sum));
        runs.values().forEach(run -> times.merge(run.name, 1, Integer::sum));
        Map<String, String> names = new HashMap<>();
        Set<String> taken = new HashSet<>(times.keySet());
        runs.forEach((id, run) -> {
            String name = run.name;
            if (times.get(name) > 1) {
                name += " (" + id.substring(0, Math.min(SHORT_ID, id.length())) + ")";
                name = taken.add(name) ? name : run.name + " (" + id + ")";
            }
            names.put(id, name);
        });
        return names;
    }
}
