package unlearn4j.unlearn;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapGroupsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import unlearn4j.core.Check;
import unlearn4j.core.Progress;
import unlearn4j.core.Refusal;
import unlearn4j.core.Screen;
import unlearn4j.data.Labels;
import unlearn4j.unlearn.Beans.FimRow;
import unlearn4j.unlearn.Beans.HeadRow;
import unlearn4j.unlearn.Beans.MergedRow;

/**
 * One request to stored models. Its folder is named by what is asked of which heads, so the same asked again after an end
 * without warning finds what was finished: the merged FIMs, and slice after slice of the heads. No bit depends on it.
 */
final class StoredJob {
    private static final StructType MEMBERS = new StructType()
            .add("mergeSet", DataTypes.IntegerType, false)
            .add("place", DataTypes.IntegerType, false)
            .add("node", DataTypes.IntegerType, false)
            .add("labels", DataTypes.StringType, false);

    private final StoredTables tables;
    private final StoredHeads stored;
    private final Rule rule;
    private final Labels labels;
    private final String before;
    private final String after;
    private final Path folder;

    StoredJob(StoredTables tables, FiunConfig config, Labels labels) {
        this.tables = tables;
        this.labels = labels;
        stored = tables.stored();
        rule = Rule.of(config);
        before = stored.version();
        after = "heads-"
                + DigestUtils.sha256Hex(before + "\n" + labels + "\n" + rule).substring(0, 16);
        folder = stored.folder().resolve(after);
    }

    StoredForgetting run() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        List<Path> slices = tables.slices();
        try (Progress progress = Screen.current().progress("FIUn by Spark", slices.size() + 2L, "steps")) {
            long start = System.nanoTime();
            progress.note("plan");
            MergePlan plan = MergePlan.of(tables.graph(), tables.known(labels), labels);
            start = UnlearningMethod.lap("plan", start, seconds);
            progress.done(1);
            progress.note("merge");
            merge(plan);
            start = UnlearningMethod.lap("merge", start, seconds);
            progress.done(2);
            progress.note("update");
            Broadcast<int[]> setOf = new JavaSparkContext(tables.session().sparkContext()).broadcast(plan.setOf());
            for (int i = 0; i < slices.size(); i++) {
                Path to = folder.resolve(slices.get(i).getFileName());
                if (!StoredTables.isWhole(to)) {
                    update(slices.get(i), to, setOf);
                }
                progress.done(3L + i);
            }
            long touched = tables.heads(after)
                    .agg(coalesce(sum("touched"), lit(0L)))
                    .first()
                    .getLong(0);
            Refusal.unless(
                    touched > 0,
                    "gamma (%s) selects no parameter of any model, nothing is changed: F̂/F lies below it everywhere, lower"
                            + " it",
                    rule.gamma());
            stored.version(after);
            UnlearningMethod.lap("update", start, seconds);
            return new StoredForgetting(
                    stored,
                    plan.setOf().length,
                    plan.discovered().size(),
                    (int) Arrays.stream(plan.setOf()).filter(set -> set >= 0).count(),
                    plan.sets().size(),
                    touched,
                    before,
                    after,
                    seconds);
        }
    }

    /** Eq. 5, once for each merge set, however many models share it. */
    private void merge(MergePlan plan) {
        Path merged = folder.resolve("merged");
        if (StoredTables.isWhole(merged)) {
            return;
        }
        Map<Integer, String> missing = tables.missing(plan.discovered());
        missing.forEach((node, of) -> {
            throw Check.refusal(
                    "model number %d, which discovered label(s) %s, has no unlearning FIM of them in %s: store one",
                    node, of, stored);
        });
        List<Row> members = new ArrayList<>();
        for (int set = 0; set < plan.sets().size(); set++) {
            int[] roots = plan.sets().get(set);
            for (int place = 0; place < roots.length; place++) {
                members.add(RowFactory.create(
                        set,
                        place,
                        roots[place],
                        plan.discovered().get(roots[place]).toString()));
            }
        }
        Rule eq5 = rule;
        StoredTables.write(
                tables.table("unlearning")
                        .join(tables.session().createDataFrame(members, MEMBERS), new String[] {"node", "labels"})
                        .as(StoredTables.FIM)
                        .groupByKey((MapFunction<FimRow, Integer>) FimRow::getMergeSet, Encoders.INT())
                        .mapGroups(
                                (MapGroupsFunction<Integer, FimRow, MergedRow>) eq5::merged,
                                Encoders.bean(MergedRow.class)),
                merged);
    }

    /** Eq. 6 for a slice. */
    private void update(Path slice, Path to, Broadcast<int[]> setOf) {
        Rule eq6 = rule;
        UDF1<Integer, Integer> mergeSet = node -> setOf.value()[node];
        Dataset<Row> heads = tables.table(slice)
                .withColumn("touched", lit(0))
                .withColumn("mergeSet", udf(mergeSet, DataTypes.IntegerType).apply(col("node")));
        StoredTables.writeHeads(
                heads.join(tables.table(folder.resolve("merged")), new String[] {"mergeSet"}, "left")
                        .as(StoredTables.HEAD)
                        .map((MapFunction<HeadRow, HeadRow>) eq6::updated, StoredTables.HEAD),
                to);
    }
}
