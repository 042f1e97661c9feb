package unlearn4j.hdus;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.core.Refusal;
import unlearn4j.core.Screen;
import unlearn4j.data.Images;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.Outputs;
import unlearn4j.train.TrainingException;

/**
 * Puts a framework to the test of paper A's Table I: each of the seven capabilities is tried out, not looked up. The second
 * client is the one who leaves.
 *
 * <ul>
 * <li><b>Exact:</b> what those who stay answer is bit for bit what they do in a network trained without that client.
 * <li><b>Recovers faster than re-training:</b> forgetting takes at most half the time of that training, and leads to an
 * accuracy no more than {@value #USABLE_POINTS} points below its.
 * <li><b>Uninterrupted:</b> a {@linkplain Service second thread} asks throughout; no answer after the request is more than
 * {@value #USABLE_POINTS} points below what the same client answers when all is done. Models that have learned nothing yet
 * pass that, so train them.
 * <li><b>Client-wise:</b> the client is gone, asking for it is refused, all others answer.
 * <li><b>No history:</b> before the request, no byte of earlier models, checkpoints or updates is kept.
 * <li><b>No server:</b> of all messages, the request included, none went through a server.
 * <li><b>Heterogeneous:</b> clients with two networks in turn can be trained and answer.
 * </ul>
 */
public final class Functionality {
    /** An answer this much worse than it will be in the end is not usable. */
    static final int USABLE_POINTS = 10;
    /** Images of a client where it matters that it trains, not what it learns. */
    private static final int FEW = 32;

    private final Framework framework;
    private final Service service;
    private final Map<Capability, Outcome> outcomes = new EnumMap<>(Capability.class);

    /** How a framework is set up and trained. */
    @FunctionalInterface
    public interface Setup {
        /**
         * Trains a framework.
         *
         * @param clients its clients
         * @param models one network for all, or several to be dealt out in turn
         * @throws Refusal if it can't have several
         */
        Framework train(Clients clients, ModelSpec... models);
    }

    /**
     * What came of a trial.
     *
     * @param passed whether the framework has the capability
     * @param seen what was seen, in a few words
     */
    public record Outcome(boolean passed, String seen) {
        /** Makes an outcome. */
        public Outcome {
            Check.given("seen", seen);
        }
    }

    private Functionality(Framework framework, Service service) {
        this.framework = framework;
        this.service = service;
    }

    /**
     * Tries out all capabilities. The framework is trained three times: with all clients, without the one who leaves, and, on a
     * few images, with two networks.
     *
     * @param setup the framework
     * @param clients its clients, 3 or more
     * @param images what they are asked about
     * @param model the network that all have
     * @param other another, which every second client has in the last trial
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call begins anew
     */
    public static Functionality of(Setup setup, Clients clients, Images images, ModelSpec model, ModelSpec other) {
        Check.given("setup", setup);
        Check.given("images", images);
        Check.given("model", model);
        Check.given("other", other);
        Check.that(
                !model.equals(other),
                "other (%s) must be another network than model, or nothing is tried out",
                other.name());
        List<Client> all = Check.given("clients", clients).list();
        Check.that(
                all.size() >= 3,
                "clients (%d) must be 3 or more: one leaves, and the others answer together",
                all.size());
        String leaving = all.get(1).name();
        return Screen.folded(
                "trying out seven capabilities", "images", () -> tried(setup, clients, leaving, images, model, other));
    }

    private static Functionality tried(
            Setup setup, Clients clients, String leaving, Images images, ModelSpec model, ModelSpec other) {
        long start = System.nanoTime();
        Framework never = setup.train(clients.without(leaving), model);
        double anew = (System.nanoTime() - start) / 1e9;
        Framework framework = setup.train(clients, model);
        long history = framework.history();
        Functionality tried = new Functionality(framework, Service.watch(framework, leaving, images, 0));
        tried.keeps(history);
        tried.compare(never, anew, images);
        tried.uninterrupted();
        tried.clientWise(leaving, images);
        tried.server();
        tried.heterogeneous(setup, clients, images, model, other);
        return tried;
    }

