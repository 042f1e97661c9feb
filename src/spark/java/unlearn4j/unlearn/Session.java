package unlearn4j.unlearn;

import ai.djl.Model;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import unlearn4j.core.Check;
import unlearn4j.data.DataException;

/** Spark while it is needed: no port open to others, and nothing logged: what fails is thrown. */
final class Session {
    /** Java forgets the level of a logger that nobody holds. */
    private static final List<Logger> QUIET = Stream.of("org.apache", "org.sparkproject", "io.netty")
            .map(Logger::getLogger)
            .toList();

    private Session() {}

    /** Does something in a session of its own. Sessions of one process come one after another. */
    static synchronized <T> T with(Spark spark, Function<SparkSession, T> work) {
        QUIET.forEach(logger -> logger.setLevel(Level.OFF));
        SparkSession.Builder builder = SparkSession.builder()
                .master(spark.master())
                .appName("unlearn4j")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "16")
                .config("spark.sql.autoBroadcastJoinThreshold", "64MB")
                .config("spark.sql.parquet.compression.codec", "none")
                // A batch of rows is in memory as a whole, and a row may be a megabyte.
                .config("spark.sql.parquet.columnarReaderBatchSize", "64")
                .config("spark.hadoop.parquet.enable.dictionary", "false");
        if (spark.master().startsWith("local")) {
            builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1");
        } else {
            builder.config("spark.jars", toolkit());
            String host = spark.master().replaceFirst("^spark://", "").replaceFirst(":\\d+$", "");
            if (host.equals("127.0.0.1") || host.equals("localhost")) {
                builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1");
            }
        }
        SparkSession session = builder.getOrCreate();
        try {
            return work.apply(session);
        } catch (Exception e) {
            // Spark throws checked exceptions too, and declares none.
            throw refused(e);
        } finally {
            session.stop();
        }
    }

    /** The jars that hold the toolkit and what its arithmetic is linked to: Spark sends them to the machines. */
    private static String toolkit() {
        return Stream.of(Rule.class, FiunUpdate.class, Model.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .filter(path -> path.endsWith(".jar"))
                .distinct()
                .collect(Collectors.joining(","));
    }

    /** What a task refused in one line is refused in that line. */
    private static RuntimeException refused(Exception error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (each.getClass() == IllegalArgumentException.class && each != error) {
                return Check.refusal("%s", each.getMessage());
            }
        }
        return error instanceof RuntimeException unchecked
                ? unchecked
                : new DataException("Spark: " + error.getMessage(), error);
    }
}
