package unlearn4j.hdus;

import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.data.Images;
import unlearn4j.data.Labels;
import unlearn4j.train.Evaluation;

/** The table of {@link HdusNetwork#sensitivity}: paper A's Fig. 4 along λ. */
final class Sensitivity {
    private Sensitivity() {}

    static Table table(List<Members.Member> members, Images images, double... lambdas) {
        ModelOutputs asked = new ModelOutputs(images);
        Labels shown = images.labels();
        StringColumn client = StringColumn.create("client");
        StringColumn combination = StringColumn.create("combination");
        DoubleColumn lambda = DoubleColumn.create("lambda");
        DoubleColumn all = Evaluation.column("all classes %");
        DoubleColumn own = Evaluation.column("own classes %");
        for (Members.Member member : members) {
            Labels known = shown.shared(member.client().images().labels());
            for (Combination way : Combination.values()) {
                for (double value : lambdas) {
                    Evaluation evaluation =
                            member.ensemble(value, way).outputs(asked).against(images);
                    client.append(member.client().name());
                    combination.append(way.words());
                    lambda.append(value);
                    all.append(evaluation.accuracy());
                    own.append(known.isEmpty() ? Double.NaN : evaluation.accuracy(known));
                }
            }
        }
        return Table.create("HDUS on " + images.name(), client, combination, lambda, all, own);
    }
}