    private void saw(Capability capability, boolean passed, String format, Object... values) {
        outcomes.put(capability, new Outcome(passed, String.format(Locale.ROOT, format, values)));
    }

    private void keeps(long bytes) {
        saw(Capability.NO_HISTORY, bytes == 0, "%,d bytes of earlier models and updates are kept", bytes);
    }

    /** Beside the same framework trained without the client: exact? sooner as good? */
    private void compare(Framework never, double anew, Images images) {
        int same = 0;
        double accuracy = 0;
        List<String> staying = framework.clients();
        for (String client : staying) {
            Outputs expected = never.outputs(client, images);
            accuracy += expected.against(images).accuracy() / staying.size();
            same += Arrays.equals(
                            expected.values(), framework.outputs(client, images).values())
                    ? 1
                    : 0;
        }
        saw(
                Capability.EXACT,
                same == staying.size(),
                "%d of %d clients answer as if it had never been",
                same,
                staying.size());
        double seconds = service.receipt().seconds();
        saw(
                Capability.FAST_RECOVERY,
                seconds <= anew / 2 && service.after() >= accuracy - USABLE_POINTS,
                "%.3g s to %.1f %%, training anew %.3g s to %.1f %%",
                seconds,
                service.after(),
                anew,
                accuracy);
    }

    private void uninterrupted() {
        saw(
                Capability.UNINTERRUPTED,
                service.shortfall() <= USABLE_POINTS,
                "%d answers, at worst %.1f points below the end",
                service.answers().size(),
                service.shortfall());
    }

    private void clientWise(String leaving, Images images) {
        boolean refused = false;
        try {
            framework.outputs(leaving, images);
        } catch (Refusal e) {
            refused = true;
        }
        boolean gone = refused && !framework.clients().contains(leaving);
        saw(
                Capability.CLIENT_WISE,
                gone,
                gone ? "%s is gone, %d others answer" : "%s still answers, as %d others do",
                leaving,
                framework.clients().size());
    }

    private void server() {
        Traffic traffic = framework.traffic();
        saw(
                Capability.NO_SERVER,
                traffic.throughServer() == 0,
                "%,d of %,d messages went through a server",
                traffic.throughServer(),
                traffic.messages());
    }

    private void heterogeneous(Setup setup, Clients clients, Images images, ModelSpec... models) {
        try {
            Framework mixed = setup.train(clients.each(FEW).reference(FEW), models);
            mixed.clients().forEach(client -> mixed.outputs(client, images));
            saw(
                    Capability.HETEROGENEOUS,
                    true,
                    "clients with %s and %s in turn all answer",
                    models[0].name(),
                    models[1].name());
        } catch (Refusal | TrainingException e) {
            saw(Capability.HETEROGENEOUS, false, "refused: %s", e.getMessage());
        }
    }

    /** Returns the framework's name. */
    public String framework() {
        return framework.name();
    }

    /** Returns what those who stay answered while the second client was forgotten. */
    public Service service() {
        return service;
    }

    /** Returns the capabilities that the framework says it has. */
    public Set<Capability> declared() {
        return framework.capabilities();
    }

    /** Returns what came of the trials, in Table I's order. */
    public Map<Capability, Outcome> outcomes() {
        return Collections.unmodifiableMap(outcomes);
    }

    /** Returns a row for each capability: whether it was found, whether the framework declares it, and what was seen. */
    public Table table() {
        StringColumn capability = StringColumn.create("capability");
        StringColumn found = StringColumn.create("found");
        StringColumn declares = StringColumn.create("declared");
        StringColumn seen = StringColumn.create("what was seen");
        outcomes.forEach((each, outcome) -> {
            capability.append(each.words());
            found.append(outcome.passed ? "✓" : "✗");
            declares.append(declared().contains(each) ? "✓" : "✗");
            seen.append(outcome.seen);
        });
        return Table.create("Capabilities of " + framework(), capability, found, declares, seen);
    }

    @Override
    public String toString() {
        return framework() + ": " + outcomes;
    }
}
