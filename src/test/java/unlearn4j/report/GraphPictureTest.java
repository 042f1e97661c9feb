package unlearn4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import unlearn4j.report.GraphPicture.Box;
import unlearn4j.report.GraphPicture.Edge;
import unlearn4j.report.GraphPicture.Node;
import unlearn4j.umig.Role;

class GraphPictureTest {

    record Dag(List<Node> nodes, List<Edge> edges) {}

    @Property(tries = 60)
    void noTwoNodesOverlapAndEachEdgeGoesForward(@ForAll("dags") Dag dag) {
        check(dag);
    }

    @Example
    void aFederationOfTwentyRoundsGoesDownThePageAndFitsItsWidth() {
        List<Node> nodes = new ArrayList<>(List.of(node("global-0")));
        List<Edge> edges = new ArrayList<>();
        for (int round = 1; round <= 20; round++) {
            nodes.add(node("global-" + round));
            for (int client = 1; client <= 9; client++) {
                String local = "client-" + client + "/" + round;
                nodes.add(node(local));
                edges.add(new Edge("global-" + (round - 1), local));
                edges.add(new Edge(local, "global-" + round));
            }
        }

        GraphPicture picture = check(new Dag(nodes, edges));

        assertThat(nodes).hasSize(201);
        assertThat(picture.width()).isLessThan(1600);
        assertThat(picture.toString()).isEqualTo("graph of 201 nodes and 360 edges");
    }

    @Example
    void twoHundredNodesFitOnAPage() {
        GraphPicture picture = check(random(200, 2, new Random(4)));

        assertThat(picture.image().getWidth()).isBetween(200, 20_000);
        assertThat(picture.image().getHeight()).isBetween(200, 20_000);
    }

    @Example
    void aChainGoesFromLeftToRightOnOneLine() {
        GraphPicture picture = check(chain());

        List<Double> middles = picture.boxes().stream()
                .map(box -> box.place().getCenterY())
                .distinct()
                .toList();
        assertThat(middles).hasSize(1);
        assertThat(picture.width()).isLessThan(760);
    }

    @Example
    void thePictureShowsEachRoleInItsColourAndEachText() {
        GraphPicture picture = check(chain());

        assertThat(picture.svg())
                .contains(
                        ">base</text>",
                        ">forgets 3</text>",
                        ">transfer</text>",
                        ">0.7</text>",
                        ">discovery node</text>",
                        ">inherited node</text>",
                        ">untouched node</text>");
        assertThat(ChartsTest.colours(picture.image()))
                .contains(
                        GraphPicture.Look.of(Role.DISCOVERY).fill(),
                        GraphPicture.Look.of(Role.INHERITED).fill(),
                        Color.WHITE);
    }

    @Example
    void rolesStayApartInAGreyPrintAndTheirTextCanBeRead() {
        for (Role role : Role.values()) {
            GraphPicture.Look look = GraphPicture.Look.of(role);
            for (Role other : Role.values()) {
                assertThat(role == other
                                || apart(
                                                look.fill(),
                                                GraphPicture.Look.of(other).fill())
                                        > 20)
                        .as("%s and %s", role, other)
                        .isTrue();
            }
            assertThat(apart(look.fill(), look.text())).as("text on %s", role).isGreaterThan(45);
        }
    }

    @Example
    void theSameGraphGivesTheSamePicture() {
        Dag dag = random(60, 2, new Random(11));

        assertThat(GraphPicture.of(dag.nodes(), dag.edges()).svg())
                .isEqualTo(GraphPicture.of(dag.nodes(), dag.edges()).svg());
    }

    @Example
    void aLongNameIsCut() {
        GraphPicture picture = check(new Dag(List.of(node("x".repeat(500))), List.of()));

        assertThat(picture.width()).isLessThan(600);
        assertThat(picture.svg()).contains("x".repeat(39) + "…");
    }

