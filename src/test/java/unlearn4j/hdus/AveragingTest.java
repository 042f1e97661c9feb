package unlearn4j.hdus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.core.Seed;
import unlearn4j.train.Weights;

class AveragingTest {

    private static Weights weights(float... values) {
        return Weights.of(List.of(new float[] {values[0]}, new float[] {values[1]}));
    }

    /** Clients with 1 and 3 images; the global model begins at (0, 4). All values are exact in binary. */
    @Test
    void subtractingAClientsUpdatesIsTheHandWorkedCaseOfTwoClientsAndTwoRounds() {
        double[] shares = {0.25, 0.75};
        double[][] mean = Averaging.mean(shares);
        Weights begin = weights(0, 4);

        // Round 1: ¼·(4, 0) + ¾·(0, 8) = (1, 6); the updates are ¼·(4, −4) = (1, −1) and ¾·(0, 4) = (0, 3).
        List<Weights> local = List.of(weights(4, 0), weights(0, 8));
        Weights one = Averaging.accumulate(null, shares[0], begin, local.get(0));
        Weights two = Averaging.accumulate(null, shares[1], begin, local.get(1));
        List<Weights> first = Averaging.mix(mean, local);
        assertThat(first).containsExactly(weights(1, 6), weights(1, 6));
        assertThat(one).isEqualTo(weights(1, -1));
        assertThat(two).isEqualTo(weights(0, 3));

        // Round 2: both at (5, 6); the updates are ¼·(4, 0) = (1, 0) and ¾·(4, 0) = (3, 0).
        Weights both = weights(5, 6);
        one = Averaging.accumulate(one, shares[0], first.get(0), both);
        two = Averaging.accumulate(two, shares[1], first.get(0), both);
        Weights global = Averaging.mix(mean, List.of(both, both)).get(0);
        assertThat(global).isEqualTo(both);
        assertThat(one).isEqualTo(weights(2, -1));
        assertThat(two).isEqualTo(weights(3, 3));

        assertThat(Averaging.subtract(global, one)).isEqualTo(weights(3, 7));
        assertThat(Averaging.subtract(global, two)).isEqualTo(weights(2, 3));
        assertThat(Averaging.subtract(Averaging.subtract(global, one), two))
                .as("nobody put anything in")
                .isEqualTo(begin);
    }

    @Test
    void mixingIsTheHandWorkedCaseOfAPathOfThree() {
        Map<String, Set<String>> path = new LinkedHashMap<>();
        path.put("a", Set.of("b"));
        path.put("b", Set.of("a", "c"));
        path.put("c", Set.of("b"));
        // The middle has two neighbours, so each edge weighs 1/(1 + 2), and the ends keep 2/3.
        double[][] w = Averaging.metropolisHastings(path);
        double third = 1.0 / 3;
        assertThat(w[0]).containsExactly(new double[] {2 * third, third, 0}, within(1e-15));
        assertThat(w[1]).containsExactly(new double[] {third, third, third}, within(1e-15));
        assertThat(w[2]).containsExactly(new double[] {0, third, 2 * third}, within(1e-15));

        List<Weights> mixed = Averaging.mix(w, List.of(weights(3, 0), weights(6, 0), weights(0, 9)));
        assertThat(mixed.get(0).copy().get(0)).containsExactly(new float[] {4}, within(1e-6f));
        assertThat(mixed.get(1).copy().get(1)).containsExactly(new float[] {3}, within(1e-6f));
        assertThat(mixed.get(2).copy().get(1)).containsExactly(new float[] {6}, within(1e-6f));
    }

    static Stream<Topology> topologies() {
        return Stream.of(
                Topology.complete(),
                Topology.ring(),
                Topology.regular(2),
                Topology.regular(3),
                Topology.regular(7),
                Topology.random(0.3),
                Topology.random(0.7));
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void theMixingMatrixIsSymmetricAndDoublyStochasticAlsoWhenAClientHasLeft(Topology topology) {
        List<String> clients =
                IntStream.rangeClosed(1, 12).mapToObj(i -> "client-" + i).toList();
        Map<String, Set<String>> neighbours = topology.neighbours(clients, Seed.of(5));
        checkMatrix(neighbours);
        Map<String, Set<String>> rest = Averaging.without(neighbours, "client-4");
        assertThat(rest.keySet()).hasSize(11).doesNotContain("client-4");
        checkMatrix(rest);
        assertThat(neighbours.get("client-1")).as("the topology itself stays").containsAll(rest.get("client-1"));
    }

    @Test
    void aClientThatIsLeftWithoutNeighboursKeepsItsOwnModel() {
        Map<String, Set<String>> star = new LinkedHashMap<>();
        star.put("hub", new LinkedHashSet<>(List.of("a", "b")));
        star.put("a", Set.of("hub"));
        star.put("b", Set.of("hub"));
        assertThat(Averaging.metropolisHastings(Averaging.without(star, "hub")))
                .isDeepEqualTo(new double[][] {{1, 0}, {0, 1}});
    }

    private static void checkMatrix(Map<String, Set<String>> neighbours) {
        List<String> names = List.copyOf(neighbours.keySet());
        double[][] w = Averaging.metropolisHastings(neighbours);
        for (int i = 0; i < w.length; i++) {
            double row = 0;
            double column = 0;
            for (int j = 0; j < w.length; j++) {
                assertThat(w[i][j]).isEqualTo(w[j][i]).isBetween(0.0, 1.0);
                assertThat(i == j || w[i][j] > 0 == neighbours.get(names.get(i)).contains(names.get(j)))
                        .isTrue();
                row += w[i][j];
                column += w[j][i];
            }
            assertThat(row).isCloseTo(1, within(1e-12));
            assertThat(column).isCloseTo(1, within(1e-12));
            assertThat(w[i][i]).isPositive();
        }
    }
}
