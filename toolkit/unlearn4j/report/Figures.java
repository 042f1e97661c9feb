package unlearn4j.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.Partition;
import unlearn4j.experiment.Comparison;
import unlearn4j.experiment.Reproduction;
import unlearn4j.experiment.Tables;
import unlearn4j.hdus.Service;
import unlearn4j.lineage.Duties;
import unlearn4j.lineage.Lineage;
import unlearn4j.train.Training;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Role;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/** The toolkit's own results as charts and pictures. */
public final class Figures {
    private static final int BINS = 40;

    private Figures() {}

    /** Returns who has how many images of which class; classes that nobody has are left out. */
    public static HeatMapChart partition(Partition partition) {
        List<Images> shards = Check.given("partition", partition).shards();
        List<String> clients = IntStream.rangeClosed(1, shards.size())
                .mapToObj(i -> "client-" + i)
                .toList();
        List<Integer> classes = List.copyOf(Images.union(shards).labels().values());
        int[][] counts = shards.stream()
                .map(Images::counts)
                .map(all -> classes.stream().mapToInt(label -> all[label]).toArray())
                .toArray(int[][]::new);
        return Charts.counts(
                "Images of each class",
                "class",
                "client",
                clients,
                classes.stream().map(shards.get(0).labelNames()::get).toList(),
                counts);
    }

    /** Returns the accuracies of a training, epoch by epoch. */
    public static XYChart training(Training training) {
        Table history = Check.given("training", training).history();
        Check.that(history.rowCount() > 0, "the training has finished no epoch yet: run it first");
        List<Curve> curves = new ArrayList<>();
        curves.add(Curve.of("training", history.doubleColumn("accuracy").asDoubleArray()));
        double[] heldOut = history.doubleColumn("held out").asDoubleArray();
        if (Arrays.stream(heldOut).allMatch(Double::isFinite)) {
            curves.add(Curve.of("held out", heldOut));
        }
        return Charts.lines(history.name(), "epoch", "accuracy, %", curves);
    }

    /**
     * Returns bars for some of a table's columns; where a value is missing there is no bar. A category that comes in several
     * rows, of several seeds say, has their mean; where the table has a column {@code seed}, with the 95 % interval of the
     * mean over the seeds as a whisker, and so has a column {@code mean} with {@code from} and {@code to} beside it.
     *
     * @param title the chart's title
     * @param yAxis what the bars measure
     * @param table the table
     * @param categories the column that names the groups of bars, of text or of numbers
     * @param columns columns of numbers, a colour each; without, all columns of numbers but the categories and seeds
     */
    public static CategoryChart bars(String title, String yAxis, Table table, String categories, String... columns) {
        Tables.has(table, categories);
        List<String> names = names(table, categories);
        List<Bars> bars = new ArrayList<>();
        List<String> numbers = table.columns().stream()
                .filter(column -> column instanceof NumericColumn
                        && !column.name().equals(categories)
                        && !column.name().equals("seed"))
                .map(Column::name)
                .toList();
        for (String column : Check.allGiven("columns", columns).length > 0 ? List.of(columns) : numbers) {
            Map<String, SortedMap<String, Mean>> means = Mean.of(table, column, categories, row -> column, column);
            bars.add(bars(
                    column,
                    names.stream()
                            .map(name ->
                                    means.containsKey(name) ? means.get(name).get(column) : Mean.NONE)
                            .toList()));
        }
        return Charts.bars(title, axis(categories), yAxis, names, bars);
    }

    /** Returns a column's name as an axis is called: a unit after a comma. */
    private static String axis(String column) {
        return column.replaceFirst(" %$", ", %");
    }

    /**
     * Returns bars of what a comparison measured of its request for the most labels: at each node a bar for each approach,
     * with the 95 % interval of its mean over the seeds.
     *
     * @param metric {@code "AD_r"} say
     */
    public static CategoryChart comparison(String title, Comparison comparison, String metric) {
        Check.given("title", title);
        Table all = Check.given("comparison", comparison).beside(metric);
        double most = all.numberColumn("labels").max();
        Table largest = all.where(all.numberColumn("labels").isEqualTo(most));
        String[] approaches =
                largest.columnNames().subList(2, largest.columnCount()).toArray(String[]::new);
        Table rows = comparison
                .measurements()
                .where("metric", metric)
                .where("labels", Math.round(most))
                .table();
        Map<String, SortedMap<String, Mean>> means = Mean.of(
                rows, "value", "where", row -> rows.stringColumn("approach").get(row), "approach");
        List<String> nodes = names(largest, "node");
        List<Bars> bars = new ArrayList<>();
        for (String approach : approaches) {
            Map<String, SortedMap<String, Mean>> published =
                    Mean.of(largest, approach, "node", row -> approach, approach);
            bars.add(bars(
                    approach,
                    nodes.stream()
                            .map(node -> means.get(node).containsKey(approach)
                                    ? means.get(node).get(approach)
                                    : published
                                            .getOrDefault(node, new TreeMap<>(Map.of(approach, Mean.NONE)))
                                            .get(approach))
                            .toList()));
        }
        return Charts.bars(title + ", " + Math.round(most) + " to forget", "node", all.name(), nodes, bars);
    }

