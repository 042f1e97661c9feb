package unlearn4j.hdus;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.train.Evaluator;
import unlearn4j.train.Outputs;

/**
 * What paper A's baselines share (§IV.A): who is in, which model answers for whom, who is gone.
 *
 * @param <T> what answers for a client
 */
abstract class Baseline<T> implements Framework {
    private static final String FORGETTING = "forgetting";

    /** What was sent between devices. */
    final Traffic traffic = new Traffic();

    private final String name;
    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();
    /** Replaced as a whole, so that a thread that asks never sees half a departure. */
    private volatile Map<String, T> answers;

    private String leaving;
    private long nanos;

    /** Begins with what answers for each client, in the order in which they joined. */
    Baseline(String name, Map<String, T> answers) {
        this.name = name;
        publish(answers);
    }

    /** From now on these answer. */
    final void publish(Map<String, T> next) {
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(next));
    }

    /** Returns what answers now, by client. */
    final Map<String, T> answers() {
        return answers;
    }

    /** Returns what answers for a client. */
    final T answer(String client) {
        Check.given("client", client);
        Map<String, T> now = answers;
        T answer = now.get(client);
        Check.that(
                answer != null || !forgotten.contains(client),
                "%s was forgotten before: the clients are %s",
                client,
                now.keySet());
        Check.that(answer != null, "there is no client named %s: the clients are %s", client, now.keySet());
        return answer;
    }

    /**
     * A client has gone: from now on nothing that knows of it may answer. Called once a departure, and quick.
     *
     * @param client who has gone
     * @param staying what answered for the others until now
     * @return what answers for them from now on
     */
    abstract Map<String, T> depart(String client, Map<String, T> staying);

    /**
     * Does what forgetting takes beyond that; called again after it was interrupted.
     *
     * @return what was done, for the receipt
     */
    abstract Map<String, String> unlearn(String client);

    @Override
    public final Receipt forget(String client) {
        if (leaving == null) {
            answer(client);
            Check.that(answers.size() > 1, "%s is the last client: a network without clients answers nothing", client);
        }
        Check.that(
                leaving == null || leaving.equals(client),
                "%s is not quite forgotten yet: call forget(\"%s\") again " + "before others leave",
                leaving,
                leaving);
        long start = System.nanoTime();
        try {
            if (leaving == null) {
                Map<String, T> staying = new LinkedHashMap<>(answers);
                staying.remove(client);
                Map<String, T> next = depart(client, staying);
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
        return List.copyOf(answers.keySet());
    }

    @Override
    public final Traffic traffic() {
        return traffic;
    }

    /** Notes a client's request to be forgotten, which is its name, to so many others. */
    final void requested(String client, int others) {
        traffic.sent(FORGETTING, others, client.getBytes(StandardCharsets.UTF_8).length);
    }

    /** Notes a client's request to be forgotten to the server. */
    final void requestedAtServer(String client) {
        traffic.served(FORGETTING, 1, client.getBytes(StandardCharsets.UTF_8).length);
    }

    /** Returns a single network's probabilities. */
    static Outputs probabilities(Snapshot network, Images images) {
        return Evaluator.logits(network.model(), images).softmax(1);
    }

    @Override
    public String toString() {
        return name + " of " + answers.size() + " clients: " + String.join(", ", answers.keySet());
    }
}
