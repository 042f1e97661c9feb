package unlearn4j.hdus;

import static org.assertj.core.api.Assertions.assertThat;
import static unlearn4j.WrongCall.wrong;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jgrapht.Graph;
import org.jgrapht.graph.DefaultDirectedGraph;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.Pseudograph;
import org.jgrapht.graph.SimpleGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.WrongCall;
import unlearn4j.core.Seed;

class TopologyTest {
    private static final Seed SEED = Seed.of(7);

    private static List<String> clients(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "client-" + i).toList();
    }

    private static Map<String, Set<String>> neighbours(Topology topology, int count) {
        return topology.neighbours(clients(count), SEED);
    }

    static Stream<Topology> topologies() {
        return Stream.of(
                Topology.complete(),
                Topology.ring(),
                Topology.regular(2),
                Topology.regular(3),
                Topology.regular(7),
                Topology.regular(11),
                Topology.random(0.3),
                Topology.random(1));
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void neighboursAreMutualAndAPathLeadsFromEachClientToEveryOther(Topology topology) {
        Map<String, Set<String>> neighbours = neighbours(topology, 12);
        assertThat(neighbours.keySet()).containsExactlyElementsOf(clients(12));
        neighbours.forEach((client, adjacent) -> {
            assertThat(adjacent).doesNotContain(client).isNotEmpty();
            adjacent.forEach(other -> assertThat(neighbours.get(other)).contains(client));
        });
        Set<String> reached = new HashSet<>(Set.of("client-1"));
        while (reached.addAll(reached.stream()
                .flatMap(client -> neighbours.get(client).stream())
                .toList())) {
            continue;
        }
        assertThat(reached).hasSize(12);
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void oneSeedGivesTheSameNeighboursInTheSameOrder(Topology topology) {
        assertThat(neighbours(topology, 12).toString())
                .isEqualTo(neighbours(topology, 12).toString());
    }

    @Test
    void anotherSeedDrawsOtherNeighbours() {
        for (Topology topology : List.of(Topology.regular(3), Topology.random(0.4))) {
            assertThat(topology.neighbours(clients(12), Seed.of(8))).isNotEqualTo(neighbours(topology, 12));
        }
    }

    @Test
    void eachHasAsManyNeighboursAsTheTopologySays() {
        assertThat(neighbours(Topology.complete(), 6).values())
                .allSatisfy(set -> assertThat(set).hasSize(5));
        assertThat(neighbours(Topology.ring(), 6).get("client-1")).containsExactly("client-2", "client-6");
        assertThat(neighbours(Topology.ring(), 2).get("client-1")).containsExactly("client-2");
        for (int degree : new int[] {2, 3, 5, 9}) {
            assertThat(neighbours(Topology.regular(degree), 10).values())
                    .allSatisfy(set -> assertThat(set).hasSize(degree));
        }
        assertThat(neighbours(Topology.regular(4), 100).values())
                .allSatisfy(set -> assertThat(set).hasSize(4));
    }

    @Test
    void aGivenGraphIsTakenAsItWas() {
        Graph<String, DefaultEdge> star = star(4);
        Topology topology = Topology.of(star);
        star.removeVertex("client-4");
        assertThat(neighbours(topology, 4))
                .hasSize(4)
                .containsEntry("client-1", Set.of("client-2", "client-3", "client-4"))
                .containsEntry("client-4", Set.of("client-1"));
    }

    private static Graph<String, DefaultEdge> star(int count) {
        Graph<String, DefaultEdge> graph = new SimpleGraph<>(DefaultEdge.class);
        clients(count).forEach(graph::addVertex);
        clients(count).subList(1, count).forEach(client -> graph.addEdge("client-1", client));
        return graph;
    }

    static Stream<WrongCall> wrongCalls() {
        Graph<String, DefaultEdge> lonely = star(3);
        lonely.addVertex("client-4");
        Graph<String, DefaultEdge> loop = new Pseudograph<>(DefaultEdge.class);
        loop.addVertex("client-1");
        loop.addEdge("client-1", "client-1");
        return Stream.of(
                wrong("regular(0)", "neighbours (0)", "1 or more", () -> Topology.regular(0)),
                wrong(
                        "regular(6) of 6",
                        "neighbours (6)",
                        "fewer than the 6 clients",
                        () -> neighbours(Topology.regular(6), 6)),
                wrong("regular(3) of 5", "5 clients", "must be even", () -> neighbours(Topology.regular(3), 5)),
                wrong("regular(1) of 4", "4 clients", "give each 2 or more", () -> neighbours(Topology.regular(1), 4)),
                wrong("random(0)", "probability (0.0)", "(0, 1]", () -> Topology.random(0)),
                wrong("random(1.5)", "probability (1.5)", "(0, 1]", () -> Topology.random(1.5)),
                wrong("random(NaN)", "probability (NaN)", "(0, 1]", () -> Topology.random(Double.NaN)),
                wrong(
                        "random(0.001) of 20",
                        "probability 0.001",
                        "more densely",
                        () -> neighbours(Topology.random(0.001), 20)),
                wrong("of(null)", "null", "graph must be given", () -> Topology.of(null)),
                wrong(
                        "of(directed)",
                        "directed",
                        "give an undirected one",
                        () -> Topology.of(new DefaultDirectedGraph<>(DefaultEdge.class))),
                wrong("of(loop)", "client-1", "one's own neighbour", () -> Topology.of(loop)),
                wrong(
                        "of(star of 3) of 4",
                        "client-4",
                        "must be the clients",
                        () -> neighbours(Topology.of(star(3)), 4)),
                wrong("of(star of 4) of 3", "client-4", "is no client", () -> neighbours(Topology.of(star(4)), 3)),
                wrong("of(lonely)", "client-4", "no neighbours", () -> neighbours(Topology.of(lonely), 4)),
                wrong("complete() of 1", "client-1", "no neighbours", () -> neighbours(Topology.complete(), 1)),
                wrong("neighbours(a, a)", "[a, a]", "comes twice", () -> Topology.ring()
                        .neighbours(List.of("a", "a"), SEED)));
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void aTopologyThatDoesNotFitIsRefusedInOneLine(WrongCall call) {
        call.assertRefused();
    }
}
