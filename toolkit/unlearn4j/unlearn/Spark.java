package unlearn4j.unlearn;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.data.Labels;
import unlearn4j.train.Head;
import unlearn4j.umig.Umig;

/**
 * Where models are worked on that are more than one machine holds. Spark is installed on demand, {@code kernel-setup/install
 * --spark}; where it isn't, each method refuses and says so.
 *
 * <pre>{@code
 * var stored = Spark.local().store(umig, FiunConfig.tempered(), Path.of("heads"), Labels.of(3));
 * Fiun.on(stored).with(Spark.master("spark://host:7077")).forget(Labels.of(3));
 * }</pre>
 *
 * @param master the address of Spark's master
 */
public record Spark(String master) {

    private static final int MOST = 10_000_000;

    /** Makes an address; {@link #local} and {@link #master(String)} say of what. */
    public Spark {
        Check.that(
                Check.given("master", master).matches("local|local\\[([1-9]\\d*|\\*)]|spark://\\S+"),
                "master (%s) must be spark://host:port, or local",
                master);
    }

    /** Returns this process, with as many threads as there are processors. */
    public static Spark local() {
        return new Spark("local[*]");
    }

    /**
     * Returns a standalone cluster, whose machines all see the folder of the stored models under one path.
     *
     * @param url {@code "spark://host:port"}
     */
    public static Spark master(String url) {
        return new Spark(url);
    }

    /**
     * Writes a graph's heads and model FIMs, and the unlearning FIMs of what it may be asked to forget: with them, a request
     * needs neither images nor networks. Only discovery nodes have unlearning FIMs, one for each request.
     *
     * @param config how the FIMs are estimated; all else of it is chosen when it forgets
     * @param folder where to; it is made, and must hold no models yet
     * @param requests the labels of each request
     * @return the models, stored
     * @throws IllegalArgumentException if a label was never learned, or the FIMs are not of all a node's data and its head alone
     */
    public StoredHeads store(Umig umig, FiunConfig config, Path folder, Labels... requests) {
        Check.given("umig", umig);
        StoredHeads.check(config);
        StoredHeads stored = StoredHeads.in(folder);
        Check.notEmpty("requests", Arrays.asList(Check.allGiven("requests", requests)));
        SparkJobs.installed().store(this, stored, umig, config, Arrays.asList(requests));
        return stored;
    }

    /**
     * Writes models drawn by chance, to see how long many take: a binary tree in which every tenth node has a second parent.
     * All were trained on label 0, and four of them and their heirs on label 1. Each number depends on the seed alone.
     *
     * @param models how many, from 7 to 10,000,000
     * @param classes K of each, at least 2
     * @param features J of each; K (J + 1) is at most 10,000,000
     * @param folder where to; it is made, and must hold no models yet
     */
    public StoredHeads draw(int models, int classes, int features, long seed, Path folder) {
        Check.that(models >= 7 && models <= MOST, "models (%d) must be from 7 to %d", models, MOST);
        Check.that(classes >= 2, "classes (%d) must be 2 or more", classes);
        Check.positive("features", features);
        Check.that(
                classes * (features + 1L) <= MOST,
                "%d × (%d + 1) parameters a head are more than %d",
                classes,
                features,
                MOST);
        StoredHeads stored = StoredHeads.in(folder);
        SparkJobs.installed().draw(this, stored, new SparkJobs.Drawn(models, classes, features, seed));
        return stored;
    }

    /**
     * Returns stored heads.
     *
     * @param names the names of the models
     * @throws IllegalArgumentException if there is no model of one of the names
     */
    public Map<String, Head> heads(StoredHeads stored, String... names) {
        Check.given("stored", stored).version();
        Check.notEmpty("names", Arrays.asList(Check.allGiven("names", names)));
        return SparkJobs.installed().heads(this, stored, Arrays.asList(names));
    }
}
