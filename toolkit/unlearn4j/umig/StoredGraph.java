package unlearn4j.umig;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.HeadFile;

/**
 * A graph in a folder whose models stay there. Nodes of one kind of network share one in memory, whose weights are those of
 * the node that was loaded last: a graph of thousands of models takes the memory of one.
 */
public final class StoredGraph {
    private final Path folder;
    private final Umig umig;

    private StoredGraph(Path folder, Umig umig) {
        this.folder = folder;
        this.umig = umig;
    }

    /**
     * Returns each node's own images of a graph that {@link Umig#save} saved.
     *
     * @param folder where it is
     * @param data the data set that it was trained on
     * @throws unlearn4j.data.DataException as {@link Umig#load} does
     */
    public static Map<String, Images> shards(Path folder, Dataset data) {
        return new GraphFolder(folder).shards(Check.given("data", data));
    }

    /**
     * Opens a graph that {@link Umig#save} saved.
     *
     * @param folder where it is
     * @param shards each node's own images, see {@link #shards}
     * @throws unlearn4j.data.DataException as {@link Umig#load} does
     */
    public static StoredGraph open(Path folder, Map<String, Images> shards) {
        Check.allGiven("shards", shards);
        Map<HeadFile, Classifier> kinds = new LinkedHashMap<>();
        GraphFolder saved = new GraphFolder(folder);
        return new StoredGraph(
                folder,
                Umig.of(
                        saved.shape(),
                        null,
                        saved.past(),
                        name -> new ModelNode(name, kind(file(folder, name), kinds), shards.get(name))));
    }

    private static Classifier kind(Path file, Map<HeadFile, Classifier> kinds) {
        HeadFile network = HeadFile.read(file);
        for (Map.Entry<HeadFile, Classifier> kind : kinds.entrySet()) {
            if (kind.getKey().sameNetwork(network)) {
                return kind.getValue();
            }
        }
        Classifier first = Classifier.load(file);
        kinds.put(network, first);
        return first;
    }

    /** Returns the file of a node's model in a folder that a graph was saved in. */
    public static Path file(Path folder, String node) {
        return new GraphFolder(folder).model(Check.given("node", node));
    }

    /** Returns the graph, to be asked who inherits from whom and what a request concerns; its models are not the nodes'. */
    public Umig umig() {
        return umig;
    }

    /**
     * Reads a node's weights into the network that it shares with others.
     *
     * @throws IllegalArgumentException if there is no such node
     * @throws unlearn4j.data.DataException if its file is damaged
     */
    public ModelNode load(String name) {
        ModelNode node = umig.node(name);
        node.model().load(Classifier.load(file(folder, name)).weights());
        return node;
    }

    @Override
    public String toString() {
        return umig.nodes().size() + " models that stay in " + folder;
    }
}
