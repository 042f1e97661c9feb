package unlearn4j.umig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import unlearn4j.data.Labels;
import unlearn4j.umig.GraphShape.Edge;
import unlearn4j.umig.GraphShape.Node;

/** Whatever is written is read back, and whatever else is read ends in a graph or in one line. */
@Tag("slow")
class GraphFilesTest {
    private static final String LETTERS = "ab0 /<>&'\"\\\t\n\r-é→]\uD83D\uDE00";

    @Property(tries = 200)
    void whatIsWrittenIsReadBackEqual(@ForAll long seed) {
        Random random = new Random(seed);
        comesBack(shape(1 + random.nextInt(30), random));
    }

    @Example
    void aHundredThousandNodesComeBackWhateverTheirOrder() {
        comesBack(shape(100_000, new Random(1)));
        int size = 100_000;
        List<Node> nodes = IntStream.range(0, size)
                .mapToObj(i -> new Node("n" + i, "", Labels.of(i)))
                .toList();
        // A chain from the last node to the first: the order that is hardest on a graph kept in topological order.
        comesBack(new GraphShape(
                nodes,
                IntStream.range(1, size)
                        .mapToObj(i -> new Edge("n" + i, "n" + (i - 1), 1))
                        .toList()));
    }

    private static void comesBack(GraphShape shape) {
        // Not assertThat(…).isEqualTo: it would print two large graphs.
        assertThat(GraphShape.ofJson(shape.json()).equals(shape)).as("JSON").isTrue();
        assertThat(GraphShape.ofGraphMl(shape.graphMl()).equals(shape))
                .as("GraphML")
                .isTrue();
    }

    private static GraphShape shape(int size, Random random) {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            nodes.add(new Node(
                    word(random) + i,
                    random.nextBoolean() ? "" : word(random),
                    Labels.of(
                            random.ints(random.nextInt(5), 0, 1_000_000).boxed().toList())));
            for (int parent : i == 0
                    ? new int[0]
                    : random.ints(random.nextInt(4), 0, i).distinct().toArray()) {
                edges.add(new Edge(nodes.get(parent).name(), nodes.get(i).name(), 1 - random.nextDouble()));
            }
        }
        Collections.shuffle(nodes, random);
        Collections.shuffle(edges, random);
        return new GraphShape(nodes, edges);
    }

    private static String word(Random random) {
        int[] letters = LETTERS.codePoints().toArray();
        int[] word = random.ints(random.nextInt(8), 0, letters.length)
                .map(i -> letters[i])
                .toArray();
        return new String(word, 0, word.length);
    }

    @Property(tries = 3000)
    void aDamagedJsonFileIsAGraphOrOneLine(@ForAll long seed) {
        Random random = new Random(seed);
        graphOrOneLine(damaged(shape(1 + random.nextInt(4), random).json(), random), GraphShape::ofJson);
    }

    @Property(tries = 3000)
    void aDamagedGraphMlFileIsAGraphOrOneLine(@ForAll long seed) {
        Random random = new Random(seed);
        graphOrOneLine(damaged(shape(1 + random.nextInt(4), random).graphMl(), random), GraphShape::ofGraphMl);
    }

    /** Takes out, doubles, or overwrites pieces of a text. */
    private static String damaged(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int from = random.nextInt(damaged.length() + 1);
            int to = Math.min(damaged.length(), from + random.nextInt(12));
            switch (random.nextInt(3)) {
                case 0 -> damaged.delete(from, to);
                case 1 -> damaged.insert(to, damaged.substring(from, to));
                default ->
                    damaged.replace(from, Math.min(to, from + 1), String.valueOf((char)
                            random.nextInt(random.nextBoolean() ? 128 : 65536)));
            }
        }
        return damaged.toString();
    }

    private static void graphOrOneLine(String text, Function<String, GraphShape> reader) {
        try {
            assertThat(reader.apply(text).nodes()).isNotEmpty();
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("Exception", "\n", "\r");
        }
    }
}
