package unlearn4j.ledger;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import unlearn4j.core.Check;
import unlearn4j.core.Scale;
import unlearn4j.core.Screen;
import unlearn4j.data.Images;
import unlearn4j.train.Classifier;
import unlearn4j.train.Training;
import unlearn4j.umig.Step;

/** Runs what fills the ledger, and writes it: {@code kernel-setup/reproduce}. */
final class Reproduce {
    private static final int TIMED_IMAGES = 256;
    private static final int MINUTE = 60;

    private final Setting setting;
    private final Map<String, Double> secondsPerImage = new LinkedHashMap<>();

    private Reproduce(Setting setting) {
        this.setting = setting;
    }

    /**
     * Runs what is named, all that has sizes for the scale if nothing is, and writes the ledger. What the ledger has by the
     * same code and settings is not run again; what was begun goes on.
     *
     * @param arguments {@code --list}: say what there is and how long it takes, run nothing; {@code --ledger}: write the
     *     ledger anew, run nothing; {@code --in FOLDER}: the ledger's folder; {@code --graphs FOLDER}: where trained graphs are
     *     kept; and names. The scale and the number of seeds are those of the environment.
     */
    public static void main(String... arguments) {
        try {
            run(arguments);
        } catch (IllegalArgumentException | java.io.UncheckedIOException | unlearn4j.data.DataException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run(String... arguments) {
        Path ledger = Path.of("notebooks", "reproduction");
        Path graphs = Path.of(System.getProperty("user.home"), ".cache", "unlearn4j", "graphs");
        boolean list = false;
        boolean only = false;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--list" -> list = true;
                case "--ledger" -> only = true;
                case "--in", "--graphs" -> {
                    Check.that(i + 1 < arguments.length, "%s needs a folder behind it", arguments[i]);
                    Path folder = Path.of(arguments[i + 1]);
                    ledger = arguments[i].equals("--in") ? folder : ledger;
                    graphs = arguments[i].equals("--graphs") ? folder : graphs;
                    i++;
                }
                default -> names.add(arguments[i]);
            }
        }
        Scale scale = Scale.current();
        Reproduce reproduce = new Reproduce(new Setting(scale, scale.seeds(), ledger, graphs, Code.sha256()));
        List<Work> chosen = reproduce.chosen(names);
        if (list) {
            reproduce.list(chosen);
        } else {
            if (!only) {
                reproduce.run(chosen);
            }
            Ledger written = Ledger.of(ledger);
            written.write();
            Screen.current().show(written + ": see " + ledger.resolve("README.md"));
        }
    }

    private List<Work> chosen(List<String> names) {
        List<Work> sized = Work.all().stream()
                .filter(work -> work.scales().contains(setting.scale()))
                .toList();
        List<String> known = sized.stream().map(Work::name).toList();
        names.forEach(name -> Check.that(
                known.contains(name),
                "%s is nothing that can be run at %s: these are %s",
                name,
                setting.scale(),
                known));
        return sized.stream()
                .filter(work -> names.isEmpty() || names.contains(work.name()))
                .toList();
    }

    private void list(List<Work> works) {
        for (Work work : works) {
            Screen.current()
                    .show(String.format(
                            Locale.ROOT,
                            "%-18s %-75s %s",
                            work.name(),
                            work.covers(),
                            work.finished(setting) ? "there already" : estimate(work)));
        }
    }

    private void run(List<Work> works) {
        List<Work> open = works.stream().filter(work -> !work.finished(setting)).toList();
        for (Work work : open) {
            Screen.current().show(work.name() + ": " + work.covers() + ", " + estimate(work));
        }
        for (int i = 0; i < open.size(); i++) {
            Work work = open.get(i);
            double left = open.subList(i, open.size()).stream()
                    .mapToDouble(this::minutes)
                    .sum();
            Screen.current()
                    .show(String.format(
                            Locale.ROOT, "[%d of %d] %s; %s for all", i + 1, open.size(), work.name(), words(left)));
            work.run(setting);
        }
    }

    private String estimate(Work work) {
        return words(minutes(work));
    }

    private static String words(double minutes) {
        return Double.isNaN(minutes)
                ? "days on a GPU"
                : minutes < 2 * MINUTE
                        ? String.format(Locale.ROOT, "about %.0f minutes", Math.ceil(minutes))
                        : String.format(Locale.ROOT, "about %.1f hours", minutes / MINUTE);
    }

    private double minutes(Work work) {
        return work.minutes(setting, plan -> {
            Step first = plan.steps().get(0);
            return secondsPerImage.computeIfAbsent(first.model().name(), any -> timed(first, plan.like()));
        });
    }

    /** Returns how many seconds an image takes in training on this machine as it is now: the second of two short epochs. */
    private static double timed(Step step, Images like) {
        Images some =
                step.images().slice(0, Math.min(TIMED_IMAGES, step.images().size()));
        Training training = Training.of(
                Classifier.create(step.model(), like, 1), some, step.training().epochs(2));
        Screen.folded("timing " + step.model().name(), "images", training::run);
        return training.history().doubleColumn("seconds").get(1) / some.size();
    }
}
