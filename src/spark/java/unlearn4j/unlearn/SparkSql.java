package unlearn4j.unlearn;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import unlearn4j.core.Check;
import unlearn4j.core.Refusal;
import unlearn4j.data.DataException;
import unlearn4j.data.Labels;
import unlearn4j.train.Head;
import unlearn4j.umig.Umig;
import unlearn4j.unlearn.Beans.HeadRow;

/** What Spark does for the toolkit, by Spark SQL. */
final class SparkSql implements SparkJobs {
    @Override
    public void store(Spark spark, StoredHeads stored, Umig umig, FiunConfig config, List<Labels> requests) {
        StoredModels models = StoredModels.of(umig, config, requests);
        alone(spark, stored, tables -> {
            models.write(tables);
            stored.estimator(StoredHeads.estimator(config));
            stored.version("heads");
            return null;
        });
    }

    @Override
    public void draw(Spark spark, StoredHeads stored, Drawn drawn) {
        alone(spark, stored, tables -> {
            DrawnModels.write(tables, drawn);
            stored.estimator(StoredHeads.estimator(FiunConfig.tempered()));
            stored.version("heads");
            return null;
        });
    }

    @Override
    public Map<String, Head> heads(Spark spark, StoredHeads stored, List<String> names) {
        return Session.with(spark, session -> {
            StoredTables tables = new StoredTables(session, stored);
            Map<Integer, String> numbers = new HashMap<>();
            for (Row row : tables.table("nodes")
                    .where(functions.col("name").isInCollection(names))
                    .select("node", "name")
                    .collectAsList()) {
                numbers.put(row.getInt(0), row.getString(1));
            }
            names.forEach(name -> Check.that(numbers.containsValue(name), "%s: there is no model %s", stored, name));
            Map<String, Head> heads = new TreeMap<>();
            tables.heads(stored.version())
                    .where(functions.col("node").isInCollection(numbers.keySet()))
                    .withColumns(StoredTables.NOT_STORED)
                    .as(StoredTables.HEAD)
                    .collectAsList()
                    .forEach((HeadRow row) -> heads.put(numbers.get(row.getNode()), row.head()));
            return heads;
        });
    }

    @Override
    public StoredForgetting forget(Spark spark, StoredHeads stored, FiunConfig config, Labels labels) {
        return alone(spark, stored, tables -> new StoredJob(tables, config, labels).run());
    }

    /** Works on a folder that no other process works on meanwhile. */
    private static <T> T alone(Spark spark, StoredHeads stored, Function<StoredTables, T> work) {
        Path file = stored.folder().resolve("lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = locked(channel)) {
            Refusal.unless(lock != null, "%s are at work elsewhere: wait until that is done", stored);
            return Session.with(spark, session -> work.apply(new StoredTables(session, stored)));
        } catch (IOException e) {
            throw new DataException(file + " can't be written: " + e.getMessage(), e);
        }
    }

    private static FileLock locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
