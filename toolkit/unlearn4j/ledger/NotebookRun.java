package unlearn4j.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import unlearn4j.core.Check;
import unlearn4j.core.Scale;
import unlearn4j.report.Result;
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
 * @param minutes how long QUICK took on two cores of 2024
 */
record NotebookRun(String name, String covers, String notebook, String experiment, double minutes) implements Work {
    private static final String MADE_BY = "made-by.txt";

    static List<NotebookRun> all() {
        return List.of(
                new NotebookRun(
                        "hdus-functions", "HDUS, Tables I and IV", "10-hdus-functionality", "hdus-functionality", 5),
                new NotebookRun("hdus-accuracy", "HDUS, Table V", "11-hdus-accuracy", "hdus-accuracy", 15),
                new NotebookRun(
                        "hdus-over-time",
                        "HDUS, Fig. 3",
                        "12-hdus-unlearning-over-time",
                        "hdus-unlearning-over-time",
                        9),
                new NotebookRun("hdus-sensitivity", "HDUS, Fig. 4", "13-hdus-sensitivity", "hdus-sensitivity", 5),
                new NotebookRun("methods", "FIUn, Table 1 and Fig. 5", "21-fiun-methods", "fiun-methods", 9),
                new NotebookRun("federated", "FIUn, Table 9", "22-fiun-federated", "fiun-federated", 9),
                new NotebookRun("incremental", "FIUn, Table 10", "23-fiun-incremental", "fiun-incremental", 8),
                new NotebookRun("transfer", "FIUn, Table 4", "24-fiun-transfer", "fiun-transfer", 8),
                new NotebookRun("data-parallel", "FIUn, Table 5", "25-fiun-data-parallel", "fiun-data-parallel", 7),
                new NotebookRun(
                        "overlap",
                        "FIUn, Tables 7 and 13, Fig. 7",
                        "26-fiun-overlapping-labels",
                        "fiun-overlapping-labels",
                        10),
                new NotebookRun("depth", "FIUn, Figs. 8 and 11", "27-fiun-depth", "fiun-depth", 10),
                new NotebookRun("layers", "FIUn, Figs. 9 and 10", "28-fiun-layers", "fiun-layers", 8));
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
        Path runs = setting.ledger().resolve(experiment).resolve(scale(setting));
        if (!Files.isDirectory(runs)) {
            return false;
        }
        try {
            Path made = Results.read(runs).folder().resolve(MADE_BY);
            return Files.exists(made) && Files.readString(made).equals(madeBy(setting));
        } catch (IOException e) {
            throw new UncheckedIOException(runs + " can't be read (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public double images(Setting setting) {
        return 0;
    }

    @Override
    public TrainingPlan timed(Setting setting) {
        return null;
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
            take(Results.read(Path.of("notebooks", "results", experiment, scale(setting))), setting);
        } catch (IOException e) {
            throw new UncheckedIOException(file() + " can't be run (" + e.getMessage() + ")", e);
        }
    }

    /** Copies rows, record and charts; the folder is there whole or not at all. */
    private void take(Result result, Setting setting) throws IOException {
        Path runs = Files.createDirectories(setting.ledger().resolve(experiment).resolve(scale(setting)));
        Path work = runs.resolve(".work-" + experiment);
        if (Files.isDirectory(work)) {
            try (Stream<Path> left = Files.walk(work)) {
                for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectory(work);
        for (String name : result.files()) {
            if (!name.endsWith(".svg")) {
                Files.copy(result.folder().resolve(name), work.resolve(name));
            }
        }
        Files.writeString(work.resolve(MADE_BY), madeBy(setting));
        Files.move(work, runs.resolve(result.folder().getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }
}
