package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unlearn4j.core.Scale;
import unlearn4j.experiment.Comparison;
import unlearn4j.experiment.Measurement;
import unlearn4j.experiment.Measurements;
import unlearn4j.report.Result;
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
        Result result = Results.read(folder);
        Measurements first = result.rows().where("network", "before");
        assertThat(mean(first, "ensemble")).isGreaterThan(mean(first, "main") + 2);
        assertThat(mean(first, "main")).isGreaterThan(50);
        for (String node : new String[] {"w_0", "w_1", "w_2"}) {
            Measurements original = result.rows().where("where", node).where("approach", Comparison.ORIGINAL);
            Measurements fiun = result.rows().where("where", node).where("approach", "FIUn");
            assertThat(mean(original, "AD_f")).isGreaterThan(60);
            assertThat(mean(fiun, "AD_f")).isZero();
            assertThat(mean(fiun, "AD_r")).isGreaterThan(mean(original, "AD_r") - 5);
        }
        assertThat(result.record()).satisfies(record -> {
            assertThat(record.scale()).isEqualTo(Scale.QUICK);
            assertThat(record.seeds()).containsExactly(7L);
            assertThat(record.data()).hasSize(4).allSatisfy((file, sha256) -> {
                assertThat(file).startsWith("fashion-mnist-sample/");
                assertThat(sha256).hasSize(64);
            });
        });
    }

    /** With another number of threads the engine adds up in another order: replaying sets what the record has. */
    @Test
    void aRunIsReplayedToTheSameNumbersWhateverTheThreads(@TempDir Path html) throws Exception {
        Kernel.assertInstalled();
        Process first = run("1", "kernel-setup/run", "notebooks/00-tour.ipynb", "--html", html + "/tour.html");
        String whole = said(first);
        assertThat(first.waitFor()).as(whole).isZero();
        Path run = Results.read(Path.of("notebooks/results/tour/smoke")).folder();

        Process again = run("2", "kernel-setup/replay", run.toString());
        String said = said(again);
        assertThat(again.waitFor()).as(said).isZero();
        assertThat(said).containsPattern("all \\d{2,} numbers are the same, times left out");
        Path second = Results.read(Path.of("notebooks/results/tour/smoke")).folder();
        assertThat(second).isNotEqualTo(run);

        // A number that is not what it was is found.
        Path rows = second.resolve("rows.csv");
        Files.writeString(rows, Files.readString(rows).replaceFirst(",main,[0-9.]+,%", ",main,77.7,%"));
        Process wrong = run("2", "kernel-setup/replay", second.toString());
        String found = said(wrong);
        assertThat(wrong.waitFor()).as(found).isEqualTo(1);
        assertThat(found).contains("was ['77.7']", "1 of ");
    }

    private static Process run(String threads, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("UNLEARN4J_SCALE", "SMOKE");
        builder.environment().put("OMP_NUM_THREADS", threads);
        return builder.start();
    }

    private static String said(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes());
    }

    private static double mean(Measurements rows, String metric) {
        return rows.where("metric", metric).list().stream()
                .mapToDouble(Measurement::value)
                .average()
                .orElseThrow();
    }
}
