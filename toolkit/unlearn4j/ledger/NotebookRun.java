package unlearn4j.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import unlearn4j.core.Check;
import unlearn4j.core.Scale;
import unlearn4j.report.Results;
import unlearn4j.train.Interrupted;
import unlearn4j.umig.TrainingPlan;

/**
 * A notebook whose results are the ledger's.
 *
 * @param name what it is called on the command line
 * @param covers what it measures
 * @param notebook its file's name in {@code notebooks}
 * @param experiment what its results are called
 * @param quick about how many minutes QUICK took when it last ran, on one core beside other work
 */
record NotebookRun(String name, String covers, String notebook, String experiment, double quick) implements Work {
    private static final String MADE_BY = "made-by.txt";

    static List<NotebookRun> all() {
        return List.of(
                new NotebookRun(
                        "hdus-functions", "HDUS, Tables I and IV", "10-hdus-functionality", "hdus-functionality", 5),
                new NotebookRun("hdus-accuracy", "HDUS, Table V", "11-hdus-accuracy", "hdus-accuracy", 13),
                new NotebookRun(
                        "hdus-over-time",
                        "HDUS, Fig. 3",
                        "12-hdus-unlearning-over-time",
                        "hdus-unlearning-over-time",
                        5),
                new NotebookRun("hdus-sensitivity", "HDUS, Fig. 4", "13-hdus-sensitivity", "hdus-sensitivity", 9),
                new NotebookRun("methods", "FIUn, Table 1 and Fig. 5", "21-fiun-methods", "fiun-methods", 13),
                new NotebookRun("federated", "FIUn, Table 9", "22-fiun-federated", "fiun-federated", 6),
                new NotebookRun("incremental", "FIUn, Table 10", "23-fiun-incremental", "fiun-incremental", 15),
                new NotebookRun("transfer", "FIUn, Table 4", "24-fiun-transfer", "fiun-transfer", 8),
                new NotebookRun("data-parallel", "FIUn, Table 5", "25-fiun-data-parallel", "fiun-data-parallel", 8),
                new NotebookRun(
                        "overlap",
                        "FIUn, Tables 7 and 13, Fig. 7",
                        "26-fiun-overlapping-labels",
                        "fiun-overlapping-labels",
                        23),
                new NotebookRun("depth", "FIUn, Figs. 8 and 11", "27-fiun-depth", "fiun-depth", 5),
                new NotebookRun("layers", "FIUn, Figs. 9 and 10", "28-fiun-layers", "fiun-layers", 8));
    }

    @Override
    public String command() {
        return String.format(
                Locale.ROOT, "`kernel-setup/reproduce --scale QUICK %s`, about %.0f minutes on one core", name, quick);
    }

    @Override
    public List<Scale> scales() {
        return List.of(Scale.SMOKE, Scale.QUICK, Scale.PAPER);
    }

    private Path file() {
        return Path.of("notebooks", notebook + ".ipynb");
    }

    private static String scale(Setting setting) {
        return setting.scale().name().toLowerCase(Locale.ROOT);
    }

    private String madeBy(Setting setting) throws IOException {
        return "code " + setting.code() + "\nnotebook " + Code.sha256(file()) + "\nseeds " + setting.seeds() + "\n";
    }

    @Override
    public boolean finished(Setting setting) {
        try {
            Path made = setting.newest(experiment)
                    .map(there -> there.folder().resolve(MADE_BY))
                    .orElse(null);
            return made != null && Files.exists(made) && Files.readString(made).equals(madeBy(setting));
        } catch (IOException e) {
            throw new UncheckedIOException(setting.ledger() + " can't be read (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public double minutes(Setting setting, ToDoubleFunction<TrainingPlan> speed) {
        return switch (setting.scale()) {
            case SMOKE -> 1;
            case QUICK -> quick * setting.seeds();
            default -> Double.NaN;
        };
    }

    @Override
    public void run(Setting setting) {
        try {
            Path html = Files.createDirectories(setting.graphs()).resolve(notebook + ".html");
            Process process = new ProcessBuilder(
                            Path.of("kernel-setup", "run").toAbsolutePath().toString(),
                            file().toString(),
                            "--html",
                            html.toString())
                    .inheritIO()
                    .start();
            try {
                Check.that(process.waitFor() == 0, "%s failed: see above", file());
            } catch (InterruptedException e) {
                process.destroy();
                Thread.currentThread().interrupt();
                throw new Interrupted(file() + " was running: it begins anew next time");
            }
            Results.read(Path.of("notebooks", "results", experiment, scale(setting)))
                    .copy(setting.ledger(), Map.of(MADE_BY, madeBy(setting)));
        } catch (IOException e) {
            throw new UncheckedIOException(file() + " can't be run (" + e.getMessage() + ")", e);
        }
    }
}
