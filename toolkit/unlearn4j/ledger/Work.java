package unlearn4j.ledger;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import unlearn4j.core.Scale;
import unlearn4j.umig.TrainingPlan;

/** Something that measures cells of the ledger. */
interface Work {
    /** Returns all there is; what costs most comes last of its kind. */
    static List<Work> all() {
        return Stream.<Work>concat(PublishedTable.all().stream(), NotebookRun.all().stream())
                .toList();
    }

    /** Returns what makes an experiment's results; nothing if that is nothing of the ledger's. */
    static Optional<Work> of(String experiment) {
        return all().stream()
                .filter(work -> work.experiment().equals(experiment))
                .findFirst();
    }

    /** Returns what it is called on the command line. */
    String name();

    /** Returns what it measures, in words. */
    String covers();

    /** Returns what its results are called. */
    String experiment();

    /** Returns the command that runs it, as Markdown, and what is known of how long that takes. */
    String command();

    /** Returns the scales that it has sizes for. */
    List<Scale> scales();

    /** Returns whether the ledger has it, made by this code with these settings. */
    boolean finished(Setting setting);

    /**
     * Returns about how many minutes it still takes; NaN where nobody can tell.
     *
     * @param speed how many seconds an image of a plan takes in training, here and now
     */
    double minutes(Setting setting, ToDoubleFunction<TrainingPlan> speed);

    /** Runs it, or goes on with it, and puts the results into the ledger. */
    void run(Setting setting);
}
