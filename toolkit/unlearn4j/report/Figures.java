package unlearn4j.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.data.Partition;
import unlearn4j.hdus.Service;
import unlearn4j.train.Training;
import unlearn4j.umig.ModelNode;
import unlearn4j.umig.Role;
import unlearn4j.umig.Umig;
import unlearn4j.umig.UnlearningGraph;

/** The toolkit's own results as charts and pictures. */
public final class Figures {
    private Figures() {
    }

    /** Returns who has how many images of which class. */
    public static HeatMapChart partition(Partition partition) {
        List<Images> shards = partition.shards();
        List<String> clients = IntStream.rangeClosed(1, shards.size()).mapToObj(i -> "client-" + i).toList();
        int[][] counts = shards.stream().map(Images::counts).toArray(int[][]::new);
        return Charts.counts("Images of each class", "class", "client", clients, shards.get(0).labelNames(), counts);
    }

    /** Returns the accuracies of a training, epoch by epoch. */
    public static XYChart training(Training training) {
        Table history = training.history();
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
     * Returns bars for some of a table's columns; a missing value has a bar of height 0.
     *
     * @param title the chart's title
     * @param yAxis what the bars measure
     * @param table the table
     * @param categories the column that names the groups of bars
     * @param columns columns of numbers, a colour each
     */
    public static CategoryChart bars(String title, String yAxis, Table table, String categories, String... columns) {
        List<Bars> bars = new ArrayList<>();
        for (String column : columns) {
            Check.that(table.columnNames().contains(column), "%s has no column %s, but %s", table.name(), column,
                    table.columnNames());
            double[] values = Arrays.stream(table.numberColumn(column).asDoubleArray())
                    .map(value -> Double.isNaN(value) ? 0 : value).toArray();
            bars.add(Bars.of(column, values));
        }
        return Charts.bars(title, categories, yAxis, table.stringColumn(categories).asList(), bars);
    }

    /**
     * Returns paper A's Fig. 3: the accuracy of those who stay, before and after a client asks to be forgotten at t = 0. A
     * framework that was watched for less time than another is drawn on to the other's end as it was in the end: the images
     * are the same and no model changes any more.
     */
    public static XYChart service(List<Service> services) {
        Check.notEmpty("services", services);
        List<Table> tables = services.stream().map(Service::curve).toList();
        double end = tables.stream().mapToDouble(table -> table.doubleColumn("seconds").max()).max().orElseThrow();
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
        XYChart chart = Charts.lines("A client is forgotten at t = 0", "seconds since the request",
                "accuracy of those who stay, %", curves);
        chart.addAnnotation(new AnnotationLine(0, true, false));
        return chart;
    }

    /** Returns a graph of models, each with the labels that it knows. */
    public static GraphPicture graph(Umig umig) {
        return graph(umig, node -> Role.UNTOUCHED, node -> "knows " + umig.known(node));
    }

    /** Returns a graph of models and what a request to forget is to each. */
    public static GraphPicture graph(Umig umig, UnlearningGraph unlearning) {
        return graph(umig, unlearning::role, node -> {
            Labels known = unlearning.known(node);
            if (known.isEmpty() || unlearning.labels().containsAll(known)) {
                return known.isEmpty() ? "" : "forgets " + known;
            }
            int images = Images.union(unlearning.sources().get(node).stream().map(unlearning::images).toList()).size();
            return "forgets " + images + (images == 1 ? " image of " : " images of ") + known;
        });
    }

    /** An edge shows its weight where a node's edges differ in theirs. */
    private static GraphPicture graph(Umig umig, Function<ModelNode, Role> role, Function<ModelNode, String> note) {
        List<GraphPicture.Node> nodes = new ArrayList<>();
        List<GraphPicture.Edge> edges = new ArrayList<>();
        for (ModelNode node : umig.nodes()) {
            nodes.add(new GraphPicture.Node(node.name(), role.apply(node), note.apply(node)));
            List<ModelNode> parents = umig.parents(node);
            boolean alike = parents.stream().mapToDouble(parent -> umig.weight(parent, node)).distinct().count() <= 1;
            parents.forEach(parent -> edges.add(new GraphPicture.Edge(parent.name(), node.name(),
                    alike ? "" : String.format(Locale.ROOT, "%.2f", umig.weight(parent, node)))));
        }
        return GraphPicture.of(nodes, edges);
    }
}
