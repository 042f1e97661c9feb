package unlearn4j.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;
import tech.tablesaw.io.csv.CsvWriteOptions;
import unlearn4j.core.Build;
import unlearn4j.core.Check;
import unlearn4j.core.Reason;
import unlearn4j.core.RunRecord;
import unlearn4j.core.Scale;
import unlearn4j.experiment.Measurements;
import unlearn4j.train.Interrupted;

/**
 * Writes what an experiment found to {@code results/<experiment>/<scale>/<run>/}: {@code rows.csv}; {@code record.json},
 * the {@link RunRecord}; each chart as PNG, SVG and PDF. A run is the time of its writing, so none is written over another;
 * {@code latest} beside them leads to the newest. Start one before the experiment: its clock runs from then until
 * {@link #write}. Then cells can be run again: what is given anew takes the place of what it was, and the next {@link #write}
 * writes another run.
 */
public final class Results {
    static final String ROWS = "rows.csv";
    static final String RECORD = "record.json";

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";
    private static final Gson JSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .registerTypeAdapter(Instant.class, (JsonSerializer<Instant>)
                    (instant, type, context) -> new JsonPrimitive(instant.toString()))
            .registerTypeAdapter(Instant.class, (JsonDeserializer<Instant>)
                    (json, type, context) -> Instant.parse(json.getAsString()))
            .create();

    private final String experiment;
    private final Scale scale;
    /** What was given since the last writing: given once more, it is a mistake, or two things of one name. */
    private final Set<String> given = new HashSet<>();

    private Instant started = Instant.now();
    private final List<Long> seeds = new ArrayList<>();
    private final Map<String, String> data = new TreeMap<>();
    private final Map<String, String> configuration = new TreeMap<>();
    // By name without regard to case: on a Mac, two files whose names differ in case alone are one.
    private final Map<String, Picture> pictures = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private Path root = Path.of("results");
    private Measurements rows;

    private Results(String experiment, Scale scale) {
        this.experiment = name("experiment", experiment);
        this.scale = Check.given("scale", scale);
    }

    /**
     * Starts the results of an experiment.
     *
     * @param experiment its name, also its folder's: letters, digits, dots, dashes and underscores
     */
    public static Results of(String experiment, Scale scale) {
        return new Results(experiment, scale);
    }

    /** Puts the experiment's folder into {@code folder}, not into {@code results} of the working directory. */
    public Results in(Path folder) {
        root = Check.given("folder", folder);
        return this;
    }

    /** Records a seed that the experiment runs with; call it for each. */
    public Results seed(long seed) {
        once("seed", Long.toString(seed));
        seeds.add(seed);
        return this;
    }

    /**
     * Records the data that the experiment reads.
     *
     * @param sha256 each file's SHA-256 by its name, 64 hexadecimal digits
     */
    public Results data(Map<String, String> sha256) {
        Check.allGiven("sha256", sha256).forEach((file, hash) -> {
            Check.that(
                    hash.matches("[0-9a-fA-F]{64}"),
                    "data file %s: its SHA-256 (%s) must have 64 hexadecimal digits",
                    file,
                    hash);
            once("data file", file);
            data.put(file, hash.toLowerCase(Locale.ROOT));
        });
        return this;
    }

    /** Records a setting, by its {@code toString}. */
    public Results configuration(String name, Object value) {
        Check.that(name != null && !name.isBlank(), "a setting's name (%s) must not be blank", name);
        String words = Check.given("setting " + name, value).toString();
        once("setting", name);
        configuration.put(name, words);
        return this;
    }

    /** Takes what was measured; its seeds are recorded. */
    public Results rows(Measurements measured) {
        Check.that(
                Check.given("rows", measured).list().stream().allMatch(one -> one.scale() == scale),
                "rows were measured at another scale than these results are of, which is %s",
                scale);
        Check.that(!measured.isEmpty(), "rows must hold a measurement");
        Check.that(given.add(ROWS), "rows are given twice: put them together with .and(others)");
        rows = measured;
        return this;
    }

    /** Takes a chart, drawn when the results are written. */
    public Results chart(String name, Chart<?, ?> chart) {
        return picture(name, Charts.picture(chart));
    }

    /**
     * Takes a chart under its title, and returns it to be shown: {@code show(results.kept(chart))}. A later one of the same
     * title takes its place, so that a cell can be run again.
     */
    public <C extends Chart<?, ?>> C kept(C chart) {
        String title = Check.given("chart", chart).getTitle();
        String name = title.replaceAll("[^\\w.]+", "-").replaceAll("^[^a-zA-Z0-9]+|-$", "");
        pictures.put(name("picture", name), Charts.picture(chart));
        return chart;
    }

    /** Takes a picture, of a graph say, drawn when the results are written. */
    public Results picture(String name, Picture picture) {
        Check.given("picture " + name, picture);
        once("picture", name("picture", name));
        pictures.put(name, picture);
        return this;
    }

