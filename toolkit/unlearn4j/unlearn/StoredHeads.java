package unlearn4j.unlearn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import unlearn4j.core.Check;
import unlearn4j.data.DataException;

/**
 * Heads and FIMs of models in a folder, as Parquet, by {@link Spark#store} or by any other tool. Its tables:
 *
 * <pre>
 * nodes       node int (0, 1, …), name string, labels array&lt;int&gt;
 * edges       edge int (0, 1, …), parent int, heir int
 * unlearning  node int, labels string ("3, 5"), weight array&lt;float&gt; (K × J), bias array&lt;float&gt; (K): F̂, Eq. 3
 * heads       slice=0, slice=1, …, each: node int, weight, bias, fimWeight, fimBias array&lt;float&gt;: W, b and F, Eq. 4
 * current     a line: which folder of heads counts
 * estimator   a line: what estimated the FIMs
 * </pre>
 *
 * <p>A request writes new heads beside the old ones and then, in one step, says that they count. A head that changed has no F
 * until somebody estimates it anew.
 *
 * @param folder where
 */
public record StoredHeads(Path folder) {
    private static final String CURRENT = "current";
    private static final String ESTIMATOR = "estimator";

    /** Names a folder. */
    public StoredHeads {
        folder = Check.given("folder", folder).toAbsolutePath().normalize();
    }

    /**
     * Returns the models of a folder.
     *
     * @throws IllegalArgumentException if it holds none
     */
    public static StoredHeads at(Path folder) {
        StoredHeads stored = new StoredHeads(folder);
        stored.version();
        return stored;
    }

    /** Returns a folder for models, made now. */
    static StoredHeads in(Path folder) {
        StoredHeads stored = new StoredHeads(folder);
        Check.that(
                Files.notExists(stored.folder.resolve(CURRENT)),
                "folder (%s) holds models already: name another, or delete it",
                folder);
        try {
            Files.createDirectories(stored.folder);
        } catch (IOException e) {
            throw new DataException("folder " + folder + " can't be made: " + e.getMessage(), e);
        }
        return stored;
    }

    /** Refuses a configuration whose FIMs can't be stored before anybody asks. */
    static void check(FiunConfig config) {
        Check.that(
                Check.given("config", config).fisher().layers() == 1,
                "layers (%d) must be 1: stored are the heads alone",
                config.fisher().layers());
        Check.that(
                config.modelData() == ModelData.ALL,
                "modelData (%s) must be ALL: stored FIMs are there before anybody asks",
                config.modelData());
        Check.that(
                config.fisher().equals(config.discovery()),
                "discovery (%s) must be fisher (%s): who discovers is not known when a FIM is stored",
                config.discovery(),
                config.fisher());
    }

    /** Returns what estimates FIMs by a configuration, in a line. */
    static String estimator(FiunConfig config) {
        return Check.line(config.fisher()
                + config.fit().map(training -> " fitted by " + training).orElse(""));
    }

    /** Returns which heads count, a folder within the folder. */
    String version() {
        return line(CURRENT);
    }

    /** Returns what estimated the FIMs. */
    String estimator() {
        return line(ESTIMATOR);
    }

    private String line(String file) {
        Path path = folder.resolve(file);
        Check.that(Files.isRegularFile(path), "folder (%s) holds no stored models: it has no file %s", folder, file);
        try {
            return Files.readString(path).strip();
        } catch (IOException e) {
            throw new DataException(path + " can't be read: " + e.getMessage(), e);
        }
    }

    /** Says which heads count from now on, in one step. */
    void version(String heads) {
        put(CURRENT, heads);
    }

    /** Says what estimated the FIMs. */
    void estimator(String name) {
        put(ESTIMATOR, name);
    }

    private void put(String file, String line) {
        Path part = folder.resolve(file + ".part");
        try {
            Files.writeString(part, line + "\n");
            Files.move(part, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new DataException(part + " can't be written: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "models stored in " + folder;
    }
}