    private static Bars bars(String name, List<Mean> means) {
        return Bars.of(name, means.stream().mapToDouble(Mean::value).toArray())
                .within(
                        means.stream().mapToDouble(Mean::low).toArray(),
                        means.stream().mapToDouble(Mean::high).toArray());
    }

    /**
     * Returns the bars of AD_r and of AD_f of each network of a reproduction, as {@link #comparison} draws them.
     *
     * @return a chart by its metric and the table's name of the network, {@code "AD_r-ResNet18"} say
     */
    public static Map<String, CategoryChart> reproduced(Reproduction.Reproduced measured) {
        Map<String, CategoryChart> charts = new LinkedHashMap<>();
        Check.given("measured", measured).comparisons().forEach((name, comparison) -> {
            for (String metric : List.of("AD_r", "AD_f")) {
                String title = metric + ", " + measured.networks().get(name).model();
                charts.put(metric + "-" + name, comparison(title, comparison, metric));
            }
        });
        return charts;
    }

    /**
     * Returns lines of a table's numbers: the mean of {@code y} at each {@code x}, over clients and seeds say, with the 95 %
     * interval of the mean over the seeds where the table has a column {@code seed}.
     *
     * @param title the chart's title
     * @param yAxis what {@code y} measures
     * @param table the table; missing values are passed over
     * @param x the column of places, numbers
     * @param y the column of values, numbers
     * @param by the column that names the lines
     */
    public static XYChart lines(String title, String yAxis, Table table, String x, String y, String by) {
        Map<String, SortedMap<Double, Mean>> lines =
                Mean.of(table, y, by, row -> table.numberColumn(x).getDouble(row), x);
        return Charts.lines(
                title,
                axis(x),
                yAxis,
                lines.entrySet().stream()
                        .map(line -> curve(line.getKey(), line.getValue()))
                        .toList());
    }

    private static Curve curve(String name, SortedMap<Double, Mean> means) {
        return new Curve(
                name,
                means.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
                means.values().stream().mapToDouble(Mean::value).toArray(),
                means.values().stream().mapToDouble(Mean::low).toArray(),
                means.values().stream().mapToDouble(Mean::high).toArray());
    }

    /**
     * Returns a heat map of a table's numbers: the mean of {@code values} in each cell, over clients and seeds say.
     *
     * @param title the chart's title
     * @param table the table; missing values are passed over, and each cell needs one that is there
     * @param rows the column that names the map's rows
     * @param columns the column that names its columns
     * @param values the column of numbers
     */
    public static HeatMapChart heat(String title, Table table, String rows, String columns, String values) {
        Map<String, SortedMap<String, Mean>> means =
                Mean.of(table, values, rows, row -> name(table.column(columns), row), columns);
        List<String> names = names(table, columns);
        double[][] cells = means.values().stream()
                .map(row -> names.stream()
                        .mapToDouble(
                                column -> row.getOrDefault(column, Mean.NONE).value())
                        .toArray())
                .toArray(double[][]::new);
        return Charts.heat(title, axis(columns), axis(rows), List.copyOf(means.keySet()), names, cells);
    }

    /**
     * Returns how often numbers of each size occur, beside a threshold: for each sample a line of steps over {@value #BINS}
     * bins of equal width, the same for all, in percent of the sample.
     *
     * @param title the chart's title
     * @param xAxis what the numbers are
     * @param threshold where an upright line stands, within the axis wherever the samples lie; finite
     * @param samples 1 sample or more by their names, each of one finite number or more
     */
    public static XYChart histogram(String title, String xAxis, double threshold, Map<String, double[]> samples) {
        Check.notEmpty("samples", Check.allGiven("samples", samples).keySet());
        samples.forEach((name, values) -> Check.that(values.length > 0, "sample %s must have a number", name));
        DoubleSummaryStatistics all =
                samples.values().stream().flatMapToDouble(Arrays::stream).summaryStatistics();
        all.accept(threshold);
        // Both ends on round numbers, for the axis counts from the first.
        double unit = Math.pow(10, Math.floor(Math.log10(Math.max(all.getMax() - all.getMin(), 1e-9) / 2)));
        double from = unit * Math.floor(all.getMin() / unit);
        double width = (unit * Math.ceil(all.getMax() / unit) - from) / BINS;
        List<Curve> curves = new ArrayList<>();
        samples.forEach((name, values) -> {
            double[] x = new double[2 * BINS];
            double[] y = new double[2 * BINS];
            for (int i = 0; i < x.length; i++) {
                x[i] = from + width * ((i + 1) / 2);
            }
            for (double value : values) {
                Check.that(Double.isFinite(value), "sample %s: %s must be a finite number", name, value);
                int bin = (int) Math.min(BINS - 1, (value - from) / width);
                y[2 * bin] += 100.0 / values.length;
                y[2 * bin + 1] = y[2 * bin];
            }
            curves.add(new Curve(name, x, y));
        });
        XYChart chart = Charts.lines(title, xAxis, "share of each, %", curves);
        chart.getStyler().setYAxisMin(0.0);
        // Of many bins none has nearly all.
        chart.getStyler().setYAxisMax(null);
        chart.getStyler().setXAxisDecimalPattern("0.##");
        chart.addAnnotation(new AnnotationLine(threshold, true, false));
        return chart;
    }

