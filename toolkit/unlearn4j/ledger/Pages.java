package unlearn4j.ledger;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvWriteOptions;
import unlearn4j.experiment.Paper;
import unlearn4j.report.Charts;
import unlearn4j.report.Curve;
import unlearn4j.report.Result;

/** Writes a ledger's pages. */
final class Pages {
    static final String GENERATED = "<!-- Written by kernel-setup/reproduce --ledger: a change here is lost. -->\n\n";
    private static final int WITHIN = 1;
    private static final int NEAR = 5;

    private final Ledger ledger;
    private final Map<Paper, Map<Integer, List<Cell>>> cells = new LinkedHashMap<>();

    Pages(Ledger ledger) {
        this.ledger = ledger;
        for (Paper paper : Paper.values()) {
            Map<Integer, List<Cell>> tables = new LinkedHashMap<>();
            for (Row row : paper.tables()) {
                tables.put(row.getInt("number"), ledger.of(paper, row.getInt("number")));
            }
            cells.put(paper, tables);
        }
    }

    void write() {
        try {
            Files.createDirectories(ledger.folder());
            cells.forEach((paper, tables) -> tables.keySet()
                    .forEach(number ->
                            put(page(paper, number), new TablePage(ledger, paper, number, tables.get(number)).text())));
            put("cells.csv", csv());
            List<Curve> points = points();
            if (!points.isEmpty()) {
                XYChart chart =
                        Charts.points("Accuracies, published and measured here", "published, %", "measured, %", points);
                Files.write(
                        ledger.folder().resolve("published-against-measured.png"),
                        Charts.picture(chart).png());
            }
            put("README.md", overview(!points.isEmpty()));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the ledger can't be written to " + ledger.folder() + " (" + e.getMessage() + ")", e);
        }
    }

    private void put(String name, String text) {
        try {
            Path work = ledger.folder().resolve("." + name + ".new");
            Files.writeString(work, text);
            Files.move(work, ledger.folder().resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " can't be written to " + ledger.folder(), e);
        }
    }

    private static String page(Paper paper, int number) {
        return paper.name().toLowerCase(Locale.ROOT) + "-table-" + number + ".md";
    }

    // ---------------------------------------------------------------- the front page

    private String overview(boolean chart) {
        StringBuilder text = new StringBuilder("# The ledger\n\n").append(GENERATED);
        text.append(
                "Every number that the two papers print, beside what was measured here. *As printed* is FIUn by the paper's "
                        + "equations and Table 8, *as published* by the authors' scripts, *ours* by this toolkit's own rule "
                        + "(`tempered()`), *control* is `HeadMask`, which uses no Fisher information and forgets nothing: it only keeps "
                        + "the last layer from saying a label. Each page names the run behind each number; `cells.csv` has all cells, "
                        + "the folders the rows and records.\n\n");
        List<Cell> all = cells.values().stream()
                .flatMap(tables -> tables.values().stream())
                .flatMap(List::stream)
                .toList();
        long measured = all.stream().filter(cell -> !cell.measured().isEmpty()).count();
        text.append(String.format(
                Locale.ROOT,
                "%,d cells, %,d of them measured. Accuracies by their distance from the published one, in points:\n\n",
                all.size(),
                measured));
        text.append(Markdown.of(distances(all))).append('\n');
        if (chart) {
            text.append("![Published against measured accuracies](published-against-measured.png)\n\n");
        }
        for (Paper paper : Paper.values()) {
            text.append("## ").append(paper).append("\n\n").append(Markdown.of(tables(paper)));
            text.append('\n').append(Markdown.of(figures(paper))).append('\n');
        }
        return text.append(
                        "`kernel-setup/reproduce --list` says what can be run, and how long it takes on your machine.\n")
                .toString();
    }

    /** Returns for each variant and scale how near what was measured is to what is printed. */
    private static Table distances(List<Cell> all) {
        Map<List<String>, int[]> counts = new LinkedHashMap<>();
        all.stream().filter(Cell::isAccuracy).forEach(cell -> cell.differences().forEach(one -> {
            Cell.Value value = cell.measured().get(one.getKey());
            int[] count = counts.computeIfAbsent(List.of(value.scale().name(), one.getKey().title), any -> new int[3]);
            count[one.getValue() <= WITHIN ? 0 : one.getValue() <= NEAR ? 1 : 2]++;
        }));
        Table table = Markdown.texts("scale", "what", "within 1", "1 to 5", "more than 5");
        counts.entrySet().stream()
                .sorted(java.util.Comparator.comparing(
                        one -> one.getKey().get(0).equals("PUBLISHED")
                                ? ""
                                : one.getKey().get(0)))
                .forEach(one -> Markdown.row(
                        table,
                        one.getKey().get(0),
                        one.getKey().get(1),
                        "" + one.getValue()[0],
                        "" + one.getValue()[1],
                        "" + one.getValue()[2]));
        return table;
    }