    /**
     * Writes all of it, as a run of its own, and returns what was written. When anything fails nothing is there, or all.
     *
     * @throws UncheckedIOException if the folder can't be written
     * @throws Interrupted if the thread is interrupted; the message says whether the result is written
     */
    public Result write() {
        Check.that(
                rows != null, "results of %s have no rows: give what was measured by .rows(measurements)", experiment);
        Check.that(!seeds().isEmpty(), "results of %s have no seed: say what they ran with by .seed(7)", experiment);
        Interrupted.check("nothing is written, call .write() again to write it");
        Runs runs = Runs.of(root, experiment, scale);
        RunRecord record = Drawing.apart(this::record);
        Map<String, byte[]> files = new TreeMap<>();
        pictures.forEach((name, picture) -> {
            Picture stamped = picture.stamped(caption(record));
            files.put(name + ".png", stamped.png());
            files.put(name + ".svg", stamped.svg().getBytes(StandardCharsets.UTF_8));
            files.put(name + ".pdf", stamped.pdf());
        });
        files.put(ROWS, csv().getBytes(StandardCharsets.UTF_8));
        files.put(RECORD, (JSON.toJson(record) + "\n").getBytes(StandardCharsets.UTF_8));
        Path folder;
        try {
            folder = runs.add(files);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the results can't be written to " + runs.folder() + " (" + Reason.of(e)
                            + "): make room there, or choose another folder by .in(folder)",
                    e);
        }
        given.clear();
        started = Instant.now();
        Interrupted.check("the result is written, whole, to " + folder);
        return new Result(folder, record, rows, List.copyOf(files.keySet()));
    }

    private List<Long> seeds() {
        LongStream measured = rows.list().stream().flatMapToLong(one -> one.seed().stream());
        return Stream.concat(seeds.stream(), measured.boxed()).distinct().toList();
    }

    private static String caption(RunRecord record) {
        String seeds = record.seeds().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return record.experiment() + ", scale " + record.scale() + ", seed"
                + (record.seeds().size() > 1 ? "s " : " ")
                + seeds + ", commit "
                + record.commit().substring(0, Math.min(7, record.commit().length()))
                + (record.commit().endsWith("-dirty") ? " with changes" : "");
    }

    private RunRecord record() throws IOException {
        return new RunRecord(
                experiment,
                scale,
                seeds(),
                new TreeMap<>(data),
                new TreeMap<>(configuration),
                new TreeMap<>(Provenance.versions()),
                Provenance.device(),
                Build.commit(),
                started.truncatedTo(ChronoUnit.SECONDS),
                Duration.between(started, Instant.now()).toMillis() / 1e3);
    }

    private String csv() {
        StringWriter csv = new StringWriter();
        rows.table()
                .write()
                .usingOptions(CsvWriteOptions.builder(csv).lineEnd("\n").build());
        return csv.toString();
    }

    /**
     * Reads a result back.
     *
     * @param in a run's folder, or {@code results/<experiment>/<scale>} for its newest run
     */
    public static Result read(Path in) {
        Path folder = newest(Check.given("folder", in));
        Check.that(
                Files.exists(folder.resolve(RECORD)) && Files.exists(folder.resolve(ROWS)),
                "%s is no result: it has no %s and %s",
                folder,
                RECORD,
                ROWS);
        try {
            RunRecord record = record(folder.resolve(RECORD));
            Table rows = rows(folder.resolve(ROWS));
            return new Result(folder, record, Measurements.read(rows), files(folder));
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /**
     * Puts the runs of an experiment side by side, those below {@code results} of the working directory: as {@link
     * #compare(Path)}.
     */
    public static RunComparison compare(String experiment) {
        return compare(Path.of("results", name("experiment", experiment)));
    }

    /**
     * Puts the runs of an experiment side by side, at whatever scale, the oldest first; of more than ten the newest ten.
     *
     * @param experiment the experiment's folder, {@code results/<experiment>}
     * @throws IllegalArgumentException if there are fewer than two, or one has no rows of the schema
     */
    public static RunComparison compare(Path experiment) {
        List<Path> runs = Runs.below(Check.given("experiment", experiment));
        Check.that(
                runs.size() >= 2,
                "%s has %d run%s: write the results of another, with a setting changed, to compare",
                experiment,
                runs.size(),
                runs.size() == 1 ? "" : "s");
        int most = Charts.COLOURS.size();
        return new RunComparison(runs.subList(Math.max(0, runs.size() - most), runs.size()).stream()
                .map(Results::read)
                .toList());
    }

    private static Path newest(Path folder) {
        try {
            boolean run = Files.exists(folder.resolve(RECORD)) || !Files.isDirectory(folder);
            return run ? folder : new Runs(folder).newest().orElse(folder);
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static UncheckedIOException unreadable(Path folder, IOException e) {
        return new UncheckedIOException("the result in " + folder + " can't be read (" + Reason.of(e) + ")", e);
    }

    private static Table rows(Path file) throws IOException {
        StringReader csv = new StringReader(Files.readString(file));
        try {
            return Table.read()
                    .usingOptions(CsvReadOptions.builder(csv)
                            .missingValueIndicator("")
                            .tableName(file.toString())
                            .columnTypes(column -> ColumnType.STRING));
        } catch (RuntimeException e) {
            // Tablesaw's own, and what its parser throws of rows that are too short or too long.
            throw new IllegalArgumentException(
                    file + " is no table of measurements, or a damaged one: write the result anew", e);
        }
    }

    private static RunRecord record(Path file) throws IOException {
        String json = Files.readString(file);
        try {
            return Check.given("record", JSON.fromJson(json, RunRecord.class));
        } catch (RuntimeException e) {
            // Gson's own, and what a record without a field throws out of its constructor.
            throw new IllegalArgumentException(
                    file + " is no run's record, or a damaged one: write the result anew", e);
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String name(String what, String name) {
        Check.that(
                name != null && name.matches(NAME),
                "%s name (%s) must be letters, digits, dots, dashes and underscores, first a letter or a digit",
                what,
                name);
        return name;
    }

    private void once(String what, String name) {
        Check.that(given.add(what + " " + name.toLowerCase(Locale.ROOT)), "%s %s is given twice", what, name);
    }

    @Override
    public String toString() {
        return "results of " + experiment + " at " + scale + ", " + pictures.size() + " pictures: .write() keeps them";
    }
}