    /** A column's values in the order of the table: text that begins with a number is not in the order of numbers. */
    private static List<String> names(Table table, String column) {
        return IntStream.range(0, table.rowCount())
                .mapToObj(row -> name(table.column(column), row))
                .distinct()
                .toList();
    }

    /** A row's value as a name; numbers have at most three decimals. */
    static String name(Column<?> column, int row) {
        return column instanceof NumericColumn<?> numbers
                ? BigDecimal.valueOf(numbers.getDouble(row))
                        .setScale(3, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                : column.getString(row);
    }

    /**
     * Returns paper A's Fig. 3: the accuracy of those who stay, before and after a client asks to be forgotten at t = 0. A
     * framework that was watched for less time than another is drawn on to the other's end as it was in the end: the images
     * are the same and no model changes any more.
     */
    public static XYChart service(List<Service> services) {
        Check.notEmpty("services", services);
        List<Table> tables = services.stream().map(Service::curve).toList();
        double end = tables.stream()
                .mapToDouble(table -> table.doubleColumn("seconds").max())
                .max()
                .orElseThrow();
        List<Curve> curves = new ArrayList<>();
        for (Table table : tables) {
            double[] seconds = table.doubleColumn("seconds").asDoubleArray();
            double[] accuracy = table.doubleColumn("accuracy %").asDoubleArray();
            double[] x = Arrays.copyOf(seconds, seconds.length + 1);
            double[] y = Arrays.copyOf(accuracy, accuracy.length + 1);
            x[seconds.length] = end;
            y[accuracy.length] = accuracy[accuracy.length - 1];
            curves.add(new Curve(table.name(), x, y));
        }
        XYChart chart = Charts.lines(
                "A client is forgotten at t = 0", "time since the request, s", "accuracy of those who stay, %", curves);
        chart.addAnnotation(new AnnotationLine(0, true, false));
        return chart;
    }

    /** Returns a graph of models, each with the labels that it knows. */
    public static GraphPicture graph(Umig umig) {
        Check.given("umig", umig);
        return graph(umig, node -> Role.UNTOUCHED, node -> "knows " + umig.known(node));
    }

    /** Returns a graph of models and what a request to forget is to each. */
    public static GraphPicture graph(Umig umig, UnlearningGraph unlearning) {
        Check.given("umig", umig);
        return graph(umig, Check.given("unlearning", unlearning)::role, node -> {
            Labels known = unlearning.known(node);
            if (known.isEmpty() || unlearning.labels().containsAll(known)) {
                return known.isEmpty() ? "" : "forgets " + known;
            }
            int images = Images.union(unlearning.sources().get(node).stream()
                            .map(unlearning::images)
                            .toList())
                    .size();
            return "forgets " + images + (images == 1 ? " image of " : " images of ") + known;
        });
    }

    /** Returns the models of a lineage and whether each must forget; those of which nobody knows are grey. */
    public static GraphPicture lineage(Duties duties) {
        List<GraphPicture.Node> nodes = new ArrayList<>();
        List<GraphPicture.Edge> edges = new ArrayList<>();
        for (Lineage.Model model : Check.given("duties", duties).lineage().models()) {
            nodes.add(new GraphPicture.Node(
                    model.name(), duties.role(model.name()), model.trainedOn().toString()));
            model.parents().forEach(parent -> edges.add(new GraphPicture.Edge(parent, model.name())));
        }
        return GraphPicture.of(nodes, edges, duties.toString());
    }

    /** An edge shows its weight where a node's edges differ in theirs. */
    private static GraphPicture graph(Umig umig, Function<ModelNode, Role> role, Function<ModelNode, String> note) {
        List<GraphPicture.Node> nodes = new ArrayList<>();
        List<GraphPicture.Edge> edges = new ArrayList<>();
        for (ModelNode node : umig.nodes()) {
            nodes.add(new GraphPicture.Node(node.name(), role.apply(node), note.apply(node)));
            List<ModelNode> parents = umig.parents(node);
            boolean alike = parents.stream()
                            .mapToDouble(parent -> umig.weight(parent, node))
                            .distinct()
                            .count()
                    <= 1;
            parents.forEach(parent -> edges.add(new GraphPicture.Edge(
                    parent.name(),
                    node.name(),
                    alike ? "" : String.format(Locale.ROOT, "%.2f", umig.weight(parent, node)))));
        }
        return GraphPicture.of(nodes, edges, umig.past().isEmpty() ? "" : "after " + umig.past());
    }
}
