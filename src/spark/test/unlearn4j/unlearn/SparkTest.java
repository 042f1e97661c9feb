package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import unlearn4j.core.Refusal;
import unlearn4j.data.Labels;
import unlearn4j.fisher.Merge;
import unlearn4j.train.Head;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Umig;

@Tag("slow")
class SparkTest {
    private static final Spark SPARK = Spark.local();
    private static final Labels LABELS = Labels.of(0, 1);

    @TempDir
    private Path folder;

    private static String[] names(Umig umig) {
        return umig.nodes().stream().map(ModelNode::name).toArray(String[]::new);
    }

    /** Bits, not numbers: −0 is not 0. */
    private static void assertSame(Umig umig, Map<String, Head> heads) {
        assertThat(heads).hasSize(umig.nodes().size());
        umig.nodes().forEach(node -> assertThat(NodeWeights.of(heads.get(node.name()))
                        .sameAs(NodeWeights.of(node.model().head())))
                .as(node.name())
                .isTrue());
    }

    private static Merge merge(String name) {
        return Map.of("MAXIMUM", Merge.MAXIMUM, "SUM", Merge.SUM, "NONE", Merge.NONE)
                .get(name);
    }

    @ParameterizedTest
    @CsvSource({"MAXIMUM,1,true", "SUM,2,false", "NONE,4,true"})
    void bitsAreThoseOfOneMachine(String merge, long seed, boolean shares) {
        Umig umig = DrawnGraph.of(30, seed);
        FiunConfig config = FiunConfig.tempered().merge(merge(merge)).columnShares(shares);
        StoredHeads stored = SPARK.store(umig, config, folder, LABELS, Labels.of(2));
        assertSame(umig, SPARK.heads(stored, names(umig)));

        StoredForgetting done = Fiun.on(stored).config(config).with(SPARK).forget(LABELS);
        UnlearningResult expected = Fiun.on(umig).config(config).forget(LABELS);

        assertSame(umig, SPARK.heads(stored, names(umig)));
        assertThat(done.updated()).isEqualTo(umig.unlearning(LABELS).nodes().size());
        assertThat(done.discovered()).isGreaterThan(1);
        assertThat(done.mergeSets()).isGreaterThan(done.discovered());
        done.undo();
        expected.undo();
        assertSame(umig, SPARK.heads(stored, names(umig)));
    }

    @Test
    void aJobThatEndedInTheMiddleGoesOnWhereItWas() throws Exception {
        StoredHeads stored = SPARK.draw(40, 4, 3, 1, folder.resolve("heads"));
        Path heads = stored.folder().resolve("heads");
        // Two slices, the second of which can't be updated yet.
        Session.with(SPARK, session -> {
            StoredTables tables = new StoredTables(session, stored);
            StoredTables.write(tables.table(heads.resolve("slice=0")), heads.resolve("slice=1"));
            StoredTables.write(tables.table(heads.resolve("slice=1")).where("node < 20"), heads.resolve("slice=0"));
            StoredTables.write(tables.table(heads.resolve("slice=0")), folder.resolve("kept"));
            StoredTables.write(
                    tables.table(folder.resolve("kept")).withColumn("node", functions.expr("node + 20")),
                    heads.resolve("slice=1"));
            StoredTables.write(
                    tables.table(heads.resolve("slice=1"))
                            .withColumn("fimBias", functions.expr("cast(null as array<float>)")),
                    folder.resolve("bad"));
            return null;
        });
        Path good = heads.resolveSibling("good");
        Files.move(heads.resolve("slice=1"), good);
        Files.move(folder.resolve("bad"), heads.resolve("slice=1"));
        StoredFiun fiun = Fiun.on(stored);
        assertThatThrownBy(() -> fiun.forget(Labels.of(1)))
                .hasMessageMatching("node \\d+ has no FIM of the head that it has now: .*")
                .hasMessageNotContaining("\n");
        assertThat(stored.version()).isEqualTo("heads");
        Files.move(heads.resolve("slice=1"), folder.resolve("bad"));
        Files.move(good, heads.resolve("slice=1"));
        List<Path> finished = files(stored, "slice=0");
        assertThat(finished).isNotEmpty();

        StoredForgetting done = fiun.forget(Labels.of(1));

        assertThat(files(stored, "slice=0")).isEqualTo(finished);
        assertThat(files(stored, "slice=1")).isNotEmpty();
        assertThat(done.updated()).isEqualTo(37);
    }

    private static List<Path> files(StoredHeads stored, String slice) throws Exception {
        try (Stream<Path> all = Files.walk(stored.folder())) {
            return all.filter(path -> path.toString().matches(".*heads-[0-9a-f]+/" + slice + "/.*\\.parquet"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatCannotBeDoneIsSaidInALine() {
        StoredHeads stored = SPARK.draw(40, 4, 3, 1, folder.resolve("heads"));
        assertThatThrownBy(() -> SPARK.draw(40, 4, 3, 1, stored.folder())).hasMessageContaining("holds models already");
        StoredHeads ofOne =
                SPARK.store(DrawnGraph.of(9, 1), FiunConfig.tempered(), folder.resolve("one"), Labels.of(0));
        assertThatThrownBy(() -> Fiun.on(ofOne).forget(Labels.of(1)))
                .hasMessageMatching(
                        "model number \\d, which discovered label\\(s\\) 1, has no unlearning FIM of them in .*");
        assertThatThrownBy(() -> Fiun.on(stored).forget(Labels.of(3)))
                .hasMessage("label(s) 3: no stored model ever learned them");
        assertThatThrownBy(() -> SPARK.heads(stored, "nobody")).hasMessageEndingWith("there is no model nobody");
        assertThatThrownBy(() -> Fiun.on(stored)
                        .config(new FiunConfig(
                                FiunConfig.tempered().fisher(),
                                FiunConfig.tempered().fisher(),
                                ModelData.ALL,
                                FiunConfig.tempered().fit(),
                                true,
                                Merge.MAXIMUM,
                                1e30,
                                1,
                                0.1))
                        .forget(Labels.of(1)))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("gamma (1.0E30) selects no parameter");
        Fiun.on(stored).forget(Labels.of(1));
        assertThatThrownBy(() -> Fiun.on(stored).forget(Labels.of(0)))
                .hasMessageMatching("node \\d+ has no FIM of the head that it has now: .*");
    }
}