    @Example
    void whatIsWrongIsSaidInOneLine() {
        List<Node> nodes = List.of(node("a"), node("b"), node("c"));

        refused("nodes must not be empty", List.of());
        refused("node a is given twice: give each a name of its own", List.of(node("a"), node("a")));
        refused("edge a → z: there is no node z, but [a, b, c]", nodes, new Edge("a", "z"));
        refused("edge a → b is given twice", nodes, new Edge("a", "b"), new Edge("a", "b", "0.5"));
        refused(
                "edge c → a closes a cycle: a model can't inherit from its heir",
                nodes,
                new Edge("a", "b"),
                new Edge("b", "c"),
                new Edge("c", "a"));
        refused("edge a → a closes a cycle: a model can't inherit from its heir", nodes, new Edge("a", "a"));
        assertThatThrownBy(() -> new Node(" ", Role.INHERITED, "")).hasMessage("a node's name ( ) must not be blank");
        assertThatThrownBy(() -> new Node("a", null, "")).hasMessage("role of node a must be given, not null");
    }

    @Provide
    Arbitrary<Dag> dags() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 60),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.longs())
                .as((size, parents, seed) -> random(size, parents, new Random(seed)));
    }

    /** A graph whose nodes have at most that many parents, some with notes and some edges with labels. */
    private static Dag random(int size, int parents, Random random) {
        List<Node> nodes = IntStream.range(0, size)
                .mapToObj(i -> new Node(
                        "node-" + i,
                        Role.values()[random.nextInt(3)],
                        random.nextBoolean() ? "" : "label " + random.nextInt(99)))
                .toList();
        List<Edge> edges = new ArrayList<>();
        for (int i = 1; i < size; i++) {
            for (int parent :
                    random.ints(random.nextInt(parents + 1), 0, i).distinct().toArray()) {
                edges.add(new Edge("node-" + parent, "node-" + i, random.nextInt(4) == 0 ? "0.5" : ""));
            }
        }
        return new Dag(nodes, edges);
    }

    private static GraphPicture check(Dag dag) {
        GraphPicture picture = GraphPicture.of(dag.nodes(), dag.edges());
        List<Box> boxes = picture.boxes();
        Map<String, Box> byName =
                boxes.stream().collect(Collectors.toMap(box -> box.node().name(), Function.identity()));
        for (Box box : boxes) {
            assertThat(box.place().getMinX()).isNotNegative();
            assertThat(box.place().getMinY()).isNotNegative();
            assertThat(box.place().getMaxX()).isLessThanOrEqualTo(picture.width());
            assertThat(box.place().getMaxY()).isLessThan(picture.height());
            for (Box other : boxes) {
                assertThat(box == other || !box.place().intersects(other.place()))
                        .isTrue();
            }
        }
        // All to the right, or, where that would be too wide, all downwards.
        boolean right = dag.edges().stream()
                .allMatch(edge -> byName.get(edge.from()).place().getMaxX()
                        < byName.get(edge.to()).place().getMinX());
        boolean down = dag.edges().stream()
                .allMatch(edge -> byName.get(edge.from()).place().getMaxY()
                        < byName.get(edge.to()).place().getMinY());
        assertThat(right || down).isTrue();
        assertThat(picture.arrows()).hasSameSizeAs(dag.edges());
        return picture;
    }

    private static Dag chain() {
        return new Dag(
                List.of(
                        new Node("base", Role.DISCOVERY, "forgets 3"),
                        new Node("fine-tuned", Role.INHERITED, "3"),
                        node("transfer")),
                List.of(new Edge("base", "fine-tuned", "0.7"), new Edge("fine-tuned", "transfer")));
    }

    private static Node node(String name) {
        return new Node(name, Role.UNTOUCHED, "");
    }

    private static void refused(String message, List<Node> nodes, Edge... edges) {
        assertThatThrownBy(() -> GraphPicture.of(nodes, List.of(edges)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static double apart(Color one, Color other) {
        return Math.abs(ChartsTest.lightness(one) - ChartsTest.lightness(other));
    }
}
