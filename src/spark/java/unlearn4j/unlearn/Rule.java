package unlearn4j.unlearn;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import unlearn4j.core.Check;
import unlearn4j.fisher.Fisher;
import unlearn4j.fisher.Merge;
import unlearn4j.unlearn.Beans.FimRow;
import unlearn4j.unlearn.Beans.HeadRow;
import unlearn4j.unlearn.Beans.MergedRow;

/** Eq. 5 and 6 as a task of Spark's does them: the toolkit's own arithmetic, with the settings that travel. */
record Rule(Merge merge, boolean columnShares, double gamma, double tau, double eta) implements Serializable {

    static Rule of(FiunConfig config) {
        Check.that(
                config.merge() instanceof Serializable,
                "merge (%s) must be Serializable: it travels to the machines that merge",
                config.merge());
        return new Rule(config.merge(), config.columnShares(), config.gamma(), config.tau(), config.eta());
    }

    private FiunConfig config() {
        FiunConfig base = FiunConfig.paper();
        return new FiunConfig(
                base.fisher(), base.discovery(), ModelData.ALL, base.fit(), columnShares, merge, gamma, tau, eta);
    }

    /** Merges the unlearning FIMs of a merge set, in their order. */
    MergedRow merged(int mergeSet, Iterator<FimRow> rows) {
        List<FimRow> ordered = new ArrayList<>();
        rows.forEachRemaining(ordered::add);
        ordered.sort(Comparator.comparingInt(FimRow::getPlace));
        List<Fisher> fims =
                ordered.stream().map(row -> Fiun.scaled(row.fim(), config())).toList();
        return new MergedRow(mergeSet, merge.of(fims));
    }

    /** Updates a head, if the request reaches it. */
    HeadRow updated(HeadRow row) {
        if (row.getMergeSet() < 0) {
            row.setTouched(0);
            row.untold();
            return row;
        }
        Check.that(
                row.fim() != null,
                "node %d has no FIM of the head that it has now: estimate it and store it, or undo what changed it",
                row.getNode());
        row.updated(FiunUpdate.by(row.merged(), "number " + row.getNode(), row.head(), List.of(), row.fim(), config()));
        return row;
    }
}
