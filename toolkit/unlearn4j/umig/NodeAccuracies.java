package unlearn4j.umig;

import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.data.Images;
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
        return Table.create("Model inheritance graph", name, model, parents, labels, images, accuracy);
    }
}
