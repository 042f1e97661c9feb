package unlearn4j.hdus;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import unlearn4j.core.Check;
import unlearn4j.core.Refusal;
import unlearn4j.train.Classifier;

/**
 * Who is in a network, and who holds whose seed. One thread changes it while others read: each change is seen as a whole or
 * not at all. Nothing is held while a model computes, so that nobody waits for longer than a few map operations.
 */
final class Members {
    /** Bytes of a request to forget beside the client's name: the SHA-256 of the seed to remove. */
    private static final int REQUEST_BYTES = 32;

    private final Map<String, Place> present = new LinkedHashMap<>();
    private final Set<String> forgotten = new LinkedHashSet<>();
    private final Traffic traffic;

    /** A client in the network as it is at one moment; the repository has its seeds in the order in which they came. */
    record Member(Client client, Classifier main, SeedModel seed, List<SeedModel> repository) {
        Ensemble ensemble(double lambda, Combination combination) {
            return new Ensemble(main, client.images().labels(), repository, lambda, combination);
        }
    }

    /** Neighbours are so mutually: the owners of the seeds in a repository are those who hold this client's. */
    private record Place(Client client, Classifier main, SeedModel seed, Map<String, SeedModel> repository) {
        Member now() {
            return new Member(client, main, seed, List.copyOf(repository.values()));
        }
    }

    /** What a departure took away, and from whom. */
    record Departure(SeedModel seed, List<String> removedFrom) {}

    Members(Traffic traffic) {
        this.traffic = traffic;
    }

    /** Refuses a name that can't join. */
    synchronized void checkNew(String name) {
        Check.that(!present.containsKey(name), "there is a client named %s already: names must differ", name);
        Check.that(
                !forgotten.contains(name), "%s was forgotten and can't join again under that name: give another", name);
    }

    /**
     * Lets a client in: it sends its seed to its neighbours and receives theirs (§III.B).
     *
     * @param neighbours those of them that are in already
     * @param phase what the traffic is booked as
     */
    synchronized void admit(
            Client client, Classifier main, SeedModel seed, Collection<String> neighbours, String phase) {
        restore(client, main, seed, neighbours);
        for (String neighbour : neighbours) {
            traffic.sent(phase, 1, seed.bytes());
            traffic.sent(phase, 1, place(neighbour).seed.bytes());
        }
    }

    /** Lets a client in without any message: the exchange took place before. */
    synchronized void restore(Client client, Classifier main, SeedModel seed, Collection<String> neighbours) {
        checkNew(client.name());
        List<Place> others = neighbours.stream().map(this::place).toList();
        Place place = new Place(client, main, seed, new LinkedHashMap<>());
        for (Place other : others) {
            other.repository.put(client.name(), seed);
            place.repository.put(other.client.name(), other.seed);
        }
        present.put(client.name(), place);
    }

    /** Removes a client, and its seed from its neighbours' repositories (Eq. 3). */
    synchronized Departure forget(String client) {
        Place leaving = place(client);
        checkNotLast(client, present.size());
        List<String> neighbours = List.copyOf(leaving.repository.keySet());
        for (String neighbour : neighbours) {
            present.get(neighbour).repository.remove(client);
        }
        present.remove(client);
        forgotten.add(client);
        traffic.sent("forgetting", neighbours.size(), client.getBytes(StandardCharsets.UTF_8).length + REQUEST_BYTES);
        return new Departure(leaving.seed, neighbours);
    }

    /** Notes a name as forgotten whose client is not here. */
    synchronized void rememberForgotten(Collection<String> names) {
        forgotten.addAll(names);
    }

    synchronized List<String> names() {
        return List.copyOf(present.keySet());
    }

    synchronized List<String> forgotten() {
        return List.copyOf(forgotten);
    }

    /** Returns how many clients have ever joined. */
    synchronized int joined() {
        return present.size() + forgotten.size();
    }

    /** Returns whether each client is a neighbour of all others. */
    synchronized boolean isComplete() {
        return present.values().stream().allMatch(place -> place.repository.size() == present.size() - 1);
    }

    synchronized Member member(String client) {
        return place(client).now();
    }

    synchronized List<Member> all() {
        return present.values().stream().map(Place::now).toList();
    }

    Traffic traffic() {
        return traffic;
    }

    private Place place(String client) {
        checkPresent(client, present.keySet(), forgotten);
        return present.get(client);
    }

    /**
     * Refuses a client that is not there.
     *
     * @throws Refusal if it was forgotten
     * @throws IllegalArgumentException if there never was one of that name
     */
    static void checkPresent(String client, Collection<String> present, Set<String> forgotten) {
        Check.given("client", client);
        Refusal.unless(!forgotten.contains(client), "%s was forgotten before: the clients are %s", client, present);
        Check.that(present.contains(client), "there is no client named %s: the clients are %s", client, present);
    }

    /** Refuses the departure of the last of so many clients. */
    static void checkNotLast(String client, int clients) {
        Refusal.unless(clients > 1, "%s is the last client: a network without clients answers nothing", client);
    }
}
