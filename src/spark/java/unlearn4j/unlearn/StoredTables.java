package unlearn4j.unlearn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import unlearn4j.core.Check;
import unlearn4j.data.DataException;
import unlearn4j.data.Labels;
import unlearn4j.unlearn.Beans.FimRow;
import unlearn4j.unlearn.Beans.HeadRow;

/** The tables of {@link StoredHeads}, as Spark reads and writes them. */
record StoredTables(SparkSession session, StoredHeads stored) {
    static final Encoder<HeadRow> HEAD = Encoders.bean(HeadRow.class);
    static final Encoder<FimRow> FIM = Encoders.bean(FimRow.class);
    /** What a job adds to a head's row. */
    static final Map<String, Column> NOT_STORED = Map.of(
            "mergeSet", functions.lit(-1),
            "mergedWeight", functions.lit(null).cast("array<array<float>>"),
            "mergedBias", functions.lit(null).cast("array<array<float>>"));

    private static final long SLICE_BYTES = 256L << 20;

    /** Returns how many heads of a size a slice has: what a job that was killed does again at most. */
    static int perSlice(int parameters) {
        return (int) Math.max(1, SLICE_BYTES / (2L * Float.BYTES * parameters));
    }

    static void write(Dataset<?> rows, Path to) {
        rows.write().mode(SaveMode.Overwrite).parquet(to.toString());
    }

    /** Returns whether a table was written to its end. */
    static boolean isWhole(Path table) {
        return Files.exists(table.resolve("_SUCCESS"));
    }

    Dataset<Row> table(Path path) {
        Check.that(Files.isDirectory(path), "%s is missing: the models' folder is not whole", path);
        return session.read().parquet(path.toString());
    }

    Dataset<Row> table(String name) {
        return table(stored.folder().resolve(name));
    }

    /** Returns all heads of a version. */
    Dataset<Row> heads(String version) {
        return session.read()
                .parquet(stored.folder().resolve(version).resolve("slice=*").toString());
    }

    /** Writes heads as a slice. */
    static void writeHeads(Dataset<HeadRow> heads, Path slice) {
        write(heads.select("node", "weight", "bias", "fimWeight", "fimBias", "touched"), slice);
    }

    /** Returns the slices of the heads that count, in their order. */
    List<Path> slices() {
        Path heads = stored.folder().resolve(stored.version());
        try (Stream<Path> found = Files.list(heads)) {
            return found.filter(path -> path.getFileName().toString().matches("slice=\\d+"))
                    .sorted(Comparator.comparingInt(path ->
                            Integer.parseInt(path.getFileName().toString().substring("slice=".length()))))
                    .toList();
        } catch (IOException e) {
            throw new DataException(heads + " can't be read: " + e.getMessage(), e);
        }
    }

    int count() {
        return Math.toIntExact(table("nodes").count());
    }

    NumberedGraph graph() {
        Dataset<Row> edges = table("edges").select("edge", "parent", "heir");
        int count = Math.toIntExact(edges.count());
        int[] parents = new int[count];
        int[] heirs = new int[count];
        for (Iterator<Row> rows = edges.toLocalIterator(); rows.hasNext(); ) {
            Row row = rows.next();
            parents[row.getInt(0)] = row.getInt(1);
            heirs[row.getInt(0)] = row.getInt(2);
        }
        return new NumberedGraph(count(), parents, heirs);
    }

    Map<Integer, BitSet> known(Labels labels) {
        Map<Integer, BitSet> known = new HashMap<>();
        for (int label : labels.values()) {
            BitSet nodes = new BitSet();
            table("nodes")
                    .where(functions.array_contains(functions.col("labels"), label))
                    .select("node")
                    .toLocalIterator()
                    .forEachRemaining(row -> nodes.set(row.getInt(0)));
            known.put(label, nodes);
        }
        return known;
    }

    /** Returns the discovery nodes whose unlearning FIM isn't stored, each with its labels. */
    Map<Integer, String> missing(Map<Integer, Labels> discovered) {
        Map<Integer, String> missing = new HashMap<>();
        discovered.forEach((node, labels) -> missing.put(node, labels.toString()));
        table("unlearning").select("node", "labels").toLocalIterator().forEachRemaining(row -> {
            missing.remove(row.getInt(0), row.getString(1));
        });
        return missing;
    }
}
