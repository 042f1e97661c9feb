package unlearn4j.hdus;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.Graphs;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.generate.CompleteGraphGenerator;
import org.jgrapht.generate.GnpRandomGraphGenerator;
import org.jgrapht.generate.GraphGenerator;
import org.jgrapht.generate.RandomRegularGraphGenerator;
import org.jgrapht.generate.RingGraphGenerator;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;
import unlearn4j.core.Check;
import unlearn4j.core.Seed;

/**
 * Who is whose neighbour: paper A's B_i (§III.A). Neighbours are so mutually, and nobody is one's own. A value; the same
 * clients and the same seed give the same neighbours.
 */
public final class Topology {
    /** A random graph that isn't connected after that many draws hardly ever is. */
    private static final int DRAWS = 200;

    private final String name;
    private final Plan plan;

    /** How a topology connects clients. */
    private interface Plan {
        Graph<String, ?> among(List<String> clients, Seed seed);
    }

    private Topology(String name, Plan plan) {
        this.name = name;
        this.plan = plan;
    }

    /** Each client is a neighbour of all others: paper A's setting (§IV.C). */
    public static Topology complete() {
        return new Topology(
                "complete", (clients, seed) -> generated(clients, new CompleteGraphGenerator<>(clients.size())));
    }

    /** Each client has two neighbours, the one before it and the one after; the first and the last close the ring. */
    public static Topology ring() {
        // A ring of two is one edge; the generator would draw it there and back.
        return new Topology(
                "ring",
                (clients, seed) -> generated(
                        clients,
                        clients.size() > 2
                                ? new RingGraphGenerator<>(clients.size())
                                : new CompleteGraphGenerator<>(clients.size())));
    }

    /**
     * Each client has that many neighbours, drawn at random so that a path leads from each client to every other.
     *
     * @param neighbours k, 1 or more and less than the number of clients; k times the clients must be even
     */
    public static Topology regular(int neighbours) {
        Check.positive("neighbours", neighbours);
        return new Topology(neighbours + "-regular", (clients, seed) -> {
            int count = clients.size();
            Check.that(neighbours < count, "neighbours (%d) must be fewer than the %d clients", neighbours, count);
            Check.that(
                    neighbours % 2 == 0 || count % 2 == 0,
                    "%d clients can't have %d neighbours each: one of the two " + "numbers must be even",
                    count,
                    neighbours);
            Check.that(
                    neighbours > 1 || count == 2,
                    "%d clients with 1 neighbour each are pairs without a path between " + "them: give each 2 or more",
                    count);
            return connected(
                    clients,
                    seed,
                    drawn -> new RandomRegularGraphGenerator<>(count, neighbours, drawn),
                    neighbours + " neighbours each");
        });
    }

    /**
     * Any two clients are neighbours with that probability, independently (Gilbert 1959), drawn anew until a path leads
     * from each client to every other.
     *
     * @param probability above 0, at most 1; much below ln(N) / N for N clients there is hardly ever such a path
     */
    public static Topology random(double probability) {
        Check.that(probability > 0 && probability <= 1, "probability (%s) must lie in (0, 1]", probability);
        return new Topology(
                "random, p = " + probability,
                (clients, seed) -> connected(
                        clients,
                        seed,
                        drawn -> new GnpRandomGraphGenerator<>(clients.size(), probability, drawn),
                        "probability " + probability));
    }

    /**
     * Neighbours are those with an edge between them.
     *
     * @param graph an undirected graph whose vertices are the clients' names, all of them and nobody else; it is copied
     */
    public static Topology of(Graph<String, ?> graph) {
        Check.given("graph", graph);
        Check.that(
                graph.getType().isUndirected(),
                "the graph is directed or mixed: neighbours are mutual, give an " + "undirected one");
        Graph<String, DefaultEdge> copy = empty();
        graph.vertexSet().forEach(copy::addVertex);
        copyEdges(graph, copy);
        return new Topology("given", (clients, seed) -> {
            for (String client : clients) {
                Check.that(
                        copy.containsVertex(client),
                        "the graph has no vertex for %s: its vertices must be the clients %s",
                        client,
                        clients);
            }
            for (String vertex : copy.vertexSet()) {
                Check.that(
                        clients.contains(vertex),
                        "the graph's vertex %s is no client: the clients are %s",
                        vertex,
                        clients);
            }
            return copy;
        });
    }

    private static <E> void copyEdges(Graph<String, E> from, Graph<String, DefaultEdge> to) {
        for (E edge : from.edgeSet()) {
            String one = from.getEdgeSource(edge);
            String other = from.getEdgeTarget(edge);
            Check.that(
                    !one.equals(other), "the graph has an edge from %s to itself: nobody is one's own neighbour", one);
            to.addEdge(one, other);
        }
    }

    /**
     * Returns each client's neighbours.
     *
     * @param clients the clients' names, no name twice
     * @param seed where chance comes from
     * @return an entry for each client; entries and neighbours come in the order of {@code clients}
     * @throws IllegalArgumentException if the topology does not fit that many or those clients, or leaves one of them
     *     with no neighbours
     */
    Map<String, Set<String>> neighbours(List<String> clients, Seed seed) {
        Check.notEmpty("clients", clients);
        Check.given("seed", seed);
        Check.that(new HashSet<>(clients).size() == clients.size(), "a client's name comes twice in %s", clients);
        Check.that(clients.size() > 1, "%s is alone and has no neighbours: have 2 clients or more", clients.get(0));
        Graph<String, ?> graph = plan.among(List.copyOf(clients), seed);
        Map<String, Set<String>> neighbours = new LinkedHashMap<>();
        for (String client : clients) {
            Set<String> adjacent = Graphs.neighborSetOf(graph, client);
            Check.that(
                    !adjacent.isEmpty(),
                    "%s has no neighbours in the topology (%s): give it one or more",
                    client,
                    name);
            Set<String> ordered = new LinkedHashSet<>(clients);
            ordered.retainAll(adjacent);
            neighbours.put(client, ordered);
        }
        return neighbours;
    }

    /** Where a generator draws from. */
    private interface Drawn {
        GraphGenerator<String, DefaultEdge, String> from(long seed);
    }

    private static Graph<String, ?> connected(List<String> clients, Seed seed, Drawn generator, String what) {
        for (int draw = 0; draw < DRAWS; draw++) {
            long drawn = seed.child("topology").child(draw).value();
            Graph<String, DefaultEdge> graph = generated(clients, generator.from(drawn));
            if (new ConnectivityInspector<>(graph).isConnected()) {
                return graph;
            }
        }
        throw Check.refusal(
                "%d clients with %s fell apart in %d draws: some have no neighbours, or no path leads to them; "
                        + "connect them more densely",
                clients.size(), what, DRAWS);
    }

    private static Graph<String, DefaultEdge> generated(
            List<String> clients, GraphGenerator<String, DefaultEdge, String> generator) {
        SimpleGraph<String, DefaultEdge> graph = empty();
        Iterator<String> names = clients.iterator();
        graph.setVertexSupplier(names::next);
        generator.generateGraph(graph);
        return graph;
    }

    private static SimpleGraph<String, DefaultEdge> empty() {
        return new SimpleGraph<>(null, DefaultEdge::new, false);
    }

    @Override
    public String toString() {
        return name;
    }
}
