package unlearn4j.lineage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import unlearn4j.lineage.Lineage.Model;
import unlearn4j.lineage.Question.Answer;
import unlearn4j.umig.Role;

/**
 * How a model stands to a question.
 *
 * @param role what it is to the request
 * @param parent from whom it has it, or its doubt; null if from itself, or if it has none
 * @param learned what of it reached the model for sure
 */
record Standing(Role role, String parent, Set<Integer> learned) {
    /** Returns how each model stands; parents come before heirs, so that they stand already. */
    static Map<String, Standing> all(Lineage lineage, Question question) {
        Map<String, Standing> standings = new LinkedHashMap<>();
        lineage.models().forEach(model -> standings.put(model.name(), of(model, question, standings)));
        return standings;
    }

    private static Standing of(Model model, Question question, Map<String, Standing> standings) {
        Answer own = question.of(model.trainedOn());
        Set<Integer> inherited = new TreeSet<>();
        String from = null;
        String doubtful = null;
        for (String parent : model.parents()) {
            Standing above = standings.get(parent);
            inherited.addAll(above.learned);
            from = from == null && !above.learned.isEmpty() ? parent : from;
            doubtful = doubtful == null && above.role == Role.UNKNOWN ? parent : doubtful;
        }
        Set<Integer> learned = question.learned(model.trainedOn());
        if (!inherited.containsAll(learned)) {
            learned.addAll(inherited);
            return new Standing(Role.DISCOVERY, null, learned);
        }
        if (from != null) {
            return new Standing(Role.INHERITED, from, inherited);
        }
        if (own == Answer.MAYBE || doubtful != null) {
            return new Standing(Role.UNKNOWN, own == Answer.MAYBE ? null : doubtful, Set.of());
        }
        return new Standing(Role.UNTOUCHED, null, Set.of());
    }
}
