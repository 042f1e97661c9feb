package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import unlearn4j.core.Scale;
import unlearn4j.report.Results;

/** What the tour finds at QUICK, as a newcomer runs it: without a mirror and without a download. */
class TourIT {
    @Test
    void ensemblesHelpAndALabelIsForgottenEverywhere(@TempDir Path cache) throws IOException, InterruptedException {
        Kernel.assertInstalled();
        ProcessBuilder builder = new ProcessBuilder(
                        "kernel-setup/run", "notebooks/00-tour.ipynb", "--html", "target/notebooks/00-tour-quick.html")
                .redirectErrorStream(true);
        builder.environment().remove("UNLEARN4J_MIRROR");
        builder.environment().remove("UNLEARN4J_SCALE");
        builder.environment().put("UNLEARN4J_DATA", cache.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
        System.out.println(said);

        assertThat(cache).isEmptyDirectory();
        Path folder = Path.of("notebooks/results/tour/quick/latest");
        Table rows = Table.read().csv(folder.resolve("rows.csv").toFile());
        assertThat(mean(rows, "hdus before", "ensemble %")).isGreaterThan(mean(rows, "hdus before", "main %") + 2);
        assertThat(mean(rows, "hdus before", "main %")).isGreaterThan(50);
        for (String node : new String[] {"w_0", "w_1", "w_2"}) {
            assertThat(value(rows, "fiun label 5", node, "AD_f before")).isGreaterThan(60);
            assertThat(value(rows, "fiun label 5", node, "AD_f")).isZero();
            assertThat(value(rows, "fiun label 5", node, "AD_r"))
                    .isGreaterThan(value(rows, "fiun label 5", node, "AD_r before") - 5);
        }
        assertThat(Results.read(folder).record()).satisfies(record -> {
            assertThat(record.scale()).isEqualTo(Scale.QUICK);
            assertThat(record.seeds()).containsExactly(7L);
            assertThat(record.data()).hasSize(4).allSatisfy((file, sha256) -> {
                assertThat(file).startsWith("fashion-mnist-sample/");
                assertThat(sha256).hasSize(64);
            });
        });
    }

    private static double value(Table rows, String part, String subject, String measure) {
        return mean(rows.where(rows.stringColumn("subject").isEqualTo(subject)), part, measure);
    }

    private static double mean(Table rows, String part, String measure) {
        double sum = 0;
        int count = 0;
        for (Row row : rows) {
            if (row.getString("part").equals(part) && row.getString("measure").equals(measure)) {
                sum += row.getDouble("value");
                count++;
            }
        }
        assertThat(count).as("%s, %s", part, measure).isPositive();
        return sum / count;
    }
}
