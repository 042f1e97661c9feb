package unlearn4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import unlearn4j.report.GraphLayout.Box;
import unlearn4j.report.GraphPicture.Edge;
import unlearn4j.report.GraphPicture.Node;
import unlearn4j.train.Interrupted;
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
            for (int client = 1; client <= 8; client++) {
                String local = "client-" + client + "/" + round;
                nodes.add(node(local));
                edges.add(new Edge("global-" + (round - 1), local));
                edges.add(new Edge(local, "global-" + round));
            }
        }

        GraphPicture picture = check(new Dag(nodes, edges));

        assertThat(nodes).hasSize(181);
        assertThat(picture.width()).isLessThan(1600);
        assertThat(picture.toString()).isEqualTo("graph of 181 nodes and 320 edges");
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
    void aLongNameIsCutBetweenCharacters() throws Exception {
        // The cut falls into an emoji, into a letter with its accent, or beside them.
        for (int count = 36; count <= 41; count++) {
            int letters = count;
            for (String character : List.of("\uD83D\uDE00", "e\u0301")) {
                String name = "x".repeat(letters) + character + "y".repeat(9);
                String svg = GraphPicture.of(List.of(node(name)), List.of()).svg();
                String drawn = text(svg);
                assertThat(drawn).endsWith("…");
                assertThat(name).startsWith(drawn.substring(0, drawn.length() - 1));
                assertThat(drawn.length()).isBetween(40 - character.length(), 40);
                assertThat(drawn.length())
                        .isNotIn(IntStream.range(1, character.length())
                                .mapToObj(i -> letters + i + 1)
                                .toList());
            }
        }
    }

    @Example
    void whatXmlCannotHoldIsReplaced() throws Exception {
        String svg = GraphPicture.of(List.of(node("a\u0007b\u0000c\uD83Dd\uFFFFe\nf<&>\"\uD83D\uDE00")), List.of())
                .svg();

        assertThat(text(svg)).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf<&>\"\uD83D\uDE00");
    }

    /** The words of an SVG, which must be well-formed. */
    private static String text(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement()
                .getTextContent()
                .strip();
    }

    @Example
    void pastTwoHundredNodesAGroupStandsForThoseThatAreAlike() {
        List<Node> nodes = new ArrayList<>(List.of(node("base")));
        List<Edge> edges = new ArrayList<>();
        for (int client = 0; client < 1000; client++) {
            boolean forgets = client % 4 == 0;
            nodes.add(new Node(
                    "client-" + client, forgets ? Role.DISCOVERY : Role.UNTOUCHED, forgets ? "forgets 3" : ""));
            edges.add(new Edge("base", "client-" + client, "0.5"));
            if (client < 600) {
                nodes.add(new Node("heir-" + client, Role.INHERITED, "forgets 3"));
                edges.add(new Edge("client-" + client, "heir-" + client));
            }
        }

        GraphPicture picture = GraphPicture.of(nodes, edges);

        assertThat(picture).hasToString("graph of 1601 nodes and 1600 edges in 4 groups");
        assertThat(picture.boxes().stream().map(Box::node))
                .containsExactly(
                        node("base"),
                        new Node("250 nodes, depth 1", Role.DISCOVERY, "forgets 3"),
                        new Node("600 nodes, depth 2", Role.INHERITED, "forgets 3"),
                        new Node("750 nodes, depth 1", Role.UNTOUCHED, ""));
        assertThat(picture.arrows().stream().map(arrow -> arrow.edge()))
                .containsExactlyInAnyOrder(
                        new Edge("base", "250 nodes, depth 1", "250"),
                        new Edge("base", "750 nodes, depth 1", "750"),
                        new Edge("250 nodes, depth 1", "600 nodes, depth 2", "150"),
                        new Edge("750 nodes, depth 1", "600 nodes, depth 2", "450"));
        assertThat(picture.svg()).contains("1601 nodes and 1600 edges in groups by depth, role and labels");
    }

    @Example
    void aVeryLargeGraphHasFewGroupsWhoseNodesAndEdgesAddUp() {
        for (Dag dag : List.of(random(5000, 2, new Random(3)), random(2000, 1, new Random(4)), longChain(3000))) {
            GraphPicture picture = GraphPicture.of(dag.nodes(), dag.edges());

            assertThat(picture.boxes()).hasSizeBetween(1, 40);
            assertThat(picture.boxes().stream().mapToInt(box -> size(box.node())))
                    .satisfies(sizes -> assertThat(
                                    sizes.stream().mapToInt(Integer::intValue).sum())
                            .isEqualTo(dag.nodes().size()));
            assertThat(picture.arrows().stream()
                            .mapToInt(arrow -> Integer.parseInt(arrow.edge().label()))
                            .sum())
                    .isEqualTo(dag.edges().size());
            assertThat(picture.height()).isLessThan(10_000);
        }
    }

    private static int size(Node group) {
        return group.name().contains(" nodes, depth ")
                ? Integer.parseInt(group.name().split(" ")[0])
                : 1;
    }

    private static Dag longChain(int length) {
        return new Dag(
                IntStream.range(0, length).mapToObj(i -> node("n" + i)).toList(),
                IntStream.range(1, length)
                        .mapToObj(i -> new Edge("n" + (i - 1), "n" + i))
                        .toList());
    }

    @Example
    void theWholeOfALargeGraphIsSavedByRequest() throws Exception {
        Dag dag = longChain(210);
        Path file = Files.createTempFile("graph", ".svg");
        try {
            GraphPicture.of(dag.nodes(), dag.edges()).save(file);

            assertThat(Files.readString(file)).contains(">n0</text>", ">n117</text>", ">n209</text>");
        } finally {
            Files.delete(file);
        }
    }

    @Example
    void anInterruptEndsTheDrawingOfAWholeGraph() throws Exception {
        Dag dag = random(400, 2, new Random(5));
        GraphPicture picture = GraphPicture.of(dag.nodes(), dag.edges());
        Path file = Path.of("target/never.svg");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicBoolean kept = new AtomicBoolean();
        Thread drawing = new Thread(() -> {
            try {
                picture.save(file);
            } catch (Throwable e) {
                thrown.set(e);
            }
            kept.set(Thread.currentThread().isInterrupted());
        });
        drawing.start();
        while (Thread.getAllStackTraces().keySet().stream().noneMatch(GraphPictureTest::draws)) {
            Thread.onSpinWait();
        }
        drawing.interrupt();
        drawing.join();

        assertThat(thrown.get()).isInstanceOf(Interrupted.class).hasMessage("interrupted: nothing is drawn");
        assertThat(kept).isTrue();
        assertThat(file).doesNotExist();
        for (Thread each : Thread.getAllStackTraces().keySet()) {
            if (draws(each)) {
                each.join();
            }
        }
    }

    private static boolean draws(Thread thread) {
        return thread.getName().equals("unlearn4j-drawing") && thread.isAlive();
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
                        Role.values()[random.nextInt(4)],
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
