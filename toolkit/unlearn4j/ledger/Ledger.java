package unlearn4j.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.core.Scale;
import unlearn4j.experiment.Measurement;
import unlearn4j.experiment.Measurements;
import unlearn4j.experiment.Paper;
import unlearn4j.report.Result;
import unlearn4j.report.Results;

/**
 * Every cell of every table of both papers, beside what was measured of it. It lies in a folder: for each experiment and
 * scale the runs as {@link Results} writes them, and what {@link #write} makes of the newest of each. Where an experiment
 * ran at two scales, the larger counts.
 */
public final class Ledger {
    /** The printed columns that hold numbers or words; all others say what a row is about. */
    private static final Set<String> VALUES = Set.of(
            "value", "deviation", "supported", "clients", "input_size", "training", "test", "reference", "classes");

    private static final List<Scale> LARGEST_FIRST = List.of(Scale.PAPER, Scale.PUBLISHED, Scale.QUICK, Scale.SMOKE);

    private final Path folder;
    private final List<Result> results;

    private Ledger(Path folder, List<Result> results) {
        this.folder = folder;
        this.results = results;
    }

    /**
     * Reads what was run so far.
     *
     * @param folder where the results are; it need not be there yet
     * @throws UncheckedIOException if a result can't be read
     */
    public static Ledger of(Path folder) {
        Check.given("folder", folder);
        List<Result> results = new ArrayList<>();
        for (Scale scale : LARGEST_FIRST) {
            for (Path experiment : children(folder)) {
                Path runs = experiment.resolve(scale.name().toLowerCase(java.util.Locale.ROOT));
                if (children(runs).stream().anyMatch(Files::isDirectory)) {
                    results.add(Results.read(runs));
                }
            }
        }
        return new Ledger(folder, results);
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger in " + folder + " can't be read (" + e.getMessage() + ")", e);
        }
    }

    Path folder() {
        return folder;
    }

    List<Result> results() {
        return results;
    }

    /** Returns where a result lies, from the ledger's folder. */
    String place(Result result) {
        return folder.relativize(result.folder()).toString().replace('\\', '/');
    }

    /**
     * Returns a row for each number or word that a table prints: what tells it from the others; {@code column}, the column
     * it stands in; {@code published} as printed; {@code doubt}; what was measured, {@code as printed}, {@code as published},
     * {@code ours} and {@code control} for FIUn and {@code measured} for all else, with the {@code scale}, the number of
     * {@code seeds} and, for two or more, the 95 % interval of the first of these; and the {@code record} of the run.
     *
     * @param number the table's number in the paper
     */
    public Table cells(Paper paper, int number) {
        List<Cell> cells = of(Check.given("paper", paper), number);
        Table table = Table.create(paper + ", Table " + number);
        Set<String> keys = new LinkedHashSet<>();
        cells.forEach(cell -> keys.addAll(cell.key().keySet()));
        for (String key : keys) {
            table.addColumns(column(key, cells, cell -> cell.key().getOrDefault(key, "")));
        }
        table.addColumns(
                column("column", cells, Cell::column),
                column("published", cells, Cell::published),
                column("doubt", cells, Cell::doubt));
        for (Variant variant : Variant.values()) {
            table.addColumns(column(
                    variant.title,
                    cells,
                    cell -> cell.measured().containsKey(variant)
                            ? Markdown.number(cell.measured().get(variant).mean(), 4)
                            : ""));
        }
        table.addColumns(
                column(
                        "scale",
                        cells,
                        cell -> first(cell, value -> value.scale().name())),
                column("seeds", cells, cell -> first(cell, value -> "" + value.seeds())),
                column("from", cells, cell -> first(cell, value -> Markdown.number(value.from(), 4))),
                column("to", cells, cell -> first(cell, value -> Markdown.number(value.to(), 4))),
                column("record", cells, cell -> first(cell, Cell.Value::record)));
        return table;
    }

    private static StringColumn column(String name, List<Cell> cells, java.util.function.Function<Cell, String> of) {
        return StringColumn.create(name, cells.stream().map(of).toList());
    }

    private static String first(Cell cell, java.util.function.Function<Cell.Value, String> of) {
        return cell.measured().values().stream().findFirst().map(of).orElse("");
    }

    /** Returns the cells of a table. */
    List<Cell> of(Paper paper, int number) {
        Table printed = paper.table(number);
        List<Source> sources = Source.all().stream()
                .filter(source -> source.paper() == paper && source.table() == number)
                .toList();
        List<String> keys = printed.columnNames().stream()
                .filter(name -> !VALUES.contains(name) && !name.equals("doubt"))
                .toList();
        Map<List<String>, Map<Variant, Cell.Value>> measured = measured(sources, keys);
        List<Cell> cells = new ArrayList<>();
        for (int row = 0; row < printed.rowCount(); row++) {
            Map<String, String> key = new LinkedHashMap<>();
            for (String name : keys) {
                key.put(name, printed.column(name).getString(row));
            }
            for (String column : printed.columnNames()) {
                if (VALUES.contains(column)) {
                    List<String> place = new ArrayList<>(key.values());
                    place.add(column);
                    cells.add(new Cell(
                            key,
                            column,
                            printed.column(column).getString(row),
                            printed.column("doubt").getString(row),
                            measured.getOrDefault(place, Map.of())));
                }
            }
        }
        return cells;
    }

    /** Returns what was measured of each cell, at the largest scale. */
    private Map<List<String>, Map<Variant, Cell.Value>> measured(List<Source> sources, List<String> keys) {
        Map<List<String>, Map<Variant, Cell.Value>> found = new HashMap<>();
        for (Result result : results) {
            for (Source source : sources) {
                if (!result.record().experiment().equals(source.experiment())) {
                    continue;
                }
                Map<List<String>, Map<Variant, List<Measurement>>> here = new LinkedHashMap<>();
                for (Measurement one : result.rows().list()) {
                    String column = source.column().apply(one);
                    Variant variant = Variant.of(one);
                    if (column != null && variant != null) {
                        List<String> place = keys.stream()
                                .map(key -> source.key()
                                        .getOrDefault(key, any -> "")
                                        .apply(one))
                                .collect(Collectors.toCollection(ArrayList::new));
                        place.add(column);
                        here.computeIfAbsent(place, any -> new EnumMap<>(Variant.class))
                                .computeIfAbsent(variant, any -> new ArrayList<>())
                                .add(one);
                    }
                }
                here.forEach((place, variants) ->
                        variants.forEach((variant, numbers) -> found.computeIfAbsent(place, any -> new TreeMap<>())
                                .putIfAbsent(variant, value(numbers, source.factor(), result))));
            }
        }
        return found;
    }

    private Cell.Value value(List<Measurement> numbers, double factor, Result result) {
        Table spread = Measurements.of(numbers).spread(numbers.get(0).metric());
        int seeds = (int) numbers.stream().map(Measurement::seed).distinct().count();
        return new Cell.Value(
                spread.doubleColumn("mean").getDouble(0) * factor,
                spread.doubleColumn("from").getDouble(0) * factor,
                spread.doubleColumn("to").getDouble(0) * factor,
                seeds,
                result.record().scale(),
                place(result));
    }

    /**
     * Writes {@code README.md}, a page for each table, {@code cells.csv} and a chart of published against measured numbers.
     *
     * @throws UncheckedIOException if the folder can't be written
     */
    public void write() {
        new Pages(this).write();
    }

    @Override
    public String toString() {
        return "Ledger of " + results.size() + " results in " + folder;
    }
}
