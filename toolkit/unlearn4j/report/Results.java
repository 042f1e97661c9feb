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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;
import tech.tablesaw.io.csv.CsvWriteOptions;
import unlearn4j.core.Check;
import unlearn4j.core.RunRecord;
import unlearn4j.core.Scale;

/**
 * Writes what an experiment found to {@code results/<experiment>/<scale>/}: {@code rows.csv}; {@code record.json}, the
 * {@link RunRecord}; each chart as PNG and SVG. Start one before the experiment: its clock runs from then until
 * {@link #write}.
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
    private final Instant started = Instant.now();
    private final List<Long> seeds = new ArrayList<>();
    private final Map<String, String> data = new TreeMap<>();
    private final Map<String, String> configuration = new TreeMap<>();
    // By name without regard to case: on a Mac, two files whose names differ in case alone are one.
    private final Map<String, Picture> pictures = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private Path root = Path.of("results");
    private Table rows;

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
        Check.that(!seeds.contains(seed), "seed %d is given twice", seed);
        seeds.add(seed);
        return this;
    }

    /**
     * Records the data that the experiment reads.
     *
     * @param sha256 each file's SHA-256 by its name, 64 hexadecimal digits
     */
    public Results data(Map<String, String> sha256) {
        Check.given("sha256", sha256).forEach((file, hash) -> {
            Check.that(
                    hash != null && hash.matches("[0-9a-fA-F]{64}"),
                    "data file %s: its SHA-256 (%s) must have 64 hexadecimal digits",
                    file,
                    hash);
            once("data file", file, data.putIfAbsent(file, hash.toLowerCase(Locale.ROOT)));
        });
        return this;
    }

    /** Records a setting, by its {@code toString}. */
    public Results configuration(String name, Object value) {
        Check.that(name != null && !name.isBlank(), "a setting's name (%s) must not be blank", name);
        once(
                "setting",
                name,
                configuration.putIfAbsent(
                        name, Check.given("setting " + name, value).toString()));
        return this;
    }

    /** Takes what was measured: a row for each measurement, the published value beside it where there is one. */
    public Results rows(Table table) {
        Check.given("rows", table);
        Check.that(table.rowCount() > 0, "rows (%s) must hold a row", table.name());
        Check.that(rows == null, "rows are given twice: append the second table to the first");
        rows = table;
        return this;
    }

    /** Takes a chart, drawn when the results are written. */
    public Results chart(String name, Chart<?, ?> chart) {
        return picture(name, Charts.picture(chart));
    }

    /** Takes a picture, of a graph say, drawn when the results are written. */
    public Results picture(String name, Picture picture) {
        name("picture", name);
        once("picture", name, pictures.putIfAbsent(name, Check.given("picture " + name, picture)));
        return this;
    }

    /**
     * Writes all of it and returns what was written. An earlier result of the same experiment and scale is replaced as
     * a whole, once everything is written; when anything fails it stays as it was.
     *
     * @throws UncheckedIOException if the folder can't be written
     */
    public Result write() {
        Check.that(rows != null, "results of %s have no rows: give what was measured by .rows(table)", experiment);
        Check.that(!seeds.isEmpty(), "results of %s have no seed: say what they ran with by .seed(7)", experiment);
        Path folder = root.resolve(experiment).resolve(scale.name().toLowerCase(Locale.ROOT));
        Check.that(
                !Files.exists(folder) || Files.exists(folder.resolve(RECORD)),
                "%s is there and holds no %s, so it is no earlier result: move it out of the way",
                folder,
                RECORD);
        // A cell that is interrupted here still gets its result whole; the libraries that draw would swallow the
        // interrupt, which belongs to whoever called.
        boolean interrupted = Thread.interrupted();
        try {
            return write(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the results can't be written to " + folder + ": " + e, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Result write(Path folder) throws IOException {
        RunRecord record = new RunRecord(
                experiment,
                scale,
                seeds,
                new TreeMap<>(data),
                new TreeMap<>(configuration),
                new TreeMap<>(Provenance.versions()),
                Provenance.device(),
                Provenance.commit(),
                started.truncatedTo(ChronoUnit.SECONDS),
                Duration.between(started, Instant.now()).toMillis() / 1e3);
        Path written = beside(folder);
        Files.createDirectories(written);
        try {
            fill(written, record);
            replace(folder, written);
        } finally {
            delete(written);
        }
        return new Result(folder, record, rows, files(folder));
    }

    /**
     * Reads a result back.
     *
     * @param folder {@code results/<experiment>/<scale>}
     */
    public static Result read(Path folder) {
        Check.that(
                Files.exists(folder.resolve(RECORD)) && Files.exists(folder.resolve(ROWS)),
                "%s is no result: it has no %s and %s",
                folder,
                RECORD,
                ROWS);
        try {
            RunRecord record = record(folder.resolve(RECORD));
            StringReader csv = new StringReader(Files.readString(folder.resolve(ROWS)));
            Table rows = Table.read()
                    .usingOptions(CsvReadOptions.builder(csv)
                            .sample(false)
                            .ignoreZeroDecimal(false)
                            .missingValueIndicator("")
                            .tableName(record.experiment())
                            .locale(Locale.ROOT)
                            .columnTypesToDetect(List.of(
                                    ColumnType.INTEGER,
                                    ColumnType.LONG,
                                    ColumnType.DOUBLE,
                                    ColumnType.BOOLEAN,
                                    ColumnType.STRING)));
            return new Result(folder, record, rows, files(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("the result in " + folder + " can't be read: " + e, e);
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

    private void fill(Path folder, RunRecord record) throws IOException {
        StringWriter csv = new StringWriter();
        rows.write().usingOptions(CsvWriteOptions.builder(csv).lineEnd("\n").build());
        Files.writeString(folder.resolve(ROWS), csv.toString());
        Files.writeString(folder.resolve(RECORD), JSON.toJson(record) + "\n");
        for (Map.Entry<String, Picture> picture : pictures.entrySet()) {
            Files.write(
                    folder.resolve(picture.getKey() + ".png"),
                    picture.getValue().png());
            Files.writeString(
                    folder.resolve(picture.getKey() + ".svg"),
                    picture.getValue().svg());
        }
    }

    /** Puts a folder in another's place. A folder can't be renamed onto another, so the other goes aside first. */
    private static void replace(Path folder, Path by) throws IOException {
        if (!Files.exists(folder)) {
            Files.move(by, folder, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Path earlier = beside(folder);
        Files.move(folder, earlier, StandardCopyOption.ATOMIC_MOVE);
        try {
            Files.move(by, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.move(earlier, folder, StandardCopyOption.ATOMIC_MOVE);
            throw e;
        }
        delete(earlier);
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Path beside(Path folder) {
        return folder.resolveSibling("." + folder.getFileName() + "-" + UUID.randomUUID());
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
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

    private static void once(String what, String name, Object before) {
        Check.that(before == null, "%s %s is given twice", what, name);
    }
}
