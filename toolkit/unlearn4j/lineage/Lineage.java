package unlearn4j.lineage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.data.DataException;
import unlearn4j.data.Labels;
import unlearn4j.umig.GraphShape;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;

/**
 * Models by name, whom they inherit from, and what each was trained on, known or unknown: a registry, without weights. It
 * answers who must forget a data set or labels (paper B, §3.3) as far as its records tell, and says where they don't.
 *
 * <p>A model that another inherits from and of which there is no record is in the lineage too; all about it is unknown.
 */
public final class Lineage {
    private static final String ABSENT = "there is no record of it";
    private static final int MOST_NAMED = 10;

    private final Map<String, Model> models;

    /**
     * A model.
     *
     * @param name its name
     * @param relation how it came from those that it inherits from, {@code "merge"} say; may be empty
     * @param parents the names of those that it inherits from, in any order; perhaps none
     * @param trainedOn what it was itself trained on
     * @param license what it says of its licence; may be empty
     */
    public record Model(String name, String relation, List<String> parents, TrainedOn trainedOn, String license) {
        /** Makes a model; a parent that is named twice counts once. */
        public Model {
            Check.that(name != null && !name.isBlank(), "a model's name must be given, not blank");
            Check.given("relation of " + name, relation);
            parents = List.copyOf(new LinkedHashSet<>(Check.allGiven("parents of " + name, parents)));
            parents.forEach(parent -> Check.that(!parent.isBlank(), "a parent of %s has a blank name", name));
            Check.that(!parents.contains(name), "%s is its own base: a model can't inherit from itself", name);
            Check.given("training data of " + name, trainedOn);
            Check.given("license of " + name, license);
        }
    }

    private Lineage(Map<String, Model> models) {
        this.models = models;
    }

    /**
     * Makes a lineage.
     *
     * @param models 1 model or more, in any order
     * @throws IllegalArgumentException if two have one name, or if some inherit from one another in a circle
     */
    public static Lineage of(Collection<Model> models) {
        Map<String, Model> byName = new LinkedHashMap<>();
        for (Model model : Check.notEmpty("models", models)) {
            Check.that(
                    byName.putIfAbsent(model.name, model) == null,
                    "model %s is given twice: names must differ",
                    model.name);
        }
        for (Model model : models) {
            for (String parent : model.parents) {
                byName.computeIfAbsent(parent, name -> new Model(name, "", List.of(), TrainedOn.unknown(ABSENT), ""));
            }
        }
        return new Lineage(Descent.sorted(byName));
    }

    /**
     * Reads model cards in Hugging Face's form: from the YAML that a card begins with, {@code base_model} (one or several),
     * {@code base_model_relation}, {@code datasets} and {@code license}; and {@code unlearn4j-labels}, the labels of its
     * training images with spaces between them, which only the toolkit knows. A model is named by its place below the
     * folder, {@code owner/name/README.md} or {@code owner/name.md}.
     *
     * <p>A card without such a beginning, or without data sets, leaves unknown what its model was trained on; a merge that
     * names none was trained on nothing itself. A card without a base says that there is none.
     *
     * @param folder where the cards are, in it and below
     * @throws DataException if there is no card, or if one can't be read; the message names the card
     * @throws IllegalArgumentException as {@link #of(Collection)} does
     */
    public static Lineage cards(Path folder) {
        return of(new ModelCards(Check.given("folder", folder)).models());
    }

    /**
     * Reads an MLflow tracking store, and changes nothing in it. A run inherits from the run that it is nested in
     * ({@code mlflow.parentRunId}) and from those whose models it was given; it was trained on the data sets that were
     * logged as its inputs, but for those to evaluate or to test with, and on unknown data if there are none. A registered
     * version, {@code name/1}, is its run's. A run's tag {@code unlearn4j-labels} names the labels of its images.
     *
     * @param store the folder of a file store ({@code mlruns}), or the file of an SQLite store
     * @throws DataException if it is no store, of a version that was not tried, locked or damaged
     * @throws IllegalArgumentException as {@link #of(Collection)} does
     */
    public static Lineage mlflow(Path store) {
        if (!Files.exists(Check.given("store", store))) {
            throw new DataException(store + " is not there: name a folder mlruns, or an SQLite file");
        }
        MlflowRuns runs = Files.isDirectory(store) ? MlflowFiles.read(store) : MlflowDatabase.read(store);
        return of(runs.models());
    }

