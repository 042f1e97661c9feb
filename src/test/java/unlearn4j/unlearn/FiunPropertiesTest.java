package unlearn4j.unlearn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import unlearn4j.core.Progress;
import unlearn4j.core.TextScreen;
import unlearn4j.fisher.Fisher;
import unlearn4j.fisher.Merge;
import unlearn4j.train.Head;
import unlearn4j.train.Parallel;

/** Eq. 5 and 6 over many nodes: the order and the threads make no bit of difference. */
class FiunPropertiesTest {
    private static final Progress SILENT =
            new TextScreen(new PrintStream(OutputStream.nullOutputStream())).progress("test", 0, "nodes");

    private record Node(int number, Head head, List<Fisher> sources, Fisher model) {
        FiunUpdate update() {
            return FiunUpdate.of("w_" + number, head, Merge.MAXIMUM.of(sources).get(0), model, FiunConfig.paper());
        }
    }

    private static float[] numbers(SplittableRandom random, int count, boolean signed) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextInt(8) == 0 ? 0 : (float) (random.nextDouble() - (signed ? 0.5 : 0));
        }
        return numbers;
    }

    private static Fisher fisher(SplittableRandom random) {
        return new Fisher(3, 5, numbers(random, 15, false), numbers(random, 3, false));
    }

    private static List<Node> nodes(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Fisher> published =
                IntStream.range(0, 6).mapToObj(i -> fisher(random)).toList();
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Fisher> sources = published.subList(0, 1 + random.nextInt(6));
            nodes.add(new Node(
                    i, new Head(3, 5, numbers(random, 15, true), numbers(random, 3, true)), sources, fisher(random)));
        }
        return nodes;
    }

    @Property(tries = 60)
    void updatesDependNeitherOnTheOrderNorOnTheThreads(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int threads) {
        List<Node> nodes = nodes(seed, 40);
        List<FiunUpdate> oneByOne = nodes.stream().map(Node::update).toList();
        List<Node> shuffled = new ArrayList<>(nodes);
        Collections.shuffle(shuffled, new Random(seed));
        List<FiunUpdate> updates = Parallel.map(shuffled, threads, done -> {}, node -> {
            List<Fisher> sources = new ArrayList<>(node.sources);
            Collections.shuffle(sources, new Random(seed + node.number));
            return new Node(node.number, node.head, sources, node.model).update();
        });
        for (int i = 0; i < shuffled.size(); i++) {
            FiunUpdate expected = oneByOne.get(shuffled.get(i).number);
            assertThat(updates.get(i).head().sameAs(expected.head())).isTrue();
            assertThat(updates.get(i).touched()).isEqualTo(expected.touched());
        }
    }

    @Property(tries = 100)
    void aParameterIsScaledByAtMostEtaOrStays(@ForAll long seed) {
        for (Node node : nodes(seed, 5)) {
            FiunUpdate update = node.update();
            Fisher merged = Merge.MAXIMUM.of(node.sources).get(0);
            for (int i = 0; i < 15; i++) {
                float was = node.head.weight()[i];
                float is = update.head().weight()[i];
                if (merged.weight()[i] > node.model.weight()[i]) {
                    assertThat(Math.abs(is)).isLessThanOrEqualTo(Math.abs(0.1f * was) + 1e-9f);
                } else {
                    assertThat(is).isEqualTo(was);
                }
            }
        }
    }
}
