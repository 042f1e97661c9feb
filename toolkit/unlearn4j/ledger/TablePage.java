package unlearn4j.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import unlearn4j.core.Scale;
import unlearn4j.experiment.Claims;
import unlearn4j.experiment.Measurements;
import unlearn4j.experiment.Paper;
import unlearn4j.report.Result;

/**
 * A ledger's page for a table.
 *
 * @param ledger the ledger
 * @param paper the paper
 * @param number the table's number
 * @param of the table's cells
 */
record TablePage(Ledger ledger, Paper paper, int number, List<Cell> of) {
    /** Returns the page as Markdown. */
    String text() {
        StringBuilder text = new StringBuilder("# " + paper + ", Table " + number + ": "
                        + paper.table(number).name().replaceFirst("^.*?: ", "") + "\n\n")
                .append(Pages.GENERATED)
                .append(paper.note(number))
                .append("\n\n");
        for (Row row : Markdown.table(ledger.folder().resolve("differences.csv"))) {
            if (row.getString("paper").equals(paper.name())
                    && row.getString("table").equals("" + number)) {
                text.append(row.getString("note")).append("\n\n");
            }
        }
        text.append(missing());
        boolean methods = of.stream().anyMatch(cell -> cell.key().containsKey("approach"));
        text.append(methods ? byNode() : list());
        Measurements.over(published(), Result::rows).list().stream()
                .map(one -> one.text("model"))
                .distinct()
                .sorted()
                .forEach(network -> text.append(published(network)));
        return text.append(runs()).toString();
    }

    private String published(String network) {
        Measurements rows = Measurements.over(published(), Result::rows).where("model", network);
        StringBuilder text = new StringBuilder("## What is claimed, on the published graph, " + network + "\n\n")
                .append(Markdown.of(Claims.of(rows)))
                .append("\nOver all models of the graph, the paper's three among them. Where there is no interval, "
                        + "there was one seed.\n");
        for (String metric : List.of("unseen AD_r", "unseen AD_f", "probe")) {
            if (!rows.where("metric", metric).isEmpty()) {
                text.append("\n## ")
                        .append(UNSEEN.get(metric))
                        .append(", ")
                        .append(network)
                        .append("\n\n");
                text.append(Markdown.of(rows.beside(metric, "approach", "labels", "where")));
            }
        }
        return text.toString();
    }

    private static final Map<String, String> UNSEEN = Map.of(
            "unseen AD_r", "AD_r on test images, %",
            "unseen AD_f", "AD_f on test images, %",
            "probe", "Test images to forget whose label the nearest mean of the features tells, %");

    /** Returns the results of the published graph's runs. */
    private List<Result> published() {
        List<String> experiments = PublishedTable.all().stream()
                .filter(run -> paper == Paper.FIUN && run.table() == number)
                .map(PublishedTable::experiment)
                .toList();
        return ledger.results().stream()
                .filter(result -> experiments.contains(result.record().experiment()))
                .toList();
    }

    private String missing() {
        long left = of.stream().filter(cell -> cell.measured().isEmpty()).count();
        if (left == 0) {
            return "";
        }
        List<String> commands = Source.all().stream()
                .filter(source -> source.paper() == paper && source.table() == number)
                .map(source -> Work.of(source.experiment()).orElseThrow().command())
                .toList();
        return String.format(
                Locale.ROOT,
                "%,d of %,d cells are not measured. %s\n\n",
                left,
                of.size(),
                commands.isEmpty()
                        ? paper == Paper.HDUS || number == 8
                                ? "They are settings, which the notebooks use at PAPER."
                                : "TinyImageNet at 224 × 224 and DenseNet161 take a GPU and days: notebooks 22 to 26 at PAPER."
                        : "What runs some of them: " + String.join("; ", commands) + ".");
    }

