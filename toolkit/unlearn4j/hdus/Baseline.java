package unlearn4j.hdus;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import unlearn4j.core.Check;
import unlearn4j.core.Refusal;
import unlearn4j.data.Images;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Outputs;

/**
 * A framework to compare HDUS with (paper A, §IV.A), one's own or the paper's: {@link #outputs} says how a client answers,
 * {@link #depart} and {@link #unlearn} what is done when one leaves. Who is in, who is gone, receipts and interrupted
 * departures are seen to here, and a thread that asks sees each change as a whole or not at all.
 *
 * @param <M> a client's model, or whatever answers for it
 */
public abstract class Baseline<M> implements Framework {
    private static final String FORGETTING = "forgetting";

    private final String name;
    private final Traffic traffic = new Traffic();
    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();
    /** Replaced as a whole. */
    private volatile Map<String, M> models;

    private String leaving;
    private long nanos;

    /**
     * Begins with each client's model.
     *
     * @param name what it is called, as in a table's row
     * @param models a model for each client, in the order in which they joined
     */
    protected Baseline(String name, Map<String, M> models) {
        this.name = Check.given("name", name);
        publish(models);
    }

    /** From now on these models answer; {@link #unlearn} may call it as often as there is something better. */
    protected final void publish(Map<String, M> next) {
        models = Collections.unmodifiableMap(new LinkedHashMap<>(Check.given("models", next)));
    }

    /** Returns the models that answer now, by client. */
    protected final Map<String, M> models() {
        return models;
    }

    /**
     * Returns the model that answers for a client.
     *
     * @throws Refusal if the client was forgotten
     * @throws IllegalArgumentException if there never was one of that name
     */
    protected final M model(String client) {
        Map<String, M> now = models;
        Members.checkPresent(client, now.keySet(), forgotten);
        return now.get(client);
    }

    /**
     * A client has gone: from now on nothing that knows of it may answer. Called once a departure, and quick. Without a
     * change the others' models answer as they are.
     *
     * @param client who has gone
     * @param staying the others' models until now
     * @return their models from now on
     */
    protected Map<String, M> depart(String client, Map<String, M> staying) {
        return staying;
    }

    /**
     * Does what forgetting takes beyond that, training say; called again after it was interrupted. Without a change there
     * is nothing to do.
     *
     * @param client who has gone
     * @return what was done, for the receipt
     */
    protected Map<String, String> unlearn(String client) {
        return Map.of();
    }

    @Override
    public final Receipt forget(String client) {
        if (leaving == null) {
            model(client);
            Members.checkNotLast(client, models.size());
        }
        Check.that(
                leaving == null || leaving.equals(client),
                "%s is not quite forgotten yet: call forget(\"%s\") again before others leave",
                leaving,
                leaving);
        long start = System.nanoTime();
        try {
            if (leaving == null) {
                Map<String, M> staying = new LinkedHashMap<>(models);
                staying.remove(client);
                Map<String, M> next = depart(client, staying);
                forgotten.add(client);
                publish(next);
                leaving = client;
                nanos = 0;
            }
            Map<String, String> done = unlearn(client);
            leaving = null;
            return new Receipt(name, client, done, (nanos + System.nanoTime() - start) / 1e9);
        } finally {
            nanos += System.nanoTime() - start;
        }
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<String> clients() {
        return List.copyOf(models.keySet());
    }

    @Override
    public final Traffic traffic() {
        return traffic;
    }

    /** None, unless it says otherwise. */
    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    /** None, unless it says otherwise. */
    @Override
    public long history() {
        return 0;
    }

    /** Notes messages of that many bytes each, from client to client. */
    protected final void sent(String phase, long messages, long bytesEach) {
        traffic.sent(phase, messages, bytesEach);
    }

    /** Notes messages of that many bytes each, from a server or to it. */
    protected final void served(String phase, long messages, long bytesEach) {
        traffic.served(phase, messages, bytesEach);
    }

    /** Notes a client's request to be forgotten, which is its name, to so many others. */
    protected final void requested(String client, int others) {
        sent(FORGETTING, others, bytes(client));
    }

    /** Notes a client's request to be forgotten to the server. */
    protected final void requestedAtServer(String client) {
        served(FORGETTING, 1, bytes(client));
    }

    private static int bytes(String client) {
        return client.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Returns a single network's probabilities. */
    static Outputs probabilities(Snapshot network, Images images) {
        return Evaluator.logits(network.model(), images).softmax(1);
    }

    @Override
    public String toString() {
        return name + " of " + models.size() + " clients: " + String.join(", ", models.keySet());
    }
}