    private Table tables(Paper paper) {
        Table table = Markdown.texts("table", "what", "cells", "measured", "scale");
        for (Row row : paper.tables()) {
            int number = row.getInt("number");
            List<Cell> of = cells.get(paper).get(number);
            Markdown.row(
                    table,
                    "[" + number + "](" + page(paper, number) + ")",
                    row.getString("title"),
                    "" + of.size(),
                    "" + of.stream().filter(cell -> !cell.measured().isEmpty()).count(),
                    of.stream()
                            .flatMap(cell -> cell.measured().values().stream())
                            .map(value -> value.scale().name())
                            .distinct()
                            .collect(Collectors.joining(", ")));
        }
        return table;
    }

    private Table figures(Paper paper) {
        Table table = Markdown.texts("figure", "what", "curves", "measured");
        for (Row row : Markdown.resource("figures")) {
            if (row.getString("paper").equals(paper.name())) {
                String experiment = row.getString("experiment");
                Markdown.row(
                        table,
                        row.getString("number"),
                        row.getString("title"),
                        row.getString("curves"),
                        experiment.isEmpty()
                                ? ""
                                : result(experiment)
                                        .map(result ->
                                                "[" + result.record().scale() + "](" + ledger.place(result) + ")")
                                        .orElse("not run: "
                                                + Work.of(experiment)
                                                        .orElseThrow()
                                                        .command()));
            }
        }
        return table;
    }

    private Optional<Result> result(String experiment) {
        return ledger.results().stream()
                .filter(result -> result.record().experiment().equals(experiment))
                .findFirst();
    }

    // ---------------------------------------------------------------- all cells, and the chart

    private String csv() {
        Table all = null;
        for (Paper paper : Paper.values()) {
            for (int number : cells.get(paper).keySet()) {
                Table table = ledger.cells(paper, number);
                List<String> keys =
                        table.columnNames().subList(0, table.columnNames().indexOf("column"));
                StringColumn place = StringColumn.create("row");
                for (int row = 0; row < table.rowCount(); row++) {
                    int at = row;
                    place.append(keys.stream()
                            .map(key -> key + " " + table.column(key).getString(at))
                            .collect(Collectors.joining("; ")));
                }
                Table same = Table.create(
                        "cells",
                        StringColumn.create("paper", Collections.nCopies(table.rowCount(), paper.name())),
                        StringColumn.create("table", Collections.nCopies(table.rowCount(), "" + number)),
                        place);
                table.columns().stream()
                        .filter(column -> !keys.contains(column.name()))
                        .forEach(same::addColumns);
                all = all == null ? same : all.append(same);
            }
        }
        StringWriter csv = new StringWriter();
        all.write().usingOptions(CsvWriteOptions.builder(csv).lineEnd("\n").build());
        return csv.toString();
    }

    /** Returns the measured accuracies over the published ones, by what was measured. */
    private List<Curve> points() {
        Map<String, List<double[]>> points = new LinkedHashMap<>();
        cells.values().forEach(tables -> tables.values().stream()
                .flatMap(List::stream)
                .filter(cell -> cell.isAccuracy() && !cell.column().equals("deviation"))
                .filter(cell -> cell.number().isPresent())
                .forEach(cell -> cell.measured().forEach((variant, value) -> points.computeIfAbsent(
                                variant == Variant.MEASURED
                                        ? cell.key().getOrDefault("approach", "paper A")
                                        : "FIUn " + variant.title,
                                any -> new ArrayList<>())
                        .add(new double[] {cell.percent(cell.number().get()), cell.percent(value.mean())}))));
        // A curve's places go from left to right.
        points.values().forEach(group -> group.sort(java.util.Comparator.comparingDouble(point -> point[0])));
        return points.entrySet().stream()
                .map(one -> new Curve(
                        one.getKey(),
                        one.getValue().stream().mapToDouble(point -> point[0]).toArray(),
                        one.getValue().stream().mapToDouble(point -> point[1]).toArray()))
                .toList();
    }
}