    /** A row for each network, metric, setting and node; a column for each approach, published and measured. */
    private String byNode() {
        StringBuilder text = new StringBuilder();
        Set<String> approaches = of.stream()
                .map(cell -> cell.key().get("approach"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Map<String, Map<List<String>, Map<String, Cell>>> networks = new LinkedHashMap<>();
        for (Cell cell : of) {
            Map<String, String> key = cell.key();
            networks.computeIfAbsent(key.get("model") + ", " + key.get("metric"), any -> new LinkedHashMap<>())
                    .computeIfAbsent(List.of(key.get("setting_value"), key.get("node")), any -> new LinkedHashMap<>())
                    .put(key.get("approach"), cell);
        }
        networks.forEach((title, rows) -> {
            List<String> columns = new ArrayList<>(List.of(of.get(0).key().get("setting"), "node"));
            approaches.forEach(approach -> {
                columns.add(approach.replace('_', ' ') + ", published");
                variants(approach).forEach(variant -> columns.add(variant.title));
            });
            Table table = Markdown.texts(columns.toArray(String[]::new));
            rows.forEach((place, cells) -> {
                List<String> row = new ArrayList<>(place);
                for (String approach : approaches) {
                    Cell cell = cells.get(approach);
                    row.add(cell == null ? "" : cell.published() + (cell.doubt().isEmpty() ? "" : " ?"));
                    variants(approach)
                            .forEach(variant -> row.add(
                                    cell == null || !cell.measured().containsKey(variant)
                                            ? ""
                                            : shown(cell.measured().get(variant))));
                }
                Markdown.row(table, row.toArray(String[]::new));
            });
            text.append("## ")
                    .append(title)
                    .append("\n\n")
                    .append(Markdown.of(table))
                    .append('\n');
        });
        return text.append("*?*: what is printed is uncertain, `cells.csv` says why.\n\n")
                .toString();
    }

    /** A number of a smaller scale than others on the page says so. */
    private String shown(Cell.Value value) {
        boolean smaller = value.scale() != Scale.PUBLISHED
                && of.stream()
                        .flatMap(cell -> cell.measured().values().stream())
                        .anyMatch(one -> one.scale() == Scale.PUBLISHED);
        return Markdown.number(value.mean(), 2) + (smaller ? " (" + value.scale() + ")" : "");
    }

    private static List<Variant> variants(String approach) {
        return approach.equals(Variant.FIUN)
                ? List.of(Variant.PRINTED, Variant.PUBLISHED, Variant.OURS, Variant.CONTROL)
                : List.of(Variant.MEASURED);
    }

    private String list() {
        List<String> columns = new ArrayList<>(of.get(0).key().keySet());
        Table table = Markdown.texts(Stream.concat(columns.stream(), Stream.of("column", "published", "measured"))
                .toArray(String[]::new));
        for (Cell cell : of) {
            List<String> row = new ArrayList<>(cell.key().values());
            row.add(cell.column());
            row.add(cell.published() + (cell.doubt().isEmpty() ? "" : " ?"));
            Cell.Value value = cell.measured().get(Variant.MEASURED);
            row.add(
                    value == null
                            ? ""
                            : cell.published().matches("yes|no")
                                    ? value.mean() == 1 ? "yes" : "no"
                                    : Markdown.number(value.mean(), 4));
            Markdown.row(table, row.toArray(String[]::new));
        }
        return Markdown.of(table) + "\n*?*: what is printed is uncertain, `cells.csv` says why.\n\n";
    }

    private String runs() {
        Map<String, Cell.Value> runs = new LinkedHashMap<>();
        of.forEach(cell -> cell.measured().values().forEach(value -> runs.putIfAbsent(value.record(), value)));
        if (runs.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n## The runs\n\n");
        runs.forEach((record, value) -> text.append(String.format(
                Locale.ROOT,
                "- [%s](%s/record.json), %s, %d seed%s%n",
                record,
                record,
                value.scale(),
                value.seeds(),
                value.seeds() == 1 ? ": no interval" : "s")));
        return text.toString();
    }
}
