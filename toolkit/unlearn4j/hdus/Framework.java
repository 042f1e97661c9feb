package unlearn4j.hdus;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.train.Evaluation;
import unlearn4j.train.Outputs;

/**
 * Clients that have learned together, and one of whom can be forgotten: HDUS, and what paper A compares it with (§IV.A).
 * One's own is written as a {@link Baseline}. One thread at a time changes a framework; {@link #outputs} and {@link #clients} may be asked by others meanwhile, so that
 * it can be seen what a departure does to those who stay.
 */
public interface Framework {

    /** Returns the name that paper A calls it by, {@code "FedUnl"} say. */
    String name();

    /** Returns the names of the clients that are in it, in the order in which they joined. */
    List<String> clients();

    /**
     * Answers for a client, as well as it can at this moment: also while another is being forgotten, then without any
     * knowledge of the one that leaves.
     *
     * @param client the client that asks
     * @param images what it asks about
     * @return probabilities, or logits where the framework is set to add those up
     * @throws unlearn4j.core.Refusal if the client was forgotten
     * @throws IllegalArgumentException if there never was one of that name, or the images do not fit
     */
    Outputs outputs(String client, Images images);

    /**
     * Forgets a client and returns when that is done, training included.
     *
     * @param client the client's name
     * @return what was done
     * @throws unlearn4j.core.Refusal if it was forgotten before, or if it is the last
     * @throws IllegalArgumentException if there never was a client of that name
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call goes on from there
     */
    Receipt forget(String client);

    /** Returns the capabilities of paper A's Table I that it claims to have; {@link Functionality} tries them out. */
    Set<Capability> capabilities();

    /** Returns how many bytes of earlier models, checkpoints and updates are kept, at all devices together. */
    long history();

    /** Returns what was sent between devices so far. */
    Traffic traffic();

    /**
     * Returns whether this framework and another have the same clients, and each answers bit for bit the same in both.
     *
     * @param other the other
     * @param images what all are asked about
     */
    default boolean answersAs(Framework other, Images images) {
        return clients().equals(Check.given("other", other).clients())
                && clients().stream()
                        .allMatch(client -> Arrays.equals(
                                outputs(client, images).values(),
                                other.outputs(client, images).values()));
    }

    /**
     * Measures every client on the same images.
     *
     * @param images the images
     * @param clients whose classes are whose; those that left are passed over
     * @return a row for each client: its accuracy in percent on all images, and on those of its own classes, which are all
     *     that a model without neighbours can know
     */
    default Table accuracies(Images images, Clients clients) {
        StringColumn name = StringColumn.create("client");
        DoubleColumn all = Evaluation.column("all classes %");
        DoubleColumn own = Evaluation.column("own classes %");
        List<String> present = clients();
        for (Client client : Check.given("clients", clients).list()) {
            if (present.contains(client.name())) {
                Evaluation evaluation = outputs(client.name(), images).against(images);
                name.append(client.name());
                all.append(evaluation.accuracy());
                own.append(evaluation.accuracy(client.images().labels()));
            }
        }
        return Table.create(name() + " on " + images.name(), name, all, own);
    }
}
