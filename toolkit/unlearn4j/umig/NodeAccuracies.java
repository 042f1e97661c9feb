package unlearn4j.umig;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Evaluation;
import unlearn4j.train.Evaluator;

/** What each node of a graph says of its training data. */
final class NodeAccuracies {
    private NodeAccuracies() {}

    /** Returns a row for each node; {@link Umig#evaluate(TrainingData)} names the columns. */
    static Table of(Umig umig, TrainingData data) {
        StringColumn name = StringColumn.create("node");
        StringColumn model = StringColumn.create("model");
        StringColumn parents = StringColumn.create("inherits from");
        StringColumn labels = StringColumn.create("labels");
        IntColumn images = IntColumn.create("images");
        DoubleColumn accuracy = Evaluation.column("accuracy %");
        for (ModelNode node : umig.nodes()) {
            Images measured = umig.data(node, data);
            name.append(node.name());
            model.append(node.model().spec().name());
            parents.append(String.join(
                    ", ", umig.parents(node).stream().map(ModelNode::name).toList()));
            labels.append(umig.known(node).toString());
            images.append(measured.size());
            accuracy.append(Evaluator.evaluate(node.model(), measured).accuracy());
        }
        return Table.create(
                "Model inheritance graph" + umig.past().after(), name, model, parents, labels, images, accuracy);
    }

    /** Returns a line for the graph and one for each node, without its accuracy. */
    static String text(Umig umig) {
        StringBuilder text = new StringBuilder(
                "UMIG of " + umig.nodes().size() + " models" + umig.past().after());
        Map<ModelNode, Labels> knownBy = new HashMap<>();
        for (ModelNode node : umig.nodes()) {
            List<ModelNode> parents = umig.parents(node);
            knownBy.put(
                    node, parents.stream().map(knownBy::get).reduce(node.shard().labels(), Labels::and));
            text.append("\n  ")
                    .append(node.name())
                    .append(parents.isEmpty() ? "" : " ← " + parents)
                    .append(": labels ")
                    .append(knownBy.get(node));
        }
        return text.toString();
    }
}
