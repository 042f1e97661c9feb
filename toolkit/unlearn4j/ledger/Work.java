package unlearn4j.ledger;

import java.util.List;
import unlearn4j.core.Scale;
import unlearn4j.umig.TrainingPlan;

/** Something that measures cells of the ledger. */
interface Work {
    /** Returns what it is called on the command line. */
    String name();

    /** Returns what it measures, in words. */
    String covers();

    /** Returns the scales that it has sizes for. */
    List<Scale> scales();

    /** Returns whether the ledger has it, made by this code with these settings. */
    boolean finished(Setting setting);

    /**
     * Returns how many images it has still to train on, each epoch's counted, and what else it does put into the images
     * that take as long.
     */
    double images(Setting setting);

    /** Returns what is trained: a few of its batches tell how long an image takes; null where nobody can tell. */
    TrainingPlan timed(Setting setting);

    /** Runs it, or goes on with it, and puts the results into the ledger. */
    void run(Setting setting);
}
