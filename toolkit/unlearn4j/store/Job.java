package unlearn4j.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.data.DataException;
import unlearn4j.fisher.Fisher;
import unlearn4j.train.HeadFile;
import unlearn4j.train.Interrupted;
import unlearn4j.unlearn.FiunConfig;
import unlearn4j.unlearn.FiunUpdate;

/**
 * Does what is planned, lines 9 and 10 of Algorithm 1, a model after the other. Each is written aside and synced; its hash is
 * entered; it is given its place; and that is entered. Whoever is killed in between leaves a file that is the old or, by its
 * hash, the new.
 */
final class Job {
    private final Folder folder;
    private final RequestLedger ledger;
    private final FiunConfig config;
    private final String id;

    /** The unlearning FIMs of the set that was asked for last: nodes of one set mostly follow one another. */
    private List<Fisher> fims;

    private int fimsOf = -1;

    Job(Folder folder, RequestLedger ledger, FiunConfig config, String id) {
        this.folder = folder;
        this.ledger = ledger;
        this.config = config;
        this.id = id;
    }

    /** Goes on to the end. */
    void run(Plan plan) throws IOException {
        Asked asked = ledger.state().request(id);
        if (asked.begun == null) {
            ledger.append(Entry.of(Entry.Kind.BEGUN, id, "", "", Synced.hash(Plan.file(folder)), 0, ""));
        }
        try (Progress progress = Screen.current().progress(id, plan.nodes().size(), "models")) {
            int done = 0;
            for (Plan.Step step : plan.nodes()) {
                if (!asked.changed.containsKey(step.node())) {
                    Interrupted.check(id + " has changed " + done + " of "
                            + plan.nodes().size() + " models; it goes on when the store is opened, or asked, again");
                    change(step, plan, asked.changing.get(step.node()));
                }
                progress.done(++done);
            }
        }
    }

    private void change(Plan.Step step, Plan plan, Entry begun) throws IOException {
        String node = step.node();
        Path file = folder.model(node);
        String before = ledger.state().models.get(node);
        if (begun != null && Synced.hash(file).equals(begun.after())) {
            // Killed between the new name and the entry.
            ledger.append(Entry.of(Entry.Kind.CHANGED, id, node, before, begun.after(), begun.scaled(), ""));
            return;
        }
        Folder.check(file, before);
        FimFile model = FimFile.read(folder.fim(node));
        if (!model.of().equals(before)) {
            throw new DataException(
                    folder.fim(node) + " is of other weights than " + node + " has: put a copy of it back");
        }
        HeadFile head = HeadFile.read(file);
        FiunUpdate update = FiunUpdate.of(node, head.head(), fims(step.set(), plan), model.fisher(), config);
        String after = before;
        if (update.touched() > 0) {
            Synced changed = Synced.aside(file, out -> head.write(update.head(), out));
            after = changed.hash();
            enter(begun, node, before, after, update.touched());
            changed.place();
        }
        ledger.append(Entry.of(Entry.Kind.CHANGED, id, node, before, after, update.touched(), ""));
    }

    private void enter(Entry begun, String node, String before, String after, int scaled) {
        if (begun == null) {
            ledger.append(Entry.of(Entry.Kind.CHANGING, id, node, before, after, scaled, ""));
        } else if (!begun.after().equals(after)) {
            throw new DataException(
                    node + " was about to become another model than this version makes of it: go on with "
                            + begun.version());
        }
    }

    private List<Fisher> fims(int set, Plan plan) throws IOException {
        if (set != fimsOf) {
            fims = null;
            List<Fisher> read = new ArrayList<>();
            for (String root : plan.sets().get(set)) {
                Folder.check(folder.unlearningFim(root), plan.fims().get(root));
                read.add(FimFile.read(folder.unlearningFim(root)).fisher());
            }
            fims = read;
            fimsOf = set;
        }
        return fims;
    }
}
