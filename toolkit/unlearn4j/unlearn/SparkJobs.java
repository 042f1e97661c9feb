package unlearn4j.unlearn;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import unlearn4j.core.Refusal;
import unlearn4j.data.Labels;
import unlearn4j.train.Head;
import unlearn4j.umig.Umig;

/** What Spark does for the toolkit. Who does it is built and installed on demand; nothing here knows Spark's classes. */
interface SparkJobs {
    /** Writes a graph's models, and the unlearning FIMs that some requests need. */
    void store(Spark spark, StoredHeads stored, Umig umig, FiunConfig config, List<Labels> requests);

    /** Writes heads and FIMs drawn by chance. */
    void draw(Spark spark, StoredHeads stored, Drawn drawn);

    /** Returns the heads of nodes, by their names. */
    Map<String, Head> heads(Spark spark, StoredHeads stored, List<String> names);

    /** Makes stored models forget labels. */
    StoredForgetting forget(Spark spark, StoredHeads stored, FiunConfig config, Labels labels);

    /**
     * How many models to draw.
     *
     * @param models how many
     * @param classes K of each
     * @param features J of each
     * @param seed of all numbers
     */
    record Drawn(int models, int classes, int features, long seed) implements Serializable {}

    /** Returns who does it here. */
    static SparkJobs installed() {
        try {
            return (SparkJobs) Class.forName("unlearn4j.unlearn.SparkSql")
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw Refusal.of("Spark is not installed here: kernel-setup/install --spark");
        }
    }
}
