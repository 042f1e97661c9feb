package unlearn4j.lineage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import unlearn4j.data.DataException;
import unlearn4j.lineage.Lineage.Model;

/** What the YAML of a model card says; what it leaves open is unknown. */
final class Card {
    private static final String MERGE = "merge";

    private Card() {}

    static Model model(String name, Path file, Map<String, Object> card) {
        List<String> relation = words(file, card, "base_model_relation");
        List<String> bases = words(file, card, "base_model");
        List<String> data = words(file, card, "datasets");
        TrainedOn trainedOn;
        if (!data.isEmpty()) {
            trainedOn = TrainedOn.data(data);
        } else if (relation.contains(MERGE) && !bases.isEmpty()) {
            trainedOn = TrainedOn.nothing();
        } else {
            trainedOn = TrainedOn.unknown("its card names no data sets");
        }
        Object labels = card.get(LabelsTag.KEY);
        if (labels != null) {
            String text = labels instanceof List<?> list
                    ? list.stream().map(String::valueOf).collect(Collectors.joining(" "))
                    : String.valueOf(labels);
            trainedOn = LabelsTag.applied(text, trainedOn, file.toString());
        }
        if (!relation.isEmpty() && bases.isEmpty()) {
            trainedOn =
                    new TrainedOn(trainedOn.parts(), "its card says " + relation.get(0) + " and names no base_model");
        }
        return new Model(
                name, String.join(", ", relation), bases, trainedOn, String.join(", ", words(file, card, "license")));
    }

    /** A name or a list of names; none if nothing is said, as in a template that nobody filled in. */
    private static List<String> words(Path file, Map<String, Object> card, String key) {
        Object value = card.get(key);
        List<String> words = new ArrayList<>();
        for (Object each : value == null ? List.of() : value instanceof List<?> list ? list : List.of(value)) {
            if (!(each instanceof String word)) {
                throw new DataException("%s: %s must be a name or a list of names, not %s%s"
                        .formatted(
                                file,
                                key,
                                value instanceof List ? "a list with " : "",
                                each == null ? "nothing" : SafeYaml.kind(each)));
            }
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        return words;
    }
}
