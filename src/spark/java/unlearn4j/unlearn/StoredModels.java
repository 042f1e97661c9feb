package unlearn4j.unlearn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import unlearn4j.data.Labels;
import unlearn4j.fisher.Fisher;
import unlearn4j.train.Head;
import unlearn4j.umig.GraphShape;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.TrainingData;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;
import unlearn4j.unlearn.Beans.FimRow;
import unlearn4j.unlearn.Beans.HeadRow;

/** A graph in memory as rows of {@link StoredHeads}' tables. */
record StoredModels(List<Row> nodes, List<Row> edges, List<FimRow> unlearning, List<HeadRow> heads) {
    static final StructType NODES = new StructType()
            .add("node", DataTypes.IntegerType)
            .add("name", DataTypes.StringType)
            .add("labels", DataTypes.createArrayType(DataTypes.IntegerType));
    static final StructType EDGES = new StructType()
            .add("edge", DataTypes.IntegerType)
            .add("parent", DataTypes.IntegerType)
            .add("heir", DataTypes.IntegerType);

    static StoredModels of(Umig umig, FiunConfig config, List<Labels> requests) {
        GraphShape shape = umig.shape();
        Map<String, Integer> numbers = new HashMap<>();
        List<Row> nodes = new ArrayList<>();
        List<HeadRow> heads = new ArrayList<>();
        for (GraphShape.Node each : shape.nodes()) {
            int number = numbers.size();
            numbers.put(each.name(), number);
            nodes.add(RowFactory.create(
                    number, each.name(), each.labels().values().toArray()));
            ModelNode node = umig.node(each.name());
            Head head = node.model().head();
            FiunUpdate.checkFinite(node.name(), head);
            heads.add(new HeadRow(number, head, modelFim(umig, node, config)));
        }
        List<Row> edges = new ArrayList<>();
        for (GraphShape.Edge edge : shape.edges()) {
            edges.add(RowFactory.create(edges.size(), numbers.get(edge.parent()), numbers.get(edge.child())));
        }
        Set<String> there = new HashSet<>();
        List<FimRow> unlearning = new ArrayList<>();
        for (Labels request : requests) {
            UnlearningGraph graph = umig.unlearning(request);
            graph.discovered().forEach((node, labels) -> {
                int number = numbers.get(node.name());
                if (there.add(number + ": " + labels)) {
                    Fisher fim = Fiun.unscaledFim(graph, node, config);
                    unlearning.add(new FimRow(number, labels.toString(), fim));
                }
            });
        }
        return new StoredModels(nodes, edges, unlearning, heads);
    }

    /** Returns F, of all a node's data; null where it has none. */
    private static Fisher modelFim(Umig umig, ModelNode node, FiunConfig config) {
        return umig.known(node).isEmpty()
                ? null
                : config.fisher().of(node.model(), umig.data(node, TrainingData.OWN_SHARD));
    }

    void write(StoredTables tables) {
        Path folder = tables.stored().folder();
        StoredTables.write(tables.session().createDataFrame(nodes, NODES).coalesce(1), folder.resolve("nodes"));
        StoredTables.write(tables.session().createDataFrame(edges, EDGES).coalesce(1), folder.resolve("edges"));
        StoredTables.write(
                tables.session().createDataset(unlearning, StoredTables.FIM).select("node", "labels", "weight", "bias"),
                folder.resolve("unlearning"));
        int largest = heads.stream()
                .mapToInt(row -> row.getWeight().length + row.getBias().length)
                .max()
                .orElseThrow();
        int perSlice = StoredTables.perSlice(largest);
        for (int from = 0; from < heads.size(); from += perSlice) {
            StoredTables.writeHeads(
                    tables.session()
                            .createDataset(
                                    heads.subList(from, Math.min(heads.size(), from + perSlice)), StoredTables.HEAD),
                    folder.resolve("heads").resolve("slice=" + from / perSlice));
        }
    }
}
