package unlearn4j.unlearn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import unlearn4j.fisher.Fisher;
import unlearn4j.train.Head;
import unlearn4j.unlearn.Beans.FimRow;
import unlearn4j.unlearn.Beans.HeadRow;

/** Models drawn by chance, in a binary tree in which every tenth node has a second parent. */
final class DrawnModels {
    private static final int FIRST = 3;
    private static final int PAST = 7;

    private DrawnModels() {}

    static void write(StoredTables tables, SparkJobs.Drawn drawn) {
        Path folder = tables.stored().folder();
        int models = drawn.models();
        StoredTables.write(
                tables.session()
                        .range(0, models, 1, 2)
                        .map(
                                (MapFunction<Long, Row>) node -> RowFactory.create(
                                        node.intValue(),
                                        "w_" + node,
                                        node < FIRST ? new Integer[] {0} : new Integer[] {0, 1}),
                                Encoders.row(StoredModels.NODES)),
                folder.resolve("nodes"));
        StoredTables.write(
                tables.session()
                        .range(1, models, 1, 2)
                        .flatMap((FlatMapFunction<Long, Row>) DrawnModels::edges, Encoders.row(StoredModels.EDGES)),
                folder.resolve("edges"));
        List<FimRow> fims = new ArrayList<>(List.of(new FimRow(0, "0", fim(drawn, 0, 2))));
        for (int node = FIRST; node < PAST; node++) {
            fims.add(new FimRow(node, "1", fim(drawn, node, 2)));
        }
        StoredTables.write(
                tables.session().createDataset(fims, StoredTables.FIM).select("node", "labels", "weight", "bias"),
                folder.resolve("unlearning"));
        int perSlice = StoredTables.perSlice(drawn.classes() * (drawn.features() + 1));
        for (int from = 0; from < models; from += perSlice) {
            StoredTables.writeHeads(
                    tables.session()
                            .range(from, Math.min(models, from + perSlice), 1, 2)
                            .map((MapFunction<Long, HeadRow>) node -> head(drawn, node.intValue()), StoredTables.HEAD),
                    folder.resolve("heads").resolve("slice=" + from / perSlice));
        }
    }

    /** Edges are numbered without gaps: one of each node but the first, and one more of each tenth. */
    private static Iterator<Row> edges(long heir) {
        int node = (int) heir;
        int number = node - 1 + second(node - 1);
        Row first = RowFactory.create(number, (node - 1) / 2, node);
        return second(node) == second(node - 1)
                ? List.of(first).iterator()
                : List.of(first, RowFactory.create(number + 1, (node - 1) / 3, node))
                        .iterator();
    }

    /** Returns how many nodes up to one have a second parent: 20, 30, 40, … */
    private static int second(int node) {
        return Math.max(0, node / 10 - 1);
    }

    private static HeadRow head(SparkJobs.Drawn drawn, int node) {
        int k = drawn.classes();
        int j = drawn.features();
        Head head = new Head(k, j, floats(drawn, node, 0, k * j, -1), floats(drawn, node, 3, k, -1));
        return new HeadRow(node, head, fim(drawn, node, 1));
    }

    private static Fisher fim(SparkJobs.Drawn drawn, int node, int which) {
        int k = drawn.classes();
        int j = drawn.features();
        return new Fisher(k, j, floats(drawn, node, which, k * j, 0), floats(drawn, node, which + 4, k, 0));
    }

    private static float[] floats(SparkJobs.Drawn drawn, int node, int which, int count, float from) {
        SplittableRandom random = new SplittableRandom(drawn.seed() * 31 + node * 8L + which);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = from + (1 - from) * (float) random.nextDouble();
        }
        return values;
    }
}
