package unlearn4j.lineage;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.core.Reason;
import unlearn4j.lineage.Question.Answer;
import unlearn4j.umig.Role;

/**
 * Who must forget. A model must if it was trained on what is to be forgotten or inherits from one that was. It is clean if
 * all of its ancestry is known not to. Else nobody knows, and it is neither.
 */
public final class Duties {
    private static final int MOST_SHOWN = 8;

    private final Lineage lineage;
    private final Question question;
    private final Map<String, Standing> standings;

    Duties(Lineage lineage, Question question) {
        this.lineage = lineage;
        this.question = question;
        standings = Standing.all(lineage, question);
    }

    private Standing of(String model) {
        return standings.get(lineage.model(model).name());
    }

    /** Returns the lineage that was asked. */
    public Lineage lineage() {
        return lineage;
    }

    /**
     * Returns what a model is to the request: discovery and inherited nodes must forget, untouched ones are clean.
     *
     * @throws IllegalArgumentException if there is no such model
     */
    public Role role(String model) {
        return of(model).role();
    }

    /** Returns the names of those that must forget, parents before heirs. */
    public List<String> must() {
        return named(Role.DISCOVERY, Role.INHERITED);
    }

    /** Returns the names of those of which nobody knows, parents before heirs. */
    public List<String> unknown() {
        return named(Role.UNKNOWN);
    }

    /** Returns the names of those that need not, as far as all records of their ancestry go. */
    public List<String> clean() {
        return named(Role.UNTOUCHED);
    }

    private List<String> named(Role... roles) {
        return standings.keySet().stream()
                .filter(name -> List.of(roles).contains(standings.get(name).role()))
                .toList();
    }

    /**
     * Returns the way on which a model has what it must forget, or on which its doubt came: from the one that was trained on
     * it, or of which nobody knows, to the model itself. Of a clean model there is no such way, and the list is empty.
     *
     * @throws IllegalArgumentException if there is no such model
     */
    public List<String> path(String model) {
        Deque<String> path = new ArrayDeque<>();
        for (String at = role(model) == Role.UNTOUCHED ? null : model;
                at != null;
                at = standings.get(at).parent()) {
            path.addFirst(at);
        }
        return List.copyOf(path);
    }

    /**
     * Returns why, in one sentence.
     *
     * @throws IllegalArgumentException if there is no such model
     */
    public String why(String model) {
        Standing standing = of(model);
        if (standing.role() == Role.UNTOUCHED) {
            return "it and all that it inherits from were trained on other data";
        }
        // Only as many steps as are shown: a chain of a million has a million ways.
        List<String> steps = new ArrayList<>();
        String origin = model;
        for (;
                standings.get(origin).parent() != null;
                origin = standings.get(origin).parent()) {
            steps.add(origin);
        }
        return (steps.isEmpty() ? "" : "inherits from " + origin + ": ") + own(origin, standing.role());
    }

    private String own(String origin, Role role) {
        TrainedOn trainedOn = lineage.model(origin).trainedOn();
        if (role != Role.UNKNOWN) {
            return "trained on " + trainedOn;
        }
        return trainedOn.parts().stream()
                .filter(part -> question.of(part) == Answer.MAYBE)
                .findFirst()
                .map(part -> "trained on " + part + ", which may be it")
                .orElse(trainedOn.gap());
    }

    /** Returns a row for each model, parents before heirs: whether it must forget, its role, the way, and why. */
    public Table table() {
        StringColumn name = StringColumn.create("model");
        StringColumn must = StringColumn.create("must forget");
        StringColumn role = StringColumn.create("role");
        StringColumn way = StringColumn.create("path");
        StringColumn why = StringColumn.create("why");
        standings.forEach((model, standing) -> {
            name.append(model);
            must.append(word(standing.role()));
            role.append(standing.role().name().toLowerCase(Locale.ROOT));
            way.append(shown(path(model)));
            why.append(why(model));
        });
        return Table.create("who must forget " + question, name, must, role, way, why);
    }

    /**
     * Writes the table as CSV.
     *
     * @param file where to; a file that is there is replaced
     * @throws UncheckedIOException if it can't be written
     */
    public void csv(Path file) {
        StringWriter text = new StringWriter();
        table().write().csv(text);
        try {
            Files.writeString(Check.given("file", file), text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("the CSV can't be written to " + file + " (" + Reason.of(e) + ")", e);
        }
    }

    private static String word(Role role) {
        return switch (role) {
            case DISCOVERY, INHERITED -> "must";
            case UNTOUCHED -> "clean";
            case UNKNOWN -> "unknown";
        };
    }

    private static String shown(List<String> path) {
        int half = MOST_SHOWN / 2;
        return path.size() <= MOST_SHOWN
                ? String.join(" → ", path)
                : String.join(" → ", path.subList(0, half)) + " → … → "
                        + String.join(" → ", path.subList(path.size() - half, path.size()));
    }

    @Override
    public String toString() {
        return "%d must forget %s, %d are clean, of %d nobody knows"
                .formatted(must().size(), question, clean().size(), unknown().size());
    }
}