    /** Takes a graph's shape, GraphML or JSON say. A node without labels may have had any: the form can't tell. */
    public static Lineage of(GraphShape shape) {
        Map<String, List<String>> parents = new HashMap<>();
        Check.given("shape", shape).edges().forEach(edge -> parents.computeIfAbsent(
                        edge.child(), any -> new ArrayList<>())
                .add(edge.parent()));
        return of(shape.nodes().stream()
                .map(node -> new Model(
                        node.name(),
                        "",
                        parents.getOrDefault(node.name(), List.of()),
                        node.labels().isEmpty()
                                ? TrainedOn.unknown("the graph names no labels of it")
                                : TrainedOn.labels(node.labels()),
                        ""))
                .toList());
    }

    /** Takes a graph with its models: what they were trained on is known. */
    public static Lineage of(Umig umig) {
        return of(Check.given("umig", umig).nodes().stream()
                .map(node -> new Model(
                        node.name(),
                        "",
                        umig.parents(node).stream().map(ModelNode::name).toList(),
                        node.shard().isEmpty()
                                ? TrainedOn.nothing()
                                : TrainedOn.labels(node.shard().labels()),
                        ""))
                .toList());
    }

    /** Returns the models, parents before heirs. */
    public List<Model> models() {
        return List.copyOf(models.values());
    }

    /**
     * Returns the model of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Model model(String name) {
        Model model = models.get(Check.given("name", name));
        Check.that(model != null, "there is no model named %s among these %d", name, models.size());
        return model;
    }

    /** Returns the names of the data sets that some model says it was trained on. */
    public Set<String> datasets() {
        Set<String> names = new TreeSet<>();
        models.values().forEach(model -> model.trainedOn.parts().forEach(part -> names.add(part.data())));
        names.remove("");
        return names;
    }

    /**
     * Finds who must forget a data set. Names are compared without regard to case; a model that was trained on one of the
     * same name by another owner is unknown, not clean.
     *
     * @throws IllegalArgumentException if no model says that it was trained on such a data set
     */
    public Duties mustForget(String dataset) {
        return ask(new Question(named(dataset), Labels.of(List.of())));
    }

    /**
     * Finds who must forget labels.
     *
     * @throws IllegalArgumentException if models were trained on several data sets, whose labels mean different things
     */
    public Duties mustForget(Labels labels) {
        Check.that(!Check.given("labels", labels).isEmpty(), "labels must not be empty: name at least one");
        Check.that(
                datasets().size() <= 1,
                "labels (%s) are of which data set? Models were trained on %s: ask mustForget(\"%s\", labels)",
                labels,
                some(datasets()),
                datasets().stream().findFirst().orElse(""));
        return ask(new Question("", labels));
    }

    /** Finds who must forget labels of a data set; throws as {@link #mustForget(String)} does. */
    public Duties mustForget(String dataset, Labels labels) {
        Check.that(!Check.given("labels", labels).isEmpty(), "labels must not be empty: name at least one");
        return ask(new Question(named(dataset), labels));
    }

    private Duties ask(Question question) {
        return new Duties(this, question);
    }

    /** A misspelt name would leave everybody clean. */
    private String named(String dataset) {
        Check.that(dataset != null && !dataset.isBlank(), "a data set's name must be given, not blank");
        Question question = new Question(dataset, Labels.of(List.of()));
        Check.that(
                models.values().stream()
                        .flatMap(model -> model.trainedOn.parts().stream())
                        .anyMatch(part -> question.of(part) != Question.Answer.NO),
                "no model says that it was trained on %s: those named are %s",
                dataset,
                some(datasets()));
        return dataset;
    }

    private static String some(Collection<String> names) {
        String first = String.join(", ", names.stream().limit(MOST_NAMED).toList());
        return "[" + first + (names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more]" : "]");
    }

    /**
     * Returns the graph of those models whose weights are at hand. One inherits from another in it if it does so in the
     * lineage directly, or by way of models that are not at hand.
     *
     * @param nodes 1 node or more, named as in the lineage
     * @throws IllegalArgumentException if one has another name, or if heads along an edge differ in shape
     */
    public Umig umig(Collection<ModelNode> nodes) {
        return AtHand.umig(this, Check.notEmpty("nodes", nodes));
    }

    /** Returns a row for each model, parents before heirs: its parents, how it came from them, what it was trained on. */
    public Table table() {
        StringColumn name = StringColumn.create("model");
        StringColumn parents = StringColumn.create("inherits from");
        StringColumn relation = StringColumn.create("as");
        StringColumn data = StringColumn.create("trained on");
        StringColumn license = StringColumn.create("license");
        for (Model model : models.values()) {
            name.append(model.name);
            parents.append(String.join(", ", model.parents));
            relation.append(model.relation);
            data.append(model.trainedOn.toString());
            license.append(model.license);
        }
        return Table.create("lineage", name, parents, relation, data, license);
    }

    @Override
    public String toString() {
        long unknown = models.values().stream()
                .filter(model -> !model.trainedOn.gap().isEmpty())
                .count();
        return models.size() + " models, training data of " + unknown + " unknown";
    }
}
