package unlearn4j.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unlearn4j.data.Labels;
import unlearn4j.umig.Role;

/**
 * Stores that a real MLflow wrote by store.py, kept beside it; and one that it writes here and now, where UNLEARN4J_MLFLOW
 * names a Python that has mlflow-skinny, sqlalchemy and alembic.
 */
class MlflowTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"mlflow-3.17.2.db.gz", "mlflow-2.22.5.db.gz", "mlruns-3.17.2.zip"})
    void aStoreIsReadAsMlflowWroteIt(String name) throws IOException {
        Path store = Stores.unpacked(name, folder);
        byte[] before = Files.isDirectory(store) ? null : Files.readAllBytes(store);

        check(Lineage.mlflow(store), !name.contains("2.22"));

        if (before != null) {
            assertThat(Files.readAllBytes(store)).isEqualTo(before);
            assertThat(folder).isDirectoryNotContaining(file -> file.toString().matches(".*-(wal|shm|journal)"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite:///", ""})
    @EnabledIfEnvironmentVariable(named = "UNLEARN4J_MLFLOW", matches = ".+")
    void aStoreThatMlflowWritesNowIsReadToo(String scheme) throws IOException, InterruptedException {
        Path store = folder.resolve("written");
        Process python = new ProcessBuilder(
                        System.getenv("UNLEARN4J_MLFLOW"),
                        "src/test/resources/unlearn4j/lineage/store.py",
                        scheme + store)
                .redirectErrorStream(true)
                .start();
        String said = new String(python.getInputStream().readAllBytes());
        assertThat(python.waitFor()).as(said).isZero();
        System.out.print(said);

        check(Lineage.mlflow(store), said.contains("mlflow 3"));
    }

    /** A sweep and its trials: the outer run was given the best trial's model. */
    @Test
    void aRunThatWasGivenTheModelOfOneWithinItMakesNoCycle() {
        MlflowRuns runs = new MlflowRuns();
        runs.run("1", "sweep");
        runs.run("2", "trial");
        runs.tag("2", "mlflow.parentRunId", "1");
        runs.data("2", "mnist", null);
        runs.logged("m-1", "2");
        runs.given("1", "m-1");

        Duties duties = Lineage.of(runs.models()).mustForget("mnist");

        assertThat(duties.path("sweep")).containsExactly("trial", "sweep");
        assertThat(Lineage.of(runs.models()).model("trial").trainedOn().gap())
                .isEqualTo("it is nested in sweep, which was given its model, so which came first?");
    }

    /** Several runs may have one name, and none at all. */
    @Test
    void runsOfOneNameAreToldApartByTheirIds() {
        MlflowRuns runs = new MlflowRuns();
        runs.run("0123456789", "run");
        runs.run("9876543210", "run");
        runs.run("5555", null);

        assertThat(runs.models())
                .extracting(Lineage.Model::name)
                .containsExactly("run (01234567)", "run (98765432)", "5555");
    }

    private static void check(Lineage lineage, boolean loggedModels) {
        Duties duties = lineage.mustForget("cifar10");

        assertThat(lineage.datasets()).containsExactly("cifar10", "mnist", "svhn");
        assertThat(duties.role("base")).isEqualTo(Role.DISCOVERY);
        assertThat(duties.path("fold-2")).containsExactly("base", "fold-2");
        assertThat(duties.path("shop/1")).containsExactly("base", "shop/1");
        assertThat(duties.role("tuned")).isEqualTo(loggedModels ? Role.INHERITED : Role.UNTOUCHED);
        assertThat(duties.unknown()).containsExactly("silent", "shop/2");
        assertThat(duties.why("shop/2")).isEqualTo("inherits from silent: its run logged no training data");
        assertThat(duties.clean()).contains("labelled");
        // base was evaluated on svhn, which it did not learn.
        assertThat(lineage.mustForget("svhn").must()).isEqualTo(List.of("tuned"));
        Duties labels = lineage.mustForget("mnist", Labels.of(3));
        assertThat(labels.must()).containsExactly("labelled");
        assertThat(labels.unknown()).contains("fold-1", "fold-2");
        assertThat(lineage.mustForget("mnist", Labels.of(4)).clean()).contains("labelled");
    }
}
